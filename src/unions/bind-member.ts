import { Not } from 'typeorm';
import { type AttemptKind, forgiveAttempt, type Limits, limitAttempts } from '../identity/limits.ts';
import { hashPhone } from '../identity/personal-data.ts';
import type { SessionTokens } from '../identity/sessions.ts';
import { readBindingToken } from '../identity/tokens.ts';
import { phoneFromCode } from '../identity/wechat.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { Member } from './member.entity.ts';
import { lastFourOfId } from './member-data.ts';
import { alreadyBound, notOnRoster } from './refusals.ts';
import { openMemberSession, signInBound } from './sign-in-member.ts';

/**
 * Binds the WeChat account of a binding token to the member with the phone number that WeChat has verified, and signs
 * in. Sent again after it worked, it signs in. Refusals: BINDING_TOKEN_UNUSABLE, NOT_ON_ROSTER, ALREADY_BOUND and those
 * of `phoneFromCode`.
 */
export async function bindByPhone(
  deps: Deps,
  { bindingToken, phoneCode }: { bindingToken: string; phoneCode: string },
): Promise<Result<SessionTokens>> {
  const { db, config, clock } = deps;
  const openid = readBindingToken(config, bindingToken, clock.now());
  if (!openid.ok) return openid;
  const phone = await phoneFromCode(deps, phoneCode);
  if (!phone.ok) {
    // A code works once. Whoever lost the answer to a binding that worked sends the same code again, and is bound.
    const signedIn = await signInBound(deps, openid.value);
    return signedIn?.ok ? signedIn : phone;
  }
  const phoneHash = hashPhone(config.personalData, phone.value);
  const member = await db.manager.findOne(Member, { select: { id: true }, where: { phoneHash } });
  return member ? bind(deps, openid.value, member.id) : refuse(notOnRoster);
}

/** What a person who binds without a phone number knows of themselves. */
export interface RosterDetails {
  staffNumber: string;
  name: string;
  /** The last four characters of the ID number. */
  idNumberEnd: string;
}

/**
 * Binds the WeChat account of a binding token to the member with these details, and signs in; sent again after it
 * worked, it signs in. Wrong tries are counted by WeChat account, by staff number and by address.
 * Refusals: BINDING_TOKEN_UNUSABLE, TOO_MANY_ATTEMPTS, NOT_ON_ROSTER for whatever does not fit, ALREADY_BOUND.
 */
export async function bindByStaffNumber(
  deps: Deps,
  { limits, ip }: { limits: Limits; ip: string },
  { bindingToken, ...details }: RosterDetails & { bindingToken: string },
): Promise<Result<SessionTokens>> {
  const openid = readBindingToken(deps.config, bindingToken, deps.clock.now());
  if (!openid.ok) return openid;
  const known = {
    staffNumber: tidy(details.staffNumber),
    name: tidy(details.name),
    idNumberEnd: tidy(details.idNumberEnd),
  };
  // By staff number too: many WeChat accounts could otherwise share out the few thousand ends that an ID number can have.
  const counters: [AttemptKind, string][] = [
    ['bind', `openid:${openid.value}`],
    ['bind', `staff-number:${known.staffNumber.toUpperCase()}`],
    ['bind-address', ip],
  ];
  for (const [kind, subject] of counters) {
    const allowed = await limitAttempts(limits, kind, subject);
    if (!allowed.ok) return allowed;
  }
  const memberId = await memberWith(deps, known);
  if (memberId === undefined) return refuse(notOnRoster);
  const bound = await bind(deps, openid.value, memberId);
  if (bound.ok) for (const [kind, subject] of counters) await forgiveAttempt(limits, kind, subject);
  return bound;
}

function tidy(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, ' ').trim();
}

// Staff numbers are unique within a union only, so two people may fit; then it is for the union to bind them by phone.
async function memberWith(deps: Deps, { staffNumber, name, idNumberEnd }: RosterDetails): Promise<string | undefined> {
  const candidates = await deps.db.manager.find(Member, {
    select: { id: true, idNumberCipher: true },
    where: { staffNumber, name, state: Not('left') },
    take: 100,
  });
  const keys = deps.config.personalData;
  const fitting = candidates.filter((member) => lastFourOfId(keys, member) === idNumberEnd.toUpperCase());
  return fitting.length === 1 ? fitting[0]?.id : undefined;
}

// Of two that bind one member or one WeChat account at once, the table's unique keys let one through; the other's
// transaction runs again and finds the binding.
async function bind(deps: Deps, openid: string, memberId: string): Promise<Result<SessionTokens>> {
  return inTransaction(deps.db, async (tx) => {
    const [member] = await tx.query<{ state: string }[]>('SELECT state FROM member WHERE id = ? FOR UPDATE', [
      memberId,
    ]);
    if (!member || member.state === 'left') return refuse(notOnRoster);
    const bindings = await tx.query<{ openid: string; member_id: string }[]>(
      'SELECT openid, member_id FROM wechat_binding WHERE openid = ? OR member_id = ?',
      [openid, memberId],
    );
    if (bindings.some((one) => one.openid !== openid || one.member_id !== memberId)) return refuse(alreadyBound);
    if (bindings.length === 0)
      await tx.query('INSERT INTO wechat_binding (openid, member_id, bound_at) VALUES (?, ?, ?)', [
        openid,
        memberId,
        deps.clock.now(),
      ]);
    return accept(await openMemberSession(tx, deps, memberId));
  });
}

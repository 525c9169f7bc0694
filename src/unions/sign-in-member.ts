import { openSession, type SessionTokens } from '../identity/sessions.ts';
import { makeBindingToken } from '../identity/tokens.ts';
import { openidFromCode } from '../identity/wechat.ts';
import { inTransaction, type Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { memberLeft } from './refusals.ts';

/** What a member's client holds after signing in with WeChat: a session, or the proof with which it goes on to bind. */
export type SignedIn = { tokens: SessionTokens } | { bindingToken: string };

/**
 * Signs in the member to whom the WeChat account behind a wx.login code is bound; without a binding resolves with a
 * binding token of ten minutes. Refusals: MEMBER_LEFT and those of `openidFromCode`.
 */
export async function signInMember(deps: Deps, { code }: { code: string }): Promise<Result<SignedIn>> {
  const openid = await openidFromCode(deps, code);
  if (!openid.ok) return openid;
  const signedIn = await signInBound(deps, openid.value);
  if (signedIn === undefined)
    return accept({ bindingToken: makeBindingToken(deps.config, openid.value, deps.clock.now()) });
  return signedIn.ok ? accept({ tokens: signedIn.value }) : signedIn;
}

/** Opens a session for the member to whom a WeChat account is bound; undefined when to none. Refusal: MEMBER_LEFT. */
export async function signInBound(deps: Deps, openid: string): Promise<Result<SessionTokens> | undefined> {
  return inTransaction(deps.db, async (tx) => {
    // Locked, so that whoever unbinds the member at this moment ends this session too or lets none be opened.
    const [member] = await tx.query<{ id: string; state: string }[]>(
      `SELECT m.id, m.state FROM wechat_binding b JOIN member m ON m.id = b.member_id
       WHERE b.openid = ? LOCK IN SHARE MODE`,
      [openid],
    );
    if (!member) return undefined;
    return member.state === 'left' ? refuse(memberLeft) : accept(await openMemberSession(tx, deps, member.id));
  });
}

/** Opens a session at the member's door for someone who has proved to be this member. */
export async function openMemberSession(tx: Tx, deps: Deps, memberId: string): Promise<SessionTokens> {
  return openSession(tx, deps, { door: 'member', subjectId: memberId, device: 'WeChat' });
}

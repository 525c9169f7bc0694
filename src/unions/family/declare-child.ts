import { createHmac } from 'node:crypto';
import { act } from '../../identity/act.ts';
import type { MemberCaller } from '../../identity/caller.ts';
import type { PersonalDataKeys } from '../../identity/personal-data.ts';
import { type BeijingDay, beijingDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { isLine } from '../line.ts';
import { LONGEST_NAME_HINT, MOST_CHILDREN, OLDEST_CHILD_YEARS } from './limits.ts';
import { MemberChild } from './member-child.entity.ts';
import { childrenOf } from './queries.ts';
import {
  childRepeated,
  childrenTooMany,
  childTooOld,
  consentNeeded,
  dayInFuture,
  nameHintMalformed,
} from './refusals.ts';

export interface DeclaredChild {
  birthDate: BeijingDay;
  /** What the parent calls the child, e.g. 老大. */
  nameHint: string | null;
  /** That the member consents to its being kept for milestones. */
  consent: boolean;
}

/**
 * Writes down a child of the member who calls, for milestones; nothing is paid for it before an admin has confirmed it.
 * Resolves with the child's id. Refusals: CONSENT_NEEDED, NAME_HINT_MALFORMED, DAY_IN_FUTURE, CHILD_TOO_OLD,
 * CHILD_REPEATED, CHILDREN_TOO_MANY.
 */
export async function declareChild(
  deps: Deps,
  caller: MemberCaller,
  key: string,
  child: DeclaredChild,
): Promise<Outcome> {
  const input = { child: fingerprint(deps.config.personalData, child) };
  return act(deps, caller, { operation: 'declareChild', key, input }, async (tx, now) => {
    const { memberId } = caller;
    const { birthDate } = child;
    const nameHint = child.nameHint?.normalize('NFC') ?? null;
    const bad = badChild({ ...child, nameHint }, beijingDay(now));
    if (bad) return refuse(bad);
    // Of two that declare at once the second waits here, and then sees the first one's child.
    await tx.query('SELECT id FROM member WHERE id = ? FOR UPDATE', [memberId]);
    const known = await childrenOf(tx, memberId);
    if (known.some((one) => one.birthDate === birthDate && one.nameHint === nameHint)) return refuse(childRepeated);
    if (known.length >= MOST_CHILDREN) return refuse(childrenTooMany);
    const id = newId();
    await tx.insert(MemberChild, { id, memberId, birthDate, nameHint, state: 'declared', consentedAt: now });
    return accept(id);
  });
}

function badChild({ birthDate, nameHint, consent }: DeclaredChild, today: BeijingDay): Refusal | undefined {
  if (!consent) return consentNeeded;
  if (nameHint !== null && !isLine(nameHint, LONGEST_NAME_HINT)) return nameHintMalformed;
  if (birthDate > today) return dayInFuture;
  const oldest = `${Number(today.slice(0, 4)) - OLDEST_CHILD_YEARS}${today.slice(4)}`;
  return birthDate < oldest ? childTooOld : undefined;
}

// The hash of a mutation's input is kept for ever, also when the child is withdrawn. From a plain one the birth date
// could be guessed; this one says nothing without the server's key.
function fingerprint(keys: PersonalDataKeys, { birthDate, nameHint, consent }: DeclaredChild): string {
  const text = JSON.stringify(['child', birthDate, nameHint, consent]);
  return createHmac('sha256', keys.hashKey).update(text).digest('base64url');
}

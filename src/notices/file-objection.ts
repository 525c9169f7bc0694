import { attachEvidence } from '../evidence/attach-evidence.ts';
import { act } from '../identity/act.ts';
import type { MemberCaller } from '../identity/caller.ts';
import { beijingDay } from '../platform/clock.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { accept, type Refusal, refuse } from '../platform/result.ts';
import { DECISION_WORKING_DAYS, LONGEST_TEXT, MOST_OBJECTIONS } from './limits.ts';
import { lockNotice } from './lock-notice.ts';
import { type Notice, takesObjections } from './notice.entity.ts';
import { evidenceTarget, Objection } from './objection.entity.ts';
import {
  lineUnknown,
  noticeNotOpen,
  noticeUnknown,
  objectionRepeated,
  objectionsTooMany,
  periodOver,
  textMalformed,
} from './refusals.ts';
import { noticeOfMember } from './scope.ts';
import { addWorkingDays } from './working-days.ts';

export interface NewObjection {
  noticeId: string;
  /** The line that it challenges; null for the notice as a whole. */
  lineNumber: number | null;
  text: string;
  /** Files that the member has uploaded, nine at the most. */
  evidenceIds: readonly string[];
}

/**
 * Objects to a notice of the member's union or of one above, until the period is over; the notice cannot be final before
 * the objection is decided. Resolves with the objection's id. Refusals: NOTICE_UNKNOWN, NOTICE_NOT_OPEN,
 * OBJECTION_PERIOD_OVER, LINE_UNKNOWN, TEXT_MALFORMED, OBJECTION_REPEATED, OBJECTIONS_TOO_MANY, EVIDENCE_UNKNOWN,
 * EVIDENCE_COUNT.
 */
export async function fileObjection(
  deps: Deps,
  caller: MemberCaller,
  key: string,
  input: NewObjection,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'fileObjection', key, input }, (tx, now) => file(tx, caller, input, now));
}

async function file(tx: Tx, { actor, memberId }: MemberCaller, input: NewObjection, now: Date): Promise<Outcome> {
  const { noticeId, lineNumber, evidenceIds } = input;
  const text = input.text.trim();
  const seen = await noticeOfMember(tx, memberId, noticeId);
  if (!seen.ok) return seen;
  const notice = await lockNotice(tx, noticeId);
  const trouble = troubleWith(notice, { lineNumber, text }, now) ?? (await troubleWithOthers(tx, memberId, input));
  if (trouble) return refuse(trouble);
  const id = newId();
  const attached = await attachEvidence(tx, { owner: actor, evidenceIds, to: evidenceTarget(id) }, now);
  if (!attached.ok) return attached;
  const dueOn = addWorkingDays(beijingDay(now), DECISION_WORKING_DAYS);
  await tx.insert(Objection, { id, noticeId, memberId, lineNumber, text, state: 'waiting', filedAt: now, dueOn });
  return accept(id);
}

function troubleWith(
  notice: Notice | null,
  { lineNumber, text }: Pick<NewObjection, 'lineNumber' | 'text'>,
  now: Date,
): Refusal | undefined {
  if (!notice) return noticeUnknown;
  if (notice.state !== 'open') return noticeNotOpen;
  if (!takesObjections(notice, now)) return periodOver;
  // Lines are numbered without a gap and never change.
  if (lineNumber !== null && (lineNumber < 1 || lineNumber > notice.lineCount)) return lineUnknown;
  return text.length < 1 || text.length > LONGEST_TEXT ? textMalformed : undefined;
}

async function troubleWithOthers(
  tx: Tx,
  memberId: string,
  { noticeId, lineNumber }: NewObjection,
): Promise<Refusal | undefined> {
  const others = await tx.find(Objection, {
    select: { id: true, lineNumber: true, state: true },
    where: { noticeId, memberId },
  });
  if (others.some((other) => other.state === 'waiting' && other.lineNumber === lineNumber)) return objectionRepeated;
  return others.length >= MOST_OBJECTIONS ? objectionsTooMany : undefined;
}

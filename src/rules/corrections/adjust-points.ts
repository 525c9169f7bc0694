import { attachEvidence } from '../../evidence/attach-evidence.ts';
import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { memberIdOf } from '../../identity/own-member.ts';
import { loadBook } from '../../ledger/load-book.ts';
import { wantedBy } from '../../ledger/post.ts';
import { writeBook } from '../../ledger/write-book.ts';
import { beijingMonth, startOfDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { type Points, pointsFromSql } from '../../platform/points.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import type { Programme } from '../../unions/programme.entity.ts';
import { programmeInScope } from '../../unions/scope.ts';
import type { Adjustment, AdjustmentState } from './adjustment.entity.ts';
import { adjustmentProposal, postingRefused } from './adjustment-proposal.ts';
import { memberOnRoll } from './adjustment-scope.ts';
import { policyOf } from './policy.ts';
import { reasonOf } from './reason.ts';
import { evidenceNeeded, LARGEST_ADJUSTMENT, ownAccount, personNeeded, pointsOutOfRange } from './refusals.ts';

export interface AdjustmentAsked {
  programmeId: string;
  memberId: string;
  /** What the member is to gain, or to lose when negative: 1 to 1,000,000 either way. */
  points: Points;
  reason: string;
  /** The document that it rests on: 1 to 9 files that the caller uploaded. */
  evidenceIds: readonly string[];
}

/**
 * Gives a member points by hand, or takes some, in a programme of the admin's branch (points:adjust). What one admin
 * moves alone for a member in a Beijing month, in either direction, ends at the programme's limit; beyond it the
 * adjustment waits until a second admin confirms it. Resolves with the adjustment's id; audited. Refusals:
 * PERSON_NEEDED, PROGRAMME_UNKNOWN, MEMBER_UNKNOWN, MEMBER_LEFT, OWN_ACCOUNT, POINTS_OUT_OF_RANGE, REASON_MALFORMED,
 * EVIDENCE_NEEDED, those of `attachEvidence`, NOT_ENOUGH_POINTS, OVER_BUDGET.
 */
export async function adjustPoints(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: AdjustmentAsked,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'adjustPoints', key, input }, async (tx, now) => {
    const checked = await check(tx, caller, input);
    if (!checked.ok) return checked;
    const { programme, reason } = checked.value;
    const { memberId, points, evidenceIds } = input;
    const id = newId();
    const proof = { owner: caller.actor, evidenceIds, to: `adjustment:${id}` };
    const attached = await attachEvidence(tx, proof, now);
    if (!attached.ok) return attached;
    const asked = { id, memberId, points, reason, requestedBy: caller.actor };
    const state = await write(tx, programme, asked, now);
    if (!state.ok) return state;
    const target = { targetKind: 'adjustment', targetId: id, unionId: programme.unionId };
    const after = { programmeId: programme.id, memberId, points, reason, evidenceIds, state: state.value };
    await recordAudit(tx, { actor: caller.actor, action: 'adjustPoints', ...target, after }, now);
    return accept(id);
  });
}

async function check(
  tx: Tx,
  caller: AdminCaller,
  { programmeId, memberId, points, reason, evidenceIds }: AdjustmentAsked,
): Promise<Result<{ programme: Programme; reason: string }>> {
  if (caller.operatorId === null) return refuse(personNeeded);
  const programme = await programmeInScope(tx, caller, 'points:adjust', programmeId);
  if (!programme.ok) return refuse({ ...programme.refusal, at: 'programmeId' });
  const member = await memberOnRoll(tx, programme.value, memberId);
  if (!member.ok) return member;
  if ((await memberIdOf(tx, caller)) === memberId) return refuse({ ...ownAccount, at: 'memberId' });
  if (points === 0 || Math.abs(points) > LARGEST_ADJUSTMENT) return refuse(pointsOutOfRange);
  const given = reasonOf(reason);
  if (!given.ok) return given;
  return evidenceIds.length === 0
    ? refuse(evidenceNeeded)
    : accept({ programme: programme.value, reason: given.value });
}

/** Writes an adjustment down, posted where the admin may move so much alone. Resolves with its state. */
async function write(tx: Tx, programme: Programme, asked: Asked, now: Date): Promise<Result<AdjustmentState>> {
  const proposal = adjustmentProposal(asked, programme, now);
  // From here on the member's account is locked, so that two adjustments at once do not both find room below the limit.
  const book = await loadBook(tx, wantedBy([proposal]), now);
  const { adjustmentLimit } = await policyOf(tx, programme.id);
  const alone = (await movedAlone(tx, programme.id, asked, now)) + Math.abs(asked.points) <= adjustmentLimit;
  const posted = alone ? book.post(proposal) : undefined;
  if (posted && !posted.ok) return refuse(postingRefused(posted.refusal));
  const state = posted ? 'posted' : 'waiting';
  const { id, memberId, points, reason, requestedBy } = asked;
  if (posted) await writeBook(tx, book);
  await tx.query(
    `INSERT INTO adjustment (id, programme_id, member_id, points, reason, state, requested_by, requested_at, transfer_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [id, programme.id, memberId, points, reason, state, requestedBy, now, posted?.value.transferId ?? null],
  );
  return accept(state);
}

type Asked = Pick<Adjustment, 'id' | 'memberId' | 'points' | 'reason' | 'requestedBy'>;

/** What an admin moved alone for a member in this Beijing month, what was given and what was taken counted alike. */
async function movedAlone(tx: Tx, programmeId: string, { memberId, requestedBy }: Asked, now: Date): Promise<Points> {
  const [row] = await tx.query(
    `SELECT SUM(ABS(points)) AS points FROM adjustment
     WHERE programme_id = ? AND member_id = ? AND requested_by = ? AND state = 'posted' AND decided_by IS NULL
       AND requested_at >= ?`,
    [programmeId, memberId, requestedBy, startOfDay(`${beijingMonth(now)}-01`)],
  );
  return pointsFromSql(row.points);
}

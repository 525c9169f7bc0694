import { insertRows } from '../platform/db/sql.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { groupBy } from '../platform/group-by.ts';
import { newId } from '../platform/ids.ts';
import type { EventState } from './activity-event.entity.ts';
import type { Awarded } from './award-proposal.ts';
import type { Outcome, RuleOutcome } from './judge.ts';
import type { WaitingEvent } from './lock-events.ts';

export interface Judged {
  event: WaitingEvent;
  outcomes: readonly RuleOutcome[];
}

/** What one rule version said of an event, as it is kept for explaining it. */
export type KeptOutcome = Outcome & { versionId: string };

/** Writes what became of events: their accruals, their states, and what each rule said. */
export async function writeJudgements(
  tx: Tx,
  judged: readonly Judged[],
  awarded: readonly Awarded[],
  now: Date,
): Promise<void> {
  await insertAccruals(tx, awarded);
  await writeStates(tx, judged, awarded);
  await insertRows(
    tx,
    'judgement',
    ['event_id', 'judged_at', 'outcomes'],
    judged.map(({ event, outcomes }) => [event.id, now, JSON.stringify(outcomes.map(kept))]),
    'ON DUPLICATE KEY UPDATE judged_at = VALUES(judged_at), outcomes = VALUES(outcomes)',
  );
}

const kept = ({ rule, outcome }: RuleOutcome): KeptOutcome => ({ versionId: rule.versionId, ...outcome });

async function insertAccruals(tx: Tx, awarded: readonly Awarded[]): Promise<void> {
  await insertRows(
    tx,
    'accrual',
    [
      'id',
      'programme_id',
      'event_id',
      'rule_id',
      'rule_version_id',
      'member_id',
      'occurrence',
      'points',
      'occurred_on',
      'payable_at',
      'transfer_id',
    ],
    awarded.map(({ accrualId, rule, event, occurrence, points, payableAt, transferId }) => [
      accrualId,
      rule.programmeId,
      event.id,
      rule.ruleId,
      rule.versionId,
      event.memberId,
      occurrence,
      points,
      event.occurredOn,
      payableAt,
      transferId,
    ]),
  );
  await insertRows(
    tx,
    'pending_accrual',
    ['accrual_id', 'event_id', 'member_id', 'payable_at'],
    awarded
      .filter((one) => one.transferId === null)
      .map(({ accrualId, event, payableAt }) => [accrualId, event.id, event.memberId, payableAt]),
  );
}

async function writeStates(tx: Tx, judged: readonly Judged[], awarded: readonly Awarded[]): Promise<void> {
  const pending = new Set(awarded.filter((one) => one.transferId === null).map((one) => one.event.id));
  const byState = groupBy(judged, ({ event, outcomes }) => stateOf(event.id, outcomes, pending));
  const judgementId = newId();
  for (const [state, those] of byState) {
    await tx.query('UPDATE activity_event SET state = ?, judgement_id = ? WHERE id IN (?)', [
      state,
      judgementId,
      those.map(({ event }) => event.id),
    ]);
  }
  const again = judged.filter(({ event }) => event.judgedBefore);
  await keepPending(
    tx,
    again.map(({ event }) => event.id),
  );
}

/** What an earlier run awarded, of an event that then waited for a budget, may still be pending. */
async function keepPending(tx: Tx, eventIds: readonly string[]): Promise<void> {
  if (eventIds.length === 0) return;
  await tx.query(
    `UPDATE activity_event SET state = 'pending' WHERE id IN (?) AND state = 'paid'
     AND EXISTS (SELECT 1 FROM pending_accrual p WHERE p.event_id = activity_event.id)`,
    [eventIds],
  );
}

function stateOf(eventId: string, outcomes: readonly RuleOutcome[], pending: ReadonlySet<string>): EventState {
  const said = outcomes.map(({ outcome }) => outcome);
  if (said.some((one) => !one.award && one.why === 'OVER_BUDGET')) return 'over_budget';
  if (pending.has(eventId)) return 'pending';
  // An award of an earlier run, of an event that waited for the budget of another rule, is told as repeated by itself.
  const paid = said.some((one) => one.award || (one.why === 'REPEATED' && one.eventId === eventId));
  if (paid) return 'paid';
  if (said.some((one) => !one.award && one.why === 'REPEATED')) return 'repeated';
  return said.some((one) => !one.award && one.why === 'CAPPED') ? 'capped' : 'no_award';
}

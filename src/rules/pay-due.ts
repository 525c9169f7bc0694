import { post } from '../ledger/post.ts';
import { inTransaction, type Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import type { ReportProgress } from '../platform/jobs.ts';
import { pointsFromSql } from '../platform/points.ts';
import { programmeTerms } from '../unions/standing.ts';
import { awardProposal } from './award-proposal.ts';
import { EVENTS_AT_ONCE } from './job-definitions.ts';
import { expiryOf } from './points-life.ts';
import { findVersions } from './queries.ts';

/**
 * Pays the accruals whose notice period is over, the oldest first. Where the programme's budget does not hold one, it
 * stays pending and is tried again. Doing it twice, or on two machines at once, pays nothing twice.
 */
export async function payDue({ db, clock }: Deps, progress: ReportProgress): Promise<void> {
  const now = clock.now();
  let last = { payableAt: new Date(0), id: '' };
  let done = 0;
  for (;;) {
    const due: Due[] = await db.query(
      `SELECT accrual_id AS id, event_id AS eventId, payable_at AS payableAt FROM pending_accrual
       WHERE payable_at <= ? AND (payable_at > ? OR (payable_at = ? AND accrual_id > ?))
       ORDER BY payable_at, accrual_id LIMIT ?`,
      [now, last.payableAt, last.payableAt, last.id, EVENTS_AT_ONCE],
    );
    if (due.length === 0) return;
    await inTransaction(db, (tx) => payBatch(tx, due, now));
    last = due.at(-1)!;
    done += due.length;
    await progress({ done });
  }
}

interface Due {
  id: string;
  eventId: string;
  payableAt: Date;
}

async function payBatch(tx: Tx, due: readonly Due[], now: Date): Promise<void> {
  const eventIds = [...new Set(due.map((one) => one.eventId))].sort();
  // The events first, as everybody does: nobody revokes one while it is paid.
  await tx.query('SELECT id FROM activity_event FORCE INDEX (PRIMARY) WHERE id IN (?) ORDER BY id FOR UPDATE', [
    eventIds,
  ]);
  const accruals: {
    id: string;
    event_id: string;
    member_id: string;
    rule_version_id: string;
    points: number;
  }[] = await tx.query(
    `SELECT id, event_id, member_id, rule_version_id, points FROM accrual FORCE INDEX (PRIMARY)
     WHERE id IN (?) AND transfer_id IS NULL AND revocation_id = '' ORDER BY id FOR UPDATE`,
    [due.map((one) => one.id)],
  );
  if (accruals.length === 0) return;
  const versions = await findVersions(tx, [...new Set(accruals.map((accrual) => accrual.rule_version_id))]);
  const versionOf = new Map(versions.map((version) => [version.versionId, version]));
  const terms = await programmeTerms(tx, [...new Set(versions.map((version) => version.programmeId))]);
  const proposals = accruals.map((accrual) => {
    const rule = versionOf.get(accrual.rule_version_id)!;
    const event = { id: accrual.event_id, memberId: accrual.member_id };
    const award = { rule, event, points: pointsFromSql(accrual.points), accrualId: accrual.id };
    const { pointsLiveDays } = terms.get(rule.programmeId)!;
    return awardProposal(award, expiryOf(rule.definition.life, pointsLiveDays, now));
  });
  const posted = await post(tx, proposals, now);
  const paid: string[] = [];
  for (const [i, outcome] of posted.entries()) {
    if (!outcome.ok && outcome.refusal.code === 'OVER_BUDGET') continue;
    if (!outcome.ok) throw new Error(`accrual ${accruals[i]!.id} was refused: ${outcome.refusal.message.en}`);
    await tx.query('UPDATE accrual SET transfer_id = ? WHERE id = ?', [outcome.value.transferId, accruals[i]!.id]);
    paid.push(accruals[i]!.id);
  }
  if (paid.length > 0) await tx.query('DELETE FROM pending_accrual WHERE accrual_id IN (?)', [paid]);
  await tx.query(
    `UPDATE activity_event SET state = 'paid' WHERE id IN (?) AND state = 'pending'
     AND NOT EXISTS (SELECT 1 FROM pending_accrual p WHERE p.event_id = activity_event.id)`,
    [eventIds],
  );
}

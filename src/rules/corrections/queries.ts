import { type EntityManager, In } from 'typeorm';
import { readPage } from '../../platform/db/read-page.ts';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { type Points, pointsFromSql } from '../../platform/points.ts';
import { Accrual } from '../accrual.entity.ts';
import { ActivityEvent } from '../activity-event.entity.ts';
import { Adjustment, type AdjustmentState } from './adjustment.entity.ts';
import { Revocation } from './revocation.entity.ts';

/** A page of a programme's adjustments, the newest first; the cursor is the id. */
export async function adjustmentsOf(
  db: EntityManager,
  { programmeId, state }: { programmeId: string; state: AdjustmentState | undefined },
  page: PageRequest,
): Promise<Page<Adjustment>> {
  const query = db.createQueryBuilder(Adjustment, 'a').where('a.programmeId = :programmeId', { programmeId });
  if (state !== undefined) query.andWhere('a.state = :state', { state });
  return readPage(query, 'a.id', page, 'DESC');
}

/** The reasons of revocations and adjustments, by the ids that transfers name as their cause; others are absent. */
export async function reasonsOf(db: EntityManager, causeIds: readonly string[]): Promise<Map<string, string>> {
  if (causeIds.length === 0) return new Map();
  const rows: { id: string; reason: string }[] = await db.query(
    'SELECT id, reason FROM revocation WHERE id IN (?) UNION ALL SELECT id, reason FROM adjustment WHERE id IN (?)',
    [causeIds, causeIds],
  );
  return new Map(rows.map((row) => [row.id, row.reason]));
}

/** The revocations of these events, in no order. */
export async function revocationsOf(db: EntityManager, eventIds: readonly string[]): Promise<Revocation[]> {
  return db.find(Revocation, { where: { eventId: In([...eventIds]) } });
}

/** What the members of accounts were awarded and is not paid yet because a notice period runs; absent where nothing. */
export async function pendingOf(db: EntityManager, accountIds: readonly string[]): Promise<Map<string, Points>> {
  if (accountIds.length === 0) return new Map();
  const rows: { id: string; points: string }[] = await db.query(
    `SELECT account.id, SUM(accrual.points) AS points
     FROM account JOIN pending_accrual ON pending_accrual.member_id = account.owner_id
     JOIN accrual ON accrual.id = pending_accrual.accrual_id AND accrual.programme_id = account.programme_id
     WHERE account.id IN (?) GROUP BY account.id`,
    [accountIds],
  );
  return new Map(rows.map((row) => [row.id, pointsFromSql(row.points)]));
}

/** A page of a member's pending accruals in all programmes, the oldest first; the cursor is the id. */
export async function pendingAccruals(db: EntityManager, memberId: string, page: PageRequest): Promise<Page<Accrual>> {
  const pending: { accrual_id: string }[] = await db.query(
    `SELECT accrual_id FROM pending_accrual WHERE member_id = ? AND accrual_id > ? ORDER BY accrual_id LIMIT ?`,
    [memberId, page.after ?? '', page.first + 1],
  );
  const ids = pending.map((row) => row.accrual_id);
  return pageOf(await db.find(Accrual, { where: { id: In(ids) }, order: { id: 'ASC' } }), page);
}

/** The events of these ids, in no order. */
export async function findEvents(db: EntityManager, ids: readonly string[]): Promise<ActivityEvent[]> {
  return db.find(ActivityEvent, { where: { id: In([...ids]) } });
}

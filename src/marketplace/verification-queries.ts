import { type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import { type BeijingDay, endOfDay, startOfDay } from '../platform/clock.ts';
import { type Page, type PageRequest, pageOf } from '../platform/graphql/connection.ts';
import { type Points, pointsFromSql } from '../platform/points.ts';
import { Member } from '../unions/member.entity.ts';
import { Programme } from '../unions/programme.entity.ts';
import { Offer } from './offer.entity.ts';
import { Redemption } from './redemption.entity.ts';
import { Verification } from './verification.entity.ts';

/** A verification with what the counter shows of it. */
export interface CounterLine {
  id: string;
  outletId: string;
  offerTitle: string;
  points: Points;
  /** In full: mask it before it leaves. */
  memberName: string;
  verifiedAt: Date;
  undoneAt: Date | null;
  /** Until when it may be undone. */
  undoUntil: Date;
}

/** A merchant's verifications of a Beijing day, at one outlet or, with null, at all. */
export interface CounterDay {
  merchantId: string;
  outletId: string | null;
  day: BeijingDay;
}

/** The verifications of these ids, by id; one statement with all that is shown, for it is asked after every use. */
export async function findCounterLines(db: EntityManager, ids: readonly string[]): Promise<Map<string, CounterLine>> {
  const rows: (Omit<CounterLine, 'undoUntil'> & { undoMinutes: number })[] = await db
    .createQueryBuilder(Verification, 'v')
    .innerJoin(Redemption, 'r', 'r.id = v.voucherId')
    .innerJoin(Offer, 'o', 'o.id = r.offerId')
    .innerJoin(Programme, 'p', 'p.id = r.programmeId')
    .innerJoin(Member, 'm', 'm.id = r.memberId')
    .select('v.id', 'id')
    .addSelect('v.outletId', 'outletId')
    .addSelect('v.verifiedAt', 'verifiedAt')
    .addSelect('v.undoneAt', 'undoneAt')
    .addSelect('r.points', 'points')
    .addSelect('o.title', 'offerTitle')
    .addSelect('m.name', 'memberName')
    .addSelect('p.undoMinutes', 'undoMinutes')
    .where({ id: In([...ids]) })
    .getRawMany();
  const lines = rows.map(({ undoMinutes, ...row }) => ({
    ...row,
    points: pointsFromSql(row.points),
    undoUntil: new Date(row.verifiedAt.getTime() + undoMinutes * 60_000),
  }));
  return new Map(lines.map((line) => [line.id, line]));
}

/**
 * A page of a day's verifications, undone ones among them, newest first; the cursor is the id. Two statements, three
 * for a further page: the first walks the index in order, the next reads what is shown.
 */
export async function verificationsOf(
  db: EntityManager,
  of: CounterDay,
  page: PageRequest,
): Promise<Page<CounterLine>> {
  const query = ofDay(db.createQueryBuilder(Verification, 'v').select(['v.id', 'v.verifiedAt']), of);
  if (page.after !== undefined) {
    const last = await db.findOneBy(Verification, { id: page.after });
    if (!last) return pageOf([], page);
    query.andWhere('v.verifiedAt <= :at AND (v.verifiedAt < :at OR v.id < :after)', {
      at: last.verifiedAt,
      after: page.after,
    });
  }
  query
    .orderBy('v.verifiedAt', 'DESC')
    .addOrderBy('v.id', 'DESC')
    .limit(page.first + 1);
  const ids = (await query.getMany()).map((verification) => verification.id);
  const lines = await findCounterLines(db, ids);
  return pageOf(
    ids.map((id) => lines.get(id)!),
    page,
  );
}

/** How many vouchers were used on a day and for how many points; undone ones do not count. */
export async function counterTotals(db: EntityManager, of: CounterDay): Promise<{ count: number; points: Points }> {
  const query = db
    .createQueryBuilder(Verification, 'v')
    .innerJoin(Redemption, 'r', 'r.id = v.voucherId')
    .select('COUNT(*)', 'count')
    .addSelect('SUM(r.points)', 'points');
  const totals = await ofDay(query, of).andWhere('v.active = 1').getRawOne();
  return { count: Number(totals.count), points: pointsFromSql(totals.points) };
}

function ofDay(query: SelectQueryBuilder<Verification>, { merchantId, outletId, day }: CounterDay) {
  query
    .where('v.merchantId = :merchantId', { merchantId })
    .andWhere('v.verifiedAt >= :from AND v.verifiedAt < :to', { from: startOfDay(day), to: endOfDay(day) });
  if (outletId !== null) query.andWhere('v.outletId = :outletId', { outletId });
  return query;
}

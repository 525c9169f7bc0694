import { type EntityManager, In } from 'typeorm';
import { type BeijingDay, isDay } from '../../platform/clock.ts';
import { readPage } from '../../platform/db/read-page.ts';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { groupBy } from '../../platform/group-by.ts';
import type { Offer } from '../offer.entity.ts';
import { findOffers } from '../offer-queries.ts';
import { Redemption } from '../redemption.entity.ts';
import { TreatPlan } from './plan.entity.ts';
import { TreatRound } from './round.entity.ts';

/** What is given at one outlet: of a plan, or of a round as it was put up. */
export interface TreatLine {
  /** From 1, in the order in which members see them. */
  number: number;
  merchantId: string;
  outletId: string;
  what: string;
  quantity: number;
}

/** Why a line of a round has no offer. */
export type LeftOut = 'no_contract' | 'merchant_not_active';

/** A line of a round: with an offer, or with why there is none. */
export interface RoundLine extends TreatLine {
  roundId: string;
  offerId: string | null;
  leftOut: LeftOut | null;
}

/** How it went with an offer. */
export interface GivenCounts {
  /** Taken and not given back. */
  given: number;
  /** Of these, used at the outlet. */
  verified: number;
}

/** A page of the plans of a programme, newest first; the cursor is the id. */
export async function plansOfProgramme(
  db: EntityManager,
  programmeId: string,
  page: PageRequest,
): Promise<Page<TreatPlan>> {
  const query = db.createQueryBuilder(TreatPlan, 'p').where('p.programmeId = :programmeId', { programmeId });
  return readPage(query, 'p.id', page, 'DESC');
}

/** The lines of plans, in order; a plan always has some. */
export async function linesOfPlans(db: EntityManager, planIds: readonly string[]): Promise<Map<string, TreatLine[]>> {
  const rows: (TreatLine & { planId: string })[] = await db.query(
    `SELECT plan_id AS planId, number, merchant_id AS merchantId, outlet_id AS outletId, what, quantity
     FROM treat_plan_line WHERE plan_id IN (?) ORDER BY plan_id, number`,
    [planIds],
  );
  const lines = groupBy(rows, (row) => row.planId);
  return new Map([...lines].map(([id, list]) => [id, list.map(({ planId: _, ...line }) => line)]));
}

/** A page of the rounds of a plan, the latest month first; the cursor is the month. */
export async function roundsOfPlan(db: EntityManager, planId: string, page: PageRequest): Promise<Page<TreatRound>> {
  const query = db.createQueryBuilder(TreatRound, 'r').where('r.planId = :planId', { planId });
  return readPage(query, 'r.month', page, 'DESC');
}

/** The lines of rounds, in order. */
export async function linesOfRounds(db: EntityManager, roundIds: readonly string[]): Promise<Map<string, RoundLine[]>> {
  const rows: RoundLine[] = await db.query(
    `SELECT round_id AS roundId, number, merchant_id AS merchantId, outlet_id AS outletId, what, quantity,
            offer_id AS offerId, left_out AS leftOut
     FROM treat_round_line WHERE round_id IN (?) ORDER BY round_id, number`,
    [roundIds],
  );
  return groupBy(rows, (row) => row.roundId);
}

/** How many of each offer were taken and used; an offer of which nothing was taken is absent. */
export async function givenCounts(db: EntityManager, offerIds: readonly string[]): Promise<Map<string, GivenCounts>> {
  const rows: { offerId: string; given: string; verified: string }[] = await db.query(
    `SELECT r.offer_id AS offerId, SUM(v.state <> 'cancelled') AS given, SUM(v.state = 'used') AS verified
     FROM redemption r JOIN voucher v ON v.id = r.id WHERE r.offer_id IN (?) GROUP BY r.offer_id`,
    [offerIds],
  );
  return new Map(
    rows.map(({ offerId, given, verified }) => [offerId, { given: Number(given), verified: Number(verified) }]),
  );
}

/** Where a round stands in the list of those to come: "2026-08-14:<id>". */
export function roundCursor({ day, id }: TreatRound): string {
  return `${day}:${id}`;
}

/**
 * A page of the rounds of these programmes that are today or ahead and have something that members may see, the next
 * first; the cursor is roundCursor's.
 */
export async function roundsToCome(
  db: EntityManager,
  programmeIds: readonly string[],
  today: BeijingDay,
  page: PageRequest,
): Promise<Page<TreatRound>> {
  const [day, id] = [page.after?.slice(0, 10) ?? '', page.after?.slice(11) ?? ''];
  const [from, after] = isDay(day) && day >= today ? [day, id] : [today, ''];
  const rows: { id: string }[] = await db.query(
    `SELECT r.id FROM treat_round r
     WHERE r.programme_id IN (?) AND r.day >= ? AND (r.day > ? OR r.id > ?)
       AND EXISTS (SELECT 1 FROM treat_round_line l JOIN offer o ON o.id = l.offer_id
                   WHERE l.round_id = r.id AND o.state NOT IN ('draft', 'in_review'))
     ORDER BY r.day, r.id LIMIT ?`,
    [['', ...programmeIds], from, from, after, page.first + 1],
  );
  const rounds = await db.find(TreatRound, { where: { id: In(rows.map((row) => row.id)) } });
  return pageOf(
    rounds.sort((a, b) => (roundCursor(a) < roundCursor(b) ? -1 : 1)),
    page,
  );
}

/** The offers of rounds that members may see, in the order of their lines. */
export async function offersOfRounds(db: EntityManager, roundIds: readonly string[]): Promise<Map<string, Offer[]>> {
  const lines = [...(await linesOfRounds(db, roundIds)).values()].flat();
  const made = lines.flatMap(({ offerId }) => offerId ?? []);
  const offers = new Map((await findOffers(db, made)).map((offer) => [offer.id, offer]));
  const shown = lines.flatMap(({ roundId, offerId }) => {
    const offer = offerId === null ? undefined : offers.get(offerId);
    return offer && offer.state !== 'draft' && offer.state !== 'in_review' ? [{ roundId, offer }] : [];
  });
  const byRound = groupBy(shown, (one) => one.roundId);
  return new Map([...byRound].map(([id, list]) => [id, list.map(({ offer }) => offer)]));
}

/** What a member has taken in each of these rounds and not given back, by round; a round without is absent. */
export async function takenInRounds(
  db: EntityManager,
  memberId: string,
  roundIds: readonly string[],
): Promise<Map<string, Redemption>> {
  const taken = await db
    .createQueryBuilder(Redemption, 'r')
    .where('r.memberId = :memberId AND r.limitGroup IN (:...roundIds) AND r.limitSlot IS NOT NULL', {
      memberId,
      roundIds,
    })
    .getMany();
  return new Map(taken.map((redemption) => [redemption.limitGroup!, redemption]));
}

import { randomBytes } from 'node:crypto';
import { Lottery } from '../../src/lotteries/lottery.entity.ts';
import { createLottery, type LotteryAsked } from '../../src/lotteries/set-up/create-lottery.ts';
import { openLottery } from '../../src/lotteries/set-up/open-lottery.ts';
import type { LotteryTerms, PrizeTerms } from '../../src/lotteries/set-up/terms.ts';
import { newId } from '../../src/platform/ids.ts';
import { points } from '../../src/platform/points.ts';
import type { TestDeps } from '../support/deps.ts';
import { aMarket } from '../support/market.ts';
import { accepted, anAdmin } from '../unions/tree.ts';

/** Now, in every lottery test, until the test moves the clock: 25 August, 10:00 in Beijing. */
export const NOW = '2026-08-25T02:00:00.000Z';

/** When the lottery of a test opens, freezes and is drawn: 27 August, and 1 September at 9:00 and 10:00 in Beijing. */
export const TIMES = {
  opensAt: new Date('2026-08-27T01:00:00.000Z'),
  freezesAt: new Date('2026-09-01T01:00:00.000Z'),
  drawsAt: new Date('2026-09-01T02:00:00.000Z'),
};

export const aPrize = (fields: Partial<PrizeTerms> = {}): PrizeTerms => ({
  tier: 1,
  name: '一等奖',
  kind: 'points',
  points: points(100),
  offerId: null,
  quantity: 1,
  ...fields,
});

/** Terms of a lottery with one prize of 100 points, one free ticket each, and five more for 10 points. */
export const someTerms = (fields: Partial<LotteryTerms> = {}): LotteryTerms => ({
  prizes: [aPrize()],
  freeTickets: 1,
  ticketRules: [],
  ticketPrice: points(10),
  boughtAtMost: 5,
  ticketsAtMost: 10,
  leavesOutMonths: 0,
  noticeWorkingDays: 5,
  collectDays: 30,
  entropy: 'drand',
  revealHours: 24,
  parties: [],
  ...fields,
});

export const asked = (terms: Partial<LotteryTerms> = {}, fields: Partial<LotteryAsked> = {}): LotteryAsked => ({
  name: '九月抽奖',
  ...TIMES,
  terms: someTerms(terms),
  ...fields,
});

/** A market whose programme has an admin, and shorthands for setting up and opening its lotteries. */
export async function aLotteryWorld({ memberCount = 3, earned = 1000 } = {}) {
  const market = await aMarket({ memberCount, earned, at: NOW });
  const { deps, programmeId } = market;
  const admin = await anAdmin(deps, [market.unionId]);

  const draft = async (terms: Partial<LotteryTerms> = {}, fields: Partial<LotteryAsked> = {}): Promise<string> =>
    accepted(await createLottery(deps, admin, newId(), { programmeId, ...asked(terms, fields) }));
  const opened = async (terms: Partial<LotteryTerms> = {}, fields: Partial<LotteryAsked> = {}): Promise<string> => {
    const lotteryId = await draft(terms, fields);
    accepted(await openLottery(deps, admin, newId(), { lotteryId }));
    return lotteryId;
  };
  return { ...market, admin, draft, opened };
}

export type LotteryWorld = Awaited<ReturnType<typeof aLotteryWorld>>;

export function lotteryOf({ db }: TestDeps, id: string): Promise<Lottery> {
  return db.manager.findOneByOrFail(Lottery, { id });
}

/** Every grant of a lottery, by the member's id and source. */
export function grantsOf(
  { db }: TestDeps,
  lotteryId: string,
): Promise<{ id: string; memberId: string; source: string; cause: string; tickets: number; leftOut: string | null }[]> {
  return db.query(
    `SELECT id, member_id AS memberId, source, cause, tickets, left_out AS leftOut FROM lottery_grant
     WHERE lottery_id = ? ORDER BY member_id, source, id`,
    [lotteryId],
  );
}

/** What the programme's prizes account holds. */
export async function heldForPrizes({ db }: TestDeps, programmeId: string): Promise<number> {
  const [row] = await db.query(
    `SELECT IFNULL(SUM(IF(a.id = t.credit_account_id, t.points, -t.points)), 0) AS points
     FROM account a JOIN transfer t ON a.id IN (t.credit_account_id, t.debit_account_id)
     WHERE a.kind = 'prizes' AND a.owner_id = ?`,
    [programmeId],
  );
  return Number(row.points);
}

/** Admins with accounts, who can be parties of a draw. */
export async function operators({ db, clock }: TestDeps, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  for (const [i, id] of ids.entries()) {
    await db.query(
      "INSERT INTO operator (id, door, login, name, password_hash, created_at) VALUES (?, 'admin', ?, ?, 'none', ?)",
      [id, `party-${id.toLowerCase()}`, `代表${i + 1}`, clock.now()],
    );
  }
  return ids;
}

/** A rule of a programme, and what it gave: a function that writes an accrual of a day and resolves with its id. */
export async function accruals({ db, clock }: TestDeps, programmeId: string) {
  const ruleId = newId();
  await db.query("INSERT INTO rule (id, programme_id, event_type, name, created_at) VALUES (?, ?, 'donation', ?, ?)", [
    ruleId,
    programmeId,
    `规则${ruleId}`,
    clock.now(),
  ]);
  const give = async (memberId: string, day: string, { revoked = false } = {}): Promise<string> => {
    const [id, eventId] = [newId(), newId()];
    await db.query(
      `INSERT INTO activity_event (id, programme_id, member_id, type, attributes, facts, occurred_on, identity, state,
         recording_id, recorded_by, recorded_at) VALUES (?, ?, ?, 'donation', '{}', '{}', ?, ?, 'paid', ?, 'system', ?)`,
      [eventId, programmeId, memberId, day, randomBytes(32), newId(), clock.now()],
    );
    await db.query(
      `INSERT INTO accrual (id, programme_id, event_id, rule_id, rule_version_id, member_id, occurrence, points,
         occurred_on, payable_at, revocation_id) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)`,
      [id, programmeId, eventId, ruleId, newId(), memberId, eventId, day, clock.now(), revoked ? newId() : ''],
    );
    return id;
  };
  return Object.assign(give, { ruleId });
}

/** A settled lottery of a month, in which a member won. */
export async function aWin(
  { db, clock }: TestDeps,
  {
    programmeId,
    month,
    memberId,
    state = 'paid',
  }: Record<'programmeId' | 'month' | 'memberId', string> & {
    state?: string;
  },
): Promise<void> {
  const [id, grantId] = [newId(), newId()];
  const now = clock.now();
  await db.query(
    `INSERT INTO lottery (id, programme_id, month, name, state, opens_at, freezes_at, draws_at, free_tickets,
       bought_at_most, tickets_at_most, leaves_out_months, notice_working_days, collect_days, entropy, reveal_hours,
       opened_at, settled_at, created_at)
     VALUES (?, ?, ?, '往期抽奖', 'final', ?, ?, ?, 1, 0, 1, 0, 5, 30, 'drand', 24, ?, ?, ?)`,
    [id, programmeId, month, ...[1, 2, 3].map((hour) => new Date(`${month}-01T0${hour}:00:00Z`)), now, now, now],
  );
  await db.query(
    "INSERT INTO lottery_prize (lottery_id, number, tier, name, kind, points, quantity) VALUES (?, 1, 1, '一等奖', 'points', 1, 1)",
    [id],
  );
  await db.query(
    `INSERT INTO lottery_draw (lottery_id, number, reason, seed_commitment, seed_cipher, committed_at)
     VALUES (?, 1, 'first', REPEAT('s', 32), 'c', ?)`,
    [id, now],
  );
  await db.query("INSERT INTO lottery_grant VALUES (?, ?, ?, 'free', 'free', 1, NULL, NULL, NULL, ?)", [
    id,
    grantId,
    memberId,
    now,
  ]);
  await db.query(
    `INSERT INTO lottery_win (id, lottery_id, draw_number, place, prize_number, ticket_index, grant_id, ticket,
       member_id, state) VALUES (?, ?, 1, 1, 1, 0, ?, 1, ?, ?)`,
    [newId(), id, grantId, memberId, state],
  );
}

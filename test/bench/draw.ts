/** 1,000,000 tickets, 1,000 prizes: the freeze's count and root, the draw and its transcript, by one process. */
import { LotteryDraw } from '../../src/lotteries/draw/lottery-draw.entity.ts';
import { verifyTranscript } from '../../src/lotteries/verifier/verify-draw.mjs';
import { insertRows, type SqlValue } from '../../src/platform/db/sql.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';
import type { Bench, Options } from './bench.ts';
import { Child } from './child.ts';
import type { Drawn, Order } from './draw-child.ts';
import { seedMembers, seedUnions } from './market.ts';
import { measureInTurn } from './measure.ts';
import type { Report } from './report.ts';
import { closing, type Keep, onFreshDatabase, requireDurableCommits } from './setting.ts';

const DATABASE = 'xingfu_bench_draw';
const TICKETS = 1_000_000;
const PRIZES = 1_000;

/** Where a run is shortened: so many tickets for each second that was asked for. */
const TICKETS_A_SECOND = 100_000;

/** Grants of a member, of one ticket each: the list is as long as it can be. */
const GRANTS_EACH = 4;
const ROWS_AT_ONCE = 10_000;

export const draw: Bench = {
  name: 'draw',
  about: '1,000,000 tickets counted and 1,000 prizes drawn, with root and transcript; against hashing the list once',
  run: (options) => onFreshDatabase(DATABASE, (deps) => closing((keep) => compare(deps, keep, options))),
};

async function compare(deps: Deps, keep: Keep, { seconds, short }: Options): Promise<Report> {
  const durable = await requireDurableCommits(deps);
  const tickets = short ? Math.ceil((TICKETS_A_SECOND * seconds) / GRANTS_EACH) * GRANTS_EACH : TICKETS;
  const { lotteryId, memberIds } = await seedLottery(deps, tickets);
  // Two processes, so that the list that one has in memory does not count as the other's.
  const drawing = keep(new Child<Order, unknown>('draw-child.ts'));
  const hashing = keep(new Child<Order, unknown>('draw-child.ts'));
  await drawing.ask({ database: DATABASE });
  await hashing.ask({ database: DATABASE });
  let last: Drawn | undefined;
  const drawOne = async () => {
    await reopen(deps, lotteryId);
    last = (await drawing.ask({ lotteryId, task: 'draw' })) as Drawn;
    await requireDrawn(deps, lotteryId);
    return (tickets * 1000) / last.elapsedMs;
  };
  const hashOnce = async () => {
    const { elapsedMs } = (await hashing.ask({ lotteryId, task: 'hash' })) as Drawn;
    return (tickets * 1000) / elapsedMs;
  };
  const { ours, ...references } = await measureInTurn(
    [
      { name: 'ours', round: drawOne },
      { name: 'hashing', round: hashOnce },
    ],
    seconds,
  );
  const proofs = await readProof(deps, drawing, lotteryId, memberIds[Math.floor(memberIds.length / 2)]!);
  return {
    bench: 'draw',
    unit: 'tickets',
    ours: ours!,
    references,
    aims: { hashing: 0.33 },
    peakRssMb: last!.peakRssMb,
    rssAimMb: 400,
    notes: [
      durable,
      `${tickets} tickets in as many grants, ${PRIZES} prizes; hashing: holders, leaves and nodes of the list, which is in memory`,
      `steps of the last round, ms: ${Object.entries(last!.steps)
        .map(([name, ms]) => `${name} ${Math.round(ms)}`)
        .join(', ')}`,
      proofs,
      'the verifier said yes to the transcript of every round',
    ],
  };
}

interface Seeded {
  lotteryId: string;
  memberIds: string[];
}

/** An open lottery with its tickets, that is to be frozen and drawn at once. */
async function seedLottery(deps: Deps, tickets: number): Promise<Seeded> {
  const { db } = deps;
  const { programmeId, unionIds } = await seedUnions(deps);
  const memberIds = await seedMembers(deps, unionIds, tickets / GRANTS_EACH);
  const lotteryId = newId();
  const before = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  const insert = (table: string, row: Record<string, SqlValue>) =>
    insertRows(db.manager, table, Object.keys(row), [Object.values(row)]);
  await insert('lottery', {
    ...{ id: lotteryId, programme_id: programmeId, month: '2026-09', name: '九月抽奖', state: 'open' },
    ...{ opens_at: before(60), freezes_at: before(30), draws_at: before(15), opened_at: before(60) },
    ...{ free_tickets: 0, bought_at_most: 0, tickets_at_most: 1000, leaves_out_months: 0, notice_working_days: 5 },
    ...{ collect_days: 30, entropy: 'reveals', reveal_hours: 24, created_at: before(60) },
  });
  const prize = { tier: 1, name: '积分', kind: 'points', points: 10, quantity: PRIZES };
  await insert('lottery_prize', { lottery_id: lotteryId, number: 1, ...prize });
  for (const number of [1, 2, 3]) {
    const operatorId = newId();
    const operator = { door: 'admin', login: operatorId.toLowerCase(), name: `代表${number}`, password_hash: 'none' };
    await insert('operator', { id: operatorId, ...operator, created_at: before(60) });
    const party = { draw_number: 1, number, name: `第${number}方`, operator_id: operatorId };
    await insert('lottery_party', { lottery_id: lotteryId, ...party });
  }
  await seedGrants(deps, lotteryId, memberIds);
  return { lotteryId, memberIds };
}

async function seedGrants({ db }: Deps, lotteryId: string, memberIds: readonly string[]): Promise<void> {
  const now = new Date();
  const columns = ['lottery_id', 'id', 'member_id', 'source', 'cause', 'tickets', 'given_at'];
  for (let from = 0; from < memberIds.length * GRANTS_EACH; from += ROWS_AT_ONCE) {
    const length = Math.min(ROWS_AT_ONCE, memberIds.length * GRANTS_EACH - from);
    const rows = Array.from({ length }, (_, i) => {
      const memberId = memberIds[(from + i) % memberIds.length]!;
      return [lotteryId, newId(), memberId, 'rule', newId(), 1, now];
    });
    await db.transaction((tx) => insertRows(tx, 'lottery_grant', columns, rows));
  }
}

/** As it was before it was frozen. */
async function reopen({ db }: Deps, lotteryId: string): Promise<void> {
  const session = db.createQueryRunner();
  try {
    await session.query('SET FOREIGN_KEY_CHECKS = 0');
    for (const table of ['lottery_win', 'lottery_chunk', 'lottery_draw'])
      await session.query(`TRUNCATE TABLE ${table}`);
    await session.query('SET FOREIGN_KEY_CHECKS = 1');
    await session.query(
      `UPDATE lottery SET state = 'open', frozen_at = NULL, listed_at = NULL, root = NULL, ticket_count = NULL,
         counted_at = NULL WHERE id = ?`,
      [lotteryId],
    );
    await session.query(
      'UPDATE lottery_party SET reveal = NULL, revealed_at = NULL, commitment = NULL, committed_at = NULL',
    );
  } finally {
    await session.release();
  }
}

/** Fails unless every prize was drawn and the verifier says yes. */
async function requireDrawn({ db }: Deps, lotteryId: string): Promise<void> {
  const made = await db.manager
    .createQueryBuilder(LotteryDraw, 'd')
    .addSelect('d.transcript')
    .where({ lotteryId })
    .getOne();
  const [{ n }] = await db.query('SELECT COUNT(*) AS n FROM lottery_win WHERE lottery_id = ?', [lotteryId]);
  const { ok } = verifyTranscript(JSON.parse(made?.transcript ?? '{}'));
  if (Number(n) !== PRIZES || !ok) throw new Error(`${n} winners, and the verifier says ${ok}`);
}

/** What one entrant's proof costs while nothing of the list is in memory. */
async function readProof(
  { db }: Deps,
  child: Child<Order, unknown>,
  lotteryId: string,
  memberId: string,
): Promise<string> {
  const rowsRead = async () => {
    const rows: { Value: string }[] = await db.query("SHOW GLOBAL STATUS LIKE 'Handler_read%'");
    return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
  };
  const before = await rowsRead();
  const { elapsedMs } = (await child.ask({ lotteryId, task: 'proof', memberId })) as Drawn;
  return `a member's first proofs: ${(await rowsRead()) - before} rows read, ${elapsedMs.toFixed(1)} ms`;
}

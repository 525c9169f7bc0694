/** What must be so when a round is over and all is quiet. */
import { verifyLedger } from '../../src/ledger/verify.ts';
import type { Books } from './books.ts';
import { until } from './machine.ts';
import { EARNED, STOCK, type World } from './world.ts';

/** How long jobs may take to come to the end of what a round left them, in seconds; a sound run needs about one minute. */
const PATIENCE_SECONDS = 240;

/** Waits until jobs have done all that they were asked: they go on. Returns how many milliseconds that took. */
export async function untilDone({ deps: { db } }: World, books: Books): Promise<number> {
  const began = performance.now();
  const left = async () => {
    const [row] = await db.query(
      `SELECT (SELECT COUNT(*) FROM outbox) AS outbox, (SELECT COUNT(*) FROM posting WHERE seal_number IS NULL) AS unsealed,
              (SELECT COUNT(*) FROM activity_event WHERE state IN ('recorded', 'pending', 'over_budget')) AS waiting`,
    );
    return `${row.outbox} outbox rows, ${row.unsealed} unsealed postings, ${row.waiting} waiting events`;
  };
  const nothing = '0 outbox rows, 0 unsealed postings, 0 waiting events';
  await until('jobs are done', async () => (await left()) === nothing, PATIENCE_SECONDS).catch(async () => {
    books.differ(`jobs do not go on: ${await left()} after ${PATIENCE_SECONDS} s`);
  });
  return performance.now() - began;
}

/** Holds the database against the books. */
export async function check(world: World, books: Books): Promise<void> {
  const { db } = world.deps;
  const same = (what: string, found: unknown, told: number) => {
    if (Number(found) !== told) books.differ(`${what}: the database has ${found}, clients were told ${told}`);
  };
  const ids = async (sql: string) => new Set((await db.query(sql)).map(({ id }: { id: string }) => id));
  const sameIds = async (what: string, sql: string, told: ReadonlyMap<string, unknown>) => {
    const found = await ids(sql);
    for (const id of told.keys()) if (!found.has(id)) books.differ(`${what} ${id} was acknowledged and is lost`);
    same(what, found.size, told.size);
  };
  await sameIds('redemptions', 'SELECT id FROM redemption', books.redeemed);
  await sameIds('verifications', 'SELECT id FROM verification WHERE active = 1', books.verified);
  await sameIds('scans', 'SELECT id FROM card_scan', books.scanned);
  await sameIds('charges', "SELECT id FROM charge WHERE state = 'posted'", books.charged);
  await sameIds('events', "SELECT id FROM activity_event WHERE state = 'paid'", books.events);

  const [counted] = await db.query(
    `SELECT (SELECT COUNT(*) FROM voucher) AS vouchers, (SELECT COUNT(*) FROM voucher WHERE state = 'used') AS used,
            (SELECT COUNT(*) FROM accrual) AS accruals, (SELECT SUM(balance) FROM account WHERE kind = 'member') AS owned`,
  );
  same('vouchers', counted.vouchers, books.redeemed.size);
  same('vouchers used', counted.used, books.verified.size);
  same('accruals', counted.accruals, books.events.size);

  const sold = new Map(world.offers.map(({ id }) => [id, 0]));
  for (const offerId of books.redeemed.values()) sold.set(offerId, sold.get(offerId)! + 1);
  const stocks: { id: string; remaining: number }[] = await db.query(
    'SELECT offer_id AS id, remaining FROM offer_stock',
  );
  for (const { id, remaining } of stocks) same(`stock of offer ${id}`, remaining, STOCK - sold.get(id)!);

  const spent = world.offers.reduce((sum, { id, price }) => sum + price * sold.get(id)!, 0);
  const charged = [...books.charged.values()].reduce((sum, points) => sum + points, 0);
  same('points of members', counted.owned, world.owned + EARNED * books.events.size - spent - charged);

  const { differences } = await verifyLedger(db);
  for (const difference of differences) books.differ(`ledger: ${difference}`);
}

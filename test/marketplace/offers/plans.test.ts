import { expect, test } from 'vitest';
import { poolCodesOf } from '../../../src/marketplace/code-pools/queries.ts';
import { offersOfProgramme, stockOf } from '../../../src/marketplace/offer-queries.ts';
import { findSoldOffers } from '../../../src/marketplace/offers/find-sold-offers.ts';
import { releasesToCome } from '../../../src/marketplace/releases/queries.ts';
import { releaseAllDue } from '../../../src/marketplace/releases/release-due.ts';
import { lockStock } from '../../../src/marketplace/releases/stock.ts';
import { insertRows } from '../../../src/platform/db/sql.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { newId } from '../../../src/platform/ids.ts';
import type { TestDeps } from '../../support/deps.ts';
import { aMarket } from '../../support/market.ts';

const SIZE = 5_000;

/** Offers with stock, two releases and a sold code each. */
async function aWarehouse() {
  const market = await aMarket({ memberCount: 1 });
  const { deps, programmeId, merchantId, memberIds } = market;
  const now = deps.clock.now();
  const offers = Array.from({ length: SIZE }, () => ({ id: newId(), redemptionId: newId() }));
  const later = new Date(now.getTime() + 60_000);
  const fill = (table: string, columns: string, row: (offer: (typeof offers)[number]) => (string | number | Date)[]) =>
    inTransaction(deps.db, (tx) => insertRows(tx, table, columns.split(' '), offers.map(row)));
  const common = [programmeId, merchantId, '茶', '无', 1, now, '2099-01-01', 'ever', 30, 'refund', 'on_sale', now];
  await fill(
    'offer',
    'id programme_id merchant_id title description price sale_from sale_to limit_period use_days lapse_policy state created_at',
    ({ id }) => [id, ...common],
  );
  await fill('offer_stock', 'offer_id remaining next_release_at codes_taken', ({ id }) => [id, 5, later, 1]);
  await fill('offer_release', 'offer_id release_at count', ({ id }) => [id, later, 1]);
  await fill('offer_release', 'offer_id release_at count', ({ id }) => [id, new Date(later.getTime() + 1), 1]);
  await fill('offer_code', 'offer_id number code_hash code_cipher imported_at', ({ id }) => [id, 1, id, 'x', now]);
  await fill(
    'redemption',
    'id programme_id offer_id member_id merchant_id points limit_period redeemed_at',
    ({ id, redemptionId }) => [redemptionId, programmeId, id, memberIds[0]!, merchantId, 0, 'ever', now],
  );
  await fill('redemption_code', 'redemption_id offer_id number', ({ id, redemptionId }) => [redemptionId, id, 1]);
  await deps.db.query("UPDATE offer SET state = 'paused' WHERE id = ?", [offers[0]!.id]);
  return { ...market, offers, now };
}

interface Step {
  table: string | null;
  type: string | null;
  rows: string | number | null;
  Extra: string | null;
}

/** What the server does for the reading statements of a piece of work. */
async function planOf({ db }: TestDeps, work: () => Promise<unknown>): Promise<Step[]> {
  const usual = db.logger;
  const sent: { sql: string; values: unknown[] }[] = [];
  db.logger = new Proxy(usual, {
    get(logger, name) {
      if (name === 'logQuery') return (sql: string, values: unknown[] = []) => sent.push({ sql, values });
      const member = Reflect.get(logger, name);
      return typeof member === 'function' ? member.bind(logger) : member;
    },
  });
  try {
    await work();
  } finally {
    db.logger = usual;
  }
  const reading = sent.filter(({ sql }) => /^\s*\(?SELECT/.test(sql));
  expect(reading.length).toBeGreaterThan(0);
  const plans = await Promise.all(reading.map(({ sql, values }) => db.query(`EXPLAIN ${sql}`, values)));
  return plans.flat();
}

test('what a purchase, a list and the release of stock read, they find by an index, however many offers there are', async () => {
  const { deps, offers, now, programmeId } = await aWarehouse();
  const { manager } = deps.db;
  const ids = offers.slice(100, 120).map(({ id }) => id);
  const page = { first: 20, after: undefined };
  const works = {
    sold: () => findSoldOffers(manager as never, ids, now),
    stock: () => inTransaction(deps.db, (tx) => lockStock(tx, ids, now)),
    shown: () => stockOf(manager, ids, now),
    releases: () => releasesToCome(manager, ids, now),
    codes: () =>
      poolCodesOf(
        manager,
        offers.slice(0, 20).map(({ redemptionId }) => redemptionId),
      ),
    due: () => releaseAllDue(deps),
    paused: () => offersOfProgramme(manager, programmeId, page, 'paused'),
  };
  for (const [name, work] of Object.entries(works)) {
    const steps = await planOf(deps, work);
    const all = steps.filter((step) => step.type === 'ALL' && Number(step.rows) > 100);
    expect(all, name).toEqual([]);
    for (const step of steps) {
      expect(Number(step.rows), `${name} ${step.table}`).toBeLessThan(200);
      expect(step.Extra ?? '', `${name} ${step.table}`).not.toContain('filesort');
    }
  }
});

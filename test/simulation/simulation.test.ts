import { expect, test } from 'vitest';
import { emptyDatabase } from '../support/database.ts';
import { testDeps } from '../support/deps.ts';
import { Failure } from './failure.ts';
import { simulate } from './run.ts';

const LONG = 240_000;

/** What a run with the fixed seed has accepted of at the least once; it would prove little if it never happened. */
const HAPPENS = [
  ...['buy', 'cancel', 'verify', 'undo', 'scan', 'charge', 'confirm', 'decline', 'refund', 'refund in part', 'tickets'],
  ...['record', 'revoke', 'claim', 'approve', 'return', 'adjust', 'budget', 'stock', 'release', 'move', 'commit'],
];

test(
  'a year in short, always the same: many clients at every door, and after each batch every law is kept',
  async () => {
    const report = await simulate(await testDeps(), { seed: 20_250_105, steps: 3_200, clients: 16, members: 120 });
    expect(report.steps).toBeGreaterThanOrEqual(3_200);
    expect(report.repeated).toBeGreaterThan(50);
    expect(HAPPENS.filter((kind) => !report.answers.has(`${kind} ok`))).toEqual([]);
  },
  LONG,
);

test(
  'a year in short that nobody has seen before',
  async () => {
    const seed = Math.floor(Math.random() * 1_000_000_000);
    console.log(`simulation: seed ${seed}`);
    await simulate(await testDeps(), { seed, steps: 600, clients: 16, members: 80 });
  },
  LONG,
);

test(
  'one client, one seed: the same commands get the same answers, so a failure can be seen again',
  async () => {
    const options = { seed: 7, steps: 120, clients: 1, members: 40 };
    const first = await simulate(await testDeps(), options);
    await emptyDatabase((await testDeps()).db);
    const second = await simulate(await testDeps(), options);
    expect([...second.answers].sort()).toEqual([...first.answers].sort());
  },
  LONG,
);

/** Whoever can write to the database itself: after the third batch, or as soon as there is something to write over. */
const MEDDLING: [what: string, sql: string, found: RegExp][] = [
  ['a piece too many', 'UPDATE offer_stock SET remaining = remaining + 1 LIMIT 1', /stock taken = vouchers/],
  ['a point too many', "UPDATE account SET balance = balance + 1 WHERE kind = 'member' LIMIT 1", /lots|coherent/],
  [
    'a used voucher that is good again',
    "UPDATE voucher SET state = 'unused' WHERE state = 'used'",
    /vouchers|states|answers/,
  ],
  ['a refund that is forgotten', 'UPDATE charge SET refunded = 0 WHERE refunded > 0', /settled once|answers|states/],
  ['points issued that nobody counts', 'UPDATE programme_budget SET issued = issued - 1', /issued is counted/],
  ['keys that are forgotten', 'DELETE FROM idempotency', /same key/],
];

test.each(MEDDLING)(
  '%s is found, and the failure says by which law',
  async (_what, sql, law) => {
    const deps = await testDeps();
    let written = 0;
    const meddle = async (batch: number) => {
      if (batch >= 3 && written === 0) written = (await deps.db.query(sql)).affectedRows;
    };
    const run = simulate(deps, { seed: 11, steps: 900, clients: 8, members: 40, meddle });
    await expect(run).rejects.toThrow(Failure);
    await expect(run).rejects.toThrow(law);
    await expect(run).rejects.toThrow('npm run simulate -- --seed 11 --steps 900 --clients 8 --members 40');
  },
  LONG,
);

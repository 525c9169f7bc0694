import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refund } from '../../src/ledger/post.ts';
import { verifyLedger } from '../../src/ledger/verify.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { points } from '../../src/platform/points.ts';
import { countQueries } from '../support/count-queries.ts';
import { id, world } from './world.ts';

const tooLarge = { ok: false, refusal: { code: 'REFUND_TOO_LARGE' } };

test('a refund leaves a member and the merchant as if the charge had been smaller', async () => {
  const history = fc.record({
    lots: fc.array(fc.record({ amount: fc.integer({ min: 1, max: 30 }), days: fc.integer({ min: 1, max: 9 }) }), {
      minLength: 1,
      maxLength: 5,
    }),
    parts: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 }),
    kept: fc.integer({ min: 0, max: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(history, async ({ lots, parts, kept }) => {
      const refunded = parts.reduce((sum, part) => sum + part, 0);
      const { deps, ann, bob, earn, charge, posts, refunds, balance, lots: remaining } = await world();
      for (const memberId of [ann, bob]) {
        await posts(...lots.map(({ amount, days }) => earn(memberId, amount, days)), earn(memberId, 200, 10));
      }
      const [large] = await posts(charge(ann, kept + refunded));
      for (const part of parts) expect(await refunds(id(large), part)).toMatchObject([{ ok: true }]);
      if (kept > 0) await posts(charge(bob, kept));
      expect(await remaining(ann)).toEqual(await remaining(bob));
      expect(await balance(ann)).toBe(await balance(bob));
      expect(await refunds(id(large), kept + 1)).toMatchObject([tooLarge]);
      await expect(deps).toHaveCoherentLedger();
    }),
    { numRuns: 15 },
  );
}, 60_000);

test('the refunds of a charge are never more than it, in one posting or in many at once', async () => {
  const { deps, ann, earn, charge, posts, refunds, balance, sums } = await world();
  await posts(earn(ann, 100));
  const [charged] = await posts(charge(ann, 90));
  expect(await refunds(id(charged), 50, 41, 30)).toMatchObject([{ ok: true }, tooLarge, { ok: true }]);
  const outcomes = (await Promise.all(Array.from({ length: 20 }, () => refunds(id(charged), 3)))).flat();
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(3);
  expect([await balance(ann), await sums()]).toEqual([99, { issuance: -100, merchant: 1 }]);
  await expect(deps).toHaveCoherentLedger();
});

test('a refund is posted once for its key, whatever is asked the second time', async () => {
  const { deps, ann, earn, charge, posts, balance } = await world();
  await posts(earn(ann, 100));
  const [charged] = await posts(charge(ann, 90));
  const part = { transferId: id(charged), points: points(20), key: newId(), causeId: newId() };
  const ask = async (fields = {}) => {
    const asked = [{ ...part, ...fields }];
    const [outcome] = await inTransaction(deps.db, (tx) => refund(tx, asked, deps.clock.now()));
    return outcome;
  };
  const first = await ask();
  expect(await ask()).toEqual({ ok: true, value: { transferId: id(first), repeated: true } });
  expect(await ask({ points: points(90) })).toMatchObject({ ok: true, value: { repeated: true } });
  expect(await balance(ann)).toBe(30);
  await expect(deps).toHaveCoherentLedger();
});

test('points that are refunded to a lot which has lapsed meanwhile expire at once, the others can be spent', async () => {
  const { deps, ann, earn, charge, posts, refunds, balance, transfers } = await world();
  await posts(earn(ann, 30, 10), earn(ann, 40, 20));
  const [charged] = await posts(charge(ann, 60));
  deps.clock.advance({ days: 10 });
  await refunds(id(charged), 30);
  expect(await balance(ann)).toBe(40);
  await refunds(id(charged), 30);
  expect(await balance(ann)).toBe(40);
  expect((await transfers()).slice(3)).toEqual([
    ['refund', 30],
    ['refund', 30],
    ['expiry', 30],
  ]);
  await expect(deps).toHaveCoherentLedger();
});

test('a refund names its charge, and a charge that was refunded in part is not reversed whole', async () => {
  const { deps, ann, earn, spend, charge, posts, refunds, reverses } = await world();
  await posts(earn(ann, 100));
  const [charged] = await posts(charge(ann, 60));
  await refunds(id(charged), 10);
  const [row] = await deps.db.query("SELECT reverses_id FROM transfer WHERE kind = 'refund'");
  expect(row.reverses_id).toBe(id(charged));
  await expect(reverses(id(charged))).rejects.toThrow(/refunded in part/);
  const [spent] = await posts(spend(ann, 10));
  await expect(refunds(id(spent), 5)).rejects.toThrow(/is no charge/);
  const [other] = await posts(charge(ann, 20));
  await reverses(id(other));
  expect(await refunds(id(other), 1)).toMatchObject([tooLarge]);
  await expect(deps).toHaveCoherentLedger();
});

test('refunds take the same statements for a hundred charges as for two', async () => {
  const { deps, ann, earn, charge, posts } = await world();
  await posts(earn(ann, 1000));
  const refundOf = async (count: number) => {
    const charged = await posts(...Array.from({ length: count }, () => charge(ann, 2)));
    const parts = charged.map((one) => ({ transferId: id(one), points: points(1), key: newId(), causeId: newId() }));
    return countQueries(deps.db, () => inTransaction(deps.db, (tx) => refund(tx, parts, deps.clock.now())));
  };
  expect(await refundOf(100)).toBe(await refundOf(2));
  await expect(deps).toHaveCoherentLedger();
});

test('verification finds points that were given back to another lot than the charge took them from', async () => {
  const { deps, ann, earn, charge, posts, refunds } = await world();
  await posts(earn(ann, 30, 10), earn(ann, 40, 20));
  const [charged] = await posts(charge(ann, 20));
  await refunds(id(charged), 5);
  await deps.db.query(
    `INSERT INTO lot_movement (transfer_id, lot_id, points)
     SELECT transfer.id, (SELECT id FROM lot ORDER BY expires_at DESC LIMIT 1), 7 FROM transfer WHERE kind = 'refund'`,
  );
  const { differences } = await verifyLedger(deps.db);
  expect(differences).toContainEqual(
    expect.stringMatching(
      new RegExp(`^points given back of charge and lot ${id(charged)} \\w+: stored 0, transfers say 7$`),
    ),
  );
});

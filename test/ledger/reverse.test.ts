import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountsOf } from '../../src/ledger/accounts.ts';
import { expireLots } from '../../src/ledger/expire-lots.ts';
import { statement } from '../../src/ledger/statement.ts';
import { id, world } from './world.ts';

const shortfall = fc.constantFrom(undefined, 'owe' as const, 'write_off' as const);

test('points that are given and taken back unspent leave balances, lots, debts and what was issued as they were', async () => {
  const before = fc.record({
    lots: fc.array(fc.record({ amount: fc.integer({ min: 1, max: 50 }), days: fc.integer({ min: 1, max: 20 }) })),
    spent: fc.integer({ min: 0, max: 50 }),
    debt: fc.integer({ min: 0, max: 50 }),
    wait: fc.integer({ min: 0, max: 10 }),
    given: fc.integer({ min: 1, max: 80 }),
    by: fc.constantFrom('earn' as const, 'adjust' as const),
    shortfall,
  });
  await fc.assert(
    fc.asyncProperty(before, async ({ lots, spent, debt, wait, given, by, shortfall }) => {
      const there = await world();
      const { deps, ann, posts } = there;
      if (debt > 0) {
        const [wrong] = await posts(there.earn(ann, debt));
        await posts(there.spend(ann, debt));
        await there.revoke(id(wrong), 'owe');
      }
      for (const { amount, days } of lots) await posts(there.earn(ann, amount, days));
      await posts(there.spend(ann, spent || 1));
      deps.clock.advance({ days: wait });
      await posts(there.spend(ann, Number.MAX_SAFE_INTEGER));
      const figures = async () => ({
        balance: await there.balance(ann),
        lots: (await there.lots(ann)).filter((remaining) => remaining > 0),
        owed: await there.owed(ann),
        issued: await there.issued(),
        sums: await there.sums(),
      });
      const was = await figures();
      const [wrong] = await posts(there[by](ann, given, 15));
      expect(await there.revoke(id(wrong), shortfall)).toMatchObject({ ok: true });
      expect(await figures()).toEqual(was);
      await expect(deps).toHaveCoherentLedger();
    }),
    { numRuns: 25 },
  );
}, 60_000);

test('points that were spent are owed when they are taken back, and new points pay off exactly that', async () => {
  const { deps, ann, earn, spend, posts, revoke, balance, lots, owed, issued, transfers } = await world();
  const [wrong] = await posts(earn(ann, 100));
  await posts(spend(ann, 70));
  expect(await revoke(id(wrong), 'owe')).toMatchObject({ ok: true, value: { repeated: false } });
  expect([await balance(ann), await owed(ann), await issued()]).toEqual([0, 70, 70]);
  await expect(deps).toHaveCoherentLedger();
  await posts(earn(ann, 50));
  expect([await balance(ann), await owed(ann), await issued()]).toEqual([0, 20, 70]);
  await posts(earn(ann, 50));
  expect([await balance(ann), await owed(ann), await issued()]).toEqual([30, 0, 100]);
  await posts(earn(ann, 50));
  expect([await balance(ann), await owed(ann), await issued()]).toEqual([80, 0, 150]);
  expect((await lots(ann)).filter((remaining) => remaining > 0)).toEqual([30, 50]);
  expect(await transfers()).toEqual([
    ['accrual', 100],
    ['redemption', 70],
    ['owing', 70],
    ['reversal', 100],
    ['accrual', 50],
    ['repayment', 50],
    ['accrual', 50],
    ['repayment', 20],
    ['accrual', 50],
  ]);
  await expect(deps).toHaveCoherentLedger();
});

test('what covers a reversal and what pays off a debt bear the cause of what they go with, and stand on the statement', async () => {
  const { deps, ann, earn, spend, posts, revoke } = await world();
  const [wrong] = await posts(earn(ann, 100));
  await posts(spend(ann, 70));
  const reversal = id(await revoke(id(wrong), 'owe'));
  const later = earn(ann, 90);
  const [credit] = await posts(later);
  const [account] = await accountsOf(deps.db.manager, [ann]);
  const { items } = await statement(deps.db.manager, account!.id, { first: 10, after: undefined });
  expect(items.map((line) => [line.kind, line.points, line.balanceAfter])).toEqual([
    ['repayment', -70, 20],
    ['accrual', 90, 90],
    ['reversal', -100, 0],
    ['owing', 70, 100],
    ['redemption', -70, 30],
    ['accrual', 100, 100],
  ]);
  expect(items[0]!.causeId).toBe(later.causeId);
  expect(items[3]!.causeId).toBe(items[2]!.causeId);
  const keys: { business_key: string }[] = await deps.db.query(
    "SELECT business_key FROM transfer WHERE kind IN ('owing', 'repayment', 'reversal') ORDER BY id",
  );
  expect(keys.map((row) => row.business_key)).toEqual([
    `owing:${id(wrong)}`,
    `reversal:${id(wrong)}`,
    `repayment:${id(credit)}`,
  ]);
  expect(items[2]!.id).toBe(reversal);
});

test('points that were spent are written off when the programme says so: nobody owes them and new points stay', async () => {
  const { deps, ann, earn, spend, posts, revoke, balance, owed, issued, sums } = await world();
  const [wrong] = await posts(earn(ann, 100));
  await posts(spend(ann, 70));
  await revoke(id(wrong), 'write_off');
  await posts(earn(ann, 50));
  expect([await balance(ann), await owed(ann), await issued()]).toEqual([50, 0, 120]);
  expect(await sums()).toEqual({ issuance: -50, vouchers: 70, written_off: -70 });
  await expect(deps).toHaveCoherentLedger();
});

test('without a word on the shortfall a reversal of spent points is refused and moves nothing, also nothing that expired', async () => {
  const { deps, ann, earn, spend, posts, revoke, transfers } = await world();
  const [wrong] = await posts(earn(ann, 100, 10));
  await posts(spend(ann, 10));
  deps.clock.advance({ days: 10 });
  await expireLots(deps);
  const before = await transfers();
  expect(await revoke(id(wrong))).toMatchObject({ ok: false, refusal: { code: 'NOT_ENOUGH_POINTS' } });
  expect(await transfers()).toEqual(before);
  await expect(deps).toHaveCoherentLedger();
});

test('what other points of the member cover is neither owed nor written off', async () => {
  const { deps, ann, earn, spend, posts, revoke, balance, lots, owed } = await world();
  const [wrong] = await posts(earn(ann, 100, 10));
  await posts(earn(ann, 60, 50), earn(ann, 30, 20));
  await posts(spend(ann, 80));
  await revoke(id(wrong), 'owe');
  expect([await balance(ann), await owed(ann)]).toEqual([10, 0]);
  expect(await lots(ann)).toEqual([0, 0, 10]);
  await expect(deps).toHaveCoherentLedger();
});

describe('points that expired before they were taken back', () => {
  test.each(['owe', 'write_off', undefined] as const)(
    'are not owed, and breakage no longer counts them (%s)',
    async (policy) => {
      const { deps, ann, earn, posts, revoke, balance, owed, issued, sums } = await world();
      const [wrong] = await posts(earn(ann, 100, 10));
      deps.clock.advance({ days: 10 });
      await expireLots(deps);
      expect(await sums()).toEqual({ issuance: -100, breakage: 100 });
      expect(await revoke(id(wrong), policy)).toMatchObject({ ok: true });
      expect([await balance(ann), await owed(ann), await issued(), await sums()]).toEqual([0, 0, 0, {}]);
      await expect(deps).toHaveCoherentLedger();
    },
  );

  test('come back from breakage also when the expiry job has not run yet', async () => {
    const { deps, ann, earn, posts, revoke, sums, transfers } = await world();
    const [wrong] = await posts(earn(ann, 100, 10));
    deps.clock.advance({ days: 10 });
    await revoke(id(wrong), 'owe');
    expect(await sums()).toEqual({});
    expect(await transfers()).toEqual([
      ['accrual', 100],
      ['expiry', 100],
      ['unexpiry', 100],
      ['reversal', 100],
    ]);
    await expect(deps).toHaveCoherentLedger();
  });

  test('come back in part where a part was spent, and only the spent part is owed', async () => {
    const { deps, ann, earn, spend, posts, revoke, balance, owed, sums } = await world();
    const [wrong] = await posts(earn(ann, 100, 10), earn(ann, 40, 10));
    await posts(spend(ann, 30));
    deps.clock.advance({ days: 10 });
    await expireLots(deps);
    await posts(earn(ann, 5, 50));
    await revoke(id(wrong), 'owe');
    expect([await balance(ann), await owed(ann)]).toEqual([0, 25]);
    expect(await sums()).toEqual({ issuance: -45, vouchers: 30, breakage: 40, owed: -25 });
    await expect(deps).toHaveCoherentLedger();
  });

  test('come back all, also where other points of the member would have sufficed', async () => {
    const { deps, ann, earn, posts, revoke, balance, sums } = await world();
    const [wrong] = await posts(earn(ann, 100, 10), earn(ann, 500, 50));
    deps.clock.advance({ days: 10 });
    await revoke(id(wrong));
    expect([await balance(ann), await sums()]).toEqual([500, { issuance: -500 }]);
    await expect(deps).toHaveCoherentLedger();
  });

  test('come back all, also those that were spent, refunded and expired then', async () => {
    const { deps, ann, earn, spend, posts, reverses, revoke, owed, sums } = await world();
    const [wrong] = await posts(earn(ann, 100, 10));
    const [spent] = await posts(spend(ann, 30));
    deps.clock.advance({ days: 10 });
    await expireLots(deps);
    await reverses(id(spent));
    await revoke(id(wrong), 'owe');
    expect([await owed(ann), await sums()]).toEqual([0, {}]);
    await expect(deps).toHaveCoherentLedger();
  });
});

test('what covers a reversal is used up by it, even where another lot expires sooner', async () => {
  const { deps, ann, earn, spend, posts, revoke, lots } = await world();
  const [wrong] = await posts(earn(ann, 100, 10));
  await posts(spend(ann, 30));
  deps.clock.advance({ days: 10 });
  await expireLots(deps);
  // Within the hour; what comes back from breakage has until the end of the day.
  await posts({ ...earn(ann, 50), expiresAt: new Date(deps.clock.now().getTime() + 3_600_000) });
  await revoke(id(wrong), 'owe');
  expect(await lots(ann)).toEqual([0, 20, 0]);
  await expect(deps).toHaveCoherentLedger();
});

test('a transfer is taken back once, whatever is said of the shortfall the second time', async () => {
  const { deps, ann, earn, spend, posts, revoke, owed, transfers } = await world();
  const [wrong] = await posts(earn(ann, 100));
  await posts(spend(ann, 100));
  const first = await revoke(id(wrong), 'owe');
  const after = await transfers();
  for (const again of ['owe', 'write_off', undefined] as const) {
    expect(await revoke(id(wrong), again)).toEqual({ ok: true, value: { transferId: id(first), repeated: true } });
  }
  expect([await transfers(), await owed(ann)]).toEqual([after, 100]);
  await expect(deps).toHaveCoherentLedger();
});

test.each(['owe', 'write_off', undefined] as const)(
  'points that had paid off a debt are owed again when they are taken back (%s)',
  async (policy) => {
    const { deps, ann, earn, spend, posts, revoke, balance, owed, sums } = await world();
    const [first] = await posts(earn(ann, 100));
    await posts(spend(ann, 100));
    await revoke(id(first), 'owe');
    const [second] = await posts(earn(ann, 120));
    expect([await balance(ann), await owed(ann)]).toEqual([20, 0]);
    expect(await revoke(id(second), policy)).toMatchObject({ ok: true });
    expect([await balance(ann), await owed(ann)]).toEqual([0, 100]);
    expect(await sums()).toEqual({ vouchers: 100, owed: -100 });
    await expect(deps).toHaveCoherentLedger();
  },
);

test('prizes pay off a debt too; what returns to the member does not', async () => {
  const { deps, ann, bob, programmeId, earn, spend, posts, reverses, revoke, balance, owed, issued } = await world();
  const [wrong] = await posts(earn(ann, 100));
  const [spent] = await posts(spend(ann, 100));
  await revoke(id(wrong), 'owe');
  await posts({ ...earn(ann, 30), debit: { kind: 'prizes', ownerId: programmeId } });
  expect([await balance(ann), await owed(ann), await issued()]).toEqual([0, 70, 70]);
  await reverses(id(spent));
  expect([await balance(ann), await owed(ann), await issued()]).toEqual([100, 70, 70]);
  // From vouchers, beside new points of somebody else.
  await posts(spend(ann, 100));
  await posts(earn(bob, 1), { ...earn(ann, 40), debit: { kind: 'vouchers', ownerId: programmeId } });
  expect([await balance(ann), await owed(ann)]).toEqual([40, 70]);
  await expect(deps).toHaveCoherentLedger();
});

test('several points in one posting pay off a debt together, and never more than it', async () => {
  const { deps, ann, bob, earn, spend, posts, revoke, balance, owed } = await world();
  const [wrong] = await posts(earn(ann, 100));
  await posts(spend(ann, 100));
  await revoke(id(wrong), 'owe');
  await posts(earn(ann, 60), earn(bob, 60), earn(ann, 60));
  expect([await balance(ann), await owed(ann), await balance(bob)]).toEqual([20, 0, 60]);
  await expect(deps).toHaveCoherentLedger();
});

test('a debt belongs to one programme', async () => {
  const { deps, ann, earn, spend, posts, revoke, owed } = await world();
  const [wrong] = await posts(earn(ann, 100));
  await posts(spend(ann, 100));
  await revoke(id(wrong), 'owe');
  const elsewhere = await world();
  const { programmeId } = elsewhere;
  await posts({ ...earn(ann, 60), programmeId, debit: { kind: 'issuance', ownerId: programmeId } });
  expect([await owed(ann), await elsewhere.owed(ann)]).toEqual([100, 0]);
  await expect(deps).toHaveCoherentLedger();
});

test('what is owed, written off, brought back or paid off is never reversed by itself', async () => {
  const { deps, ann, earn, spend, posts, revoke, transfers } = await world();
  const [wrong] = await posts(earn(ann, 100));
  await posts(spend(ann, 100));
  await revoke(id(wrong), 'owe');
  await posts(earn(ann, 40));
  const before = await transfers();
  const kept: { id: string }[] = await deps.db.query("SELECT id FROM transfer WHERE kind IN ('owing', 'repayment')");
  expect(kept).toHaveLength(2);
  for (const transfer of kept) await expect(revoke(transfer.id, 'owe')).rejects.toThrow(/belongs to another/);
  expect(await transfers()).toEqual(before);
});

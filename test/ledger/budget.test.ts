import { describe, expect, test } from 'vitest';
import { setBudget } from '../../src/ledger/budget.ts';
import { inTransaction, type Tx } from '../../src/platform/db/transaction.ts';
import { points } from '../../src/platform/points.ts';
import { id, world } from './world.ts';

describe('the budget', () => {
  const setTo = ({ deps, programmeId }: Awaited<ReturnType<typeof world>>, budget: number) =>
    inTransaction(deps.db, (tx) => setBudget(tx, programmeId, points(budget)));

  test.each(['owe', 'write_off'] as const)('never stands against a reversal of an accrual (%s)', async (policy) => {
    const there = await world(150);
    const { deps, ann, earn, spend, posts, revoke, issued } = there;
    const [wrong] = await posts(earn(ann, 100));
    await posts(spend(ann, 100), earn(ann, 50));
    await posts(spend(ann, 50));
    expect(await revoke(id(wrong), policy)).toMatchObject({ ok: true });
    expect(await issued()).toBe(150);
    await expect(deps).toHaveCoherentLedger();
  });

  test('is set by many at once, none of whom has to begin again', async () => {
    const { deps, programmeId } = await world(150);
    // Without inTransaction, which would hide a deadlock.
    const set = (budget: number) =>
      deps.db.transaction('READ COMMITTED', (tx) => setBudget(tx as Tx, programmeId, points(budget)));
    for (let round = 0; round < 5; round++) {
      await Promise.all(Array.from({ length: 8 }, (_, i) => set(200 + i)));
    }
    await expect(deps).toHaveCoherentLedger();
  });

  test('tells each of many who set it at once what it was before: together they are one chain', async () => {
    const there = await world(150);
    const wanted = Array.from({ length: 8 }, (_, i) => 200 + i);
    const told = await Promise.all(wanted.map((budget) => setTo(there, budget)));
    const before = told.map((result) => (result.ok ? result.value : NaN));
    const [{ budget: last }] = await there.deps.db.query('SELECT budget FROM programme_budget');
    expect([...before, last].sort()).toEqual([150, ...wanted]);
  });

  test('gets back what pays off a debt', async () => {
    const there = await world(150);
    const { deps, ann, bob, earn, spend, posts, revoke } = there;
    const [wrong] = await posts(earn(ann, 100));
    await posts(spend(ann, 100));
    await revoke(id(wrong), 'owe');
    expect(await posts(earn(ann, 50), earn(ann, 50), earn(bob, 50), earn(bob, 1))).toMatchObject([
      { ok: true },
      { ok: true },
      { ok: true },
      { ok: false, refusal: { code: 'OVER_BUDGET' } },
    ]);
    await expect(deps).toHaveCoherentLedger();
  });

  test('must cover points that an adjustment had taken and its reversal gives back', async () => {
    const there = await world(100);
    const { deps, ann, bob, earn, adjust, posts, revoke, balance, issued } = there;
    await posts(earn(ann, 100));
    const [taken] = await posts(adjust(ann, -40));
    expect(await issued()).toBe(60);
    const [other] = await posts(earn(bob, 40));
    expect(other).toMatchObject({ ok: true });
    expect(await revoke(id(taken))).toMatchObject({ ok: false, refusal: { code: 'OVER_BUDGET' } });
    expect(await balance(ann)).toBe(60);
    await setTo(there, 140);
    expect(await revoke(id(taken))).toMatchObject({ ok: true });
    expect([await balance(ann), await issued()]).toEqual([100, 140]);
    await expect(deps).toHaveCoherentLedger();
  });

  test('must cover what is owed for a prize that is taken back, whose points stay in the pot', async () => {
    const there = await world(100);
    const { deps, ann, programmeId, earn, spend, posts, revoke, balance, issued } = there;
    await posts(earn(ann, 100));
    const [prize] = await posts({ ...earn(ann, 30), debit: { kind: 'prizes', ownerId: programmeId } });
    await posts(spend(ann, 120));
    expect(await revoke(id(prize), 'owe')).toMatchObject({ ok: false, refusal: { code: 'OVER_BUDGET' } });
    await setTo(there, 120);
    expect(await revoke(id(prize), 'owe')).toMatchObject({ ok: true });
    expect([await balance(ann), await issued()]).toEqual([0, 120]);
    await expect(deps).toHaveCoherentLedger();
  });
});

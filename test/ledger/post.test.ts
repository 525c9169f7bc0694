import { expect, test } from 'vitest';
import { accountsOf, expiringNext, spendable, sumsByKind } from '../../src/ledger/accounts.ts';
import { setBudget } from '../../src/ledger/budget.ts';
import { expireLots } from '../../src/ledger/expire-lots.ts';
import { post } from '../../src/ledger/post.ts';
import { statement } from '../../src/ledger/statement.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { points } from '../../src/platform/points.ts';
import { id, world } from './world.ts';

test('an accrual raises the balance and a spending takes the lot that expires first', async () => {
  const { deps, ann, earn, spend, posts, balance, lots } = await world();
  await posts(earn(ann, 100, 200), earn(ann, 50, 20));
  await posts(spend(ann, 60));
  expect(await balance(ann)).toBe(90);
  expect(await lots(ann)).toEqual([0, 90]);
  await expect(deps).toHaveCoherentLedger();
});

test('a spending beyond the balance is refused, tells both figures, and leaves its neighbours alone', async () => {
  const { deps, ann, bob, earn, spend, posts, balance } = await world();
  await posts(earn(ann, 100), earn(bob, 100));
  const outcomes = await posts(spend(ann, 101), spend(bob, 100), spend(ann, 100));
  expect(outcomes.map((outcome) => outcome.ok)).toEqual([false, true, true]);
  expect(outcomes[0]).toMatchObject({
    refusal: { code: 'NOT_ENOUGH_POINTS', message: { zh: expect.stringContaining('101') } },
  });
  expect([await balance(ann), await balance(bob)]).toEqual([0, 0]);
  await expect(deps).toHaveCoherentLedger();
});

test('the same business key posts once, in one call and across calls', async () => {
  const { deps, ann, earn, posts, balance } = await world();
  const first = await posts(earn(ann, 10, 9, 'accrual:x'), earn(ann, 10, 9, 'accrual:x'));
  const second = await posts(earn(ann, 10, 9, 'accrual:x'));
  expect(first[1]).toEqual({ ok: true, value: { transferId: id(first[0]), repeated: true } });
  expect(second[0]).toEqual(first[1]);
  expect(await balance(ann)).toBe(10);
  await expect(deps).toHaveCoherentLedger();
});

test('a reversed spending gives back to the very lots it came from, once', async () => {
  const { deps, ann, earn, spend, posts, reverses, balance, lots } = await world();
  await posts(earn(ann, 100, 20), earn(ann, 100, 200));
  const [spent] = await posts(spend(ann, 150));
  const [first] = await reverses(id(spent));
  const [again] = await reverses(id(spent));
  expect(await lots(ann)).toEqual([100, 100]);
  expect(again).toEqual({ ok: true, value: { transferId: id(first), repeated: true } });
  expect(await balance(ann)).toBe(200);
  await expect(deps).toHaveCoherentLedger();
});

test('points that return to a lot that has lapsed meanwhile expire at once, by a transfer of their own', async () => {
  const { deps, ann, earn, spend, posts, reverses, balance } = await world();
  await posts(earn(ann, 100, 20), earn(ann, 100, 200));
  const [spent] = await posts(spend(ann, 150));
  deps.clock.advance({ days: 30 });
  await reverses(id(spent));
  expect(await balance(ann)).toBe(100);
  const kinds = await deps.db.query(
    "SELECT kind, points FROM transfer WHERE kind IN ('expiry', 'reversal') ORDER BY id",
  );
  expect(kinds).toEqual([
    { kind: 'reversal', points: 150 },
    { kind: 'expiry', points: 100 },
  ]);
  await expect(deps).toHaveCoherentLedger();
});

test('a reversed accrual takes its own lot first and returns its points to the budget', async () => {
  const { deps, programmeId, ann, earn, posts, reverses, lots } = await world();
  await posts(earn(ann, 70, 20));
  const [wrong] = await posts(earn(ann, 30, 200));
  await reverses(id(wrong));
  expect(await lots(ann)).toEqual([70, 0]);
  const [budget] = await deps.db.query('SELECT issued FROM programme_budget WHERE programme_id = ?', [programmeId]);
  expect(budget.issued).toBe(70);
  await expect(deps).toHaveCoherentLedger();
});

test('an accrual whose points are spent cannot be taken back beyond the balance', async () => {
  const { deps, ann, earn, spend, posts, reverses, balance } = await world();
  const [wrong] = await posts(earn(ann, 30));
  await posts(spend(ann, 10));
  expect(await reverses(id(wrong))).toMatchObject([{ ok: false, refusal: { code: 'NOT_ENOUGH_POINTS' } }]);
  expect(await balance(ann)).toBe(20);
  await expect(deps).toHaveCoherentLedger();
});

test('lapsed points cannot be spent even before the expiry job has run, and the job moves each lot once', async () => {
  const { deps, ann, bob, earn, spend, posts, balance } = await world();
  await posts(earn(ann, 100, 10), earn(bob, 100, 10), earn(bob, 5, 90));
  deps.clock.advance({ days: 10 });
  expect(await posts(spend(ann, 1))).toMatchObject([{ ok: false, refusal: { code: 'NOT_ENOUGH_POINTS' } }]);
  const counts = await Promise.all([expireLots(deps), expireLots(deps)]);
  expect(counts[0] + counts[1]).toBe(1);
  expect([await balance(ann), await balance(bob)]).toEqual([0, 5]);
  expect(await expireLots(deps)).toBe(0);
  await expect(deps).toHaveCoherentLedger();
});

test('nothing is issued over the budget, to the point', async () => {
  const { deps, ann, bob, earn, posts } = await world(100);
  const outcomes = await posts(earn(ann, 60), earn(bob, 60), earn(bob, 40));
  expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false, true]);
  expect(await posts(earn(ann, 1))).toMatchObject([{ ok: false, refusal: { code: 'OVER_BUDGET' } }]);
  await expect(deps).toHaveCoherentLedger();
});

test('twenty transactions that race for the rest of a budget issue exactly the budget', async () => {
  const { deps, ann, bob, earn, posts } = await world(1000);
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, (_, i) => posts(earn(i % 2 ? ann : bob, 100)).catch(() => [{ ok: false }])),
  );
  expect(outcomes.flat().filter((outcome) => outcome.ok)).toHaveLength(10);
  await expect(deps).toHaveCoherentLedger();
});

test('a budget cannot be set below what has been issued', async () => {
  const { deps, programmeId, ann, earn, posts } = await world(1000);
  await posts(earn(ann, 500));
  expect(await inTransaction(deps.db, (tx) => setBudget(tx, programmeId, points(499)))).toMatchObject({
    refusal: { code: 'BUDGET_BELOW_ISSUED' },
  });
  expect(await inTransaction(deps.db, (tx) => setBudget(tx, programmeId, points(500)))).toMatchObject({ ok: true });
});

test('fifty transactions that spend from one account at once spend exactly what is there', async () => {
  const { deps, ann, bob, earn, spend, posts, balance } = await world();
  await posts(earn(ann, 100), earn(ann, 100, 7), earn(bob, 1000));
  const outcomes = (await Promise.all(Array.from({ length: 50 }, () => posts(spend(ann, 10), spend(bob, 10))))).flat();
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(70);
  expect([await balance(ann), await balance(bob)]).toEqual([0, 500]);
  await expect(deps).toHaveCoherentLedger();
});

test('the statement shows each line once, newest first, page by page, with the balance after it', async () => {
  const { deps, ann, earn, spend, posts } = await world();
  for (let i = 0; i < 7; i++) await posts(earn(ann, 10), spend(ann, 3));
  const [account] = await accountsOf(deps.db.manager, [ann]);
  const lines = [];
  let after: string | undefined;
  for (;;) {
    const page = await statement(deps.db.manager, account!.id, { first: 4, after });
    lines.push(...page.items);
    if (!page.hasNextPage) break;
    after = page.items.at(-1)!.id;
  }
  expect(lines.map((line) => line.points).reverse()).toEqual(Array(7).fill([10, -3]).flat());
  let balance = 0;
  for (const line of lines.reverse()) {
    balance += line.points;
    expect(line.balanceAfter).toBe(balance);
  }
});

test('what expires next is told with its last day, and what can be spent leaves out what has lapsed', async () => {
  const { deps, ann, earn, posts } = await world();
  await posts(earn(ann, 100, 10), earn(ann, 20, 10), earn(ann, 7, 30));
  const [account] = await accountsOf(deps.db.manager, [ann]);
  const ids = [account!.id];
  expect(await expiringNext(deps.db.manager, ids, deps.clock.now())).toEqual([
    { accountId: account!.id, points: 120, lastDay: '2026-08-13' },
  ]);
  deps.clock.advance({ days: 11 });
  expect((await spendable(deps.db.manager, ids, deps.clock.now())).get(account!.id)).toBe(7);
});

test('sums of accounts without a stored balance are exact before, while and after they are sealed', async () => {
  const { deps, programmeId, ann, earn, spend, posts } = await world();
  await posts(earn(ann, 100));
  await expect(deps).toHaveCoherentLedger();
  await posts(earn(ann, 50), spend(ann, 30));
  const byKind = async () => Object.fromEntries(await sumsByKind(deps.db.manager, programmeId));
  expect(await byKind()).toEqual({ issuance: -150, vouchers: 30, breakage: 0 });
  await expect(deps).toHaveCoherentLedger();
  expect(await byKind()).toEqual({ issuance: -150, vouchers: 30, breakage: 0 });
});

test('crediting a member reads none of her lots, however many there are, and leaves lapsed ones to the next spending', async () => {
  const { deps, ann, earn, spend, posts, balance } = await world();
  await posts(...Array.from({ length: 50 }, () => earn(ann, 1, 10)));
  deps.clock.advance({ days: 10 });
  const statements: string[] = [];
  await inTransaction(deps.db, (tx) => {
    const query = tx.query.bind(tx);
    tx.query = ((sql: string, parameters?: unknown[]) => {
      statements.push(sql);
      return query(sql, parameters);
    }) as typeof tx.query;
    return post(tx, [earn(ann, 5)], deps.clock.now());
  });
  expect(statements.filter((sql) => /SELECT .* FROM lot/s.test(sql))).toEqual([]);
  expect(await balance(ann)).toBe(55);
  await expect(deps).toHaveCoherentLedger();
  expect(await posts(spend(ann, 6))).toMatchObject([{ ok: false, refusal: { code: 'NOT_ENOUGH_POINTS' } }]);
  expect(await balance(ann)).toBe(5);
  await expect(deps).toHaveCoherentLedger();
});

import { expect, test } from 'vitest';
import { post } from '../../src/ledger/post.ts';
import type { Proposal } from '../../src/ledger/transfer.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { id, world } from './world.ts';

type World = Awaited<ReturnType<typeof world>>;

async function owing(amount: number): Promise<World> {
  const there = await world();
  const [wrong] = await there.posts(there.earn(there.ann, amount));
  await there.posts(there.spend(there.ann, amount));
  await there.revoke(id(wrong), 'owe');
  return there;
}

test('twenty accruals at once of a member who owes pay off what is owed and not a point more', async () => {
  const { deps, ann, earn, posts, balance, owed, transfers } = await owing(150);
  await Promise.all(Array.from({ length: 20 }, () => posts(earn(ann, 10))));
  expect([await balance(ann), await owed(ann)]).toEqual([50, 0]);
  const repaid = (await transfers()).filter(([kind]) => kind === 'repayment').map(([, amount]) => amount);
  expect(repaid.reduce((sum, amount) => sum + amount, 0)).toBe(150);
  await expect(deps).toHaveCoherentLedger();
});

test('reversals at once that put a member into debt for the first time make one account of it, to the point', async () => {
  const { deps, ann, earn, spend, posts, revoke, balance, owed } = await world();
  const accruals = await posts(...Array.from({ length: 12 }, () => earn(ann, 10)));
  await posts(spend(ann, 100));
  const outcomes = await Promise.all(accruals.map((accrual) => revoke(id(accrual), 'owe')));
  expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
  expect([await balance(ann), await owed(ann)]).toEqual([0, 100]);
  const [count] = await deps.db.query("SELECT COUNT(*) AS accounts FROM account WHERE kind = 'owed'");
  expect(Number(count.accounts)).toBe(1);
  await expect(deps).toHaveCoherentLedger();
});

test('one accrual that is taken back ten times at once is taken back once', async () => {
  const { deps, ann, earn, spend, posts, revoke, owed } = await world();
  const [wrong] = await posts(earn(ann, 100));
  await posts(spend(ann, 100));
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => revoke(id(wrong), 'owe')));
  expect(outcomes.filter((outcome) => outcome.ok && !outcome.value.repeated)).toHaveLength(1);
  expect(await owed(ann)).toBe(100);
  await expect(deps).toHaveCoherentLedger();
});

test('accruals, spendings and reversals at once never leave a balance below nothing nor a debt above it', async () => {
  const { deps, ann, bob, earn, spend, posts, revoke } = await owing(100);
  const accruals = await posts(...Array.from({ length: 10 }, (_, i) => earn(i % 2 ? ann : bob, 20)));
  await Promise.all([
    ...accruals.map((accrual, i) => revoke(id(accrual), i % 3 ? 'owe' : 'write_off')),
    ...Array.from({ length: 10 }, (_, i) => posts(spend(i % 2 ? ann : bob, 15))),
    ...Array.from({ length: 10 }, (_, i) => posts(earn(i % 2 ? ann : bob, 12))),
  ]);
  await expect(deps).toHaveCoherentLedger();
});

/** The statements of one posting, BEGIN and COMMIT left out. */
async function statementsOf({ deps }: World, ...proposals: Proposal[]): Promise<string[]> {
  const statements: string[] = [];
  await inTransaction(deps.db, (tx) => {
    const query = tx.query.bind(tx);
    tx.query = ((sql: string, parameters?: unknown[]) => {
      statements.push(sql);
      return query(sql, parameters);
    }) as typeof tx.query;
    return post(tx, proposals, deps.clock.now());
  });
  return statements;
}

test('debts cost a spending no statement, and postings of new points one, however many they are', async () => {
  const there = await owing(150);
  const { ann, bob, earn, spend, posts } = there;
  await posts(earn(ann, 500), earn(bob, 500));
  // Accounts, lock, lots, keys; posting, balances, transfers, lots, lot movements.
  expect(await statementsOf(there, spend(ann, 5))).toHaveLength(9);
  // Accounts, lock, debts, keys, budget; posting, balances, transfers, lots, budget.
  expect(await statementsOf(there, earn(bob, 5))).toHaveLength(10);
  const many = Array.from({ length: 50 }, (_, i) => earn(i % 2 ? ann : bob, 5));
  expect(await statementsOf(there, ...many)).toHaveLength(10);
});

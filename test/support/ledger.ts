import type { DataSource } from 'typeorm';
import { expect } from 'vitest';
import { setBudget } from '../../src/ledger/budget.ts';
import { sealTransfers } from '../../src/ledger/seal.ts';
import { verifyLedger } from '../../src/ledger/verify.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { points } from '../../src/platform/points.ts';
import type { TestDeps } from './deps.ts';

/** `await expect(deps).toHaveCoherentLedger()`: seals what is open and finds every balance, lot, sum and link as the transfers say. */
expect.extend({
  async toHaveCoherentLedger(deps: TestDeps) {
    await sealTransfers(deps);
    const { differences } = await verifyLedger(deps.db);
    return {
      pass: differences.length === 0,
      message: () => `the ledger is not coherent:\n${differences.join('\n')}`,
    };
  },
});

declare module 'vitest' {
  interface Matchers {
    toHaveCoherentLedger(): Promise<void>;
  }
}

/** A union with a programme that has a budget; nobody in it yet. */
export async function aProgramme({ db, clock }: TestDeps, budget = 1_000_000_000) {
  const unionId = newId();
  const programmeId = newId();
  const now = clock.now();
  await db.query('INSERT INTO union_node (id, name, kind, path, created_at) VALUES (?, ?, ?, ?, ?)', [
    unionId,
    `工会${unionId}`,
    'enterprise',
    `/${unionId}/`,
    now,
  ]);
  await db.query(
    'INSERT INTO programme (id, union_id, name, point_price_fen, points_live_days, created_at) VALUES (?, ?, ?, 10, 365, ?)',
    [programmeId, unionId, '幸福账户', now],
  );
  await inTransaction(db, (tx) => setBudget(tx, programmeId, points(budget)));
  return { unionId, programmeId };
}

/** Members of a union, active, with staff numbers. */
export async function members(db: DataSource, unionId: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  const now = new Date('2026-01-01T00:00:00Z');
  for (let from = 0; from < count; from += 1000) {
    await db.query('INSERT INTO member (id, union_id, name, staff_number, state, created_at, updated_at) VALUES ?', [
      ids.slice(from, from + 1000).map((id, i) => [id, unionId, '测试员', `S${from + i}`, 'active', now, now]),
    ]);
  }
  return ids;
}

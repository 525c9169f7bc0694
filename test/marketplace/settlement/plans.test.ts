import { describe, expect, test } from 'vitest';
import { linesOf } from '../../../src/marketplace/settlement/lines.ts';
import { SettlementStatement } from '../../../src/marketplace/settlement/statement.entity.ts';
import { verifyStatement } from '../../../src/marketplace/settlement/verify-statement.ts';
import type { TestDeps } from '../../support/deps.ts';
import { aClosedMonth, aSettledMarket } from './world.ts';

interface Step {
  table: string | null;
  type: string | null;
  key: string | null;
}

/** How the server would carry out each query that a piece of work sends and that reads the ledger's transfers. */
async function plansOf({ db }: TestDeps, work: () => Promise<unknown>): Promise<Step[]> {
  const usual = db.logger;
  const sent: [string, unknown[] | undefined][] = [];
  db.logger = new Proxy(usual, {
    get(logger, name) {
      if (name === 'logQuery') return (query: string, values?: unknown[]) => sent.push([query, values]);
      const member = Reflect.get(logger, name);
      return typeof member === 'function' ? member.bind(logger) : member;
    },
  });
  await work().finally(() => {
    db.logger = usual;
  });
  const plans = sent
    .filter(([query]) => /^\s*SELECT\b[\s\S]*\btransfer (t |FORCE)/.test(query))
    .map(([query, values]) => db.query(`EXPLAIN ${query}`, values) as Promise<Step[]>);
  expect(plans.length).toBeGreaterThan(0);
  return (await Promise.all(plans)).flat();
}

const ofTransfers = (plans: readonly Step[]) =>
  plans.filter(({ table }) => table === 't' || table === 'o' || table === 'transfer');

describe('what settlement reads of the ledger', () => {
  test('when a month is closed is a range of the account’s own index, beyond where the last month ended', async () => {
    const world = await aSettledMarket();
    const verification = await world.use();
    await world.undo(verification);
    for (let i = 0; i < 20; i++) await world.use();
    world.at('2026-08-03T02:00:00Z');
    await world.seal();
    const plans = ofTransfers(await plansOf(world.deps, () => world.close()));
    const own = plans.filter(({ table }) => table !== 'o');
    expect(new Set(own.map(({ type, key }) => `${type} ${key}`))).toEqual(
      new Set(['range transfer_credit', 'range transfer_debit']),
    );
    expect(plans.filter(({ table }) => table === 'o').every(({ type }) => type === 'eq_ref')).toBe(true);
  });

  test('for a page of lines, or to verify a statement, is never the whole ledger', async () => {
    const world = await aClosedMonth(20);
    const { db } = world.deps;
    const statement = await db.manager.findOneByOrFail(SettlementStatement, { id: world.statementId });
    const plans = await plansOf(world.deps, async () => {
      await linesOf(db.manager, statement, { first: 10, after: undefined });
      await verifyStatement(db, statement.id);
    });
    expect(ofTransfers(plans).filter(({ type }) => type === 'ALL' || type === 'index')).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { verifyStatement } from '../../../src/marketplace/settlement/verify-statement.ts';
import { aClosedMonth, allLines } from './world.ts';

describe('the verification of a statement', () => {
  test('finds what the ledger and the contracts say', async () => {
    const world = await aClosedMonth();
    expect(await verifyStatement(world.deps.db, world.statementId)).toEqual({
      lines: 2,
      points: 200,
      fen: 2000,
      differences: [],
    });
    expect(await verifyStatement(world.deps.db, 'none')).toBeUndefined();
  });

  test('tells a line whose rate is not the contract’s, a sum that is wrong, and a transfer that is on no statement', async () => {
    const world = await aClosedMonth();
    const { db } = world.deps;
    const [line] = await allLines(world.deps);
    await db.query('UPDATE contract SET point_price_fen = 11');
    const verified = await verifyStatement(db, world.statementId);
    expect(verified!.differences[0]).toBe(`rate of line ${line!.id}: 10, the contract says 11`);
    await db.query('UPDATE contract SET point_price_fen = NULL');
    world.at('2026-07-20T02:00:00Z');
    await world.use();
    const missing = await verifyStatement(db, world.statementId);
    expect(missing!.differences).toMatchObject([
      expect.stringMatching(/^transfer .*: of the month, and on no statement$/),
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { closeMonths } from '../../../src/marketplace/settlement/close-months.ts';
import { accepted } from '../../support/market.ts';
import { allLines, allStatements, aSettledMarket, signContract } from './world.ts';

describe('closing a month', () => {
  test('makes of every use a line at the rate of its day, on the settlement day and not before', async () => {
    const world = await aSettledMarket();
    await signContract(world, '2026-07-16', { pointPriceFen: 12 });
    world.at('2026-07-15T15:59:59Z');
    await world.use();
    world.at('2026-07-15T16:00:00Z');
    await world.use();
    world.at('2026-08-02T16:59:59Z');
    expect(await world.close()).toBe(0);
    world.at('2026-08-02T17:00:00Z');
    expect(await world.close()).toBe(1);
    expect(await allLines(world.deps)).toMatchObject([
      { kind: 'verification', day: '2026-07-15', points: 100, rateFen: 10, fen: 1000, correctsId: null },
      { kind: 'verification', day: '2026-07-16', points: 100, rateFen: 12, fen: 1200, correctsId: null },
    ]);
    expect(await allStatements(world.deps)).toMatchObject([
      { month: '2026-07', state: 'draft', settlement: 'postpaid', lineCount: 2, points: 200, fen: 2200 },
    ]);
    await expect(world.deps).toHaveCoherentLedger();
  });

  test('leaves what an undo took back in the month of the undo, at the rate of the line that it corrects', async () => {
    const world = await aSettledMarket();
    world.at('2026-07-31T15:59:00Z');
    const verification = await world.use();
    await signContract(world, '2026-08-01', { pointPriceFen: 50 });
    world.at('2026-07-31T16:01:00Z');
    accepted(await world.undo(verification));
    world.at('2026-09-03T00:00:00Z');
    expect(await world.close()).toBe(2);
    const [used, undone] = await allLines(world.deps);
    expect(used).toMatchObject({ kind: 'verification', day: '2026-07-31', points: 100, fen: 1000 });
    expect(undone).toMatchObject({ kind: 'reversal', day: '2026-08-01', points: -100, rateFen: 10, fen: -1000 });
    expect(undone!.correctsId).toBe(used!.id);
    expect(undone!.statementId).not.toBe(used!.statementId);
  });

  test('is done once, however often and on however many machines', async () => {
    const world = await aSettledMarket();
    for (let i = 0; i < 3; i++) await world.use();
    world.at('2026-08-03T02:00:00Z');
    await Promise.all([world.close(), world.close(), world.close(), closeMonths(world.deps)]);
    expect(await world.close()).toBe(0);
    expect(await allLines(world.deps)).toHaveLength(3);
    expect(await allStatements(world.deps)).toHaveLength(1);
  });

  test('catches up month by month after a long silence, and makes no statement of a month without lines', async () => {
    const world = await aSettledMarket();
    await world.use();
    world.at('2026-09-20T02:00:00Z');
    await world.use();
    await world.use();
    world.at('2026-12-01T02:00:00Z');
    expect(await world.close()).toBe(2);
    expect(await allStatements(world.deps)).toMatchObject([
      { month: '2026-07', lineCount: 1 },
      { month: '2026-09', lineCount: 2 },
    ]);
    const runs = await world.deps.db.query('SELECT month, state, statements FROM settlement_run ORDER BY month');
    expect(runs).toEqual([
      { month: '2026-07', state: 'done', statements: 1 },
      { month: '2026-08', state: 'done', statements: 0 },
      { month: '2026-09', state: 'done', statements: 1 },
      { month: '2026-10', state: 'done', statements: 0 },
    ]);
  });

  test('puts what came too late for its month on the next statement, and forgets nothing that lies amid it', async () => {
    const world = await aSettledMarket();
    // Ids follow the order of posting; a clock that is behind posts July after August has begun.
    world.at('2026-08-01T02:00:00Z');
    await world.use();
    world.at('2026-07-31T02:00:00Z');
    await world.use();
    world.at('2026-08-03T02:00:00Z');
    await world.close();
    world.at('2026-07-30T02:00:00Z');
    await world.use();
    world.at('2026-09-03T02:00:00Z');
    await world.close();
    expect(await allStatements(world.deps)).toMatchObject([
      { month: '2026-07', lineCount: 1 },
      { month: '2026-08', lineCount: 2 },
    ]);
    expect((await allLines(world.deps)).map(({ day }) => day)).toEqual(['2026-07-31', '2026-08-01', '2026-07-30']);
  });

  test('keeps the statements of the others when that of one merchant fails, and closes it later', async () => {
    const world = await aSettledMarket();
    await world.use();
    world.at('2026-08-03T02:00:00Z');
    await world.deps.db.query(
      `CREATE TRIGGER no_statement BEFORE INSERT ON settlement_statement FOR EACH ROW SIGNAL SQLSTATE '45000'`,
    );
    await expect(world.close())
      .rejects.toThrow('statements of 2026-07 failed')
      .finally(() => world.deps.db.query('DROP TRIGGER no_statement'));
    expect(await allLines(world.deps)).toEqual([]);
    expect(await world.close()).toBe(1);
    expect(await allLines(world.deps)).toHaveLength(1);
  });
});

describe('a line of a statement', () => {
  test('cannot be changed or taken away, by no hand: neither its transfer nor its rate, nor what the statement says', async () => {
    const world = await aSettledMarket();
    world.at('2026-08-01T02:00:00Z');
    await world.use();
    world.at('2026-07-31T02:00:00Z');
    await world.use();
    world.at('2026-08-03T02:00:00Z');
    await world.close();
    const before = await allLines(world.deps);
    expect(before).toHaveLength(1);
    const { db } = world.deps;
    for (const change of [
      'UPDATE transfer SET points = points + 1',
      'DELETE FROM transfer',
      'UPDATE settlement_rate SET rate_fen = rate_fen + 1',
      'DELETE FROM settlement_rate',
      "UPDATE settlement_late SET statement_id = 'X'",
      'DELETE FROM settlement_late',
      'DELETE FROM settlement_statement',
      'UPDATE settlement_statement SET fen = fen + 1',
      "UPDATE settlement_statement SET month = '2026-06'",
      "UPDATE settlement_statement SET credit_until = 'X'",
    ]) {
      await expect(db.query(change), change).rejects.toThrow(/never changed/);
    }
    expect(await allLines(world.deps)).toEqual(before);
  });

  test('keeps its rate whatever is agreed about its day later', async () => {
    const world = await aSettledMarket();
    await world.use();
    world.at('2026-08-03T02:00:00Z');
    await world.close();
    const before = await allLines(world.deps);
    await world.deps.db.query('UPDATE contract SET point_price_fen = 99');
    expect(await allLines(world.deps)).toEqual(before);
    world.at('2026-08-10T02:00:00Z');
    await world.use();
    world.at('2026-09-03T02:00:00Z');
    await world.close();
    expect((await allLines(world.deps)).map(({ rateFen }) => rateFen)).toEqual([10, 99]);
  });
});

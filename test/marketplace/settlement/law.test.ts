import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closeMonths } from '../../../src/marketplace/settlement/close-months.ts';
import type { Line } from '../../../src/marketplace/settlement/lines.ts';
import { firstDay, nextMonth } from '../../../src/marketplace/settlement/months.ts';
import { verifyStatement } from '../../../src/marketplace/settlement/verify-statement.ts';
import { beijingMonth, startOfDay } from '../../../src/platform/clock.ts';
import { testDeps } from '../../support/deps.ts';
import { aHistory, type History } from './history.ts';

const stall = fc.nat(3);
const any = fc.nat(1000);
const amount = fc.integer({ min: 1, max: 700 });
// By how many hours the clock of the machine that serves the counter is behind: less than it takes to close a month.
const behind = fc.constantFrom(0, 0, 5, 48);

const command = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('use' as const), stall, behind }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pay' as const), stall, amount, behind }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), any }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('refund' as const), any, part: fc.option(amount) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('rate' as const), stall, fen: fc.integer({ min: 1, max: 30 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 24 * 14 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('turn' as const), hours: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('close' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('dispute' as const), any, more: fc.option(amount) }) },
);

async function play(history: History, one: typeof command extends fc.Arbitrary<infer Command> ? Command : never) {
  const { acts, stalls, deps, lateBy } = history;
  if (one.do === 'use') await lateBy(one.behind, () => acts.use(stalls[one.stall]!));
  else if (one.do === 'pay') await lateBy(one.behind, () => acts.pay(stalls[one.stall]!, one.amount));
  else if (one.do === 'undo') await acts.undo(one.any);
  else if (one.do === 'refund') await acts.refund(one.any, one.part);
  else if (one.do === 'rate') await acts.rate(stalls[one.stall]!, one.fen);
  else if (one.do === 'dispute') await acts.dispute(one.any, one.more);
  else if (one.do === 'close') await closeMonths(deps);
  else if (one.do === 'wait') deps.clock.advance({ hours: one.hours });
  else {
    const turn = startOfDay(firstDay(nextMonth(beijingMonth(deps.clock.now()))));
    deps.clock.set(turn.toISOString());
    deps.clock.advance({ hours: one.hours });
  }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** What the ledger moved on the merchants' accounts. */
async function ofTheLedger({ deps, stalls }: History): Promise<{ id: string; what: string; points: number }[]> {
  const rows: { id: string; what: string; points: string }[] = await deps.db.query(
    `SELECT t.id, CONCAT(t.kind, ' ', t.cause_id) AS what,
            IF(a.id = t.credit_account_id, 1, -1) * CAST(t.points AS SIGNED) AS points
     FROM account a JOIN transfer t ON a.id IN (t.credit_account_id, t.debit_account_id)
     WHERE a.kind = 'merchant' AND a.programme_id IN (?) ORDER BY t.id`,
    [stalls.map(({ programmeId }) => programmeId)],
  );
  return rows.map((row) => ({ ...row, points: Number(row.points) }));
}

/** That what was settled and what was not yet are together what the ledger moved, and no transfer was settled twice. */
async function requireLaw(history: History): Promise<{ open: number }> {
  const { deps, told, corrected } = history;
  const statements = await history.statements();
  const lines = (await Promise.all(statements.map(history.lines))).flat();
  const moved = lines.filter(({ kind }) => kind !== 'correction');
  const transfers = await ofTheLedger(history);
  expect(transfers.map(({ what }) => what).sort()).toEqual(told.map(({ what }) => what).sort());

  const settled = new Set(moved.map(({ id }) => id));
  expect(settled.size).toBe(moved.length);
  const open = transfers.filter(({ id }) => !settled.has(id));
  expect(open.length + moved.length).toBe(transfers.length);
  const pointsOfStatements = sum(statements.map(({ points }) => points));
  expect(pointsOfStatements + sum(open.map(({ points }) => points))).toBe(sum(transfers.map(({ points }) => points)));

  const toldOf = new Map(told.map((one) => [one.what, one]));
  const worth = (whats: readonly string[]) =>
    sum(whats.map((what) => toldOf.get(what)!.points * toldOf.get(what)!.rateFen));
  const waiting = await deps.db.query(
    `SELECT IFNULL(SUM(correction_fen), 0) AS fen FROM settlement_dispute
     WHERE state = 'upheld' AND correction_line_id IS NULL AND programme_id IN (?)`,
    [history.stalls.map(({ programmeId }) => programmeId)],
  );
  const fenOfStatements = sum(statements.map(({ fen }) => fen));
  expect(fenOfStatements + worth(open.map(({ what }) => what)) + Number(waiting[0].fen)).toBe(
    worth(told.map(({ what }) => what)) + corrected(),
  );

  for (const { statementId, kind, causeId, points, rateFen, fen, day } of moved) {
    const one = toldOf.get(`${kind} ${causeId}`)!;
    expect({ points, rateFen, fen, day }).toEqual({
      points: one.points,
      rateFen: one.rateFen,
      fen: one.points * one.rateFen,
      day: one.day,
    });
    const statement = statements.find(({ id }) => id === statementId)!;
    const { programmeId, merchantId, month } = statement;
    expect([programmeId, merchantId]).toEqual([one.stall.programmeId, one.stall.merchantId]);
    expect(month).toBe(day.slice(0, 7));
  }
  for (const { id, lineCount, points, fen } of statements) {
    expect(await verifyStatement(deps.db, id)).toEqual({ lines: lineCount, points, fen, differences: [] });
  }
  return { open: open.length };
}

test('whatever happens at the doors, the statements and what waits to be settled are what the ledger moved, each transfer on one line for good', async () => {
  const commands = fc.array(command, { minLength: 20, maxLength: 25, size: 'max' });
  await fc.assert(
    fc.asyncProperty(commands, async (steps) => {
      const history = await aHistory();
      const seen = new Map<string, Line[]>();
      const close = async () => {
        await closeMonths(history.deps);
        for (const statement of await history.statements()) {
          const lines = await history.lines(statement);
          expect(lines).toEqual(seen.get(statement.id) ?? lines);
          seen.set(statement.id, lines);
        }
      };
      for (const one of steps) await (one.do === 'close' ? close() : play(history, one));
      await requireLaw(history);
      for (const _ of [1, 2]) {
        history.deps.clock.advance({ days: 40 });
        await close();
      }
      expect(await requireLaw(history)).toEqual({ open: 0 });
    }),
    { numRuns: 8, endOnFailure: true },
  );
  await expect(await testDeps()).toHaveCoherentLedger();
}, 120_000);

/** Whoever can write to the database itself tries to change what is settled. */
const CHANGES = [
  'UPDATE transfer SET points = points + 1',
  "UPDATE transfer SET day = '2026-07-31'",
  'UPDATE transfer SET credit_account_id = debit_account_id',
  'DELETE FROM transfer',
  'UPDATE settlement_rate SET rate_fen = rate_fen + 1',
  'DELETE FROM settlement_rate',
  "UPDATE settlement_late SET statement_id = ''",
  'DELETE FROM settlement_late',
  'UPDATE settlement_correction SET fen = fen + 1',
  'DELETE FROM settlement_correction',
  'UPDATE settlement_dispute SET correction_fen = 1',
  "UPDATE settlement_dispute SET reason = ''",
  'DELETE FROM settlement_dispute',
  'UPDATE settlement_statement SET points = points - 1',
  'UPDATE settlement_statement SET fen = fen + 1',
  'UPDATE settlement_statement SET line_count = line_count + 1',
  "UPDATE settlement_statement SET credit_until = 'Z'",
  "UPDATE settlement_statement SET debit_after = 'Z'",
  "UPDATE settlement_statement SET month = '2026-06'",
  'UPDATE settlement_statement SET merchant_id = programme_id',
  'DELETE FROM settlement_statement',
];

test('what is settled cannot be changed in the database, and what the doors take back stands on a later statement', async () => {
  const history = await aHistory();
  const { deps, stalls, acts, told } = history;
  const [stall] = stalls as [(typeof stalls)[number]];
  const { clock } = deps;
  await acts.use(stall);
  await acts.pay(stall, 700);
  clock.set('2026-08-01T02:00:00Z');
  await acts.pay(stall, 20);
  await history.lateBy(24, () => acts.pay(stall, 30));
  clock.set('2026-08-03T02:00:00Z');
  await closeMonths(deps);
  const july = (await history.statements())[0]!;
  const settled = await history.lines(july);
  expect(settled.map(({ kind, points }) => `${kind} ${points}`)).toEqual([
    'verification 60',
    'charge 700',
    'charge 30',
  ]);

  await acts.dispute(1, 5);
  await acts.undo(0);
  await acts.refund(0, 200);
  await acts.refund(0, null);
  clock.set('2026-09-03T02:00:00Z');
  await closeMonths(deps);
  const [, august] = await history.statements();
  expect((await history.lines(august!)).map(({ kind, points }) => `${kind} ${points}`).sort()).toEqual(
    ['charge 20', 'correction 0', 'refund -200', 'refund -500', 'reversal -60'].sort(),
  );
  const left = () => deps.db.query('SELECT * FROM settlement_statement ORDER BY id');
  const before = await left();
  for (const change of CHANGES) await expect(deps.db.query(change), change).rejects.toThrow(/never changed/);
  expect(await left()).toEqual(before);
  expect(await history.lines(july)).toEqual(settled);
  expect(told).toHaveLength(7);
  await requireLaw(history);
});

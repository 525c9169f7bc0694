import { describe, expect, test } from 'vitest';
import type { AdminCaller, StaffCaller } from '../../../src/identity/caller.ts';
import { rejectDispute, upholdDispute } from '../../../src/marketplace/settlement/answer-dispute.ts';
import { confirmStatement } from '../../../src/marketplace/settlement/confirm-statement.ts';
import { disputeLine } from '../../../src/marketplace/settlement/dispute-line.ts';
import { markPaid } from '../../../src/marketplace/settlement/mark-paid.ts';
import { sendStatement } from '../../../src/marketplace/settlement/send-statement.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted } from '../../support/market.ts';
import { audited, refusal } from '../support.ts';
import { aClosedMonth, allLines, allStatements } from './world.ts';

type World = Awaited<ReturnType<typeof aClosedMonth>>;

const send = (w: World, caller: AdminCaller = w.ann, statementId = w.statementId) =>
  sendStatement(w.deps, caller, newId(), { statementId });
const confirm = (w: World, caller: StaffCaller = w.owner) =>
  confirmStatement(w.deps, caller, newId(), { statementId: w.statementId });
const dispute = (w: World, lineId: string, reason = '价格应为 12 分') =>
  disputeLine(w.deps, w.owner, newId(), { statementId: w.statementId, lineId, reason });
const uphold = (w: World, disputeId: string, rightFen: number, caller = w.ann) =>
  upholdDispute(w.deps, caller, newId(), { disputeId, rightFen, reason: '合同已改价' });
const reject = (w: World, disputeId: string) =>
  rejectDispute(w.deps, w.ann, newId(), { disputeId, reason: '合同未改价' });
const pay = (w: World, caller: AdminCaller = w.bea, reference = 'YH-20260810-1') =>
  markPaid(w.deps, caller, newId(), { statementId: w.statementId, reference });
const stateOf = async (w: World) => (await allStatements(w.deps))[0]!.state;

describe('a statement', () => {
  test('is sent, confirmed and paid, by another person than who sent it, each once', async () => {
    const world = await aClosedMonth();
    expect(refusal(await confirm(world))).toBe('STATEMENT_UNKNOWN at statementId');
    accepted(await send(world));
    expect(refusal(await send(world))).toBe('STATEMENT_NOT_DRAFT at statementId');
    expect(refusal(await pay(world))).toBe('STATEMENT_NOT_CONFIRMED at statementId');
    accepted(await confirm(world));
    expect(refusal(await confirm(world))).toBe('STATEMENT_CONFIRMED at statementId');
    expect(refusal(await pay(world, world.ann))).toBe('SECOND_PERSON_NEEDED');
    expect(refusal(await pay(world, { ...world.bea, operatorId: null, actor: 'api-token:X' }))).toBe('PERSON_NEEDED');
    expect(refusal(await pay(world, world.bea, ' '))).toBe('REFERENCE_MALFORMED at reference');
    accepted(await pay(world));
    expect(refusal(await pay(world))).toBe('STATEMENT_PAID at statementId');
    expect(await stateOf(world)).toBe('paid');
    expect(await audited(world.deps)).toEqual(['sendStatement', 'confirmStatement', 'markPaid']);
    await expect(world.deps.db.query("UPDATE settlement_statement SET payment_reference = 'X'")).rejects.toThrow(
      /never changed/,
    );
  });

  test('is not there for another merchant, nor for an admin of another branch', async () => {
    const world = await aClosedMonth();
    accepted(await send(world));
    const stranger = { ...world.owner, merchantId: newId() };
    expect(refusal(await confirm(world, stranger))).toBe('STATEMENT_UNKNOWN at statementId');
    expect(refusal(await send(world, world.stranger))).toBe('STATEMENT_UNKNOWN at statementId');
    expect(await stateOf(world)).toBe('sent');
  });

  test('is confirmed once by several at the same moment', async () => {
    const world = await aClosedMonth();
    accepted(await send(world));
    const outcomes = await Promise.all([confirm(world), confirm(world), confirm(world), confirm(world)]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await audited(world.deps)).toEqual(['sendStatement', 'confirmStatement']);
  });
});

describe('a dispute', () => {
  test('that is upheld becomes a line of the next statement, which points to the line that it corrects', async () => {
    const world = await aClosedMonth();
    const [line] = await allLines(world.deps);
    accepted(await send(world));
    const id = accepted(await dispute(world, line!.id));
    expect(await stateOf(world)).toBe('disputed');
    expect(refusal(await confirm(world))).toBe('DISPUTES_OPEN at statementId');
    expect(refusal(await uphold(world, id, -1200))).toBe('RIGHT_FEN_OUT_OF_RANGE at rightFen');
    expect(refusal(await uphold(world, id, 1000))).toBe('CORRECTION_CHANGES_NOTHING at rightFen');
    expect(refusal(await uphold(world, id, 1200, world.stranger))).toBe('DISPUTE_UNKNOWN at disputeId');
    accepted(await uphold(world, id, 1200));
    expect(refusal(await reject(world, id))).toBe('DISPUTE_ANSWERED at disputeId');
    expect(await stateOf(world)).toBe('sent');
    accepted(await confirm(world));
    world.at('2026-09-03T02:00:00Z');
    expect(await world.close()).toBe(1);
    const lines = await allLines(world.deps);
    expect(lines[0]).toEqual(line);
    expect(lines.at(-1)).toMatchObject({ kind: 'correction', points: 0, fen: 200, correctsId: line!.id });
    expect((await allStatements(world.deps))[1]).toMatchObject({ month: '2026-08', lineCount: 1, points: 0, fen: 200 });
    world.at('2026-10-03T02:00:00Z');
    expect(await world.close()).toBe(0);
    await expect(world.deps.db.query('DELETE FROM settlement_correction')).rejects.toThrow(/never changed/);
    await expect(world.deps.db.query('UPDATE settlement_dispute SET correction_fen = 1')).rejects.toThrow(
      /never changed/,
    );
  });

  test('that is rejected changes nothing; a line is disputed once, and of a confirmed statement none', async () => {
    const world = await aClosedMonth();
    const [first, second] = await allLines(world.deps);
    accepted(await send(world));
    const id = accepted(await dispute(world, first!.id));
    const other = accepted(await dispute(world, second!.id));
    expect(refusal(await dispute(world, first!.id))).toBe('LINE_DISPUTED at lineId');
    expect(refusal(await dispute(world, 'no line at all'))).toBe('LINE_UNKNOWN at lineId');
    accepted(await reject(world, id));
    expect(await stateOf(world)).toBe('disputed');
    accepted(await reject(world, other));
    expect(refusal(await dispute(world, first!.id))).toBe('LINE_DISPUTED at lineId');
    accepted(await confirm(world));
    expect(refusal(await dispute(world, first!.id))).toBe('STATEMENT_CONFIRMED at statementId');
    world.at('2026-09-03T02:00:00Z');
    expect(await world.close()).toBe(0);
  });
});

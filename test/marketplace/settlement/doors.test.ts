import { describe, expect, test } from 'vitest';
import { staffPermissions } from '../../../src/identity/roles.ts';
import { makeStatementFiles } from '../../../src/marketplace/settlement/files/make-files.ts';
import { newId } from '../../../src/platform/ids.ts';
import { countQueries } from '../../support/count-queries.ts';
import { data, LINES } from './doors.ts';
import { aClosedMonth, signContract } from './world.ts';

type World = Awaited<ReturnType<typeof aClosedMonth>>;

describe('the doors of settlement', () => {
  test('let a union send, an owner dispute and confirm, and a second admin pay', async () => {
    const world = await aClosedMonth();
    const { ann, bea, owner, statementId: id, programmeId } = world;
    const send = `mutation ($key: String!, $id: Id!) { sendSettlementStatement(key: $key, statementId: $id) {
      ... on SettlementStatement { state merchant { name } } ... on Refusal { code } } }`;
    const list = `{ settlementStatements { nodes { id month state points fen lineCount programmeName files { url } } } }`;
    expect((await data(world, owner, list)).settlementStatements.nodes).toEqual([]);
    const sent = await data(world, ann, send, { key: newId(), id });
    expect(sent.sendSettlementStatement.state).toBe('SENT');
    await makeStatementFiles(world.deps, id);
    const [statement] = (await data(world, owner, list)).settlementStatements.nodes;
    expect(statement).toMatchObject({ id, month: '2026-07', state: 'SENT', points: 200, fen: 2000, lineCount: 2 });
    expect(statement.files).toHaveLength(2);
    const { nodes: lines } = (await data(world, owner, LINES, { id })).settlementLines;
    expect(lines[0]).toMatchObject({ kind: 'VERIFICATION', what: '奶茶', outletName: '一店', dispute: null });

    const object = `mutation ($key: String!, $id: Id!, $line: String!) {
      disputeSettlementLine(key: $key, statementId: $id, lineId: $line, reason: "少算") {
        ... on SettlementDispute { id state } ... on Refusal { code } } }`;
    const raised = await data(world, owner, object, { key: newId(), id, line: lines[0].id });
    expect(raised.disputeSettlementLine.state).toBe('OPEN');
    const open = `query ($id: Id!) { settlementDisputes(statementId: $id, state: OPEN) { nodes { id reason raisedBy } } }`;
    const [dispute] = (await data(world, ann, open, { id })).settlementDisputes.nodes;
    const uphold = `mutation ($key: String!, $id: Id!) {
      upholdSettlementDispute(key: $key, disputeId: $id, rightFen: 1200, reason: "确实") {
        ... on SettlementDispute { state correctionFen } ... on Refusal { code } } }`;
    const upheld = await data(world, ann, uphold, { key: newId(), id: dispute.id });
    expect(upheld.upholdSettlementDispute).toEqual({ state: 'UPHELD', correctionFen: 200 });
    expect((await data(world, owner, LINES, { id })).settlementLines.nodes[0].dispute.state).toBe('UPHELD');

    const confirm = `mutation ($key: String!, $id: Id!) { confirmSettlementStatement(key: $key, statementId: $id) {
      ... on SettlementStatement { state } ... on Refusal { code } } }`;
    expect((await data(world, owner, confirm, { key: newId(), id })).confirmSettlementStatement.state).toBe(
      'CONFIRMED',
    );
    const pay = `mutation ($key: String!, $id: Id!) {
      markSettlementStatementPaid(key: $key, statementId: $id, reference: "YH-1") {
        ... on SettlementStatement { state paymentReference } ... on Refusal { code } } }`;
    const own = await data(world, ann, pay, { key: newId(), id });
    expect(own.markSettlementStatementPaid).toEqual({ code: 'SECOND_PERSON_NEEDED' });
    const paid = await data(world, bea, pay, { key: newId(), id });
    expect(paid.markSettlementStatementPaid).toEqual({ state: 'PAID', paymentReference: 'YH-1' });
    const runs = `query ($p: Id!) { settlementRuns(programmeId: $p) { nodes { month state statements } }
      settlementPolicy(programmeId: $p) { day } }`;
    expect(await data(world, ann, runs, { p: programmeId })).toEqual({
      settlementRuns: { nodes: [{ month: '2026-07', state: 'DONE', statements: 1 }] },
      settlementPolicy: { day: 3 },
    });
  });

  test('show nothing to cashiers, to other merchants and to other branches', async () => {
    const world = await aClosedMonth();
    const { stranger, owner, statementId: id, programmeId } = world;
    expect(staffPermissions('cashier').has('settlements:read')).toBe(false);
    const other = { ...owner, merchantId: newId() };
    expect((await data(world, other, LINES, { id })).settlementLines.nodes).toEqual([]);
    expect((await data(world, stranger, LINES, { id })).settlementLines.nodes).toEqual([]);
    const lists = `query ($p: Id!, $id: Id!) { settlementStatements(programmeId: $p) { nodes { id } }
      settlementStatement(statementId: $id) { id } prepaidBalances(programmeId: $p) { nodes { fen } }
      prepaidAlerts(programmeId: $p) { nodes { id } } prepaidPayments(programmeId: $p) { nodes { id } } }`;
    expect(await data(world, stranger, lists, { p: programmeId, id })).toEqual({
      settlementStatements: { nodes: [] },
      settlementStatement: null,
      prepaidBalances: { nodes: [] },
      prepaidAlerts: { nodes: [] },
      prepaidPayments: { nodes: [] },
    });
  });

  test('pay in beforehand, and tell what is left', async () => {
    const world = await aClosedMonth();
    const { ann, bea, programmeId, merchantId } = world;
    await signContract(world, '2026-08-01', { settlement: 'prepaid', alertBelowFen: 100 });
    const record = `mutation ($key: String!, $p: Id!, $m: Id!) {
      recordPrepaidPayment(key: $key, programmeId: $p, merchantId: $m, fen: 30000000000, reference: "YF-1") {
        ... on PrepaidPayment { id state fen } ... on Refusal { code } } }`;
    const recorded = await data(world, ann, record, { key: newId(), p: programmeId, m: merchantId });
    expect(recorded.recordPrepaidPayment).toMatchObject({ state: 'WAITING', fen: 30_000_000_000 });
    const confirm = `mutation ($key: String!, $id: Id!) { confirmPrepaidPayment(key: $key, paymentId: $id) {
      ... on PrepaidPayment { state } ... on Refusal { code } } }`;
    await data(world, bea, confirm, { key: newId(), id: recorded.recordPrepaidPayment.id });
    const left = `query ($p: Id!) { prepaidBalances(programmeId: $p) { nodes { fen leftFen merchant { id } } } }`;
    expect((await data(world, ann, left, { p: programmeId })).prepaidBalances.nodes).toEqual([
      { fen: 30_000_000_000, leftFen: 30_000_000_000, merchant: { id: merchantId } },
    ]);
  });

  test('list the lines of a statement in as many statements of SQL for ten as for two', async () => {
    const small = await aClosedMonth();
    const count = (world: World) =>
      countQueries(world.deps.db, () => data(world, world.ann, LINES, { id: world.statementId }));
    const few = await count(small);
    const large = await aClosedMonth(10);
    expect(await count(large)).toBe(few);
  });
});

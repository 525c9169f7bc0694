import { expect, test } from 'vitest';
import { upholdDispute } from '../../../src/marketplace/settlement/answer-dispute.ts';
import { closeMonths } from '../../../src/marketplace/settlement/close-months.ts';
import { disputeLine } from '../../../src/marketplace/settlement/dispute-line.ts';
import { detailsOf } from '../../../src/marketplace/settlement/line-details.ts';
import { sendStatement } from '../../../src/marketplace/settlement/send-statement.ts';
import { newId } from '../../../src/platform/ids.ts';
import { countQueries } from '../../support/count-queries.ts';
import { accepted } from '../../support/market.ts';
import { aCounter } from '../counter/world.ts';
import { data, LINES } from './doors.ts';
import { admins, allLines, allStatements } from './world.ts';

/** What a till sent, each with a number of its own, in July and August: all that can be a line, and a line put right. */
async function aTill() {
  const counter = await aCounter({ memberCount: 1, earned: 10_000, at: '2026-07-10T02:00:00Z' });
  const { deps, owner, otherOutletId } = counter;
  const [ann] = counter.memberIds as [string];
  const offerId = await counter.offer({ price: 80, sale_from: '2026-06-01 00:00:00', use_days: 200 });
  await deps.db.query('INSERT INTO offer_outlet VALUES (?, ?)', [offerId, otherOutletId]);

  const verify = async (requestNumber: string, fields = {}) =>
    accepted(await counter.verify(accepted(await counter.buy(ann, offerId)), { requestNumber, ...fields }));
  const verificationId = await verify('till-1-HX-1');
  await verify('till-1-HX-2', { outletId: otherOutletId });
  accepted(await counter.undo(verificationId));
  const scanId = accepted(await counter.scan(ann));
  const chargeId = accepted(await counter.charge(scanId, { points: 300, requestNumber: 'till-1-SK-1' }));
  accepted(await counter.refund(chargeId, { points: 120, requestNumber: 'till-1-TK-1' }));
  deps.clock.set('2026-08-03T02:00:00Z');
  await closeMonths(deps);

  const { ann: admin } = admins(counter);
  const [july] = await allStatements(deps);
  const statementId = july!.id;
  accepted(await sendStatement(deps, admin, newId(), { statementId }));
  const charged = (await allLines(deps)).find(({ kind }) => kind === 'charge')!;
  const objection = { statementId, lineId: charged.id, reason: '按 12 分结算' };
  const disputeId = accepted(await disputeLine(deps, owner, newId(), objection));
  const answer = { disputeId, rightFen: 3600, reason: '合同确为 12 分' };
  accepted(await upholdDispute(deps, admin, newId(), answer));
  accepted(await counter.refund(chargeId, { requestNumber: 'till-1-TK-2' }));
  deps.clock.set('2026-09-03T02:00:00Z');
  await closeMonths(deps);
  const [, august] = await allStatements(deps);
  accepted(await sendStatement(deps, admin, newId(), { statementId: august!.id }));
  return { ...counter, admin, july: july!.id, august: august!.id };
}

test('each line is shown with what a cashier recognises it by: what it was for, at which outlet, and her own number', async () => {
  const till = await aTill();
  const asked = { id: till.july };
  const { nodes } = (await data(till, till.owner, LINES, asked)).settlementLines;
  const plain = { day: '2026-07-10', rateFen: 10, correctsId: null, dispute: null };
  const [used, usedThere, undone, charged, refunded] = nodes;
  expect(nodes).toHaveLength(5);
  const milkTea = { what: '奶茶', outletName: '一店' };
  expect(used).toMatchObject({
    ...plain,
    ...milkTea,
    kind: 'VERIFICATION',
    points: 80,
    fen: 800,
    requestNumber: 'till-1-HX-1',
  });
  const there = { what: '奶茶', outletName: '二店', requestNumber: 'till-1-HX-2' };
  expect(usedThere).toMatchObject({ ...plain, ...there, kind: 'VERIFICATION', points: 80 });
  const ofUsed = { correctsId: used.id, requestNumber: 'till-1-HX-1' };
  expect(undone).toMatchObject({ ...plain, ...milkTea, ...ofUsed, kind: 'REVERSAL', points: -80, fen: -800 });
  expect(charged).toMatchObject({
    ...plain,
    kind: 'CHARGE',
    points: 300,
    fen: 3000,
    what: '积分收款',
    outletName: '一店',
    requestNumber: 'till-1-SK-1',
    dispute: { state: 'UPHELD', reason: '按 12 分结算' },
  });
  expect(refunded).toMatchObject({
    ...plain,
    kind: 'REFUND',
    points: -120,
    fen: -1200,
    correctsId: charged.id,
    what: '积分退款',
    outletName: '一店',
    requestNumber: 'till-1-TK-1',
  });
});

test('a later statement shows what was refunded since, and a correction with the union’s words and no outlet or number', async () => {
  const till = await aTill();
  const [, , , charged] = (await data(till, till.owner, LINES, { id: till.july })).settlementLines.nodes;
  const { nodes } = (await data(till, till.owner, LINES, { id: till.august })).settlementLines;
  expect(nodes).toHaveLength(2);
  const byKind = new Map(nodes.map((node: { kind: string }) => [node.kind, node]));
  expect(byKind.get('REFUND')).toMatchObject({
    points: -180,
    fen: -1800,
    correctsId: charged.id,
    requestNumber: 'till-1-TK-2',
  });
  expect(byKind.get('CORRECTION')).toMatchObject({
    day: '2026-08-31',
    points: 0,
    rateFen: 0,
    fen: 600,
    correctsId: charged.id,
    what: '合同确为 12 分',
    outletName: null,
    requestNumber: null,
    dispute: null,
  });
});

test('the union and the merchant are shown the same lines', async () => {
  const till = await aTill();
  for (const id of [till.july, till.august]) {
    expect(await data(till, till.admin, LINES, { id })).toEqual(await data(till, till.owner, LINES, { id }));
  }
});

test('details are read with one statement of SQL for each kind, however many lines there are; none is asked for none', async () => {
  const till = await aTill();
  const { db } = till.deps;
  const lines = await allLines(till.deps);
  const kinds = new Set(lines.map(({ kind }) => kind));
  expect(kinds.size).toBe(5);
  expect(await countQueries(db, () => detailsOf(db.manager, [...lines, ...lines]))).toBe(5);
  expect(await countQueries(db, () => detailsOf(db.manager, []))).toBe(0);
  expect((await detailsOf(db.manager, lines)).size).toBe(lines.length);
});

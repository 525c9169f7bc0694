import { describe, expect, test } from 'vitest';
import type { AdminCaller } from '../../../src/identity/caller.ts';
import { confirmStatement } from '../../../src/marketplace/settlement/confirm-statement.ts';
import { markPaid } from '../../../src/marketplace/settlement/mark-paid.ts';
import { balancesOf, leftOf } from '../../../src/marketplace/settlement/prepaid/balance.ts';
import { confirmPayment, declinePayment } from '../../../src/marketplace/settlement/prepaid/decide-payment.ts';
import { openAlerts } from '../../../src/marketplace/settlement/prepaid/queries.ts';
import { recordPayment } from '../../../src/marketplace/settlement/prepaid/record-payment.ts';
import { watchPrepaid } from '../../../src/marketplace/settlement/prepaid/watch-prepaid.ts';
import { sendStatement } from '../../../src/marketplace/settlement/send-statement.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted } from '../../support/market.ts';
import { refusal } from '../support.ts';
import { admins, allStatements, aSettledMarket, signContract } from './world.ts';

async function aPrepaidMarket() {
  const world = await aSettledMarket();
  await signContract(world, '2026-07-01', { settlement: 'prepaid', alertBelowFen: 1500 });
  return { ...world, ...admins(world) };
}
type World = Awaited<ReturnType<typeof aPrepaidMarket>>;

const record = (w: World, fen: number, reference = newId(), caller: AdminCaller = w.ann) =>
  recordPayment(w.deps, caller, newId(), { programmeId: w.programmeId, merchantId: w.merchantId, fen, reference });
const payIn = async (w: World, fen: number) => {
  const paymentId = accepted(await record(w, fen));
  accepted(await confirmPayment(w.deps, w.bea, newId(), { paymentId }));
};
const balance = async (w: World) =>
  (await balancesOf(w.deps.db.manager, w.programmeId, [w.merchantId])).get(w.merchantId) ?? 0;
const left = async (w: World) =>
  (await leftOf(w.deps.db.manager, w.programmeId, [w.merchantId], w.deps.clock.now())).get(w.merchantId);
const alerts = async (w: World) =>
  (await openAlerts(w.deps.db.manager, w.programmeId, { first: 9, after: undefined })).items;

describe('what is paid in beforehand', () => {
  test('counts once a second person confirmed it, and each reference once', async () => {
    const world = await aPrepaidMarket();
    const paymentId = accepted(await record(world, 5000, 'YH-1'));
    expect(await balance(world)).toBe(0);
    const decide = (caller: AdminCaller) => confirmPayment(world.deps, caller, newId(), { paymentId });
    expect(refusal(await decide(world.ann))).toBe('SECOND_PERSON_NEEDED');
    expect(refusal(await decide(world.stranger))).toBe('PAYMENT_UNKNOWN at paymentId');
    const outcomes = await Promise.all([decide(world.bea), decide(world.bea), decide(world.bea)]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await balance(world)).toBe(5000);
    expect(refusal(await record(world, 5000, 'YH-1'))).toBe('REFERENCE_TAKEN at reference');
    const declined = accepted(await record(world, 5000, 'YH-2'));
    accepted(await declinePayment(world.deps, world.bea, newId(), { paymentId: declined }));
    accepted(await record(world, 6000, 'YH-2'));
    expect(await balance(world)).toBe(5000);
  });

  test('is refused for a merchant without a prepaid contract, and for sums that cannot be', async () => {
    const world = await aPrepaidMarket();
    expect(refusal(await record(world, 0))).toBe('FEN_OUT_OF_RANGE at fen');
    expect(refusal(await record(world, 100, ''))).toBe('REFERENCE_MALFORMED at reference');
    await signContract(world, '2026-07-02', { settlement: 'postpaid' });
    world.at('2026-07-02T02:00:00Z');
    expect(refusal(await record(world, 100))).toBe('NOT_PREPAID at merchantId');
  });

  test('is drawn on by the statements that are paid, and never below zero', async () => {
    const world = await aPrepaidMarket();
    await world.use();
    await world.use();
    world.at('2026-08-03T02:00:00Z');
    await world.close();
    const [statement] = await allStatements(world.deps);
    expect(statement).toMatchObject({ settlement: 'prepaid', fen: 2000 });
    const statementId = statement!.id;
    accepted(await sendStatement(world.deps, world.ann, newId(), { statementId }));
    accepted(await confirmStatement(world.deps, world.owner, newId(), { statementId }));
    const pay = () => markPaid(world.deps, world.bea, newId(), { statementId, reference: 'YF-1' });
    expect(refusal(await pay())).toBe('PREPAID_TOO_LOW at statementId');
    await payIn(world, 2500);
    accepted(await pay());
    expect(await balance(world)).toBe(500);
    expect(await left(world)).toBe(500);
  });

  test('raises one alert while less will be left than the contract says, counting what no statement has yet', async () => {
    const world = await aPrepaidMarket();
    await payIn(world, 3000);
    await world.use();
    await world.seal();
    expect(await left(world)).toBe(2000);
    expect(await watchPrepaid(world.deps)).toBe(0);
    await world.use();
    await world.seal();
    expect(await watchPrepaid(world.deps)).toBe(1);
    expect(await watchPrepaid(world.deps)).toBe(1);
    expect(await alerts(world)).toMatchObject([{ merchantId: world.merchantId, leftFen: 1000, belowFen: 1500 }]);
    world.at('2026-08-03T02:00:00Z');
    await world.close();
    expect(await left(world)).toBe(1000);
    await payIn(world, 500);
    expect(await watchPrepaid(world.deps)).toBe(0);
    expect(await alerts(world)).toEqual([]);
  });
});

import { handOutKey } from '../../src/cards/hand-out-key.ts';
import { chargeCard } from '../../src/marketplace/counter/charge-card.ts';
import { refundCharge } from '../../src/marketplace/counter/refund-charge.ts';
import { scanCard } from '../../src/marketplace/counter/scan-card.ts';
import { points } from '../../src/platform/points.ts';
import { makeCardCode } from '../support/card-code.ts';
import { type Command, firstOf, fixed, made, NOTHING, programmeOf, type Sim, writes } from './command.ts';
import type { Charge, Scan } from './things.ts';
import { asMember, memberAccount, merchantAccount } from './world.ts';

const SECOND_MS = 1000;
const CODE_LIVES_MS = 60 * SECOND_MS;
const SCAN_LIVES_MS = 5 * 60 * SECOND_MS;
const HOLD_LIVES_MS = 2 * 60 * SECOND_MS;

/** A member shows her card at a till; now and then her phone's clock is wrong. */
export function scan(sim: Sim, member: number, till: number): { command: Command; scan: Scan } {
  const { model, world, random } = sim;
  const one: Scan = {
    ...{ id: undefined, member, programme: -1, till, at: model.now, isCharged: false, code: undefined },
    madeAt: model.now,
  };
  const nonce = random.bytes(8);
  const aheadMs = random.chance(0.04) ? 90 * SECOND_MS : 0;
  const show = made(async () => {
    one.programme = programmeOf(sim, member);
    one.madeAt = new Date(Math.floor((model.now.getTime() + aheadMs) / SECOND_MS) * SECOND_MS);
    const key = await handOutKey(world.deps, asMember(world, member), world.cardIds[member]!);
    one.code = makeCardCode(key!, world.programmeIds[one.programme]!, one.madeAt, nonce);
  });
  model.scans.push(one);
  return { scan: one, command: { ...showing(sim, one, show), verdict: () => verdictOnCard(sim, one, aheadMs > 0) } };
}

/** The same code is shown again. */
export function showAgain(sim: Sim, number: number): Command {
  const before = sim.model.scans[number]!;
  const again: Scan = { ...before, id: undefined, isCharged: false };
  sim.model.scans.push(again);
  return {
    ...showing(sim, again, async () => {}),
    kind: 'scan again',
    verdict: () => {
      if (again.code === undefined) return 'CARD_CODE_REFUSED';
      const card = verdictOnCard(sim, again, again.madeAt.getTime() > sim.model.now.getTime() + 30 * SECOND_MS);
      return card === 'ok' && before.id !== undefined ? 'CARD_CODE_USED' : card === 'ok' ? undefined : card;
    },
  };
}

function showing(sim: Sim, one: Scan, show: () => Promise<void>): Omit<Command, 'verdict'> {
  const { model, world } = sim;
  const { member, till } = one;
  const { merchant, outlet, caller } = world.tills[till]!;
  return {
    kind: 'scan',
    says: `member ${member} shows her card at till ${till}`,
    touches: () => [writes(`member ${member}`)],
    send: async (process, requestNumber) => {
      await show();
      const outletId = world.merchants[merchant]!.outletIds[outlet]!;
      return scanCard(process, caller, { requestNumber, outletId, code: one.code ?? 'AAAA', billFen: null });
    },
    accepted: (id) => Object.assign(one, { id, at: model.now }),
  };
}

function verdictOnCard(sim: Sim, one: Scan, isAhead: boolean): string {
  const { model } = sim;
  const { state } = model.members[one.member]!;
  const isNow = one.code === undefined;
  const programme = isNow ? programmeOf(sim, one.member) : one.programme;
  const age = isNow ? 0 : model.now.getTime() - one.madeAt.getTime();
  return firstOf(
    isAhead && 'CLOCK_SKEW',
    age > CODE_LIVES_MS && 'CARD_CODE_EXPIRED',
    programmeOf(sim, one.member) !== programme && 'CARD_CODE_REFUSED',
    state === 'left' && 'CARD_NOT_ACTIVE',
    state === 'frozen' && 'MEMBER_NOT_ACTIVE',
  ) as string;
}

/** Points are taken from a member whose card was scanned. */
export function charge(sim: Sim, of: Scan): { command: Command; charge: Charge } {
  const { model, world, random } = sim;
  const { member, till } = of;
  const { merchant, caller } = world.tills[till]!;
  const amount = random.between(5, 80);
  const one: Charge = {
    number: model.charges.length,
    id: undefined,
    scan: of,
    points: amount,
    state: 'held',
    holdUntil: new Date(0),
    refunded: 0,
  };
  const scanId = fixed(() => of.id ?? NOTHING);
  model.charges.push(one);
  const command: Command = {
    kind: 'charge',
    says: `till ${till} charges member ${member} ${amount} points`,
    touches: () => [writes(`charge ${one.number}`), writes(`member ${member}`)],
    verdict: () => {
      if (of.id === undefined) return 'SCAN_UNKNOWN';
      const canPay = model.canPay(member, of.programme, amount);
      const trouble = firstOf(
        of.isCharged && 'SCAN_USED',
        model.now.getTime() > of.at.getTime() + SCAN_LIVES_MS && 'SCAN_TOO_OLD',
        model.members[member]!.state !== 'active' && 'MEMBER_NOT_ACTIVE',
        canPay === false && 'NOT_ENOUGH_POINTS',
      );
      return trouble === 'ok' && canPay === undefined ? ['ok', 'NOT_ENOUGH_POINTS'] : trouble;
    },
    send: (process, requestNumber) =>
      chargeCard(process, caller, { requestNumber, scanId: scanId(), points: amount, billFen: null }),
    accepted: (id) => {
      of.isCharged = true;
      const isHeld = amount > model.members[member]!.chargeLimit;
      const holdUntil = new Date(model.now.getTime() + HOLD_LIVES_MS);
      Object.assign(one, { id, state: isHeld ? 'held' : 'posted', holdUntil });
      model.touched.add(one);
      if (isHeld) return;
      const from = memberAccount(world, member, of.programme);
      model.owe(`charge ${id}`, { points: amount, from, to: merchantAccount(world, merchant, of.programme) });
      model.spend(member, of.programme, amount);
    },
  };
  return { command, charge: one };
}

/** Points of a charge are given back: some, or all that is left. A colleague of the cashier may not. */
export function refund(sim: Sim, one: Charge): Command {
  const { model, world, random } = sim;
  const { till, member } = one.scan;
  const { merchant, caller } = world.tills[till]!;
  const part = random.chance(0.5) ? null : random.between(1, 60);
  const who = random.below(10);
  const colleague = world.tills.find(
    (other) => other.merchant === merchant && other.caller.outletId === caller.outletId && other.caller !== caller,
  );
  const isColleague = who === 0 && colleague !== undefined && caller.outletId !== null;
  const by = isColleague ? colleague.caller : who < 4 ? world.merchants[merchant]!.owner : caller;
  const chargeId = fixed(() => one.id ?? NOTHING);
  return {
    kind: part === null ? 'refund' : 'refund in part',
    says: `member ${member} is given back ${part ?? 'all that is left'} of a charge of ${one.points}`,
    touches: () => [writes(`charge ${one.number}`), writes(`member ${member}`)],
    verdict: () => {
      if (one.id === undefined) return 'CHARGE_UNKNOWN';
      const left = one.points - one.refunded;
      return firstOf(
        isColleague && 'CHARGE_NOT_YOURS',
        one.state !== 'posted' && 'CHARGE_NOT_POSTED',
        (left === 0 || (part ?? 0) > left) && 'REFUND_TOO_LARGE',
      );
    },
    send: (process, requestNumber) =>
      refundCharge(process, by, { requestNumber, chargeId: chargeId(), points: part === null ? null : points(part) }),
    accepted: (id) => {
      const given = part ?? one.points - one.refunded;
      model.touched.add(one);
      const { programme } = one.scan;
      model.spendable.delete(`${member} ${programme}`);
      const from = merchantAccount(world, merchant, programme);
      const due = { points: given, from, to: memberAccount(world, member, programme) };
      model.owe(`refund ${id}`, due);
      // Where another client was told first that all the rest is given back, this part had been taken before.
      if (part !== null && one.rest) one.rest.points -= part;
      else one.refunded += given;
      if (part === null) one.rest = due;
    },
  };
}

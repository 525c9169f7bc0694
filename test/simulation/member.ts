import { cancelVoucher } from '../../src/marketplace/cancel-voucher.ts';
import { setChargeLimit } from '../../src/marketplace/counter/charge-limit.ts';
import { confirmCharge } from '../../src/marketplace/counter/confirm-charge.ts';
import { declineCharge } from '../../src/marketplace/counter/decline-charge.ts';
import { redeem } from '../../src/marketplace/redeem.ts';
import { beijingDay } from '../../src/platform/clock.ts';
import { points } from '../../src/platform/points.ts';
import { monthNumber, numberOfMonth } from './calendar.ts';
import {
  type Command,
  firstOf,
  fixed,
  NOTHING,
  programmeOf,
  reads,
  type Sim,
  type Verdict,
  writes,
} from './command.ts';
import { claim, mend } from './member-claims.ts';
import { tickets } from './member-tickets.ts';
import { OFFERS_EACH } from './offers.ts';
import type { Charge, Offer, Voucher } from './things.ts';
import { asMember, memberAccount, merchantAccount, ownAccount, PROGRAMMES } from './world.ts';
import { TREAT_PIECES } from './year.ts';

/** Below this many pieces it matters who comes first. */
const FEW = 300;

/** The accounts of a purchase. */
export const purseOf = (sim: Sim, { member, offer }: Pick<Voucher, 'member' | 'offer'>) => {
  const { programme } = sim.model.offers[offer]!;
  return {
    member: memberAccount(sim.world, member, programme),
    vouchers: ownAccount(sim.world, 'vouchers', programme),
  };
};

const notEnough = (canPay: boolean | undefined): Verdict =>
  canPay === undefined ? ['ok', 'NOT_ENOUGH_POINTS'] : canPay ? undefined : 'NOT_ENOUGH_POINTS';

/** A member buys an offer; `find` names it when the command is sent, for one that may not be there yet. */
export function buy(sim: Sim, member: number, find: () => number | undefined, says: string): Command {
  const { model, world } = sim;
  const voucher: Voucher = {
    ...{ number: model.vouchers.length, id: undefined, member, offer: -1, state: 'unused', validUntil: new Date(0) },
    ...{ slot: null, points: 0, isPrize: false },
  };
  model.vouchers.push(voucher);
  const offer = (): Offer | undefined => model.offers[find() ?? -1];
  const offerId = fixed(() => offer()?.id ?? NOTHING);
  return {
    kind: 'buy',
    says: `member ${member} buys ${says}`,
    touches: () => {
      const one = offer();
      const shelf = `offer ${find()}`;
      return [writes(`member ${member}`), one && model.stock(one) < FEW ? writes(shelf) : reads(shelf)];
    },
    verdict: () => {
      const one = offer();
      const { state, union } = model.members[member]!;
      if (!one || programmeOf(sim, member) !== one.programme) return 'OFFER_UNKNOWN';
      const slot = model.slot(member, one);
      return firstOf(
        state !== 'active' && 'MEMBER_NOT_ACTIVE',
        one.unions !== null && !one.unions.includes(union) && 'NOT_ELIGIBLE',
        !one.isOnSale && 'OFFER_NOT_ON_SALE',
        model.now < one.saleFrom && 'SALE_NOT_OPEN',
        model.now >= one.saleTo && 'SALE_OVER',
        slot !== null && (model.slots.get(slot) ?? 0) >= one.limit!.count && 'LIMIT_REACHED',
        model.stock(one) < 1 && 'SOLD_OUT',
        notEnough(model.canPay(member, one.programme, one.price)),
      );
    },
    send: (process, key) => {
      const { actor, memberId } = asMember(world, member);
      return redeem(process, { actor, memberId, key, offerId: offerId() });
    },
    accepted: (id) => {
      voucher.offer = find()!;
      model.sold(voucher, id, purseOf(sim, voucher));
    },
  };
}

export function cancel(sim: Sim, number: number): Command {
  const { model, world } = sim;
  const voucher = model.vouchers[number]!;
  const redemptionId = fixed(() => voucher.id ?? NOTHING);
  return {
    kind: 'cancel',
    says: `member ${voucher.member} cancels voucher ${number}`,
    touches: () => [writes(`member ${voucher.member}`), writes(`voucher ${number}`), writes(`offer ${voucher.offer}`)],
    verdict: () => {
      if (voucher.id === undefined) return 'REDEMPTION_UNKNOWN';
      return firstOf(
        voucher.isPrize && 'PRIZE_NOT_CANCELLED',
        model.offers[voucher.offer]!.isPool && 'VOUCHER_CODE_SHOWN',
        troubleWithVoucher(voucher, model.now),
      );
    },
    send: (process, key) => {
      const { actor, memberId } = asMember(world, voucher.member);
      return cancelVoucher(process, { actor, memberId, key, redemptionId: redemptionId() });
    },
    accepted: () => model.cancelled(voucher, purseOf(sim, voucher)),
  };
}

/** Why a voucher cannot be used or cancelled any more. */
export function troubleWithVoucher({ state, validUntil }: Voucher, now: Date): string | undefined {
  if (state === 'unused') return validUntil <= now ? 'VOUCHER_LAPSED' : undefined;
  return { used: 'VOUCHER_USED', cancelled: 'VOUCHER_CANCELLED', lapsed: 'VOUCHER_LAPSED' }[state];
}

/** The member says yes or no to a charge that is held for her. */
export function answerCharge(sim: Sim, charge: Charge, yes: boolean): Command {
  const { model, world } = sim;
  const { member, till } = charge.scan;
  const chargeId = fixed(() => charge.id ?? NOTHING);
  return {
    kind: yes ? 'confirm' : 'decline',
    says: `member ${member} ${yes ? 'confirms' : 'declines'} a charge of ${charge.points}`,
    touches: () => [writes(`member ${member}`), writes(`charge ${charge.number}`)],
    verdict: () => {
      if (charge.id === undefined) return 'CHARGE_UNKNOWN';
      const settled = { posted: 'CHARGE_POSTED', declined: 'CHARGE_DECLINED', held: undefined }[charge.state];
      return firstOf(
        settled,
        charge.holdUntil <= model.now && 'HOLD_LAPSED',
        yes && model.members[member]!.state !== 'active' && 'MEMBER_NOT_ACTIVE',
        yes ? notEnough(model.canPay(member, charge.scan.programme, charge.points)) : undefined,
      );
    },
    send: (process, key) => {
      const act = yes ? confirmCharge : declineCharge;
      return act(process, asMember(world, member), { key, chargeId: chargeId() });
    },
    accepted: () => {
      charge.state = yes ? 'posted' : 'declined';
      model.touched.add(charge);
      if (!yes) return;
      const { programme } = charge.scan;
      const from = memberAccount(world, member, programme);
      const to = merchantAccount(world, world.tills[till]!.merchant, programme);
      model.owe(`charge ${charge.id}`, { points: charge.points, from, to });
      model.spend(member, programme, charge.points);
    },
  };
}

function limit({ model, world, random }: Sim, member: number): Command {
  const most = random.pick([0, 40, 500]);
  return {
    kind: 'limit',
    says: `member ${member} is asked above ${most} points`,
    touches: () => [writes(`member ${member}`)],
    verdict: () => 'ok',
    send: (process, key) => setChargeLimit(process, asMember(world, member), { key, points: points(most) }),
    accepted: () => {
      model.members[member]!.chargeLimit = most;
    },
  };
}

/** What a member does in a turn. */
export function memberTurn(sim: Sim, now: Date): Command[] {
  const { model, random, world } = sim;
  const member = random.someone(world.memberIds.length);
  const month = numberOfMonth(now);
  // Mostly her own programme, as far as it was hers at first.
  const home = random.chance(0.96) ? world.unions[member % world.unions.length]!.programme : random.below(PROGRAMMES);
  const isTreatDay = beijingDay(now).endsWith('-15');
  const { what } = random.weighted([
    { what: 'buy', weight: 30 },
    { what: 'treat', weight: isTreatDay ? 60 : 0.5 },
    { what: 'cancel', weight: 6 },
    { what: 'tickets', weight: beijingDay(now) > `${monthNumber(month)}-21` ? 25 : 0.7 },
    { what: 'claim', weight: 3 },
    { what: 'mend', weight: 1.5 },
    { what: 'limit', weight: 0.7 },
  ] as const);
  if (what === 'treat') {
    const place = `${home} ${monthNumber(month)} ${random.below(TREAT_PIECES.length) + 1}`;
    return [buy(sim, member, () => model.treats.get(place), `the treat of ${place}`)];
  }
  if (what === 'cancel' && model.known.vouchers > 0) return [cancel(sim, random.recent(model.known.vouchers))];
  if (what === 'tickets') return [tickets(sim, member, month + (random.chance(0.9) ? 1 : 0))];
  if (what === 'claim') return [claim(sim, member)];
  if (what === 'mend' && model.known.claims > 0) return [mend(sim, random.recent(model.known.claims))];
  if (what === 'limit') return [limit(sim, member)];
  const offer = home * OFFERS_EACH + random.below(OFFERS_EACH);
  return Array.from({ length: random.chance(0.1) ? 2 : 1 }, () => buy(sim, member, () => offer, `offer ${offer}`));
}

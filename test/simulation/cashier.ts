import { undoVerification } from '../../src/marketplace/undo-verification.ts';
import { verifyVoucher } from '../../src/marketplace/verify-voucher.ts';
import { voucherCode } from '../../src/marketplace/voucher-code.ts';
import { type Command, firstOf, fixed, NOTHING, type Sim, writes } from './command.ts';
import { charge, refund, scan, showAgain } from './counter.ts';
import { answerCharge, troubleWithVoucher } from './member.ts';
import { answerStatement } from './owner.ts';
import type { Verification } from './things.ts';
import { isAsked, merchantAccount, ownAccount, UNDO_MINUTES } from './world.ts';

const MINUTE_MS = 60_000;

/** A voucher is used at a till, which may be the wrong one. */
function verify(sim: Sim, number: number): Command {
  const { model, world, random } = sim;
  const voucher = model.vouchers[number]!;
  const [isAstray, anyTill] = [random.chance(0.06), random.below(world.tills.length)];
  const choice = random.below(8);
  const place = fixed(() => {
    const offer = model.offers[voucher.offer];
    const at = world.tills.filter(({ merchant }) => merchant === offer?.merchant);
    const right = at.filter(({ outlet }) => offer!.outlets.includes(outlet));
    return isAstray || !offer ? world.tills[anyTill]! : right[choice % right.length]!;
  });
  const code = fixed(() => (voucher.id ? voucherCode(world.deps.config.voucherKey, voucher.id) : 'AAAA-BBBB-CCCC'));
  const use: Verification = { id: undefined, voucher, outlet: -1, at: model.now, isUndone: false };
  model.verifications.push(use);
  return {
    kind: 'verify',
    says: `voucher ${number} is used`,
    touches: () => [writes(`voucher ${number}`)],
    verdict: () => {
      const offer = model.offers[voucher.offer];
      if (voucher.id === undefined || offer?.merchant !== place().merchant) return 'VOUCHER_UNKNOWN';
      return firstOf(!offer.outlets.includes(place().outlet) && 'WRONG_OUTLET', troubleWithVoucher(voucher, model.now));
    },
    send: (process, requestNumber) => {
      const { merchant, outlet, caller } = place();
      const outletId = world.merchants[merchant]!.outletIds[outlet]!;
      return verifyVoucher(process, caller, { requestNumber, code: code(), outletId });
    },
    accepted: (id) => {
      Object.assign(use, { id, outlet: place().outlet, at: model.now });
      voucher.state = 'used';
      model.touched.add(voucher);
      const { programme, merchant } = model.offers[voucher.offer]!;
      const [from, to] = [ownAccount(world, 'vouchers', programme), merchantAccount(world, merchant, programme)];
      model.owe(`verification ${id}`, { points: voucher.points, from, to });
    },
  };
}

/** A use is taken back, by the owner of the merchant. */
function undo(sim: Sim, number: number): Command {
  const { model, world } = sim;
  const use = model.verifications[number]!;
  const { voucher } = use;
  const verificationId = fixed(() => use.id ?? NOTHING);
  const merchant = fixed(() => model.offers[voucher.offer]?.merchant ?? 0);
  return {
    kind: 'undo',
    says: `use ${number} is undone`,
    touches: () => [writes(`voucher ${voucher.number}`)],
    verdict: () => {
      if (use.id === undefined) return 'VERIFICATION_UNKNOWN';
      const isLate = model.now.getTime() > use.at.getTime() + UNDO_MINUTES * MINUTE_MS;
      return firstOf(use.isUndone && 'VERIFICATION_UNDONE', isLate && 'UNDO_TOO_LATE');
    },
    send: (process, requestNumber) => {
      const { owner } = world.merchants[merchant()]!;
      return undoVerification(process, owner, { requestNumber, verificationId: verificationId() });
    },
    accepted: () => {
      use.isUndone = true;
      voucher.state = 'unused';
      model.watch(voucher);
      const { programme } = model.offers[voucher.offer]!;
      const [from, to] = [merchantAccount(world, merchant(), programme), ownAccount(world, 'vouchers', programme)];
      model.owe(`reversal of verification ${use.id}`, { points: voucher.points, from, to });
    },
  };
}

/** What happens at a counter in a turn: a member is served, or something earlier is dealt with. */
export function cashierTurn(sim: Sim, now: Date): Command[] {
  const { model, random } = sim;
  const { what } = random.weighted([
    { what: 'visit', weight: 14 },
    { what: 'verify', weight: 22 },
    { what: 'undo', weight: 2.5 },
    { what: 'scan again', weight: 1 },
    { what: 'late charge', weight: 1 },
    { what: 'late answer', weight: 1 },
    { what: 'refund', weight: 5 },
    { what: 'statement', weight: 1 },
  ] as const);
  const { known } = model;
  if (what === 'verify' && known.vouchers > 0) return useVoucher(sim, random.recent(known.vouchers));
  if (what === 'undo' && known.verifications > 0) return [undo(sim, random.recent(known.verifications))];
  if (what === 'scan again' && known.scans > 0) return [showAgain(sim, random.recent(known.scans))];
  if (what === 'late charge' && known.scans > 0) return [charge(sim, model.scans[random.recent(known.scans)]!).command];
  if (what === 'statement') return [answerStatement(sim, now)];
  const earlier = known.charges > 0 ? model.charges[random.recent(known.charges)]! : undefined;
  if (what === 'late answer' && earlier) return [answerCharge(sim, earlier, random.chance(0.7))];
  if (what === 'refund' && earlier) return [refund(sim, earlier)];
  return visit(sim);
}

/** A voucher is used; now and then it was the wrong one. */
function useVoucher(sim: Sim, voucher: number): Command[] {
  const turn = [verify(sim, voucher)];
  if (sim.random.chance(0.08)) turn.push(undo(sim, sim.model.verifications.length - 1));
  return turn;
}

/** A member pays at a counter; what is above her limit she confirms, declines, or leaves without an answer. */
function visit(sim: Sim): Command[] {
  const { random, world } = sim;
  const member = random.someone(world.memberIds.length);
  const shown = scan(sim, member, random.below(world.tills.length));
  const asked = charge(sim, shown.scan);
  const turn = [shown.command, asked.command];
  if (random.chance(isAsked(member) ? 0.8 : 0.1)) turn.push(answerCharge(sim, asked.charge, random.chance(0.6)));
  if (random.chance(0.1)) turn.push(refund(sim, asked.charge));
  return turn;
}

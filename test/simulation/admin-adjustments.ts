import { beijingMonth } from '../../src/platform/clock.ts';
import { points } from '../../src/platform/points.ts';
import { adjustPoints } from '../../src/rules/corrections/adjust-points.ts';
import { confirmAdjustment } from '../../src/rules/corrections/confirm-adjustment.ts';
import { declineAdjustment } from '../../src/rules/corrections/decline-adjustment.ts';
import { type Command, firstOf, fixed, made, NOTHING, programmeOf, reads, type Sim, writes } from './command.ts';
import { upload } from './member-claims.ts';
import type { Model } from './model.ts';
import type { Adjustment } from './things.ts';
import { ADJUSTED_ALONE, memberAccount, ownAccount } from './world.ts';

/** A budget of which no more than this share is left may be used up by others of the same batch, or by its jobs. */
const SCARCE = 0.25;

/** An admin gives a member points by hand, or takes some. */
export function adjust(sim: Sim, by: number): Command {
  const { model, world, random } = sim;
  const member = random.someone(world.memberIds.length);
  const amount = random.between(1, random.chance(0.3) ? 400 : 120) * (random.chance(0.75) ? 1 : -1);
  const one: Adjustment = { id: undefined, member, programme: -1, points: amount, by, state: 'waiting', month: '' };
  const file = made(() => upload(sim, world.admins[by]!.actor));
  const programme = fixed(() => programmeOf(sim, member));
  model.adjustments.push(one);
  const number = model.adjustments.length - 1;
  const isAlone = () => {
    const asked = { ...one, programme: programme(), month: beijingMonth(model.now) };
    return (model.adjustedAlone.get(aloneKey(asked)) ?? 0) + Math.abs(amount) <= ADJUSTED_ALONE;
  };
  return {
    kind: 'adjust',
    says: `admin ${by} gives member ${member} ${amount} points by hand`,
    touches: () => [
      writes(`adjustment ${number}`),
      writes(`member ${member}`),
      reads(`budget ${programmeOf(sim, member)}`),
    ],
    verdict: () => {
      if (model.members[member]!.state === 'left') return 'MEMBER_LEFT';
      return isAlone() ? verdictOnPosting(sim, { ...one, programme: programme() }) : 'ok';
    },
    send: async (process, key) =>
      adjustPoints(process, world.admins[by]!, key, {
        programmeId: world.programmeIds[programme()]!,
        memberId: world.memberIds[member]!,
        points: points(amount),
        reason: '工会小组登记有误',
        evidenceIds: [await file()],
      }),
    accepted: (id) => {
      const month = beijingMonth(model.now);
      Object.assign(one, { id, programme: programme(), month, state: isAlone() ? 'posted' : 'waiting' });
      model.touched.add(one);
      if (one.state === 'posted') {
        countAlone(model, one, 1);
        oweAdjustment(sim, one);
      }
    },
  };
}

/** What the ledger may say to an adjustment. */
function verdictOnPosting({ model }: Sim, { member, programme, points: amount }: Adjustment) {
  if (amount > 0) return model.room(programme) > SCARCE * model.budgets[programme]! ? 'ok' : ['ok', 'OVER_BUDGET'];
  const canPay = model.canPay(member, programme, -amount);
  return canPay === undefined ? ['ok', 'NOT_ENOUGH_POINTS'] : canPay ? 'ok' : 'NOT_ENOUGH_POINTS';
}

const aloneKey = ({ by, member, programme, month }: Adjustment) => `${by} ${member} ${programme} ${month}`;

/** Counts what an admin has moved alone for a member in a month. */
export function countAlone({ adjustedAlone }: Model, adjustment: Adjustment, sign: 1 | -1): void {
  const key = aloneKey(adjustment);
  adjustedAlone.set(key, (adjustedAlone.get(key) ?? 0) + sign * Math.abs(adjustment.points));
}

export function oweAdjustment({ model, world }: Sim, { id, member, programme, points: amount }: Adjustment): void {
  const purse = memberAccount(world, member, programme);
  const source = ownAccount(world, 'issuance', programme);
  const [from, to] = amount > 0 ? [source, purse] : [purse, source];
  model.owe(`adjustment ${id}`, { points: Math.abs(amount), from, to });
  // New points may have paid off a debt.
  model.spendable.delete(`${member} ${programme}`);
}

/** Another admin confirms or declines an adjustment that waits. */
export function second(sim: Sim, by: number, number: number): Command {
  const { model, world, random } = sim;
  const one = model.adjustments[number]!;
  const yes = random.chance(0.8);
  const adjustmentId = fixed(() => one.id ?? NOTHING);
  return {
    kind: yes ? 'confirm adjustment' : 'decline adjustment',
    says: `admin ${by} ${yes ? 'confirms' : 'declines'} adjustment ${number}`,
    touches: () => [writes(`adjustment ${number}`), writes(`member ${one.member}`)],
    verdict: () => {
      if (one.id === undefined) return 'ADJUSTMENT_UNKNOWN';
      const trouble = firstOf(
        one.state !== 'waiting' && 'ADJUSTMENT_DECIDED',
        one.by === by && 'SECOND_PERSON_NEEDED',
        yes && programmeOf(sim, one.member) !== one.programme && 'MEMBER_UNKNOWN',
        yes && model.members[one.member]!.state === 'left' && 'MEMBER_LEFT',
      );
      return trouble === 'ok' && yes ? verdictOnPosting(sim, one) : trouble;
    },
    send: (process, key) =>
      yes
        ? confirmAdjustment(process, world.admins[by]!, key, { adjustmentId: adjustmentId() })
        : declineAdjustment(process, world.admins[by]!, key, { adjustmentId: adjustmentId(), reason: '依据不足' }),
    accepted: () => {
      one.state = yes ? 'posted' : 'declined';
      model.touched.add(one);
      if (yes) oweAdjustment(sim, one);
    },
  };
}

import { beijingDay } from '../../platform/clock.ts';
import { showCardCode } from '../card-code.ts';
import { accepted } from '../client.ts';
import { accountOf, balanceOf, programmeOf, type Stage } from '../stage.ts';
import { atLeast, needed, refused, same } from '../story.ts';
import {
  type Charge,
  chargeAtTill,
  chargeBill,
  confirmCharge,
  pendingCharges,
  refundCharge,
  type Shift,
  scanCard,
  shiftOf,
} from '../till.ts';
import { type CardInUse, SMALL_BILL_FEN } from './card.ts';
import { tellLines } from './points.ts';

// More than the 500 points up to which a counter need not ask, as long as the member has set no other limit.
const LARGE_BILL_FEN = 9_000;

/**
 * Bills are paid with points by the card: a small one at once, a large one when the member has confirmed it, of which a
 * part is given back. The cashier's day has it all.
 */
export async function cashierCharges(stage: Stage, card: CardInUse, outletId: string | undefined): Promise<void> {
  const day = beijingDay(new Date());
  const before = outletId === undefined ? undefined : await shiftOf(stage, outletId, day).catch(() => undefined);
  await chargeSmallBill(stage, card);
  const held = await chargeLargeBill(stage, card, outletId);
  await memberConfirms(stage, held);
  const refundId = await refundPart(stage, held);
  const { story } = stage;
  await story.step('收银员交班：本店当天的明细与合计', "the outlet's day, for the next shift", async () => {
    const { totals, lines } = await shiftOf(stage, needed(outletId, '门店 the outlet'), day);
    for (const { operatorName, scans, charges, chargePoints, refundPoints } of totals) {
      story.note(
        `${operatorName}：扫码 scans ${scans}，扣分 charged ${charges} = ${chargePoints}，退 back ${refundPoints}`,
      );
    }
    checkGain(totals, needed(before, '开始时的合计 the totals before').totals);
    const listed = [held?.id, refundId].map((id) => lines.find((line) => line.id === id)?.points);
    same('points of the charge and the refund in the list', listed, [900, 300]);
  });
}

/** Checks that the totals have grown by what was played, at the least. The card of the small bill was read before. */
function checkGain(now: Shift['totals'], before: Shift['totals']): void {
  const least = { scans: 1, charges: 2, chargePoints: 1180, refundPoints: 300 };
  for (const [of, played] of Object.entries(least) as [keyof typeof least, number][]) {
    const sum = (totals: Shift['totals']) => totals.reduce((points, one) => points + one[of], 0);
    atLeast(of, sum(now) - sum(before), played);
  }
}

/** The card that was read a moment ago pays the bill. */
async function chargeSmallBill(stage: Stage, { scan }: CardInUse): Promise<void> {
  const { story, busy } = stage;
  await story.step('28 元的账单扣 280 分，不超过免确认限额：当场到账', '28 yuan are 280 points, at once', async () => {
    const had = await balanceOf(stage, busy);
    const { id } = needed(scan, '扫码 the scan');
    const bill = { scanId: id, billFen: SMALL_BILL_FEN };
    const charge = accepted(await chargeBill(stage, 'charge-small', bill));
    same('state, points', [charge.state, charge.points], ['POSTED', 280]);
    same('the same request again', accepted(await chargeBill(stage, 'charge-small', bill)), charge);
    same('balance', await balanceOf(stage, busy), had - 280);
  });
}

/** A new code is read; so large a charge waits for the member. */
async function chargeLargeBill(
  stage: Stage,
  { key }: CardInUse,
  outletId: string | undefined,
): Promise<Charge | undefined> {
  const { story, busy } = stage;
  return story.step('再扫一个新码，90 元的账单超过限额：等会员确认', '90 yuan wait for her word', async () => {
    const had = await balanceOf(stage, busy);
    const code = showCardCode(needed(key, '会员卡 the card'), programmeOf(stage));
    const shown = { outletId: needed(outletId, '门店 the outlet'), code, billFen: LARGE_BILL_FEN };
    const { id } = accepted(await scanCard(stage, 'scan-large', shown));
    const charge = accepted(await chargeBill(stage, 'charge-large', { scanId: id, billFen: LARGE_BILL_FEN }));
    story.note(`须于 ${charge.holdUntil} 前确认 to be confirmed by then`);
    same('state, points', [charge.state, charge.points], ['HELD', 900]);
    same('balance', await balanceOf(stage, busy), had);
    return charge;
  });
}

async function memberConfirms(stage: Stage, held: Charge | undefined): Promise<void> {
  const { story, busy } = stage;
  await story.step('会员在手机上确认，收银员看到已扣分', 'she confirms it, and the cashier sees it', async () => {
    const had = await balanceOf(stage, busy);
    const waiting = await pendingCharges(stage);
    for (const { merchantName, points } of waiting) story.note(`${merchantName}  ${points} 分`);
    const { id } = needed(held, '扣分 the charge');
    same(
      'what waits',
      waiting.map((one) => one.id),
      [id],
    );
    same('state', accepted(await confirmCharge(stage, id)).state, 'POSTED');
    same('state at the till', (await chargeAtTill(stage, id))?.state, 'POSTED');
    same('balance', await balanceOf(stage, busy), had - 900);
  });
}

/** Resolves with the id of the refund. */
async function refundPart(stage: Stage, charge: Charge | undefined): Promise<string | undefined> {
  const { story, busy } = stage;
  const refundId = await story.step(
    '退 300 分：回到原来的积分，有效期不变',
    '300 are refunded to the same lots',
    async () => {
      const { balance: had, expiringNext: was } = await accountOf(stage, busy);
      const { id: chargeId } = needed(charge, '扣分 the charge');
      const refund = accepted(await refundCharge(stage, 'refund', { chargeId, points: 300 }));
      same('refunded of the charge', refund.charge.refunded, 300);
      const { balance, expiringNext, statement } = await accountOf(stage, busy);
      tellLines(story, statement.nodes.slice(0, 3));
      same('balance', balance, had + 300);
      same('last day of her points', expiringNext?.lastDay, was?.lastDay);
      return refund.id;
    },
  );
  await story.step('余下 600 分，退 601 分被拒绝', 'more than is left of the charge is refused', async () => {
    const { id: chargeId } = needed(charge, '扣分 the charge');
    story.note(
      refused(await refundCharge(stage, 'refund-more', { chargeId, points: 601 }), 'REFUND_TOO_LARGE').message,
    );
  });
  return refundId;
}

import { monthBefore } from '../../marketplace/settlement/months.ts';
import { MERCHANTS } from '../merchants.ts';
import { PAST_SHOWN } from '../past-cards.ts';
import { CINEMA, PAST_GIFT, PAST_PATRONS, TICKET } from '../past-month.ts';
import { type Statement, statementsOf } from '../settling.ts';
import type { Stage } from '../stage.ts';
import { needed, same } from '../story.ts';
import { type FiguresSeen, figuresOfMonth } from '../union-figures.ts';

const TEA = MERCHANTS.find((merchant) => merchant.slug === 'milktea')!;
const SPENT = PAST_PATRONS.length * TICKET.price;
const BILLS = Object.values<number>(PAST_SHOWN.bills);
const POINT_FEN = 10;

/** What the union sees of the month that was settled: its figures agree with what was played and with the statement. */
export async function unionSeesFigures(stage: Stage): Promise<void> {
  const { story } = stage;
  const seen = await story.step(
    '结算月的发放、兑换、过期与未兑付',
    'issued, redeemed, expired, outstanding',
    async () => {
      const statement = await statementOfCinema(stage);
      const figures = await figuresOfMonth(stage, statement.month);
      const { issued, redeemed, verified, expired, held, inVouchers, outstandingFen } = figures.total;
      story.note(`${statement.month}：发放 issued ${issued}，兑换 redeemed ${redeemed}，核销 used ${verified}`);
      story.note(`过期 expired ${expired}，未兑付 outstanding ${outstandingFen / 100} 元 yuan`);
      const given = PAST_PATRONS.length * PAST_GIFT.points;
      same('issued, redeemed, used, expired', [issued, redeemed, verified, expired], [given, SPENT, SPENT, 0]);
      // What was left at the end of the month before is none of this month's.
      const before = (await figuresOfMonth(stage, monthBefore(statement.month))).total;
      const [left, leftBefore] = [given - SPENT, [before.held ?? 0, before.inVouchers, before.outstandingFen]];
      const more = [held ?? 0, inVouchers, outstandingFen].map((now, i) => now - leftBefore[i]!);
      same('more outstanding than a month before', more, [left, 0, left * POINT_FEN]);
      return { figures, statement };
    },
  );
  await cardUse(stage, seen?.figures);
  await story.step('影城的核销与结算单一致，最热的是电影票', 'as the statement says; the top offer', async () => {
    const { figures, statement } = needed(seen, '统计数字 the figures');
    const cinema = figures.merchants.find(({ merchant }) => merchant.name === CINEMA.name);
    same('used at the cinema, in points and fen', cinema?.verified, statement.points);
    const [top] = figures.offers;
    story.note(`${top?.offer.title}：${top?.redemptions} 件 pieces，${top?.points} 分 points`);
    const expected = [TICKET.title, CINEMA.name, PAST_PATRONS.length, SPENT];
    same('top offer', [top?.offer.title, top?.offer.merchant.name, top?.redemptions, top?.points], expected);
  });
}

async function statementOfCinema(stage: Stage): Promise<Statement> {
  const found = (await statementsOf(stage)).find(({ merchant }) => merchant.name === CINEMA.name);
  return needed(found, '结算单 the statement');
}

async function cardUse({ story }: Stage, figures: FiguresSeen | undefined): Promise<void> {
  await story.step('用卡次数与优惠金额：两笔账单的一成', 'card use, and a tenth of two bills given', async () => {
    const { total, merchants } = needed(figures, '统计数字 the figures');
    const bills = BILLS.reduce((sum, bill) => sum + bill, 0);
    const given = BILLS.reduce((sum, bill) => sum + Math.floor((bill * needed(TEA.discountPercent, '折扣')) / 100), 0);
    story.note(`刷卡 shown ${total.scans} 次，账单 bills ${bills / 100} 元，优惠 given ${given / 100} 元 yuan`);
    const tea = merchants.find(({ merchant }) => merchant.name === TEA.name);
    for (const seen of [total, tea]) {
      const use = [seen?.scans, seen?.discounts, seen?.discountedFen, seen?.discountGivenFen];
      same('cards shown, discounts, bills, given', use, [BILLS.length, BILLS.length, bills, given]);
    }
  });
}

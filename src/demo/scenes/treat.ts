import { addDays, startOfDay } from '../../platform/clock.ts';
import { type Answer, accepted, type Client, REFUSAL } from '../client.ts';
import { ADMIN } from '../happiness-account.ts';
import { type MovedClock, memberAt, operatorAt } from '../moved-clock.ts';
import { keyOf, type Stage } from '../stage.ts';
import { needed, refused, same } from '../story.ts';
import {
  countsOf,
  OPENS,
  outletOf,
  pauseTreat,
  planTreat,
  type Round,
  roundOf,
  type Taken,
  TREATS,
  take,
} from '../treating.ts';
import { playedMonth } from './lottery.ts';

const [, TEA, COFFEE] = TREATS;

/** Who comes for a cup of tea at the very minute: more than there are cups. */
const CROWD = ['D0011', 'D0012', 'D0013', 'D0014', 'D0015', 'D0016'] as const;

interface Rush {
  crowd: Client[];
  answers: Answer<Taken>[];
}

/** A treat of the 15th is put up, a crowd comes at its minute, one uses her voucher, and the day ends. */
export async function treatIsGiven(stage: Stage, clock: MovedClock): Promise<void> {
  const { story, password } = stage;
  const fifteenth = `${playedMonth(new Date())}-15`;
  const put = await story.step(
    `时钟拨到 ${addDays(fifteenth, -3)}：十五日的礼上架`,
    'the treat is put up',
    async () => {
      clock.moveTo(new Date(startOfDay(addDays(fifteenth, -3)).getTime() + 8 * 3_600_000));
      const admin = await operatorAt(clock, 'admin', ADMIN.login, password);
      const planId = await planTreat(stage, clock, admin);
      await clock.turn('put-up-treats');
      await pauseTreat(stage, admin, planId);
      const round = await roundOf(stage, await memberAt(clock, CROWD[0]));
      for (const { title, remaining } of round.offers) story.note(`${round.day} ${OPENS}  ${title} × ${remaining}`);
      same('day, lines', [round.day, round.offers.length], [fifteenth, TREATS.length]);
      return { planId, round };
    },
  );
  await refuseEarly(stage, clock, put?.round);
  const rush = await rushForTea(stage, clock, put?.round);
  await oneEach(stage, put?.round, rush);
  await useOne(stage, clock, rush);
  await endOfDay(stage, clock, put);
}

const offerOf = (round: Round | undefined, what: string) =>
  needed(
    round?.offers.find(({ title }) => title === what),
    `${what} the offer`,
  ).id;

async function refuseEarly(stage: Stage, clock: MovedClock, round: Round | undefined): Promise<void> {
  await stage.story.step('15 日开抢前一分钟：还没开始', 'a minute early is too early', async () => {
    const { opensAt } = needed(round, '每月礼 the treat');
    clock.moveTo(new Date(Date.parse(opensAt) - 60_000));
    const answer = await take(stage, await memberAt(clock, CROWD[0]), 'early', offerOf(round, TEA.what));
    stage.story.note(refused(answer, 'SALE_NOT_OPEN').message);
  });
}

async function rushForTea(stage: Stage, clock: MovedClock, round: Round | undefined): Promise<Rush | undefined> {
  const { story } = stage;
  return story.step(`${OPENS} 六人同时抢 ${TEA.quantity} 杯奶茶：正好发出 ${TEA.quantity} 杯`, 'a rush', async () => {
    const offerId = offerOf(round, TEA.what);
    const crowd = await Promise.all(CROWD.map((staffNumber) => memberAt(clock, staffNumber)));
    clock.moveTo(new Date(needed(round, '每月礼 the treat').opensAt));
    const answers = await Promise.all(crowd.map((member, i) => take(stage, member, `tea-${i}`, offerId)));
    const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.refusal.code)).sort();
    story.note(codes.join(' '));
    const late = CROWD.length - TEA.quantity;
    same('answers', codes, [...Array<string>(late).fill('SOLD_OUT'), ...Array<string>(TEA.quantity).fill('ok')]);
    return { crowd, answers };
  });
}

async function oneEach(stage: Stage, round: Round | undefined, rush: Rush | undefined): Promise<void> {
  const { story } = stage;
  const of = (ok: boolean) => {
    const { crowd, answers } = needed(rush, '抢到的人 the crowd');
    return crowd[answers.findIndex((answer) => answer.ok === ok)]!;
  };
  await story.step('领了奶茶再领咖啡：每人只有一份', 'one for each member, whatever it is', async () => {
    const answer = await take(stage, of(true), 'second', offerOf(round, COFFEE.what));
    story.note(refused(answer, 'LIMIT_REACHED').message);
  });
  await story.step('没抢到奶茶的改领咖啡，不花积分', 'who came too late takes a coffee, for no points', async () => {
    const { points } = accepted(await take(stage, of(false), 'coffee', offerOf(round, COFFEE.what)));
    same('points', points, 0);
  });
}

async function useOne(stage: Stage, clock: MovedClock, rush: Rush | undefined): Promise<void> {
  const { story, password } = stage;
  await story.step('到店核销一杯奶茶', 'one voucher is used at the outlet', async () => {
    const first = needed(rush, '抢到的人 the crowd').answers.find((answer) => answer.ok);
    const { voucher } = accepted(needed(first, '兑换券 the voucher'));
    const cashier = await operatorAt(clock, 'merchant', TEA.cashier, password);
    const { offerTitle, points } = accepted(
      await cashier.act<{ offerTitle: string; points: number }>(
        `mutation ($requestNumber: String!, $outletId: Id!, $code: String!) {
          verifyVoucher(requestNumber: $requestNumber, outletId: $outletId, code: $code) {
            ${REFUSAL} ... on Verification { offerTitle points }
          }
        }`,
        {
          requestNumber: keyOf(stage, 'treat'),
          outletId: await outletOf(cashier, TEA.outlet),
          code: voucher.code,
        },
      ),
    );
    same('title, points', [offerTitle, points], [TEA.what, 0]);
  });
}

async function endOfDay(
  stage: Stage,
  clock: MovedClock,
  put: { planId: string; round: Round } | undefined,
): Promise<void> {
  const { story, password } = stage;
  await story.step('当天结束：没用的券过期，数目对得上', "what was not used lapses at the day's end", async () => {
    const { planId, round } = needed(put, '每月礼 the treat');
    clock.moveTo(new Date(round.closesAt));
    await clock.turn('lapse-vouchers');
    const counts = await countsOf(await operatorAt(clock, 'admin', ADMIN.login, password), planId);
    for (const one of counts)
      story.note(`${one.what}：发 given ${one.given}，用 used ${one.verified}，余 left ${one.left}`);
    same(
      'given, used, left',
      counts.map(({ given, verified, left }) => [given, verified, left]),
      [
        [0, 0, 10],
        [4, 1, 0],
        [1, 0, 9],
      ],
    );
    const states = await Promise.all(CROWD.map((staffNumber) => voucherState(clock, staffNumber, round)));
    same('vouchers', states.sort(), ['LAPSED', 'LAPSED', 'LAPSED', 'LAPSED', 'USED', 'none']);
  });
}

/** How the voucher stands that a member took in a round. */
async function voucherState(clock: MovedClock, staffNumber: string, round: Round): Promise<string> {
  const member = await memberAt(clock, staffNumber);
  const { redemptions } = await member.ask<{
    redemptions: { nodes: { offer: { id: string }; voucher: { state: string } }[] };
  }>('{ redemptions(first: 50) { nodes { offer { id } voucher { state } } } }');
  const ids = round.offers.map(({ id }) => id);
  return redemptions.nodes.find(({ offer }) => ids.includes(offer.id))?.voucher.state ?? 'none';
}

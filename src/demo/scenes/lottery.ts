import { randomBytes } from 'node:crypto';
import { firstDay, lastDueMonth, monthBefore, USUAL_SETTLEMENT_DAY } from '../../marketplace/settlement/months.ts';
import { addDays, type BeijingDay, startOfDay } from '../../platform/clock.ts';
import { accepted, type Client, made, REFUSAL } from '../client.ts';
import {
  buyTickets,
  commit,
  drawOf,
  type LotterySeen,
  lotteryNow,
  lotteryOf,
  partyAdmins,
  ticketsOf,
} from '../drawing.ts';
import { ticketRule, wonOffer } from '../enter-lottery.ts';
import { ADMIN } from '../happiness-account.ts';
import { BOUGHT_AT_MOST, PARTIES, PIECES, RESERVED, TICKET_PRICE, TICKETS_BY_RULE, terms } from '../lottery-terms.ts';
import { type MovedClock, memberAt, operatorAt } from '../moved-clock.ts';
import { event, recordEvents, settled } from '../recording.ts';
import { balanceOf, keyOf, programmeOf, type Stage } from '../stage.ts';
import { needed, refused, same } from '../story.ts';
import { sha256 } from '../verifying.ts';

/** The lottery that the story plays, and what its three parties keep to themselves until it is frozen. */
export interface Played {
  lottery: LotterySeen;
  secrets: Buffer[];
}

/** Times of Beijing; the template says the same. */
const TIMETABLE = {
  drawDay: 1,
  drawTime: '10:00',
  freezesDaysBefore: 1,
  freezeTime: '20:00',
  opensDaysBefore: 7,
  openTime: '09:00',
  madeDaysBefore: 5,
};

/**
 * The month that the clock is moved to: before the last one that is settled, so that neither its statement nor its
 * figures become others, and far enough back for everything to be over by now.
 */
export function playedMonth(now: Date): string {
  return monthBefore(lastDueMonth(USUAL_SETTLEMENT_DAY, now));
}

/** A template makes the lottery of a past 1st; it opens, gives out tickets and sells some, and three parties commit. */
export async function lotteryOpens(stage: Stage, clock: MovedClock): Promise<Played | undefined> {
  const { story } = stage;
  const first = firstDay(playedMonth(new Date()));
  await earnTickets(stage, addDays(first, -10));
  const made = await makeFromTemplate(stage, clock, first);
  const lottery = await story.step(
    '到点开放：奖品预留，种子的哈希公布',
    'it opens, and commits to its seed',
    async () => {
      const { id, opensAt } = needed(made, '抽奖 the lottery');
      clock.moveTo(new Date(opensAt));
      await clock.turn('prepare-lotteries');
      const opened = await lotteryNow(await operatorAt(clock, 'admin', ADMIN.login, stage.password), id);
      same('state, points set aside', [opened.state, opened.reservedPoints], ['OPEN', RESERVED]);
      const { commitment } = await drawOf(await memberAt(clock, stage.cast.thrifty.staffNumber), id);
      story.note(`SHA-256(种子 seed)：${commitment}`);
      return opened;
    },
  );
  await refuseChange(stage, clock, lottery);
  await buy(stage, clock, lottery);
  const secrets = await partiesCommit(stage, clock, lottery);
  return lottery && secrets && { lottery, secrets };
}

/** Something in the month before the draw for which a rule gives points, and so tickets as well. */
async function earnTickets(stage: Stage, day: BeijingDay): Promise<void> {
  const { name } = stage.cast.thrifty;
  await stage.story.step(`${name}上月的荣誉：按规则也得奖券`, 'an honour that gives tickets by a rule', async () => {
    const honour = {
      ...event(stage.cast.thrifty, 'honour', '荣誉', { 荣誉: '月度服务之星' }),
      occurredOn: day,
    };
    const { eventIds } = accepted(await recordEvents(stage, 'lottery-honour', [honour]));
    same('state', await settled(stage, needed(eventIds[0], '事件 the event')), 'PAID');
  });
}

async function makeFromTemplate(stage: Stage, clock: MovedClock, first: BeijingDay): Promise<LotterySeen | undefined> {
  const { story, password, cast } = stage;
  return story.step(
    `时钟拨到 ${addDays(first, -12)}：按模板生成${first}的抽奖`,
    'a template makes a lottery',
    async () => {
      clock.moveTo(new Date(startOfDay(addDays(first, -12)).getTime() + 8 * 3_600_000));
      const admin = await operatorAt(clock, 'admin', ADMIN.login, password);
      const programmeId = programmeOf(stage);
      const [offerId, ruleId] = [await wonOffer(clock.url), await ticketRule(admin, programmeId)];
      const parties = await partyAdmins(admin);
      const templateId = await made(
        admin,
        `mutation (
        $key: String!, $programmeId: Id!, $name: String!, $timetable: TimetableInput!, $terms: LotteryTermsInput!
      ) {
        createLotteryTemplate(key: $key, programmeId: $programmeId, name: $name, timetable: $timetable, terms: $terms) {
          ${REFUSAL} ... on LotteryTemplate { id }
        }
      }`,
        {
          key: keyOf(stage, 'template'),
          programmeId,
          name: `每月一日抽奖-${cast.run}`,
          timetable: TIMETABLE,
          terms: { ...terms(offerId, ruleId), entropy: 'REVEALS', revealHours: 24, parties },
        },
      );
      await clock.turn('prepare-lotteries');
      const lottery = await lotteryOf(admin, programmeId, templateId);
      await pauseTemplate(stage, admin, templateId);
      story.note(`${lottery.name}：${PIECES} 件奖品 prizes`);
      same('state, month', [lottery.state, lottery.month], ['DRAFT', first.slice(0, 7)]);
      return lottery;
    },
  );
}

/** The next run has a template of its own; this one makes no more. */
async function pauseTemplate(stage: Stage, admin: Client, templateId: string): Promise<void> {
  await made(
    admin,
    `mutation ($key: String!, $templateId: Id!) {
      pauseLotteryTemplate(key: $key, templateId: $templateId, paused: true) {
        ${REFUSAL} ... on LotteryTemplate { id }
      }
    }`,
    { key: keyOf(stage, 'template-paused'), templateId },
  );
}

async function refuseChange(stage: Stage, clock: MovedClock, lottery: LotterySeen | undefined): Promise<void> {
  await stage.story.step('开放后再改奖品：被拒绝', 'its prizes cannot be changed any more', async () => {
    const { id, opensAt, freezesAt, drawsAt } = needed(lottery, '抽奖 the lottery');
    const admin = await operatorAt(clock, 'admin', ADMIN.login, stage.password);
    const [offerId, ruleId] = [await wonOffer(clock.url), await ticketRule(admin, programmeOf(stage))];
    const whole = terms(offerId, ruleId);
    const fewer = { ...whole, prizes: whole.prizes.slice(1), entropy: 'REVEALS', parties: await partyAdmins(admin) };
    const answer = await admin.act(
      `mutation (
        $key: String!, $id: Id!, $opensAt: Instant!, $freezesAt: Instant!, $drawsAt: Instant!
        $terms: LotteryTermsInput!
      ) {
        changeLottery(
          key: $key, lotteryId: $id, name: "换奖品", opensAt: $opensAt, freezesAt: $freezesAt, drawsAt: $drawsAt
          terms: $terms
        ) { ${REFUSAL} ... on Lottery { id } }
      }`,
      { key: keyOf(stage, 'change-prizes'), id, opensAt, freezesAt, drawsAt, terms: fewer },
    );
    stage.story.note(refused(answer, 'LOTTERY_OPENED').message);
  });
}

async function buy(stage: Stage, clock: MovedClock, lottery: LotterySeen | undefined): Promise<void> {
  const { story, cast } = stage;
  const free = 1 + TICKETS_BY_RULE;
  await story.step(
    `${cast.thrifty.name}有 ${free} 张奖券（人人 1 张、按规则 2 张），再买 ${BOUGHT_AT_MOST} 张`,
    'tickets given, by a rule, and bought',
    async () => {
      const { id: lotteryId } = needed(lottery, '抽奖 the lottery');
      const member = await memberAt(clock, cast.thrifty.staffNumber);
      same('given', await ticketsOf(member, lotteryId), { all: free, bought: 0, left: BOUGHT_AT_MOST });
      const had = await balanceOf(stage, member);
      accepted(await buyTickets(stage, member, 'tickets', { lotteryId, count: BOUGHT_AT_MOST }));
      const has = { all: free + BOUGHT_AT_MOST, bought: BOUGHT_AT_MOST, left: 0 };
      same('bought', await ticketsOf(member, lotteryId), has);
      same('balance', await balanceOf(stage, member), had - BOUGHT_AT_MOST * TICKET_PRICE);
    },
  );
  await story.step('再多买一张：超过每人限额', 'one more is above the limit', async () => {
    const { id: lotteryId } = needed(lottery, '抽奖 the lottery');
    const member = await memberAt(clock, cast.thrifty.staffNumber);
    const answer = await buyTickets(stage, member, 'tickets-more', { lotteryId, count: 1 });
    story.note(refused(answer, 'TICKET_LIMIT_REACHED').message);
  });
}

async function partiesCommit(
  stage: Stage,
  clock: MovedClock,
  lottery: LotterySeen | undefined,
): Promise<Buffer[] | undefined> {
  const { story, password } = stage;
  return story.step('三方各取 32 个随机字节，先公布其哈希', 'three parties commit to random bytes', async () => {
    const { id: lotteryId } = needed(lottery, '抽奖 the lottery');
    const secrets = PARTIES.map(() => randomBytes(32));
    for (const [i, { login, party }] of PARTIES.entries()) {
      const commitment = sha256('xingfu-reveal\0', secrets[i]!);
      await commit(stage, await operatorAt(clock, 'admin', login, password), i, { lotteryId, commitment });
      story.note(`${party}：${commitment}`);
    }
    return secrets;
  });
}

import { accepted, type Client, REFUSAL } from '../client.ts';
import { lotteryNow, staffNumberOf, type Win, winsOf } from '../drawing.ts';
import { ADMIN } from '../happiness-account.ts';
import { PIECES, POINTS_WON, WON_PRODUCT } from '../lottery-terms.ts';
import { type MovedClock, memberAt, operatorAt } from '../moved-clock.ts';
import { accountOf, keyOf, type Stage } from '../stage.ts';
import { needed, same } from '../story.ts';
import type { Played } from './lottery.ts';

interface Notice {
  title: string;
  state: string;
  lastDay: string;
  closesAt: string;
  lines: { nodes: { label: string; detail: string }[] };
}

/** The winners are in notice for the set working days; then points and vouchers are paid, and one collects. */
export async function prizesArePaid(stage: Stage, clock: MovedClock, played: Played | undefined): Promise<void> {
  const { story, cast, password } = stage;
  const notice = await story.step('中奖名单公示：姓名打码，可提异议', 'the winners are in notice', async () => {
    const { id } = needed(played, '抽奖 the lottery').lottery;
    const { state, noticeId } = await lotteryNow(await operatorAt(clock, 'admin', ADMIN.login, password), id);
    const seen = await noticeOf(await memberAt(clock, cast.thrifty.staffNumber), noticeId);
    for (const { label, detail } of seen.lines.nodes) story.note(`${detail}  ${label}`);
    story.note(`公示至 until ${seen.lastDay}`);
    same('lottery, notice, lines', [state, seen.state, seen.lines.nodes.length], ['IN_NOTICE', 'OPEN', PIECES]);
    const bare = seen.lines.nodes.filter(({ label }) => !label.includes('*'));
    same('names that are not masked', bare, []);
    return seen;
  });
  const wins = await story.step('公示期满：结果生效，奖品发放', 'the result is final and prizes are paid', async () => {
    const { id } = needed(played, '抽奖 the lottery').lottery;
    clock.moveTo(new Date(needed(notice, '公示 the notice').closesAt));
    await clock.turn('advance-lotteries');
    const admin = await operatorAt(clock, 'admin', ADMIN.login, password);
    same('state', (await lotteryNow(admin, id)).state, 'FINAL');
    const all = await winsOf(admin, id);
    const states = new Set(all.map(({ kind, state }) => `${kind} ${state}`));
    same('wins', [...states].sort(), ['GOODS TO_COLLECT', 'POINTS PAID', 'VOUCHER PAID']);
    return all;
  });
  await winnersSee(stage, clock, wins);
  await oneCollects(stage, clock, { wins, played });
}

async function noticeOf(member: Client, id: string | null): Promise<Notice> {
  const { notice } = await member.ask<{ notice: Notice | null }>(
    `query ($id: Id!) {
      notice(id: $id) { title state lastDay closesAt lines(first: 100) { nodes { label detail } } }
    }`,
    { id: needed(id ?? undefined, '公示 the notice') },
  );
  return needed(notice ?? undefined, '公示 the notice');
}

const winOf = (wins: readonly Win[] | undefined, kind: Win['kind']) =>
  needed(
    wins?.find((win) => win.kind === kind),
    '中奖 the win',
  );

async function winnerOf(stage: Stage, clock: MovedClock, win: Win): Promise<Client> {
  return memberAt(clock, await staffNumberOf(stage.admin, win.memberId));
}

async function winnersSee(stage: Stage, clock: MovedClock, wins: readonly Win[] | undefined): Promise<void> {
  const { story } = stage;
  await story.step(`中了积分的会员：明细里有 ${POINTS_WON} 分`, 'the points are in her statement', async () => {
    const win = winOf(wins, 'POINTS');
    const { statement } = await accountOf(stage, await winnerOf(stage, clock, win));
    const line = statement.nodes.find(({ kind, points }) => kind === 'PRIZE' && points === POINTS_WON);
    const { day, balanceAfter } = needed(line, '明细 the line');
    story.note(`${day}  ${win.memberName}  +${POINTS_WON}，余额 balance ${balanceAfter}`);
  });
  await story.step(`中了“${WON_PRODUCT.title}”的会员：兑换码已在手`, 'the voucher is among hers', async () => {
    const win = winOf(wins, 'VOUCHER');
    const winner = await winnerOf(stage, clock, win);
    const { redemptions } = await winner.ask<{
      redemptions: { nodes: { offer: { title: string }; voucher: { code: string; state: string } }[] };
    }>('{ redemptions(first: 20) { nodes { offer { title } voucher { code state } } } }');
    const found = redemptions.nodes.find(({ offer }) => offer.title === WON_PRODUCT.title);
    const { voucher } = needed(found, '兑换券 the voucher');
    story.note(`${win.memberName}：${voucher.code}`);
    same('voucher', voucher.state, 'UNUSED');
  });
}

async function oneCollects(
  stage: Stage,
  clock: MovedClock,
  { wins, played }: { wins: readonly Win[] | undefined; played: Played | undefined },
): Promise<void> {
  const { story, password } = stage;
  await story.step('一等奖到工会领取；抽奖结清', 'the first prize is collected, and all is settled', async () => {
    const { lottery } = needed(played, '抽奖 the lottery');
    const win = winOf(wins, 'GOODS');
    const admin = await operatorAt(clock, 'admin', ADMIN.login, password);
    const { state } = accepted(
      await admin.act<{ state: string }>(
        `mutation ($key: String!, $winId: Id!) {
          handOutPrize(key: $key, winId: $winId) { ${REFUSAL} ... on LotteryWin { state } }
        }`,
        { key: keyOf(stage, 'hand-out'), winId: win.id },
      ),
    );
    story.note(`${win.memberName}：${win.prizeName}`);
    same('state', state, 'COLLECTED');
    await clock.turn('advance-lotteries');
    same('settled', (await lotteryNow(admin, lottery.id)).settledAt !== null, true);
  });
}

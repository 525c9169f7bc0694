import { entities } from '../entities.ts';
import { type Config, readConfig } from '../platform/config.ts';
import { createDataSource } from '../platform/db/data-source.ts';
import { newCast } from './cast.ts';
import { accepted, Client, checkReady } from './client.ts';
import { ADMIN, BRANCH, PROGRAMME, UNIONS } from './happiness-account.ts';
import { untilLoaded } from './loaded.ts';
import { withMovedClock } from './moved-clock.ts';
import { allAddsUp, figuresOf } from './scenes/accounts.ts';
import { memberLooksAround } from './scenes/around.ts';
import { memberShowsCard } from './scenes/card.ts';
import { memberClaims } from './scenes/claims.ts';
import { competitionIsHeld } from './scenes/competition.ts';
import { adminsCorrect } from './scenes/corrections.ts';
import { cashierVerifies } from './scenes/counter.ts';
import { adminTriesRules } from './scenes/drafts.ts';
import { lotteryIsDrawn } from './scenes/draw.ts';
import { adminRecordsEvents } from './scenes/events.ts';
import { memberAsksWhy } from './scenes/explain.ts';
import { unionSeesFigures } from './scenes/figures.ts';
import { innovationIsHonoured } from './scenes/innovation.ts';
import { lotteryOpens } from './scenes/lottery.ts';
import { memberSeesPoints } from './scenes/points.ts';
import { prizesArePaid } from './scenes/prizes.ts';
import { membersRedeem } from './scenes/redemption.ts';
import { hrImportsRoster } from './scenes/roster.ts';
import { statementIsSettled } from './scenes/settlement.ts';
import { cashierCharges } from './scenes/till.ts';
import { treatIsGiven } from './scenes/treat.ts';
import type { Stage } from './stage.ts';
import { Story } from './story.ts';

const BRANCH_NAME = UNIONS.find((union) => union.slug === BRANCH)!.name;

async function findSetting(admin: Client): Promise<{ unionId: string; programmeId: string }> {
  const { programmes } = await admin.ask<{
    programmes: { nodes: { id: string; name: string; union: { id: string; name: string } }[] };
  }>('{ programmes(first: 100) { nodes { id name union { id name } } } }');
  const found = programmes.nodes.find(({ name, union }) => name === PROGRAMME.name && union.name === BRANCH_NAME);
  if (!found) throw new Error(`没有“${BRANCH_NAME}”的${PROGRAMME.name}。 The demo programme is not loaded.`);
  return { unionId: found.union.id, programmeId: found.id };
}

function newStage(url: string, password: string, story: Story): Stage {
  const [admin, approver] = [new Client(url, 'admin'), new Client(url, 'admin')];
  const [busy, thrifty, claimant] = [new Client(url, 'member'), new Client(url, 'member'), new Client(url, 'member')];
  const cashier = new Client(url, 'merchant');
  return { story, cast: newCast(), admin, approver, busy, thrifty, claimant, cashier, password };
}

/**
 * Plays the happiness account from the roster to the counter and the card, then its claims, its rules, a settlement and
 * the union's figures, and a past 1st and 15th, a competition and an achievement by a clock that it moves, and tells it. Resolves with
 * how many steps failed.
 */
async function play(url: string, password: string, config: Config): Promise<number> {
  console.log(`幸福账户 · The happiness account, played at ${url}`);
  const story = new Story((line) => console.log(line));
  const stage = newStage(url, password, story);
  const { admin } = stage;

  story.part('工会', 'The union');
  await story.step(`管理员 ${ADMIN.login} 登录`, 'the admin signs in', async () => {
    accepted(await admin.signIn(ADMIN.login, password));
  });
  stage.setting = await story.step(`${BRANCH_NAME}的${PROGRAMME.name}`, 'the programme', () => findSetting(admin));
  const before = await figuresOf(stage).catch(() => undefined);
  await hrImportsRoster(stage);
  await adminRecordsEvents(stage);
  story.part('会员', 'The members');
  await memberSeesPoints(stage);
  const bought = await membersRedeem(stage);
  story.part('商户', 'The merchant');
  const outletId = await cashierVerifies(stage, bought);
  story.part('会员卡', 'The membership card');
  const card = await memberShowsCard(stage, outletId);
  await cashierCharges(stage, card, outletId);
  story.part('身边的优惠', 'Around the member');
  await memberLooksAround(stage);
  story.part('申报与审核', 'Claims');
  await memberClaims(stage);
  story.part('上限与说明', 'Caps, and why');
  await memberAsksWhy(stage);
  story.part('更正', 'Corrections');
  await adminsCorrect(stage);
  story.part('规则试算与人生节点', 'Trying rules, and milestones');
  await adminTriesRules(stage);
  story.part('结算', 'Settlement');
  await statementIsSettled(stage);
  story.part('工会的数字', "The union's figures");
  await unionSeesFigures(stage);
  story.part('结果', 'What remains');
  await allAddsUp(stage, before);
  await withMovedClock(config, async (clock) => {
    story.part('每月一日：抽奖（拨动时钟）', 'The 1st: a lottery, by moving the clock');
    const played = await lotteryOpens(stage, clock);
    await lotteryIsDrawn(stage, clock, played);
    await prizesArePaid(stage, clock, played);
    story.part('每月十五：暖心礼（拨动时钟）', 'The 15th: a treat, by moving the clock');
    await treatIsGiven(stage, clock);
    story.part('技能竞赛（拨动时钟）', 'A skill competition, by moving the clock');
    await competitionIsHeld(stage, clock);
    story.part('创新工作室与成果（拨动时钟）', 'Studios and achievements, by moving the clock');
    await innovationIsHonoured(stage, clock);
  });
  return story.end();
}

const url = (process.env.XINGFU_URL ?? 'http://127.0.0.1:4000').replace(/\/+$/, '');
const password = process.env.DEMO_ADMIN_PASSWORD;
try {
  if (!password) {
    throw new Error(
      '没有 DEMO_ADMIN_PASSWORD：请先运行 script/server，它会写入 .data/secrets.env。\n' +
        'DEMO_ADMIN_PASSWORD is not set: run script/server first, which writes it into .data/secrets.env.',
    );
  }
  const config = readConfig(process.env);
  await checkReady(url);
  const db = await createDataSource({ url: config.databaseUrl, pool: 1, entities }).initialize();
  await untilLoaded(db).finally(() => db.destroy());
  process.exitCode = (await play(url, password, config)) === 0 ? 0 : 1;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

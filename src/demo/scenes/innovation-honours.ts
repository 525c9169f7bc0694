import { honoursOf } from '../awarding.ts';
import { accepted } from '../client.ts';
import { ADMIN } from '../happiness-account.ts';
import { brake, FIRST, HONOUR, oven, SECOND } from '../innovation-terms.ts';
import { type NoticeSeen, noticeNow } from '../notices.ts';
import { type Actors, type People, peopleToday } from '../people.ts';
import { RULES } from '../rules.ts';
import { actOnSeason, noticeOfHonours, seasonNow } from '../running-seasons.ts';
import { arrived, balanceOf, type Stage } from '../stage.ts';
import { needed, same } from '../story.ts';
import { studioPage } from '../studios.ts';
import { publicFile } from '../verifying.ts';
import type { Declared } from './innovation-declaring.ts';

const RULE = RULES.find((rule) => rule.slug === 'innovation')!;

/** What the authors have, in their order, by the server's clock, by which rules pay. */
export function balancesOf(stage: Stage, today: Actors): Promise<number[]> {
  const { busy, claimant, thrifty } = stage.cast;
  return Promise.all(
    [busy, claimant, thrifty].map(async ({ staffNumber }) => balanceOf(stage, await today.member(staffNumber))),
  );
}

/** Waits until each of the authors has got her points on top of what she had, by a rule of this name. */
export async function authorsArePaid(
  stage: Stage,
  today: Actors,
  { had, points, rule }: { had: readonly number[]; points: readonly number[]; rule: string },
): Promise<void> {
  const { busy, claimant, thrifty } = stage.cast;
  for (const [i, { name, staffNumber }] of [busy, claimant, thrifty].entries()) {
    const { statement, balance } = await arrived(stage, await today.member(staffNumber), had[i]! + points[i]!);
    stage.story.note(`${name}：+${points[i]}，余额 balance ${balance}`);
    const [latest] = statement.nodes;
    same('latest line', [latest?.points, latest?.rule?.ruleName], [points[i], rule]);
  }
}

/** The list of honours is in notice and final: certificates that anybody checks, points by a rule, the studio's page. */
export async function honoursAreGiven(
  stage: Stage,
  people: People,
  { declared, studioId }: { declared: Declared | undefined; studioId: string | undefined },
): Promise<void> {
  const { story, cast } = stage;
  const today = peopleToday(stage);
  const had = await balancesOf(stage, today).catch(() => undefined);
  await listIsFinal(stage, people, declared);
  await story.step('荣誉凭编号可查，证书可下载（PDF）', 'anybody checks the honour, and has its PDF', async () => {
    const { url } = people.clock;
    const [own] = await honoursOf(await people.member(cast.thrifty.staffNumber));
    const { honourNumber, honourPath, honourFilePath } = needed(own, '荣誉 the honour');
    const honour = JSON.parse((await publicFile(`${url}${honourPath}`)).toString());
    story.note(`${honourNumber}：${honour.achievement}，${honour.authors.join('、')}，${honour.honour}`);
    const said = [honour.number, honour.achievement, honour.honour];
    same('number, achievement, honour', said, [honourNumber, brake(cast.run).title, HONOUR]);
    const pdf = await publicFile(`${url}${honourFilePath}`);
    story.note(`PDF ${pdf.length} 字节 bytes`);
    same('begins with', pdf.subarray(0, 4).toString(), '%PDF');
  });
  await story.step(`获奖积分按规则“${RULE.name}”到账`, "the authors' points are paid by a rule", async () => {
    const { award } = RULE.definition;
    const tiers = 'tiered' in award ? award.tiered.tiers : [];
    const points = tiers.find(({ value }) => value === FIRST)?.points ?? 0;
    await authorsArePaid(stage, today, { had: needed(had, '余额'), points: [points, points, points], rule: RULE.name });
  });
  await story.step('工作室主页列出获奖成果', "the studio's page shows what it was honoured for", async () => {
    const page = await studioPage(await people.member('D0001'), needed(studioId, '工作室 the studio'));
    const shown = page.achievements.nodes.map(({ title, gradeName }) => [title, gradeName]);
    same('achievements', shown, [[brake(cast.run).title, FIRST]]);
  });
}

async function listIsFinal(stage: Stage, people: People, declared: Declared | undefined): Promise<void> {
  const { story, cast } = stage;
  const notice = await story.step('拟表彰名单公示，姓名隐去', 'the list is in notice, without names', async () => {
    const admin = await people.admin(ADMIN.login);
    const { seasonId } = needed(declared, '评选 the season');
    for (const name of ['listHonours', 'publishHonours'] as const)
      accepted(await actOnSeason(stage, admin, name, seasonId));
    const seen: NoticeSeen = await noticeNow(
      await people.member(cast.thrifty.staffNumber),
      await noticeOfHonours(admin, seasonId),
    );
    for (const { label, detail } of seen.lines.nodes) story.note(`${detail}  ${label}`);
    story.note(`公示至 until ${seen.lastDay}`);
    const lines = seen.lines.nodes.map(({ label, detail }) => [label.split('｜')[0], detail.split('｜')[1]]);
    same('lines', lines, [
      [brake(cast.run).title, FIRST],
      [oven(cast.run).title, SECOND],
    ]);
    return seen;
  });
  await story.step('公示期未满不生效；期满生效', 'final once the notice is over, not before', async () => {
    const { seasonId } = needed(declared, '评选 the season');
    await people.clock.turn('advance-innovation');
    same('early', (await seasonNow(await people.admin(ADMIN.login), seasonId)).state, 'IN_NOTICE');
    people.moveTo(new Date(needed(notice, '公示 the notice').closesAt));
    await people.clock.turn('advance-innovation');
    same('state', (await seasonNow(await people.admin(ADMIN.login), seasonId)).state, 'FINAL');
  });
}

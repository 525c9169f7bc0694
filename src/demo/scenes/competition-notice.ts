import { addDays } from '../../platform/clock.ts';
import { accepted } from '../client.ts';
import { MEANT, OWN_TEAM, TEAMS } from '../competition-terms.ts';
import { uploadEvidence } from '../evidence.ts';
import { ADMIN, APPROVER } from '../happiness-account.ts';
import { fileObjection, type NoticeSeen, noticeNow, upholdObjection } from '../notices.ts';
import type { People } from '../people.ts';
import { actOnStage, reopenStage, stageReaches, teamOf, versionsOf } from '../running-stages.ts';
import { submit, voidSheet } from '../score-sheets.ts';
import type { Stage } from '../stage.ts';
import { needed, same } from '../story.ts';
import type { HeatJudged } from './competition-heat.ts';
import { morningOf, type PlayedCompetition } from './competition-plan.ts';
import { isVerified } from './competition-ranking.ts';

/** What the heat has come to so far. */
export interface HeatPlayed {
  played: PlayedCompetition | undefined;
  heat: HeatJudged | undefined;
}

const REASON = '核对评分原稿，实操分 92 误录为 29，异议成立。';

/** The ranking of the heat is in notice, an objection to it is upheld, a new version answers it, and it becomes final. */
export async function heatIsSettled(stage: Stage, people: People, of: HeatPlayed): Promise<void> {
  const { story } = stage;
  const notice = await story.step('名次公示：按名次列出，可提异议', 'the ranking is in notice', () =>
    publishHeat(stage, people, of, 'first'),
  );
  await objectionIsUpheld(stage, people, notice);
  const second = await scoredAnew(stage, people, of);
  await story.step('旧版公示与名次仍可查，旧名次照样能重算', 'the version before stays to be seen', async () => {
    const captain = await people.member(stage.cast.busy.staffNumber);
    const before = await noticeNow(captain, needed(notice, '公示 the notice').id);
    const versions = before.versions.map(({ version, state }) => [version, state]);
    same('notices', versions, [
      [2, 'OPEN'],
      [1, 'SUPERSEDED'],
    ]);
    const [objection] = before.objections.nodes;
    same('objection', [objection?.state, objection?.answeredBy], ['UPHELD', needed(second, '公示 the notice').id]);
    const { panelId } = needed(of.heat, '评审组 the panel');
    const [newer, older] = await versionsOf(await people.admin(ADMIN.login), panelId);
    same('rankings', [newer?.state, older?.state], ['PROVISIONAL', 'SUPERSEDED']);
    for (const version of [older, newer]) await isVerified(stage, people, version?.id);
  });
  await heatIsFinal(stage, people, of, second);
}

/** Publishes the ranking of the heat; resolves with the notice as a member reads it. */
async function publishHeat(stage: Stage, people: People, { played }: HeatPlayed, key: string): Promise<NoticeSeen> {
  const { heatId: stageId } = needed(played, '竞赛 the competition');
  const admin = await people.admin(ADMIN.login);
  accepted(await actOnStage(stage, admin, 'publishRanking', { stageId, key: `heat-${key}` }));
  const { noticeId } = await stageReaches(admin, stageId, 'IN_NOTICE');
  const notice = await noticeNow(await people.member(stage.cast.busy.staffNumber), noticeId);
  for (const { label, detail } of notice.lines.nodes) stage.story.note(`${detail}  ${label}`);
  stage.story.note(`公示至 until ${notice.lastDay}`);
  same('state', notice.state, 'OPEN');
  return notice;
}

async function objectionIsUpheld(stage: Stage, people: People, notice: NoticeSeen | undefined): Promise<void> {
  const { story, cast } = stage;
  const objectionId = await story.step('队长提出异议，附评分照片', 'the captain objects, with evidence', async () => {
    const { id: noticeId, lines } = needed(notice, '公示 the notice');
    const { number: lineNumber } = needed(
      lines.nodes.find((line) => teamOf(line) === OWN_TEAM),
      `${OWN_TEAM} the line`,
    );
    const captain = await people.member(cast.busy.staffNumber);
    const evidenceIds = [accepted(await uploadEvidence(captain, '评分表.png'))];
    const given = { noticeId, lineNumber, text: '现场公布的实操分为 92 分，名次却排在最后，请核对。', evidenceIds };
    const { id, dueOn } = accepted(await fileObjection(stage, captain, given));
    story.note(`答复期限 due on ${dueOn}`);
    return id;
  });
  await story.step(
    '另一位管理员核实：异议成立，理由公开',
    'another admin upholds it, for a public reason',
    async () => {
      const given = { objectionId: needed(objectionId, '异议 the objection'), reason: REASON };
      const { state } = accepted(await upholdObjection(stage, await people.admin(APPROVER.login), given));
      same('state', state, 'UPHELD');
    },
  );
}

async function scoredAnew(stage: Stage, people: People, of: HeatPlayed): Promise<NoticeSeen | undefined> {
  const { story } = stage;
  await story.step('原评分表作废留存，评委重评', 'the sheet is void and kept; the judge scores again', async () => {
    const { heatId: stageId, days } = needed(of.played, '竞赛 the competition');
    const { panel, sheets } = needed(of.heat, '评分表 the sheets');
    const sheet = needed(
      sheets.find(({ team }) => team === OWN_TEAM),
      '评分表 the sheet',
    );
    const admin = await people.admin(ADMIN.login);
    const judgeId = panel.judges[sheet.judge]!.id;
    await voidSheet(stage, admin, { judgeId, number: sheet.order, reason: REASON });
    const scoreUntil = morningOf(addDays(days.heat, 1)).toISOString();
    accepted(await reopenStage(stage, admin, { stageId, scoreUntil, reason: REASON }));
    await stageReaches(admin, stageId, 'SCORING');
    const [practice, ...others] = sheet.scores;
    const right = { ...sheet, scores: [{ ...practice!, score: MEANT }, ...others] };
    accepted(await submit(stage, people, right, 'right'));
    accepted(await actOnStage(stage, admin, 'closeStage', { stageId, key: 'heat-again' }));
    await stageReaches(admin, stageId, 'RANKED');
  });
  return story.step('新版名次公示，答复异议', 'a new version is in notice and answers it', async () => {
    const notice = await publishHeat(stage, people, of, 'again');
    const order = notice.lines.nodes.map((line) => teamOf(line));
    same('version, order', [notice.version, order], [2, [OWN_TEAM, ...TEAMS.map(({ name }) => name)]]);
    return notice;
  });
}

async function heatIsFinal(
  stage: Stage,
  people: People,
  { played }: HeatPlayed,
  notice: NoticeSeen | undefined,
): Promise<void> {
  const { story } = stage;
  await story.step(
    '公示期未满不生效；期满生效，前两名晋级',
    'final once the notice is over, and two go on',
    async () => {
      const { heatId: stageId } = needed(played, '竞赛 the competition');
      await people.clock.turn('advance-stages');
      await stageReaches(await people.admin(ADMIN.login), stageId, 'IN_NOTICE');
      people.moveTo(new Date(needed(notice, '公示 the notice').closesAt));
      await people.clock.turn('advance-stages');
      const { advanced } = await stageReaches(await people.admin(ADMIN.login), stageId, 'FINAL');
      for (const { place, entry } of advanced.nodes) story.note(`第 ${place} 名 ${entry.name}`);
      same(
        'who goes on',
        advanced.nodes.map(({ entry }) => entry.name),
        [OWN_TEAM, TEAMS[0]!.name],
      );
    },
  );
}

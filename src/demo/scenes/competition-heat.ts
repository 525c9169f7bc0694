import { accepted } from '../client.ts';
import { HEAT_SCORES, JUDGES, OWN_TEAM, TEAMS } from '../competition-terms.ts';
import { ADMIN } from '../happiness-account.ts';
import { type PanelSeen, panelNow } from '../judging.ts';
import { examFile, importScores, tryScores } from '../objective-scores.ts';
import type { People } from '../people.ts';
import { actOnStage, stageReaches, teamOf } from '../running-stages.ts';
import { type SheetToFill, sheetsOf, sheetsToFill, submit, submitAll, writeSheet } from '../score-sheets.ts';
import type { Stage } from '../stage.ts';
import { needed, refused, same } from '../story.ts';
import type { PlayedCompetition } from './competition-plan.ts';
import { isRanked } from './competition-ranking.ts';

/** What is judged in the heat: the panel and its sheets, those of the first judge first. */
export interface HeatJudged {
  panelId: string;
  panel: PanelSeen;
  sheets: SheetToFill[];
}

/** The heat is scored: blind, each sheet once and within the scale, with the results of an examination; then ranked. */
export async function heatIsScored(
  stage: Stage,
  people: People,
  { played, panelId }: { played: PlayedCompetition | undefined; panelId: string | undefined },
): Promise<HeatJudged | undefined> {
  const { story } = stage;
  const stageId = () => needed(played, '竞赛 the competition').heatId;
  const heat = await story.step('开始评分：评委只见盲号，不见队名', 'judges see numbers instead of names', async () => {
    const admin = await people.admin(ADMIN.login);
    accepted(await actOnStage(stage, admin, 'startScoring', { stageId: stageId(), key: 'heat' }));
    await stageReaches(admin, stageId(), 'SCORING');
    const of = { panelId: needed(panelId, '评审组 the panel'), scores: HEAT_SCORES, first: 2 };
    const panel = await panelNow(admin, of.panelId);
    const sheets = sheetsToFill(panel, of).sort((one, other) => one.judge - other.judge);
    const seen = await sheetsOf(await people.admin(JUDGES[0].login), of.panelId);
    story.note(`${JUDGES[0].name}：${seen.map(({ number }) => `${number} 号`).join('、')}`);
    same('labels', new Set(seen.map(({ label }) => label)), new Set([null]));
    return { panelId: of.panelId, panel, sheets };
  });
  await oneSheet(stage, people, heat?.sheets[0]);
  await story.step('评分没齐就结束：被拒绝', 'it cannot be closed before all scores are in', async () => {
    const admin = await people.admin(ADMIN.login);
    const answer = await actOnStage(stage, admin, 'closeStage', { stageId: stageId(), key: 'early' });
    story.note(refused(answer, 'SCORES_MISSING').message);
  });
  await story.step('其余评分表交齐', 'the other sheets are handed in', async () => {
    await submitAll(stage, people, needed(heat, '评分表 the sheets').sheets.slice(1), 'heat');
  });
  await importExam(stage, people, heat);
  await isRanked(stage, people, { stageId, key: 'heat' }, [...TEAMS.map(({ name }) => name), OWN_TEAM]);
  return heat;
}

async function oneSheet(stage: Stage, people: People, first: SheetToFill | undefined): Promise<void> {
  const { story } = stage;
  await story.step('打分超出量程：被拒绝；先存草稿', 'outside the scale is refused; a draft is kept', async () => {
    const { panelId, number, scores, judge } = needed(first, '评分表 the sheet');
    const client = await people.admin(JUDGES[judge]!.login);
    const [one] = scores;
    const beyond = { panelId, number, scores: [{ ...one!, score: 120 }] };
    const answer = await writeSheet(stage, client, 'saveSheet', { ...beyond, key: 'beyond' });
    story.note(refused(answer, 'SCORE_OFF_SCALE').message);
    const draft = await writeSheet(stage, client, 'saveSheet', { panelId, number, scores: [one!], key: 'draft' });
    same('state', accepted(draft).state, 'DRAFT');
  });
  await story.step('提交评分表；再交一次：被拒绝', 'a sheet is handed in once', async () => {
    const sheet = needed(first, '评分表 the sheet');
    same('state', accepted(await submit(stage, people, sheet, 'heat')).state, 'SUBMITTED');
    story.note(refused(await submit(stage, people, sheet, 'again'), 'SHEET_SUBMITTED').message);
  });
}

async function importExam(stage: Stage, people: People, heat: HeatJudged | undefined): Promise<void> {
  const { story } = stage;
  await story.step('导入理论考试成绩（.xlsx）：先试，再导入', 'results of an examination are imported', async () => {
    const { panelId, panel } = needed(heat, '评审组 the panel');
    const admin = await people.admin(ADMIN.login);
    const results = panel.candidates.nodes.map((one) => ({
      number: one.number,
      score: HEAT_SCORES[teamOf(one)]!.exam,
    }));
    const wrong = results.map((one, i) => (i === 1 ? { ...one, score: one.score * 10 } : one));
    const { problems } = await tryScores(admin, panelId, await examFile(wrong));
    for (const { row, message } of problems) story.note(`第 ${row} 行：${message}`);
    same(
      'problems',
      problems.map(({ row, code }) => [row, code]),
      [[3, 'SCORE_OFF_SCALE']],
    );
    accepted(await importScores(stage, admin, panelId, await examFile(results)));
  });
}

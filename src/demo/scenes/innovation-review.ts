import { accepted, type Client } from '../client.ts';
import { JUDGES } from '../competition-terms.ts';
import { ADMIN } from '../happiness-account.ts';
import { brake, EXPERT, FIELD, oven, scoresOf } from '../innovation-terms.ts';
import { acceptInvitation, assignJudges, panelNow } from '../judging.ts';
import type { People } from '../people.ts';
import { actOnCategory, adminIds, openReview, registerExpert, seasonNow } from '../running-seasons.ts';
import { placeInWords, placesOf } from '../running-stages.ts';
import { sheetsToFill, submitAll, writeSheet } from '../score-sheets.ts';
import type { Stage } from '../stage.ts';
import { needed, refused, same } from '../story.ts';
import { morningOf } from './competition-plan.ts';
import { isVerified } from './competition-ranking.ts';
import type { Declared } from './innovation-declaring.ts';

/** What is reviewed together, and by which panel. */
interface Reviewed {
  categoryId: string;
  panelId: string;
}

/** Experts of the field are invited, and score blind what is not of their own firm; then it is ranked. */
export async function reviewIsHeld(stage: Stage, people: People, declared: Declared | undefined): Promise<void> {
  const { story } = stage;
  const reviewed = await expertsAreInvited(stage, people, declared);
  await ownFirmIsLeftOut(stage, people, reviewed);
  await story.step('专家评分：两项成果各两位', 'scored by two experts each', async () => {
    const { panelId } = needed(reviewed, '评审组 the panel');
    const panel = await panelNow(await people.admin(ADMIN.login), panelId);
    const sheets = sheetsToFill(panel, { panelId, scores: scoresOf(stage.cast.run), first: 1 });
    same('sheets', sheets.length, 2 * 2);
    await submitAll(stage, people, sheets, 'review');
  });
  const rankingId = await isRanked(stage, people, { declared, reviewed });
  await story.step('ranking:verify：由评分重算，与名次一致', 'made again from the scores, it is the same', () =>
    isVerified(stage, people, rankingId),
  );
}

async function expertsAreInvited(
  stage: Stage,
  people: People,
  declared: Declared | undefined,
): Promise<Reviewed | undefined> {
  const { story, setting } = stage;
  await story.step(`专家库：四位“${FIELD}”专家`, 'a register of experts by field', async () => {
    const admin = await people.admin(ADMIN.login);
    const { unionId } = needed(setting, '工会 the union');
    const ids = await adminIds(admin, unionId);
    for (const { login } of [...JUDGES, EXPERT]) {
      await registerExpert(admin, login, { unionId, adminId: needed(ids.get(login), login), field: FIELD });
    }
  });
  return story.step('开始评审：按领域邀请专家，四位都接受', 'the experts of the field are invited', async () => {
    const { seasonId, days } = needed(declared, '评选 the season');
    const admin = await people.admin(ADMIN.login);
    const scoreUntil = morningOf(days.scored).toISOString();
    const { categories } = accepted(await openReview(stage, admin, { seasonId, scoreUntil }));
    const [category] = categories;
    const { id: categoryId } = needed(category, '类别 the category');
    const panelId = needed(category?.panelId ?? undefined, '评审组 the panel');
    accepted(await actOnCategory(stage, admin, 'inviteExperts', categoryId));
    for (const { login } of [...JUDGES, EXPERT]) await acceptInvitation(stage, people, { login, panelId });
    return { categoryId, panelId };
  });
}

async function ownFirmIsLeftOut(stage: Stage, people: People, reviewed: Reviewed | undefined): Promise<void> {
  const { story } = stage;
  await story.step(
    `${EXPERT.name}是本单位职工：一项也不分给她，她也打不了分`,
    'an expert of the authors’ firm gets nothing to score',
    async () => {
      const { categoryId, panelId } = needed(reviewed, '评审组 the panel');
      const admin = await people.admin(ADMIN.login);
      const { judges } = await assignJudges(stage, admin, panelId);
      const loads = judges.map(({ assigned }) => assigned);
      story.note(`各位专家的任务 sheets of each：${loads.join('、')}`);
      same('her sheets, all', [loads[JUDGES.length], loads.reduce((all, one) => all + one, 0)], [0, 2 * 2]);
      accepted(await actOnCategory(stage, admin, 'startCategory', categoryId));
      const { candidates } = await panelNow(admin, panelId);
      const number = candidates.nodes[0]?.blindNumber ?? 0;
      const scores = [{ criterion: 1, score: 100 }];
      const answer = await writeSheet(stage, await people.admin(EXPERT.login), 'submitSheet', {
        ...{ panelId, number, scores, key: 'own-firm' },
      });
      story.note(refused(answer, 'SHEET_UNKNOWN').message);
    },
  );
  await story.step('盲评：专家看得到正文，看不到是谁', 'blind: the text is there, its authors are not', async () => {
    const { panelId } = needed(reviewed, '评审组 the panel');
    const panel = await panelNow(await people.admin(ADMIN.login), panelId);
    const judge = JUDGES[panel.judges.findIndex(({ assigned }) => assigned > 0)]!;
    const seen = await sheetsWithTexts(await people.admin(judge.login), panelId);
    for (const { number, achievement } of seen) story.note(`${number} 号：${achievement?.summary}`);
    same('names', new Set(seen.map(({ label }) => label)), new Set([null]));
    same('texts', new Set(seen.map(({ achievement }) => (achievement?.text ?? '').length > 0)), new Set([true]));
  });
}

interface SheetWithText {
  number: number;
  label: string | null;
  achievement: { summary: string; text: string } | null;
}

async function sheetsWithTexts(judge: Client, panelId: string): Promise<SheetWithText[]> {
  const { mySheets } = await judge.ask<{ mySheets: { nodes: SheetWithText[] } }>(
    `query ($panelId: Id!) {
      mySheets(panelId: $panelId, first: 20) { nodes { number label achievement { summary text } } }
    }`,
    { panelId },
  );
  return mySheets.nodes;
}

async function isRanked(
  stage: Stage,
  people: People,
  { declared, reviewed }: { declared: Declared | undefined; reviewed: Reviewed | undefined },
): Promise<string | undefined> {
  const { story, cast } = stage;
  return story.step('结束评分：排出名次，每个名次说明由来', 'closed and ranked, each place explained', async () => {
    const admin = await people.admin(ADMIN.login);
    accepted(await actOnCategory(stage, admin, 'closeCategory', needed(reviewed, '类别 the category').categoryId));
    const { categories } = await seasonNow(admin, needed(declared, '评选 the season').seasonId);
    const rankingId = needed(categories[0]?.rankingId ?? undefined, '名次 the ranking');
    const places = await placesOf(admin, rankingId);
    for (const place of places) story.note(placeInWords(place));
    const order = places.map(({ candidate }) => candidate.label);
    same('order', order, [brake(cast.run).title, oven(cast.run).title]);
    return rankingId;
  });
}

import { Achievement } from '../../../src/innovation/achievements/achievement.entity.ts';
import { admitAchievement } from '../../../src/innovation/achievements/check-achievement.ts';
import type { AchievementContent } from '../../../src/innovation/achievements/content.ts';
import { declareFor } from '../../../src/innovation/achievements/declare-achievement.ts';
import { submitDeclaredFor } from '../../../src/innovation/achievements/submit-achievement.ts';
import { advanceSeasons } from '../../../src/innovation/honours/advance-seasons.ts';
import { listHonours } from '../../../src/innovation/honours/list-honours.ts';
import { publishHonours } from '../../../src/innovation/honours/publish-honours.ts';
import { linesOf, newestList } from '../../../src/innovation/honours/queries.ts';
import { closeCategory } from '../../../src/innovation/review/close-category.ts';
import { openReview } from '../../../src/innovation/review/open-review.ts';
import { reopenCategory } from '../../../src/innovation/review/reopen-category.ts';
import { startCategory } from '../../../src/innovation/review/start-category.ts';
import { strikeAchievement } from '../../../src/innovation/review/strike-achievement.ts';
import { Category } from '../../../src/innovation/seasons/category.entity.ts';
import type { SeasonPlan } from '../../../src/innovation/seasons/plan.ts';
import { Season } from '../../../src/innovation/seasons/season.entity.ts';
import { assignJudges } from '../../../src/judging/assignment/assign-judges.ts';
import { Judge } from '../../../src/judging/judges/judge.entity.ts';
import { placesOf } from '../../../src/judging/ranking/queries.ts';
import { submitSheet } from '../../../src/judging/sheets/submit-sheet.ts';
import { newId } from '../../../src/platform/ids.ts';
import { anAccount } from '../../judging/world.ts';
import { accepted, aKey, aMember } from '../../unions/tree.ts';
import { aCategory, aSeasonWorld, CLOSED } from '../world.ts';

/** Until when judges score, and two weeks after that, when a notice of five working days is over. */
export const SCORED = new Date('2026-06-01T00:00:00+08:00');

/** What is declared, and by whom. */
export interface Declared extends Partial<AchievementContent> {
  unionId: string;
  declarerId?: string;
}

/** A province with one category of technical achievements, and shorthands from a declaration to the honours. */
export async function aReviewWorld() {
  const world = await aSeasonWorld();
  const { deps, admin, province, eastWorks } = world;
  const { manager } = deps.db;

  const season = (fields: Partial<SeasonPlan> = {}) => world.season({ categories: [aCategory()], ...fields });
  /** Declares for a member, submits and admits; resolves with the achievement's id. */
  const declared = async (seasonId: string, { unionId, declarerId, ...content }: Declared = { unionId: eastWorks }) => {
    const author = declarerId ?? (await aMember(deps, unionId));
    const id = await submitted(seasonId, author, content);
    accepted(await admitAchievement(deps, admin, aKey(), { achievementId: id }));
    return id;
  };
  const submitted = async (seasonId: string, author: string, content: Partial<AchievementContent> = {}) => {
    const given: AchievementContent = {
      ...{ kind: 'technical', title: '焊接变位机', field: '焊接', summary: '摘要', text: '正文', patentNumber: null },
      ...{ adoption: null, effectMeasured: null, allianceId: null, studios: [], evidenceIds: [] },
      authors: [{ memberId: author, share: 10_000, post: 'worker' }],
      ...content,
    };
    const input = { seasonId, declarerId: author, ...given };
    const id = accepted(await declareFor(deps, admin, aKey(), input));
    accepted(await submitDeclaredFor(deps, admin, aKey(), { achievementId: id }));
    return id;
  };
  const closeDeclarations = () => deps.clock.set(CLOSED);
  const review = (seasonId: string) => openReview(deps, admin, aKey(), { seasonId, scoreUntil: SCORED });
  const start = (categoryId: string) => startCategory(deps, admin, aKey(), { categoryId });
  const close = (categoryId: string) => closeCategory(deps, admin, aKey(), { categoryId });
  const reopen = (categoryId: string, scoreUntil: Date) =>
    reopenCategory(deps, admin, aKey(), { categoryId, scoreUntil, reason: '误评' });
  const strike = (achievementId: string, by = admin) =>
    strikeAchievement(deps, by, aKey(), { achievementId, reason: '与他人成果重复' });

  const category = (id: string) => manager.findOneByOrFail(Category, { id });
  const stateOf = async (seasonId: string) => (await manager.findOneByOrFail(Season, { id: seasonId })).state;
  const states = async (ids: readonly string[]) => {
    const found = await Promise.all(ids.map((id) => manager.findOneByOrFail(Achievement, { id })));
    return found.map(({ state }) => state);
  };
  /** A judge of a category's panel to whom everything is given. */
  const aJudge = async (categoryId: string, memberId: string | null = null) => {
    const panelId = (await category(categoryId)).panelId!;
    const caller = await anAccount(deps, province, 'judge', { memberId });
    const [id, now] = [newId(), deps.clock.now()];
    const accepting = { state: 'accepted' as const, invitedAt: now, invitedBy: admin.actor, answeredAt: now };
    await manager.insert(Judge, { id, panelId, operatorId: caller.operatorId!, criteria: null, ...accepting });
    return { ...caller, id };
  };
  const assign = async (categoryId: string) =>
    assignJudges(deps, admin, aKey(), { panelId: (await category(categoryId)).panelId! });
  const score = async (
    categoryId: string,
    judge: Awaited<ReturnType<typeof aJudge>>,
    number: number,
    points: number,
  ) => {
    const { panelId } = await category(categoryId);
    const scores = [{ criterion: 1, score: points * 1000 }];
    return submitSheet(deps, judge, aKey(), { panelId: panelId!, number, scores });
  };
  /** Has the achievements of a category scored, in the order of their submission, and ranks them; resolves with the judge. */
  const ranked = async (categoryId: string, points: readonly number[]) => {
    const judge = await aJudge(categoryId);
    accepted(await assign(categoryId));
    accepted(await start(categoryId));
    for (const [i, one] of points.entries()) accepted(await score(categoryId, judge, i + 1, one));
    accepted(await close(categoryId));
    return judge;
  };
  const places = async (categoryId: string) => {
    const { rankingId } = await category(categoryId);
    const { items } = await placesOf(manager, rankingId!, { first: 100, after: undefined });
    return items.map(({ candidateId }) => candidateId);
  };

  const list = (seasonId: string, reason: string | null = null) =>
    listHonours(deps, admin, aKey(), { seasonId, reason });
  const publish = (seasonId: string) => publishHonours(deps, admin, aKey(), { seasonId });
  /** The newest list: achievements with their grades, by place. */
  const listed = async (seasonId: string) => {
    const lines = await linesOf(manager, (await newestList(manager, seasonId))!);
    return lines.map(({ achievementId, gradeNumber }) => [achievementId, gradeNumber]);
  };
  /** Two weeks later the notice is over. */
  const afterNotice = async () => {
    deps.clock.set(new Date(deps.clock.now().getTime() + 14 * 86_400_000).toISOString());
    return advanceSeasons(deps);
  };
  const steps = { season, declared, submitted, closeDeclarations, review, start, close, reopen, strike };
  const judging = { aJudge, assign, score, ranked, places };
  const honours = { list, publish, listed, afterNotice };
  return { ...world, ...steps, category, stateOf, states, ...judging, ...honours };
}

export type ReviewWorld = Awaited<ReturnType<typeof aReviewWorld>>;

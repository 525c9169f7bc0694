import type { AdminCaller } from '../../src/identity/caller.ts';
import type { Category } from '../../src/innovation/seasons/category.entity.ts';
import { createSeason } from '../../src/innovation/seasons/create-season.ts';
import { openSeason } from '../../src/innovation/seasons/open-season.ts';
import type { CategoryPlan, GradePlan, SeasonPlan } from '../../src/innovation/seasons/plan.ts';
import { categoriesOf } from '../../src/innovation/seasons/queries.ts';
import { Season } from '../../src/innovation/seasons/season.entity.ts';
import type { CriterionTerms, JudgingTerms } from '../../src/judging/panels/terms.ts';
import type { TestDeps } from '../support/deps.ts';
import { accepted, aKey, anAdmin, aProgramme, aTree } from '../unions/tree.ts';

/** Now, in every test of seasons, until the test moves the clock: 1 March 2026, 10:00 in Beijing. Declarations are taken. */
export const NOW = '2026-03-01T02:00:00.000Z';
/** When no more declarations are taken: from here on the review can be opened. */
export const CLOSED = '2026-05-01T00:00:00+08:00';

export const aCriterion = (fields: Partial<CriterionTerms> = {}): CriterionTerms => ({
  ...{ name: '创新性', about: '', kind: 'judged', weight: 10_000, scaleMin: 0, scaleMax: 100_000, evidenceAsked: '' },
  ...fields,
});

/** One judge for each achievement, so that her scores make the ranking. */
export const someJudging = (fields: Partial<JudgingTerms> = {}): JudgingTerms => ({
  ...{ judgesPerEntry: 1, judgesNeeded: 1, blind: false, normalise: 'none', aggregate: 'mean', late: 'wait' },
  tieBreaks: [{ kind: 'earlier_entry' }],
  ...fields,
});

export const aGrade = (fields: Partial<GradePlan> = {}): GradePlan => ({
  ...{ name: '一等奖', places: 1, honourName: '省职工技术创新成果一等奖', givesPoints: false },
  ...fields,
});

/** Technical achievements of both groups, of which one gets the first grade and one the second. */
export const aCategory = (fields: Partial<CategoryPlan> = {}): CategoryPlan => ({
  ...{
    name: '技术成果',
    kind: 'technical',
    group: null,
    fields: null,
    criteria: [aCriterion()],
    judging: someJudging(),
  },
  ...{ honoursAtMost: 2, leastTotal: null, reserves: [] },
  grades: [aGrade(), aGrade({ name: '二等奖', honourName: '省职工技术创新成果二等奖' })],
  ...fields,
});

/** A category for every kind and both groups together, so that whatever is declared has its place. */
export const everyKind = (fields: Partial<CategoryPlan> = {}): CategoryPlan[] =>
  (
    [
      ['technical', '技术成果'],
      ['technique', '绝招绝技绝活'],
      ['method', '先进操作法'],
      ['proposal', '合理化建议'],
      ['patent', '专利'],
      ['improvement', '改进'],
    ] as const
  ).map(([kind, name]) => aCategory({ kind, name, ...fields }));

/** A plan that can be opened: declarations from 1 February to the end of April 2026, every kind. */
export const aPlan = (fields: Partial<SeasonPlan> = {}): SeasonPlan => ({
  ...{ name: '全省职工技术创新成果评选（2026）', year: 2026, about: '面向全省职工。', programmeId: null },
  declareFrom: new Date('2026-02-01T00:00:00+08:00'),
  declareUntil: new Date(CLOSED),
  ...{ noticeWorkingDays: 5, certificatePrefix: 'CX2026', categories: everyKind() },
  ...fields,
});

/** A season of a union that takes declarations, with its categories in order. */
export async function aSeason(
  deps: TestDeps,
  admin: AdminCaller,
  unionId: string,
  fields: Partial<SeasonPlan> = {},
): Promise<{ season: Season; categories: Category[] }> {
  const id = accepted(await createSeason(deps, admin, aKey(), { unionId, plan: aPlan(fields) }));
  accepted(await openSeason(deps, admin, aKey(), { seasonId: id }));
  const season = await deps.db.manager.findOneByOrFail(Season, { id });
  return { season, categories: (await categoriesOf(deps.db.manager, [id])).get(id)! };
}

/** A province over two cities and their works, its programme, its admin, and shorthands for its seasons. */
export async function aSeasonWorld() {
  const tree = await aTree();
  const { deps, province } = tree;
  deps.clock.set(NOW);
  const programmeId = await aProgramme(deps, province, '全省积分');
  const admin = await anAdmin(deps, [province]);
  const create = (fields: Partial<SeasonPlan> = {}, who = admin) =>
    createSeason(deps, who, aKey(), { unionId: province, plan: aPlan(fields) });
  const draft = async (fields: Partial<SeasonPlan> = {}) => accepted(await create(fields));
  const open = (seasonId: string, who = admin) => openSeason(deps, who, aKey(), { seasonId });
  const season = (fields: Partial<SeasonPlan> = {}) => aSeason(deps, admin, province, fields);
  return { ...tree, programmeId, admin, create, draft, open, season };
}

export type SeasonWorld = Awaited<ReturnType<typeof aSeasonWorld>>;

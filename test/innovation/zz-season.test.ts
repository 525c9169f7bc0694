import { expect, test } from 'vitest';
import { DALIAN_POINTS } from '../../src/demo/dalian-season.ts';
import { figureScope } from '../../src/innovation/figures/scope.ts';
import { growthOf, type SeasonCounts, seasonFigures, shareOf } from '../../src/innovation/figures/season-figures.ts';
import { advanceSeasons } from '../../src/innovation/honours/advance-seasons.ts';
import { listHonours } from '../../src/innovation/honours/list-honours.ts';
import { publishHonours } from '../../src/innovation/honours/publish-honours.ts';
import { SeasonHonour } from '../../src/innovation/honours/season-honour.entity.ts';
import { closeCategory } from '../../src/innovation/review/close-category.ts';
import { openReview } from '../../src/innovation/review/open-review.ts';
import { startCategory } from '../../src/innovation/review/start-category.ts';
import { createSeason } from '../../src/innovation/seasons/create-season.ts';
import { openSeason } from '../../src/innovation/seasons/open-season.ts';
import { categoriesOf } from '../../src/innovation/seasons/queries.ts';
import { accrue } from '../../src/rules/accrue.ts';
import { ActivityEvent } from '../../src/rules/activity-event.entity.ts';
import { accepted, aKey } from '../unions/tree.ts';
import { aDalian, assignExperts, type Dalian, declareAll, scoreAll, someExperts } from './dalian.ts';

const SCORED = new Date('2026-06-01T00:00:00+08:00');
const AFTER_NOTICE = '2026-06-20T00:00:00+08:00';

test('a season of 2,278 entries runs from declarations to paid points, and its figures come out as reported', async () => {
  let c=process.cpuUsage(), w=performance.now(); const lap=(n:string)=>{const d=process.cpuUsage(c); console.log(n,'cpu',Math.round((d.user+d.system)/1000),'wall',Math.round(performance.now()-w)); c=process.cpuUsage(); w=performance.now();};
  const dalian = await aDalian(); lap('world');
  const { deps, admin, plan } = dalian;
  const seasonId = accepted(await createSeason(deps, admin, aKey(), { unionId: dalian.dalian, plan }));
  accepted(await openSeason(deps, admin, aKey(), { seasonId }));
  const ids = await declareAll(dalian, seasonId);
  lap('declare');
  expect(new Set(ids).size).toBe(2_278);

  deps.clock.set(plan.declareUntil.toISOString());
  accepted(await openReview(deps, admin, aKey(), { seasonId, scoreUntil: SCORED }));
  lap('openReview');
  await review(dalian, seasonId); lap('review');
  accepted(await listHonours(deps, admin, aKey(), { seasonId, reason: null }));
  accepted(await publishHonours(deps, admin, aKey(), { seasonId }));
  deps.clock.set(new Date(AFTER_NOTICE).toISOString());
  expect(await advanceSeasons(deps)).toBe(1);

  lap('honours');
  expect(await pointsPaid(dalian)).toBe(await pointsDeserved(dalian, seasonId));
  await expect(deps).toHaveCoherentLedger();
  lap('points');  await expectFigures(dalian, seasonId); lap('figures');
}, 600_000);

/** Runs every category of a season whose review is open to its ranking. */
async function review(dalian: Dalian, seasonId: string): Promise<void> {
  const { deps, admin } = dalian;
  const experts = await someExperts(dalian, 6);
  for (const category of (await categoriesOf(deps.db.manager, [seasonId])).get(seasonId)!) {
    if (category.criteria.some(({ kind }) => kind === 'judged')) await assignExperts(dalian, category, experts);
    accepted(await startCategory(deps, admin, aKey(), { categoryId: category.id }));
    await scoreAll(dalian, category, experts);
    accepted(await closeCategory(deps, admin, aKey(), { categoryId: category.id }));
  }
}

/** Has what was recorded judged by the programme's rule; resolves with the points of all members. */
async function pointsPaid({ deps }: Dalian): Promise<number> {
  const events = await deps.db.manager.find(ActivityEvent);
  await accrue(
    deps,
    events.map(({ id }) => id),
  );
  const [row] = await deps.db.query("SELECT SUM(balance) AS points FROM account WHERE kind = 'member'");
  return Number(row.points);
}

/** What the honours of a season are worth to all authors together. */
async function pointsDeserved({ deps, plan }: Dalian, seasonId: string): Promise<number> {
  const honours = await deps.db.manager.findBy(SeasonHonour, { seasonId });
  expect(honours).toHaveLength(plan.categories.reduce((sum, { honoursAtMost }) => sum + honoursAtMost, 0));
  const authors: { id: string; authors: string }[] = await deps.db.query(
    `SELECT achievement_id AS id, COUNT(*) AS authors FROM achievement_author WHERE achievement_id IN (?)
     GROUP BY achievement_id`,
    [honours.map(({ achievementId }) => achievementId)],
  );
  const grade = ({ categoryNumber, gradeNumber }: SeasonHonour) =>
    plan.categories[categoryNumber - 1]!.grades[gradeNumber - 1]!.name;
  return honours.reduce((sum, honour) => {
    const count = Number(authors.find(({ id }) => id === honour.achievementId)!.authors);
    return sum + count * DALIAN_POINTS[grade(honour)]!;
  }, 0);
}

async function expectFigures({ deps, admin, plan }: Dalian, seasonId: string): Promise<void> {
  const { manager } = deps.db;
  const { before, honours, ...now } = await seasonFigures(
    manager,
    accepted(await figureScope(manager, admin, seasonId, undefined)),
  );
  const kinds = new Map(now.entries.byKind.map(({ value, entries }) => [value, entries]));
  expect(now.entries.entries).toBe(2_278);
  expect([kinds.get('technical'), kinds.get('proposal'), kinds.get('patent')]).toEqual([967, 812, 231]);
  expect(kinds.get('technique')! + kinds.get('method')!).toBe(268);
  expect(now.entries.byGroup.map(({ value }) => value)).toEqual(['workers', 'professionals']);
  const percent = (share: number | null) => Math.round(share! / 100);
  const skilled = ({ authors }: SeasonCounts) => percent(shareOf(authors.highlySkilled, authors.authors));
  expect(percent(shareOf(now.entries.privateEntries, now.entries.entries))).toBe(53);
  expect(percent(growthOf(now.entries.entries, before!.entries.entries))).toBe(12);
  expect(percent(growthOf(now.entries.firms, before!.entries.firms))).toBe(13);
  expect([skilled(before!), skilled(now)]).toEqual([36, 47]);
  const planned = plan.categories.flatMap(({ name, grades }) =>
    grades.map((grade) => ({ category: name, grade: grade.name, honours: grade.places })),
  );
  expect(honours).toEqual(planned);
}

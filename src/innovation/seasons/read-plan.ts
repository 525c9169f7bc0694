import type { EntityManager } from 'typeorm';
import type { Category } from './category.entity.ts';
import type { Grade } from './grade.entity.ts';
import type { CategoryPlan, SeasonPlan } from './plan.ts';
import { categoriesOf, gradesOf } from './queries.ts';
import type { Season } from './season.entity.ts';

/** The plan of a season as it was set up. */
export async function readPlan(db: EntityManager, season: Season): Promise<SeasonPlan> {
  return (await readPlans(db, [season])).get(season.id)!;
}

/** The plans of seasons by their ids. Two statements, however many. */
export async function readPlans(db: EntityManager, seasons: readonly Season[]): Promise<Map<string, SeasonPlan>> {
  const ids = seasons.map(({ id }) => id);
  const categories = await categoriesOf(db, ids);
  const grades = await gradesOf(db, ids);
  return new Map(seasons.map((one) => [one.id, planOf(one, categories.get(one.id) ?? [], grades.get(one.id) ?? [])]));
}

function planOf(season: Season, categories: readonly Category[], grades: readonly Grade[]): SeasonPlan {
  const { name, year, about, programmeId, declareFrom, declareUntil, noticeWorkingDays, certificatePrefix } = season;
  const own = { name, year, about, programmeId, declareFrom, declareUntil, noticeWorkingDays, certificatePrefix };
  return {
    ...own,
    categories: categories.map((one) =>
      categoryPlan(
        one,
        grades.filter(({ categoryNumber }) => categoryNumber === one.number),
      ),
    ),
  };
}

function categoryPlan(category: Category, grades: readonly Grade[]): CategoryPlan {
  const { name, kind, group, fields, criteria, judging, honoursAtMost, leastTotal, reserves } = category;
  return {
    ...{ name, kind, group, fields, criteria, judging, honoursAtMost, leastTotal, reserves },
    grades: grades.map(({ name: grade, places, honourName, givesPoints }) => ({
      ...{ name: grade, places, honourName, givesPoints },
    })),
  };
}

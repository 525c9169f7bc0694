import DataLoader from 'dataloader';
import { In } from 'typeorm';
import { byKey } from '../../platform/db/loaders.ts';
import type { Deps } from '../../platform/deps.ts';
import { categoriesOf } from '../seasons/queries.ts';
import { Season } from '../seasons/season.entity.ts';
import type { Achievement } from './achievement.entity.ts';
import type { AchievementText } from './achievement-text.entity.ts';
import type { Author } from './author.entity.ts';
import { authorsOf, findAchievements, stepsOf, studioSharesOf, textKey, textsOf } from './queries.ts';
import type { AchievementStep } from './step.entity.ts';
import type { StudioShare } from './studio-share.entity.ts';

/** Achievements by id; null for an id of none. What was not submitted yet is among them. */
export function achievementLoader({ db }: Deps): DataLoader<string, Achievement | null> {
  return byKey(db.manager, findAchievements, null);
}

/** The authors of an achievement, in order, by its id. */
export function authorsLoader({ db }: Deps): DataLoader<string, Author[]> {
  return byKey<Author[], Author[]>(db.manager, authorsOf, []);
}

/** The studios of an achievement, the one with the largest share first, by its id. */
export function studioSharesLoader({ db }: Deps): DataLoader<string, StudioShare[]> {
  return byKey<StudioShare[], StudioShare[]>(db.manager, studioSharesOf, []);
}

/** The history of an achievement by its id, oldest first. */
export function stepsLoader({ db }: Deps): DataLoader<string, AchievementStep[]> {
  return byKey<AchievementStep[], AchievementStep[]>(db.manager, stepsOf, []);
}

type TextVersion = Pick<AchievementText, 'achievementId' | 'version'>;

/** Texts of achievements by their versions, which must exist. */
export function textLoader({ db }: Deps): DataLoader<TextVersion, AchievementText, string> {
  return new DataLoader(
    async (versions) => {
      const found = await textsOf(db.manager, versions);
      return versions.map((version) => found.get(textKey(version))!);
    },
    { cacheKeyFn: textKey },
  );
}

/** Seasons by id, which must exist. */
export function seasonOfAchievementLoader({ db }: Deps): DataLoader<string, Season> {
  return new DataLoader(async (ids) => {
    const found = await db.manager.findBy(Season, { id: In([...ids]) });
    const byId = new Map(found.map((season) => [season.id, season]));
    return ids.map((id) => byId.get(id)!);
  });
}

/** The names of the categories of a season by their numbers, by the season's id. */
export function categoryNamesLoader({ db }: Deps): DataLoader<string, ReadonlyMap<number, string>> {
  return new DataLoader(async (seasonIds) => {
    const found = await categoriesOf(db.manager, seasonIds);
    return seasonIds.map((id) => new Map((found.get(id) ?? []).map(({ number, name }) => [number, name])));
  });
}

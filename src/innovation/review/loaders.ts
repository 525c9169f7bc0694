import DataLoader from 'dataloader';
import { type EntityManager, In } from 'typeorm';
import { byKey } from '../../platform/db/loaders.ts';
import type { Deps } from '../../platform/deps.ts';
import { Category } from '../seasons/category.entity.ts';
import { SeasonCandidate } from './candidate.entity.ts';

/** What of a line or honour names its category. */
export type CategoryOf = Pick<Category, 'seasonId' | 'number'>;

/** Categories by season and number, which must exist. */
export function categoryLoader({ db }: Deps): DataLoader<CategoryOf, Category, string> {
  const keyOf = ({ seasonId, number }: CategoryOf) => `${seasonId} ${number}`;
  return new DataLoader(
    async (asked) => {
      const seasonIds = [...new Set(asked.map(({ seasonId }) => seasonId))];
      const rows = await db.manager.findBy(Category, { seasonId: In(seasonIds) });
      const found = new Map(rows.map((row) => [keyOf(row), row]));
      return asked.map((one) => found.get(keyOf(one))!);
    },
    { cacheKeyFn: keyOf },
  );
}

/** What is known of an achievement as a candidate, by its id; null for what is or was not reviewed. */
export function candidateLoader({ db }: Deps): DataLoader<string, SeasonCandidate | null> {
  const find = async (manager: EntityManager, ids: readonly string[]) => {
    const rows = await manager.findBy(SeasonCandidate, { achievementId: In([...ids]) });
    return new Map(rows.map((row) => [row.achievementId, row]));
  };
  return byKey(db.manager, find, null);
}

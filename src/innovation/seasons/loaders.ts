import type DataLoader from 'dataloader';
import { type EntityManager, In } from 'typeorm';
import { byKey } from '../../platform/db/loaders.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Refusal } from '../../platform/result.ts';
import type { Category } from './category.entity.ts';
import type { Grade } from './grade.entity.ts';
import { openingTroubles } from './open-season.ts';
import { categoriesOf, gradesOf } from './queries.ts';
import { Season } from './season.entity.ts';

/** Seasons by id; null for an id of none. */
export function seasonLoader({ db }: Deps): DataLoader<string, Season | null> {
  const find = async (manager: EntityManager, ids: readonly string[]) =>
    new Map((await manager.findBy(Season, { id: In([...ids]) })).map((season) => [season.id, season]));
  return byKey(db.manager, find, null);
}

/** The categories of a season, in order, by its id. */
export function categoriesLoader({ db }: Deps): DataLoader<string, Category[]> {
  return byKey(db.manager, categoriesOf, []);
}

/** The grades of a season, by category and number, by its id. */
export function gradesLoader({ db }: Deps): DataLoader<string, Grade[]> {
  return byKey(db.manager, gradesOf, []);
}

/** What keeps a draft from being opened, by its id; nothing for what is no draft. */
export function troublesLoader({ db, clock }: Deps): DataLoader<string, Refusal[]> {
  const find = async (manager: EntityManager, ids: readonly string[]) => {
    const drafts = await manager.findBy(Season, { id: In([...ids]), state: 'draft' });
    return openingTroubles(manager, drafts, clock.now());
  };
  return byKey(db.manager, find, []);
}

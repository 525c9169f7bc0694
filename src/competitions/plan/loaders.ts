import type DataLoader from 'dataloader';
import { type EntityManager, In } from 'typeorm';
import { byKey, type PageLoaders, pageLoaders } from '../../platform/db/loaders.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Refusal } from '../../platform/result.ts';
import type { Award } from './award.entity.ts';
import { Competition } from './competition.entity.ts';
import { Division } from './division.entity.ts';
import { type EntrantOnRecord, membersEntering } from './entrants.ts';
import { publishingTroubles } from './publish-competition.ts';
import { awardsOf, divisionsOf, stagesOf } from './queries.ts';
import { Stage } from './stage.entity.ts';

/** The divisions of a competition, in order, by its id, for `loader(context, divisionsLoader)`. */
export function divisionsLoader({ db }: Deps): DataLoader<string, Division[]> {
  return byKey(db.manager, divisionsOf, []);
}

/** The awards of a competition, in order, by its id. */
export function awardsLoader({ db }: Deps): DataLoader<string, Award[]> {
  return byKey(db.manager, awardsOf, []);
}

/** Divisions by id; null for an id of none. */
export function divisionLoader({ db }: Deps): DataLoader<string, Division | null> {
  return byKey(db.manager, async (manager, ids) => byId(await manager.findBy(Division, { id: In([...ids]) })), null);
}

/** Stages by id; null for an id of none. */
export function stageLoader({ db }: Deps): DataLoader<string, Stage | null> {
  return byKey(db.manager, async (manager, ids) => byId(await manager.findBy(Stage, { id: In([...ids]) })), null);
}

/** Pages of the stages of a competition by its id: a loader for each page asked. */
export function stagesLoaders({ db }: Deps): PageLoaders<Stage> {
  return pageLoaders(db.manager, stagesOf);
}

/** What keeps a draft from being published, by its id; nothing for what is no draft. */
export function troublesLoader({ db, clock }: Deps): DataLoader<string, Refusal[]> {
  const find = async (manager: EntityManager, ids: readonly string[]) => {
    const drafts = await manager.findBy(Competition, { id: In([...ids]), state: 'draft' });
    return publishingTroubles(manager, drafts, clock.now());
  };
  return byKey(db.manager, find, []);
}

/** What is on record of a member who might enter, by the member's id; null for an id of none. */
export function entrantLoader({ db }: Deps): DataLoader<string, EntrantOnRecord | null> {
  return byKey(db.manager, membersEntering, null);
}

function byId<T extends { id: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

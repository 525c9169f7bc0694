import type { EntityManager } from 'typeorm';
import { readPage } from '../../../platform/db/read-page.ts';
import { type Page, type PageRequest, pageOf } from '../../../platform/graphql/connection.ts';
import { groupBy } from '../../../platform/group-by.ts';
import { type NamingLevel, type NamingState, StudioNaming } from './naming.entity.ts';
import { NamingRound, type RoundState } from './round.entity.ts';

/** How many namings of a studio its view shows. */
export const NAMINGS_SHOWN = 20;

/** Which namings a list shows. */
export interface NamingFilter {
  /** Given by one of these unions. */
  namingUnionIds: readonly string[];
  level: NamingLevel | undefined;
  state: NamingState | undefined;
}

/** A page of namings, the newest first; the cursor is the id. */
export async function namingsGivenBy(
  db: EntityManager,
  { namingUnionIds, level, state }: NamingFilter,
  page: PageRequest,
): Promise<Page<StudioNaming>> {
  const query = db
    .createQueryBuilder(StudioNaming, 'n')
    .where('n.namingUnionId IN (:...namingUnionIds)', { namingUnionIds: ['', ...namingUnionIds] });
  if (level !== undefined) query.andWhere('n.level = :level', { level });
  if (state !== undefined) query.andWhere('n.state = :state', { state });
  return readPage(query, 'n.id', page, 'DESC');
}

/** The namings of studios, the newest first, so many of each as are shown; a studio without any has no entry. */
export function namingsOf(db: EntityManager, studioIds: readonly string[]): Promise<Map<string, StudioNaming[]>> {
  return newestOf(db, studioIds, '');
}

/** The names that studios bear or have borne, likewise. */
export function namesBorneBy(db: EntityManager, studioIds: readonly string[]): Promise<Map<string, StudioNaming[]>> {
  return newestOf(db, studioIds, 'AND named_on IS NOT NULL');
}

async function newestOf(
  db: EntityManager,
  studioIds: readonly string[],
  only: string,
): Promise<Map<string, StudioNaming[]>> {
  const rows = await db
    .createQueryBuilder(StudioNaming, 'n')
    .innerJoin(
      `(SELECT id AS naming_id, ROW_NUMBER() OVER (PARTITION BY studio_id ORDER BY id DESC) AS place
        FROM studio_naming WHERE studio_id IN (:...studioIds) ${only})`,
      'shown',
      'shown.naming_id = n.id AND shown.place <= :most',
      { studioIds: ['', ...studioIds], most: NAMINGS_SHOWN },
    )
    .orderBy('n.id', 'DESC')
    .getMany();
  return groupBy(rows, ({ studioId }) => studioId);
}

/** A page of the rounds of these unions, the newest first; the cursor is the id. */
export async function roundsOf(
  db: EntityManager,
  { unionIds, state }: { unionIds: readonly string[]; state: RoundState | undefined },
  page: PageRequest,
): Promise<Page<NamingRound>> {
  const query = db
    .createQueryBuilder(NamingRound, 'r')
    .where('r.unionId IN (:...unionIds)', { unionIds: ['', ...unionIds] });
  if (state !== undefined) query.andWhere('r.state = :state', { state });
  return readPage(query, 'r.id', page, 'DESC');
}

/** The same page of the namings of each of these rounds, those that were struck too; the cursor is the id. */
export async function namingsOfRounds(
  db: EntityManager,
  roundIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<StudioNaming>>> {
  const rows = await db
    .createQueryBuilder(StudioNaming, 'n')
    .innerJoin(
      `(SELECT id AS naming_id, ROW_NUMBER() OVER (PARTITION BY round_id ORDER BY id) AS place
        FROM studio_naming WHERE round_id IN (:...roundIds) AND id > :after)`,
      'page',
      'page.naming_id = n.id AND page.place <= :most',
      { roundIds: ['', ...roundIds], after: page.after ?? '', most: page.first + 1 },
    )
    .orderBy('n.id')
    .getMany();
  const namings = groupBy(rows, ({ roundId }) => roundId!);
  return new Map([...namings].map(([id, ofRound]) => [id, pageOf(ofRound, page)]));
}

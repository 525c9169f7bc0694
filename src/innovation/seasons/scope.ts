import type { EntityManager } from 'typeorm';
import { type AdminCaller, mayIn } from '../../identity/caller.ts';
import { branchesOf } from '../../identity/queries.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { findUnions } from '../../unions/queries.ts';
import { memberStandings } from '../../unions/standing.ts';
import type { UnionNode } from '../../unions/union-node.entity.ts';
import { seasonUnknown } from './refusals.ts';
import { Season } from './season.entity.ts';

/** A season that an admin may see or change, and its union. */
export interface SeasonInScope {
  season: Season;
  union: UnionNode;
}

/** The season, when the admin holds the permission in its union. Refusal: SEASON_UNKNOWN. */
export async function seasonInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<SeasonInScope>> {
  const found = await findSeason(db, id);
  return found && mayIn(caller, permission, found.union.path) ? accept(found) : refuse(seasonUnknown);
}

/**
 * `seasonInScope` with achievements:check and the season locked, as it stands now: first of all that a transaction locks.
 */
export async function lockSeasonInScope(tx: Tx, caller: AdminCaller, id: string): Promise<Result<SeasonInScope>> {
  await tx.query('SELECT id FROM innovation_season WHERE id = ? FOR UPDATE', [id]);
  return seasonInScope(tx, caller, 'achievements:check', id);
}

/**
 * A season as it stands now, which keeps its state until the transaction ends, while others hold it too: for whoever
 * declares, checks or withdraws an achievement of it, before the achievement is locked. Null for an id of none.
 */
export async function holdSeason(tx: Tx, id: string): Promise<Season | null> {
  await tx.query('SELECT id FROM innovation_season WHERE id = ? LOCK IN SHARE MODE', [id]);
  return tx.findOneBy(Season, { id });
}

/**
 * The season, when the admin holds achievements:read in its union, or in a branch whose declarations it takes once it was
 * opened. Refusal: SEASON_UNKNOWN.
 */
export async function seasonToRead(db: EntityManager, caller: AdminCaller, id: string): Promise<Result<SeasonInScope>> {
  const found = await findSeason(db, id);
  if (!found) return refuse(seasonUnknown);
  const { season, union } = found;
  const below = branchesOf(caller, 'achievements:read').some((path) => path.startsWith(union.path));
  return mayIn(caller, 'achievements:read', union.path) || (season.openedAt !== null && below)
    ? accept(found)
    : refuse(seasonUnknown);
}

/** The season, when it was opened by the member's own union or one above it. Refusal: SEASON_UNKNOWN. */
export async function seasonOfMember(db: EntityManager, memberId: string, id: string): Promise<Result<Season>> {
  const season = await db.findOneBy(Season, { id });
  const standing = (await memberStandings(db, [memberId])).get(memberId);
  const sees = season?.openedAt && standing?.unionPath.includes(`/${season.unionId}/`);
  return season && sees ? accept(season) : refuse(seasonUnknown);
}

async function findSeason(db: EntityManager, id: string): Promise<SeasonInScope | undefined> {
  const season = await db.findOneBy(Season, { id });
  const [union] = season ? await findUnions(db, [season.unionId]) : [];
  return season && union ? { season, union } : undefined;
}

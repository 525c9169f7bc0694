import type { EntityManager } from 'typeorm';
import type { AdminCaller } from '../../identity/caller.ts';
import { branchesOf, inBranches } from '../../identity/queries.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { unionPath } from '../../unions/queries.ts';
import { unionInScope } from '../../unions/scope.ts';
import { seasonUnknown } from '../seasons/refusals.ts';
import { Season } from '../seasons/season.entity.ts';

/** A season, and the branches whose part of it is counted: null for all of it. */
export interface FigureScope {
  season: Season;
  branches: string[] | null;
}

/**
 * The part of a season's figures that an admin may see (figures:read): of one branch, or of all of hers when no union is
 * named. Refusal: SEASON_UNKNOWN, also for a union that has no part in the season.
 */
export async function figureScope(
  db: EntityManager,
  caller: AdminCaller,
  seasonId: string,
  unionId: string | undefined,
): Promise<Result<FigureScope>> {
  const season = await db.findOneBy(Season, { id: seasonId });
  const top = season ? await unionPath(db, season.unionId) : undefined;
  if (!season || top === undefined) return refuse(seasonUnknown);
  const asked = await pathsAsked(db, caller, unionId);
  if (asked.some((path) => top.startsWith(path))) return accept({ season, branches: null });
  const branches = asked.filter((path) => path.startsWith(top));
  return branches.length > 0 ? accept({ season, branches }) : refuse(seasonUnknown);
}

async function pathsAsked(db: EntityManager, caller: AdminCaller, unionId: string | undefined): Promise<string[]> {
  if (unionId === undefined) return branchesOf(caller, 'figures:read');
  const union = await unionInScope(db, caller, 'figures:read', unionId);
  return union.ok ? [union.value.path] : [];
}

/** A condition of SQL that a row lies in the branches, if only some are counted, by its column of a union's id. */
export function ofBranches(column: string, branches: readonly string[] | null): { sql: string; params: string[] } {
  if (branches === null) return { sql: '', params: [] };
  const { sql, params } = inBranches('u.path', branches);
  return { sql: `AND ${column} IN (SELECT u.id FROM union_node u WHERE ${sql})`, params };
}

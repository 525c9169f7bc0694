import type { EntityManager } from 'typeorm';
import type { AdminCaller } from '../../identity/caller.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { seasonInScope } from '../seasons/scope.ts';
import { newestList } from './queries.ts';
import { honoursNotListed } from './refusals.ts';
import type { SeasonList } from './season-list.entity.ts';

/**
 * The newest version of the list of a season, when the admin holds the permission in the season's union. Refusals:
 * SEASON_UNKNOWN, HONOURS_NOT_LISTED before there is one.
 */
export async function listInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  seasonId: string,
): Promise<Result<SeasonList>> {
  const season = await seasonInScope(db, caller, permission, seasonId);
  if (!season.ok) return season;
  const list = await newestList(db, seasonId);
  return list ? accept(list) : refuse(honoursNotListed);
}

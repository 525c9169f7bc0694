import type { EntityManager } from 'typeorm';
import type { AdminCaller } from '../../identity/caller.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { partOfProgramme } from '../../rules/scope.ts';
import type { Programme } from '../../unions/programme.entity.ts';
import { unionPath } from '../../unions/queries.ts';
import { unionUnknown } from '../../unions/refusals.ts';

/** Whose figures an admin looks at. */
export interface FigureScope {
  programme: Programme;
  /** The path of the branch that is looked at. */
  top: string;
  /** The branches of the admin; what lies in none of them is not counted. At least one. */
  branches: string[];
}

/**
 * The part of a programme's figures that an admin may see (figures:read), or the branch `unionId` of it: without one the
 * whole part. Refusals: PROGRAMME_UNKNOWN, UNION_UNKNOWN (also for a union that has nothing to do with the part).
 */
export async function figureScope(
  db: EntityManager,
  caller: AdminCaller,
  programmeId: string,
  unionId: string | undefined,
): Promise<Result<FigureScope>> {
  const part = await partOfProgramme(db, caller, 'figures:read', programmeId);
  if (!part.ok) return part;
  const { programme, branches } = part.value;
  const path = await unionPath(db, unionId ?? programme.unionId);
  const top = unionId === undefined && branches.length === 1 ? branches[0] : path;
  const isTheirs =
    top?.includes(`/${programme.unionId}/`) &&
    branches.some((branch) => top.startsWith(branch) || branch.startsWith(top));
  return top !== undefined && isTheirs
    ? accept({ programme, top, branches })
    : refuse({ ...unionUnknown, at: 'unionId' });
}

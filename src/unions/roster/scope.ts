import type { EntityManager } from 'typeorm';
import type { AdminCaller } from '../../identity/caller.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { unionInScope } from '../scope.ts';
import { findImport, type RosterImport } from './queries.ts';
import { importUnknown } from './refusals.ts';

/** The import, when the admin may import rosters in its union. Refusal: IMPORT_UNKNOWN, for what is not there and not theirs. */
export async function importInScope(db: EntityManager, caller: AdminCaller, id: string): Promise<Result<RosterImport>> {
  const found = await findImport(db, id);
  if (!found) return refuse(importUnknown);
  const union = await unionInScope(db, caller, 'rosters:import', found.unionId);
  return union.ok ? accept(found) : refuse(importUnknown);
}

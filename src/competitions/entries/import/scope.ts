import type { EntityManager } from 'typeorm';
import type { AdminCaller } from '../../../identity/caller.ts';
import { accept, type Result, refuse } from '../../../platform/result.ts';
import { unionInScope } from '../../../unions/scope.ts';
import { EntryImport } from './entry-import.entity.ts';
import { importUnknown } from './refusals.ts';

/** The import, when the admin holds the permission in its union. Refusal: IMPORT_UNKNOWN, for what is not there and not theirs. */
export async function importInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<EntryImport>> {
  const found = await db.findOneBy(EntryImport, { id });
  const union = found && (await unionInScope(db, caller, permission, found.unionId));
  return found && union?.ok ? accept(found) : refuse(importUnknown);
}

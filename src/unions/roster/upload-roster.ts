import type { Readable } from 'node:stream';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { enqueue } from '../../platform/db/outbox.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { unionInScope } from '../scope.ts';
import { checkRosterJob } from './job-definitions.ts';
import { fileNameMalformed } from './refusals.ts';
import { removeFile, storageKey, storeFile } from './stored-file.ts';

export interface RosterUpload {
  unionId: string;
  fileName: string;
  /** Whether the file names all members of the branch, so that those it leaves out are worth a look. */
  isFull: boolean;
}

/**
 * Takes in a roster file for a union of the admin's branch (rosters:import) and asks for its check; resolves with the id
 * of the import. The file's content is looked at by the check alone, so a new upload of the same file is a new import.
 * Refusals: UNION_UNKNOWN, FILE_NAME_MALFORMED, FILE_TOO_LARGE, FILE_EMPTY. Throws when the upload breaks off.
 */
export async function receiveRoster(
  deps: Deps,
  caller: AdminCaller,
  { unionId, fileName, isFull }: RosterUpload,
  upload: Readable,
): Promise<Result<string>> {
  const { config, db, clock } = deps;
  const union = await unionInScope(db.manager, caller, 'rosters:import', unionId);
  if (!union.ok) return union;
  // Some browsers give the path as well.
  const name = fileName.split(/[/\\]/).at(-1)!.trim();
  if (!/^[^\p{Cc}]{1,200}$/u.test(name)) return refuse(fileNameMalformed);
  const id = newId();
  const stored = await storeFile(config, id, upload);
  if (!stored.ok) return stored;
  const now = clock.now();
  const row = { storageKey: storageKey(id), sha256: stored.value };
  try {
    await inTransaction(db, async (tx) => {
      await tx.query(
        `INSERT INTO roster_import (id, union_id, requested_by, file_name, storage_key, file_sha256, is_full, state, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, 'checking', ?)`,
        [id, unionId, caller.actor, name, row.storageKey, row.sha256, isFull, now],
      );
      await enqueue(tx, checkRosterJob, { importId: id }, now);
      const after = { fileName: name, isFull, sha256: row.sha256.toString('hex') };
      const target = { targetKind: 'roster-import', targetId: id, unionId };
      await recordAudit(tx, { actor: caller.actor, action: 'uploadRoster', ...target, after }, now);
    });
  } catch (error) {
    await removeFile(config, row);
    throw error;
  }
  return accept(id);
}

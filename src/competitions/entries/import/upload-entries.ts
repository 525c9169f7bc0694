import type { Readable } from 'node:stream';
import { recordAudit } from '../../../identity/audit.ts';
import type { AdminCaller } from '../../../identity/caller.ts';
import { enqueue } from '../../../platform/db/outbox.ts';
import { inTransaction } from '../../../platform/db/transaction.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/ids.ts';
import { accept, type Result, refuse } from '../../../platform/result.ts';
import { fileNameMalformed } from '../../../unions/roster/refusals.ts';
import { removeFile, storageKey, storeFile } from '../../../unions/roster/stored-file.ts';
import { unionInScope } from '../../../unions/scope.ts';
import { entryTerms, wrongTimeToEnter } from '../terms.ts';
import { EntryImport } from './entry-import.entity.ts';
import { checkEntriesDefinition } from './job-definitions.ts';

export interface EntriesUpload {
  competitionId: string;
  /** Whose branch the file's people are of. */
  unionId: string;
  fileName: string;
}

/**
 * Takes in a file of entries for a union of the admin's branch (competitions:write) and asks for its check; resolves with
 * the id of the import. Refusals: UNION_UNKNOWN, COMPETITION_UNKNOWN, COMPETITION_OVER, ENTRY_NOT_OPEN, ENTRY_CLOSED,
 * FILE_NAME_MALFORMED, FILE_TOO_LARGE, FILE_EMPTY. Throws when the upload breaks off.
 */
export async function receiveEntries(
  deps: Deps,
  caller: AdminCaller,
  { competitionId, unionId, fileName }: EntriesUpload,
  upload: Readable,
): Promise<Result<string>> {
  const { config, db, clock } = deps;
  const union = await unionInScope(db.manager, caller, 'competitions:write', unionId);
  if (!union.ok) return refuse({ ...union.refusal, at: 'unionId' });
  const terms = await entryTerms(db.manager, competitionId, union.value.path);
  if (!terms.ok) return terms;
  const { competition } = terms.value;
  const wrong = wrongTimeToEnter(competition, competition.entrant, clock.now());
  if (wrong) return refuse(wrong);
  // Some browsers give the path as well.
  const name = fileName.split(/[/\\]/).at(-1)!.trim();
  if (!/^[^\p{Cc}]{1,200}$/u.test(name)) return refuse(fileNameMalformed);
  const id = newId();
  const stored = await storeFile(config, id, upload);
  if (!stored.ok) return stored;
  const file = { storageKey: storageKey(id), fileSha256: stored.value };
  try {
    await inTransaction(db, async (tx) => {
      const now = clock.now();
      const own = { id, competitionId, unionId, requestedBy: caller.actor, fileName: name, ...file };
      await tx.insert(EntryImport, { ...own, state: 'checking', createdAt: now });
      await enqueue(tx, checkEntriesDefinition, { importId: id }, now);
      const after = { competitionId, fileName: name, sha256: file.fileSha256.toString('hex') };
      const target = { targetKind: 'entry-import', targetId: id, unionId };
      await recordAudit(tx, { actor: caller.actor, action: 'uploadEntries', ...target, after }, now);
    });
  } catch (error) {
    await removeFile(config, file);
    throw error;
  }
  return accept(id);
}

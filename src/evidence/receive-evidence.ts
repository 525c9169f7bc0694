import type { Readable } from 'node:stream';
import { inTransaction } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { judgeContent } from './judge-content.ts';
import { MOST_FREE } from './limits.ts';
import { evidenceNameMalformed, evidenceTooMany } from './refusals.ts';
import { removeFile, type StoredFile, storageKey, storeFile } from './stored-file.ts';

export interface EvidenceUpload {
  /** Who uploads, as an actor: "member:<id>". */
  owner: string;
  fileName: string;
}

/**
 * Takes in a file as evidence for something that its owner is about to submit, and resolves with its id; attachEvidence
 * ties it to that. Refusals: EVIDENCE_NAME_MALFORMED, EVIDENCE_EMPTY, EVIDENCE_TOO_LARGE, EVIDENCE_TYPE_REFUSED,
 * EVIDENCE_NOT_WHAT_IT_SAYS, EVIDENCE_TOO_MANY. Throws when the upload breaks off. Only what is accepted stays on disk.
 */
export async function receiveEvidence(
  deps: Deps,
  { owner, fileName }: EvidenceUpload,
  upload: Readable,
): Promise<Result<string>> {
  // Some browsers give the path as well.
  const name = fileName.split(/[/\\]/).at(-1)!.trim();
  if (!/^[^\p{Cc}]{1,200}$/u.test(name)) return refuse(evidenceNameMalformed);
  const id = newId();
  const stored = await storeFile(deps.config, id, upload);
  if (!stored.ok) return stored;
  let recorded: Result<string> | undefined;
  try {
    recorded = await record(deps, id, { owner, fileName: name }, stored.value);
    return recorded;
  } finally {
    if (!recorded?.ok) await removeFile(deps.config, id);
  }
}

async function record(
  { db, clock }: Deps,
  id: string,
  { owner, fileName }: EvidenceUpload,
  { size, sha256, head }: StoredFile,
): Promise<Result<string>> {
  const mediaType = await judgeContent(head, fileName);
  if (!mediaType.ok) return mediaType;
  const now = clock.now();
  return inTransaction(db, async (tx) => {
    // Locks the owner's row, which may be new: of two uploads at the same moment the second counts the first.
    await tx.query('INSERT INTO evidence_owner (owner) VALUES (?) ON DUPLICATE KEY UPDATE owner = owner', [owner]);
    const [{ free }] = await tx.query(
      'SELECT COUNT(*) AS free FROM evidence_file WHERE owner = ? AND free_since IS NOT NULL',
      [owner],
    );
    if (Number(free) >= MOST_FREE) return refuse(evidenceTooMany);
    await tx.query(
      `INSERT INTO evidence_file
         (id, owner, file_name, media_type, size, sha256, storage_key, free_since, uploaded_at) VALUES (?)`,
      [[id, owner, fileName, mediaType.value, size, sha256, storageKey(id), now, now]],
    );
    return accept(id);
  });
}

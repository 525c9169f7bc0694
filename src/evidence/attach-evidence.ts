import type { Tx } from '../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { MOST_OF_TARGET } from './limits.ts';
import { evidenceCount, evidenceUnknown } from './refusals.ts';

export interface Attachment {
  /** Who uploaded the files, as an actor: "member:<id>". */
  owner: string;
  evidenceIds: readonly string[];
  /** What they prove, "claim:<id>" or "adjustment:<id>"; made or locked by this transaction. */
  to: string;
}

/**
 * Ties files to what they prove, all of them or none. A file that is already tied to this target stays so. Refusals:
 * EVIDENCE_UNKNOWN at "evidenceIds.<i>" for a file that is not the owner's, is tied to something else or is not there;
 * EVIDENCE_COUNT when the target would have more than nine, those that it has included.
 */
export async function attachEvidence(tx: Tx, { owner, evidenceIds, to }: Attachment, now: Date): Promise<Result<void>> {
  const ids = [...new Set(evidenceIds)];
  if (ids.length === 0) return accept(undefined);
  if (ids.length > MOST_OF_TARGET) return refuse(evidenceCount);
  const usable: { id: string }[] = await tx.query(
    `SELECT id FROM evidence_file WHERE id IN (?) AND owner = ? AND (attached_to IS NULL OR attached_to = ?)
     ORDER BY id FOR UPDATE`,
    [ids, owner, to],
  );
  const known = new Set(usable.map(({ id }) => id));
  const unknown = evidenceIds.findIndex((id) => !known.has(id));
  if (unknown >= 0) return refuse(evidenceUnknown(unknown));
  const [{ others }] = await tx.query(
    'SELECT COUNT(*) AS others FROM evidence_file WHERE attached_to = ? AND id NOT IN (?)',
    [to, ids],
  );
  if (Number(others) + ids.length > MOST_OF_TARGET) return refuse(evidenceCount);
  await tx.query(
    `UPDATE evidence_file SET attached_to = ?, attached_at = ?, free_since = NULL
     WHERE id IN (?) AND attached_to IS NULL`,
    [to, now, ids],
  );
  return accept(undefined);
}

import type { Tx } from '../platform/db/transaction.ts';

/**
 * Lets go of a target's files that are not in the list, for something that is submitted again; call it before
 * attachEvidence. What is let go may be attached anew for 24 hours.
 */
export async function keepEvidence(
  tx: Tx,
  { to, evidenceIds }: { to: string; evidenceIds: readonly string[] },
  now: Date,
): Promise<void> {
  await tx.query(
    `UPDATE evidence_file SET attached_to = NULL, attached_at = NULL, free_since = ?
     WHERE attached_to = ? AND id NOT IN (?)`,
    // SQL knows no empty list, and no file has the empty id.
    [now, to, ['', ...evidenceIds]],
  );
}

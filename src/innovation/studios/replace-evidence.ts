import { attachEvidence } from '../../evidence/attach-evidence.ts';
import { keepEvidence } from '../../evidence/keep-evidence.ts';
import { evidenceOf } from '../../evidence/queries.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';

/**
 * Ties these files to what they prove in place of those that it had. A file that it had already may stay, whoever
 * uploaded it; any other must be the owner's. Refusals: those of `attachEvidence`.
 */
export async function replaceEvidence(
  tx: Tx,
  { owner, evidenceIds, to }: { owner: string; evidenceIds: readonly string[]; to: string },
  now: Date,
): Promise<Result<void>> {
  const before = new Set(((await evidenceOf(tx, [to])).get(to) ?? []).map(({ id }) => id));
  await keepEvidence(tx, { to, evidenceIds }, now);
  const added = evidenceIds.filter((id) => !before.has(id));
  const attached = await attachEvidence(tx, { owner, evidenceIds: added, to }, now);
  if (attached.ok) return accept(undefined);
  const place = /^evidenceIds\.(\d+)$/.exec(attached.refusal.at ?? '')?.[1];
  if (place === undefined) return attached;
  return refuse({ ...attached.refusal, at: `evidenceIds.${evidenceIds.indexOf(added[Number(place)]!)}` });
}

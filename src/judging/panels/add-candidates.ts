import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Candidate } from './candidate.entity.ts';
import { lockOwnPanel } from './lock-panel.ts';

/** Its id is that of the entry or achievement; `evidenceOf` is what the evidence that judges may read is attached to. */
export interface NewCandidate extends Pick<Candidate, 'id' | 'unionId' | 'label' | 'evidenceOf'> {
  /** Further unions from which it comes, as those of co-authors; whoever is in conflict with one of them cannot judge it. */
  otherUnionIds?: readonly string[];
}

/**
 * Puts candidates on a panel that is being prepared, numbered on in this order, in the transaction of the domain; may be
 * called once for each of many parts. Labels have 200 characters at the most. Throws when scoring has begun.
 */
export async function addCandidates(tx: Tx, panelId: string, candidates: readonly NewCandidate[]): Promise<void> {
  const { state, candidateCount } = await lockOwnPanel(tx, panelId);
  if (state !== 'preparing') throw new Error(`the panel ${panelId} takes no candidates any more`);
  await insertRows(
    tx,
    'panel_candidate',
    ['panel_id', 'id', 'union_id', 'label', 'evidence_of', 'number', 'state'],
    candidates.map(({ id, unionId, label, evidenceOf }, i) => [
      ...[panelId, id, unionId, label, evidenceOf],
      ...[candidateCount + i + 1, 'in'],
    ]),
  );
  const further = candidates.flatMap(({ id, unionId, otherUnionIds = [] }) =>
    [...new Set(otherUnionIds)].filter((other) => other !== unionId).map((other) => [panelId, id, other]),
  );
  await insertRows(tx, 'panel_candidate_union', ['panel_id', 'candidate_id', 'union_id'], further);
  await tx.query('UPDATE panel SET candidate_count = candidate_count + ? WHERE id = ?', [candidates.length, panelId]);
}

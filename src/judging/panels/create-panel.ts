import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { Panel, type PanelKind } from './panel.entity.ts';
import { type PanelTerms, wrongTerms } from './terms.ts';
import { writeCriteria } from './write-panel.ts';

/** A panel of a domain: of which union, and for which stage or season. */
export interface NewPanel {
  unionId: string;
  kind: PanelKind;
  subjectId: string;
  terms: PanelTerms;
}

/**
 * Makes a panel in the transaction of the domain for which it judges; resolves with its id. Refusals: those of
 * wrongTerms.
 */
export async function createPanel(
  tx: Tx,
  { unionId, kind, subjectId, terms }: NewPanel,
  now: Date,
): Promise<Result<string>> {
  const wrong = wrongTerms(terms);
  if (wrong) return refuse(wrong);
  const { criteria, ...settings } = terms;
  const id = newId();
  const counts = { candidateCount: 0, importCount: 0, rankingCount: 0, rankingOutdated: false };
  await tx.insert(Panel, { id, unionId, kind, subjectId, ...settings, ...counts, state: 'preparing', createdAt: now });
  await writeCriteria(tx, id, criteria);
  return accept(id);
}

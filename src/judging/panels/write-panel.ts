import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { CriterionTerms } from './terms.ts';

/** Writes the criteria of a panel that has none, numbered by their places. */
export async function writeCriteria(tx: Tx, panelId: string, criteria: readonly CriterionTerms[]): Promise<void> {
  await insertRows(
    tx,
    'panel_criterion',
    ['panel_id', 'number', 'name', 'about', 'kind', 'weight', 'scale_min', 'scale_max', 'evidence_asked'],
    criteria.map(({ name, about, kind, weight, scaleMin, scaleMax, evidenceAsked }, i) => [
      ...[panelId, i + 1, name, about, kind, weight, scaleMin, scaleMax],
      evidenceAsked,
    ]),
  );
}

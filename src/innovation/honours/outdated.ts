import type { Tx } from '../../platform/db/transaction.ts';
import type { Refusal } from '../../platform/result.ts';
import { rankingOutdated } from './refusals.ts';

/** The refusal for a season in which the scores of a category have changed since it was ranked; undefined for none. */
export async function troubleWithScores(tx: Tx, seasonId: string): Promise<Refusal | undefined> {
  const rows = await tx.query<{ name: string }[]>(
    `SELECT c.name FROM season_category c JOIN panel p ON p.id = c.panel_id
     WHERE c.season_id = ? AND p.ranking_outdated ORDER BY c.number`,
    [seasonId],
  );
  return rows.length > 0 ? rankingOutdated(rows.map(({ name }) => name)) : undefined;
}

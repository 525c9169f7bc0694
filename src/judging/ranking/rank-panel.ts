import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { lockOwnPanel } from '../panels/lock-panel.ts';
import { criteriaOf } from '../panels/queries.ts';
import { scoresMissing } from '../panels/refusals.ts';
import type { ReportSteps } from '../tasks/run-task.ts';
import { computeRanking } from './compute-ranking.ts';
import { isRankingFinal } from './queries.ts';
import type { Ranked } from './rank.ts';
import { Ranking } from './ranking.entity.ts';
import { panelNotClosed, rankingFinal } from './refusals.ts';
import { rankingTerms } from './terms.ts';

const PLACES_AT_ONCE = 1000;

/** How many numbers a refusal names. */
const NAMED = 5;

/** Who makes a version, as an actor, and, from the second on, why. */
export interface MadeBy {
  actor: string;
  reason: string | null;
}

/**
 * Makes the next version of the ranking of a closed panel, in the transaction of the domain, and resolves with its id.
 * `report` hears of two steps for each candidate. It is provisional until `settleRanking`; the version before it is superseded and stays as it is. Takes about a minute
 * for half a million candidates and millions of scores: have a job call it for such. Refusals: PANEL_NOT_CLOSED,
 * RANKING_FINAL, SCORES_MISSING when a candidate has fewer scores than the panel's rule asks for, which a sheet that was
 * declared void may bring about.
 */
export async function rankPanel(
  tx: Tx,
  panelId: string,
  by: MadeBy,
  now: Date,
  report: ReportSteps = async () => {},
): Promise<Result<string>> {
  const panel = await lockOwnPanel(tx, panelId);
  if (panel.state !== 'closed') return refuse(panelNotClosed);
  if (await isRankingFinal(tx, panelId)) return refuse(rankingFinal);
  const version = panel.rankingCount + 1;
  const terms = rankingTerms(panel, await criteriaOf(tx, panelId));
  const computed = await computeRanking(tx, panelId, version, terms, report);
  const lacking = computed.lacking.map(({ number }) => number);
  if (lacking.length > 0) return refuse(scoresMissing(lacking.length, lacking.slice(0, NAMED)));
  await tx.update(Ranking, { panelId, state: 'provisional' }, { state: 'superseded', settledAt: now });
  const id = newId();
  await tx.insert(Ranking, {
    ...{ id, panelId, version, state: 'provisional', terms, measures: computed.measures, madeAt: now },
    ...{ scoresHash: computed.scoresHash, scoreCount: computed.scoreCount, candidateCount: computed.ranked.length },
    ...{ madeBy: by.actor, reason: by.reason },
  });
  await writePlaces(tx, id, computed.ranked, report);
  await tx.query('UPDATE panel SET ranking_count = ?, ranking_outdated = FALSE WHERE id = ?', [version, panelId]);
  return accept(id);
}

async function writePlaces(tx: Tx, rankingId: string, ranked: Ranked, report: ReportSteps): Promise<void> {
  for (let from = 1; from <= ranked.length; from += PLACES_AT_ONCE) {
    const rows = Array.from({ length: Math.min(PLACES_AT_ONCE, ranked.length - from + 1) }, (_, i) => {
      const { candidateId, total, decidedBy, detail } = ranked.at(from + i);
      const decider = decidedBy === null ? null : JSON.stringify(decidedBy);
      return [rankingId, from + i, candidateId, total, decider, detail];
    });
    await insertRows(
      tx,
      'ranking_place',
      ['ranking_id', 'place', 'candidate_id', 'total', 'decided_by', 'detail'],
      rows,
    );
    await report(ranked.length + from + rows.length - 1);
  }
}

import { act } from '../../identity/act.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { insertRows } from '../../platform/db/sql.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept } from '../../platform/result.ts';
import { checkScores } from './check-scores.ts';
import type { SheetFilled } from './save-sheet.ts';
import { Sheet } from './sheet.entity.ts';
import { takeSheet } from './sheet-at-hand.ts';

/**
 * Hands in a judge's sheet for a candidate with a score for each of her criteria: once, and it is never changed after.
 * What was saved before is not added to it. Resolves with the panel's id. Refusals: those of takeSheet,
 * CRITERION_UNKNOWN, SCORE_OFF_SCALE, SHEET_INCOMPLETE.
 */
export async function submitSheet(deps: Deps, caller: AdminCaller, key: string, input: SheetFilled): Promise<Outcome> {
  return act(deps, caller, { operation: 'submitSheet', key, input }, async (tx, now) => {
    const sheet = await takeSheet(tx, caller, input, now);
    if (!sheet.ok) return sheet;
    const { panel, judge, candidate, criteria, number, isBegun } = sheet.value;
    const scores = checkScores(criteria, input.scores, { complete: true });
    if (!scores.ok) return scores;
    const place = { panelId: panel.id, candidateId: candidate.id, judgeId: judge.id, number };
    const countsFrom = panel.rankingCount + 1;
    const submitted = { state: 'submitted' as const, draft: null, savedAt: now, submittedAt: now, countsFrom };
    if (isBegun) await tx.update(Sheet, place, submitted);
    else await tx.insert(Sheet, { ...place, ...submitted });
    await insertRows(
      tx,
      'panel_score',
      ['panel_id', 'candidate_id', 'judge_id', 'sheet_number', 'criterion_number', 'value'],
      [...scores.value].map(([criterion, value]) => [panel.id, candidate.id, judge.id, number, criterion, value]),
    );
    return accept(panel.id);
  });
}

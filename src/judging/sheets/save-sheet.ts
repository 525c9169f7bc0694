import { act } from '../../identity/act.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept } from '../../platform/result.ts';
import { checkScores, type ScoreGiven } from './check-scores.ts';
import { Sheet } from './sheet.entity.ts';
import { takeSheet, type WhichSheet } from './sheet-at-hand.ts';

export interface SheetFilled extends WhichSheet {
  /** In the place of all that were saved before. */
  scores: readonly ScoreGiven[];
}

/**
 * Keeps what a judge has put on her sheet for a candidate so far. Resolves with the panel's id. Refusals: those of
 * takeSheet, CRITERION_UNKNOWN, SCORE_OFF_SCALE.
 */
export async function saveSheet(deps: Deps, caller: AdminCaller, key: string, input: SheetFilled): Promise<Outcome> {
  return act(deps, caller, { operation: 'saveSheet', key, input }, async (tx, now) => {
    const sheet = await takeSheet(tx, caller, input, now);
    if (!sheet.ok) return sheet;
    const { panel, judge, candidate, criteria, number, isBegun } = sheet.value;
    const draft = checkScores(criteria, input.scores, { complete: false });
    if (!draft.ok) return draft;
    const place = { panelId: panel.id, candidateId: candidate.id, judgeId: judge.id, number };
    const saved = { draft: draft.value, savedAt: now };
    if (isBegun) await tx.update(Sheet, place, saved);
    else await tx.insert(Sheet, { ...place, ...saved, state: 'draft' });
    // Not the candidate's id: a blind panel must not tell it.
    return accept(panel.id);
  });
}

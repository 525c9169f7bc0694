import type { Criterion } from '../panels/criterion.entity.ts';
import type { Panel } from '../panels/panel.entity.ts';

/** A criterion as far as a ranking needs it. */
export type RankedCriterion = Pick<Criterion, 'number' | 'kind' | 'weight' | 'scaleMin' | 'scaleMax'>;

/** By what a ranking is made. A version keeps them, so that it can be made again from the scores alone. */
export interface RankingTerms extends Pick<Panel, 'normalise' | 'aggregate' | 'tieBreaks'> {
  /** How many judges must have scored each candidate in each criterion that is judged. */
  needed: number;
  /** In order: the first has number 1. */
  criteria: RankedCriterion[];
}

/** The terms of a panel. */
export function rankingTerms(panel: Panel, criteria: readonly Criterion[]): RankingTerms {
  const { normalise, aggregate, tieBreaks, late, judgesPerEntry, judgesNeeded } = panel;
  return {
    normalise,
    aggregate,
    tieBreaks,
    needed: late === 'without' ? judgesNeeded : judgesPerEntry,
    criteria: criteria.map(({ number, kind, weight, scaleMin, scaleMax }) => ({
      ...{ number, kind, weight, scaleMin, scaleMax },
    })),
  };
}

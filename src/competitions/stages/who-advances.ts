import type { Advance } from '../plan/stage.entity.ts';

/** A place of a final ranking, as the rules of advancing see it. */
export interface PlaceToJudge {
  place: number;
  /** In marks. */
  total: number;
  /** What tells the branches of a rule by branch apart; any for other rules. */
  branch: string;
}

/**
 * Tells of the places of one ranking, asked in their order from the first on, who goes on by a rule: exactly as many as
 * it says, or all there are where there are fewer. Pure but for what it has counted.
 */
export function advancing(rule: Advance): (place: PlaceToJudge) => boolean {
  const ofBranch = new Map<string, number>();
  switch (rule.kind) {
    case 'top':
      return ({ place }) => place <= rule.n;
    case 'top_per_branch':
      return ({ branch }) => {
        const before = ofBranch.get(branch) ?? 0;
        ofBranch.set(branch, before + 1);
        return before < rule.n;
      };
    case 'threshold':
      return ({ total }) => total >= rule.score;
    case 'all':
      return () => true;
  }
}

import type { JudgingTerms } from '../../../judging/panels/terms.ts';
import { accept, type Result, refuse } from '../../../platform/result.ts';
import type { Condition } from '../../../rules/conditions.ts';
import type { ConditionInput } from '../../../rules/graphql/admin-definition-inputs.ts';
import { conditionGiven } from '../../../rules/graphql/definition-given.ts';
import type { PlanCriterion } from '../criteria.ts';
import type { CompetitionPlan, DivisionPlan, StagePlan } from '../plan.ts';
import { advanceMismatched, tieBreakMismatched } from '../refusals.ts';
import type { Advance } from '../stage.entity.ts';
import type { AdvanceInput, AwardInput, CompetitionPlanInput, DivisionInput, StageInput } from './admin-inputs.ts';
import type { CriterionInput, JudgingInput } from './admin-judging-inputs.ts';

/**
 * Reads a plan as it came to the door: what was not given is null. Refusals, each with its place:
 * CONDITION_NOT_ONE, CONDITION_TOO_DEEP, ADVANCE_MISMATCHED, TIE_BREAK_MISMATCHED. What else may be
 * wrong with it, `checkPlan` tells.
 */
export function planGiven(input: CompetitionPlanInput): Result<CompetitionPlan> {
  const eligibility = eligibilityGiven(input.eligibility, 'plan.eligibility');
  const judging = judgingGiven(input.judging, 'plan.judging');
  const divisions = all(input.divisions, 'plan.divisions', divisionGiven);
  const stages = all(input.stages, 'plan.stages', stageGiven);
  const { team = null, trade = null, programmeId = null, awards, ...own } = input;
  if (!eligibility.ok) return eligibility;
  if (!judging.ok) return judging;
  if (!divisions.ok) return divisions;
  if (!stages.ok) return stages;
  return accept({
    ...own,
    ...{ trade, programmeId, team: team && { ...team } },
    ...{ eligibility: eligibility.value, criteria: criteriaGiven(input.criteria), judging: judging.value },
    ...{ divisions: divisions.value, stages: stages.value, awards: awards.map(awardGiven) },
  });
}

function all<I, T>(inputs: readonly I[], at: string, read: (input: I, at: string) => Result<T>): Result<T[]> {
  const values: T[] = [];
  for (const [i, input] of inputs.entries()) {
    const one = read(input, `${at}.${i}`);
    if (!one.ok) return one;
    values.push(one.value);
  }
  return accept(values);
}

function eligibilityGiven(input: ConditionInput | null | undefined, at: string): Result<Condition | null> {
  if (!input) return accept(null);
  const read = conditionGiven(input, at, 1);
  return read.ok || read.refusal.code !== 'CONDITION_TOO_DEEP' ? read : refuse({ ...read.refusal, at });
}

function divisionGiven({ name, trade = null, eligibility }: DivisionInput, at: string): Result<DivisionPlan> {
  const read = eligibilityGiven(eligibility, `${at}.eligibility`);
  return read.ok ? accept({ name, trade, eligibility: read.value }) : read;
}

function stageGiven(input: StageInput, at: string): Result<StagePlan> {
  const { division = null, parent = null, ...own } = input;
  const advance = input.advance ? advanceGiven(input.advance, `${at}.advance`) : accept(null);
  if (!advance.ok) return advance;
  const criteria = input.criteria ? criteriaGiven(input.criteria) : null;
  const judging = input.judging ? judgingGiven(input.judging, `${at}.judging`) : accept(null);
  if (!judging.ok) return judging;
  const read = { advance: advance.value, criteria, judging: judging.value };
  return accept({ ...own, division, parent, ...read });
}

function advanceGiven({ kind, n = null, unionKind = null, score = null }: AdvanceInput, at: string): Result<Advance> {
  const given = [n !== null, unionKind !== null, score !== null];
  const wanted = [kind === 'top' || kind === 'top_per_branch', kind === 'top_per_branch', kind === 'threshold'];
  if (given.some((is, i) => is !== wanted[i])) return refuse(advanceMismatched(at));
  if (kind === 'all') return accept({ kind });
  if (kind === 'top') return accept({ kind, n: n! });
  if (kind === 'top_per_branch') return accept({ kind, n: n!, unionKind: unionKind! });
  return accept({ kind, score: score! * 1000 });
}

function criteriaGiven(inputs: readonly CriterionInput[]): PlanCriterion[] {
  return inputs.map(({ group = null, ...own }) => ({ ...own, group }));
}

function judgingGiven({ tieBreaks, ...own }: JudgingInput, at: string): Result<JudgingTerms> {
  const read = all(tieBreaks, `${at}.tieBreaks`, ({ kind, number = null }, place) => {
    if ((kind === 'criterion') !== (number !== null)) return refuse(tieBreakMismatched(place));
    return accept(kind === 'criterion' ? { kind, number: number! } : { kind });
  });
  return read.ok ? accept({ ...own, tieBreaks: read.value }) : read;
}

function awardGiven({ honourName = null, skillLevel = null, payerUnionId = null, ...own }: AwardInput) {
  return { ...own, honourName, skillLevel, payerUnionId };
}

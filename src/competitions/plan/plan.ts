import type { JudgingTerms } from '../../judging/panels/terms.ts';
import type { BeijingDay } from '../../platform/clock.ts';
import type { Condition } from '../../rules/conditions.ts';
import type { SkillLevel } from '../../unions/skill/member-skill.entity.ts';
import type { Entrant } from './competition.entity.ts';
import type { PlanCriterion } from './criteria.ts';
import type { Advance, StageLevel, StageRound } from './stage.entity.ts';

// Divisions, stages, awards and criteria are called by number: their place in the list, from 1.

export interface DivisionPlan {
  name: string;
  trade: string | null;
  eligibility: Condition | null;
}

export interface StagePlan {
  /** The number of its division; null when the plan has none. */
  division: number | null;
  /** The number of the stage that those go on to who advance; null for a final. */
  parent: number | null;
  name: string;
  level: StageLevel;
  round: StageRound;
  unionId: string;
  startsOn: BeijingDay;
  endsOn: BeijingDay;
  advance: Advance | null;
  wildCards: number;
  isLive: boolean;
  /** Null for those of the competition. */
  criteria: readonly PlanCriterion[] | null;
  judging: JudgingTerms | null;
}

export interface AwardPlan {
  /** The number of its stage. */
  stage: number;
  name: string;
  honourName: string | null;
  fromPlace: number;
  toPlace: number;
  givesPoints: boolean;
  skillLevel: SkillLevel | null;
  /** Of each place. */
  subsidyFen: number;
  /** Null for the competition's own union. */
  payerUnionId: string | null;
}

/** How large a team is, its captain among them and substitutes not. */
export interface TeamPlan {
  min: number;
  max: number;
  substitutesAtMost: number;
}

/** A competition as it is planned: all that can be changed of a draft. */
export interface CompetitionPlan {
  name: string;
  year: number;
  about: string;
  entrant: Entrant;
  /** With the entrant `team` only. */
  team: TeamPlan | null;
  entryFrom: Date;
  entryUntil: Date;
  changeUntil: Date;
  trade: string | null;
  eligibility: Condition | null;
  criteria: readonly PlanCriterion[];
  judging: JudgingTerms;
  noticeWorkingDays: number;
  programmeId: string | null;
  budgetFen: number;
  certificatePrefix: string;
  divisions: readonly DivisionPlan[];
  stages: readonly StagePlan[];
  awards: readonly AwardPlan[];
}

/** How many entries win an award. */
export function winnersOf({ fromPlace, toPlace }: Pick<AwardPlan, 'fromPlace' | 'toPlace'>): number {
  return toPlace - fromPlace + 1;
}

/** What the subsidies of these awards add up to, in fen. */
export function subsidiesOf(awards: readonly Pick<AwardPlan, 'fromPlace' | 'toPlace' | 'subsidyFen'>[]): number {
  return awards.reduce((sum, award) => sum + winnersOf(award) * award.subsidyFen, 0);
}

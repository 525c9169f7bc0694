import type { Refusal } from '../../platform/result.ts';
import { LONGEST_TRADE } from '../../unions/firms/refusals.ts';
import { wrongJudging } from './check-criteria.ts';
import { outside, wrongLine, wrongText } from './form.ts';
import {
  LARGEST_BUDGET,
  LARGEST_SUBSIDY,
  LARGEST_TEAM,
  LAST_PLACE,
  LONGEST_ABOUT,
  LONGEST_NAME,
  LONGEST_PART,
  MOST_AWARDS,
  MOST_DIVISIONS,
  MOST_STAGES,
} from './limits.ts';
import type { AwardPlan, CompetitionPlan, DivisionPlan, StagePlan } from './plan.ts';
import { numberUnknown, prefixMalformed, teamMismatched, timesOutOfOrder, tooMany } from './refusals.ts';
import { WHOLE_SCORE } from './stage.entity.ts';

const YEARS = [2000, 2100] as const;

/**
 * What is wrong with a plan as far as it alone tells, so that it cannot even be a draft; undefined when nothing is. `at`
 * names the place, "plan.stages.3.name". Refusals: TEXT_LENGTH, NUMBER_OUT_OF_RANGE, TOO_MANY, TEAM_MISMATCHED,
 * PREFIX_MALFORMED, TIMES_OUT_OF_ORDER, NUMBER_UNKNOWN and those of the terms of a panel. What else keeps a draft from
 * being published, `troublesOf` tells.
 */
export function wrongForm(plan: CompetitionPlan): Refusal | undefined {
  return (
    wrongHead(plan) ??
    wrongTeam(plan) ??
    wrongTimes(plan) ??
    each('plan.divisions', plan.divisions, MOST_DIVISIONS, wrongDivision) ??
    each('plan.stages', plan.stages, MOST_STAGES, (at, stage, number) => wrongStage(at, stage, number, plan)) ??
    each('plan.awards', plan.awards, MOST_AWARDS, (at, award) => wrongAward(at, award, plan)) ??
    wrongJudging(plan)
  );
}

function each<T>(
  at: string,
  items: readonly T[],
  most: number,
  wrong: (at: string, item: T, number: number) => Refusal | undefined,
): Refusal | undefined {
  if (items.length > most) return tooMany(at, most);
  for (const [i, item] of items.entries()) {
    const found = wrong(`${at}.${i}`, item, i + 1);
    if (found) return found;
  }
  return undefined;
}

function wrongHead(plan: CompetitionPlan): Refusal | undefined {
  return (
    wrongLine('plan.name', plan.name, LONGEST_NAME) ??
    outside('plan.year', plan.year, ...YEARS) ??
    wrongText('plan.about', plan.about, LONGEST_ABOUT) ??
    wrongTrade('plan.trade', plan.trade) ??
    outside('plan.noticeWorkingDays', plan.noticeWorkingDays, 1, 60) ??
    outside('plan.budgetFen', plan.budgetFen, 0, LARGEST_BUDGET) ??
    (/^[A-Z][A-Z0-9]{1,9}$/.test(plan.certificatePrefix) ? undefined : prefixMalformed)
  );
}

function wrongTrade(at: string, trade: string | null): Refusal | undefined {
  return trade === null ? undefined : wrongLine(at, trade, LONGEST_TRADE);
}

function wrongTeam({ entrant, team }: CompetitionPlan): Refusal | undefined {
  if ((entrant === 'team') !== (team !== null)) return teamMismatched;
  if (team === null) return undefined;
  return (
    outside('plan.team.min', team.min, 2, LARGEST_TEAM) ??
    outside('plan.team.max', team.max, team.min, LARGEST_TEAM) ??
    outside('plan.team.substitutesAtMost', team.substitutesAtMost, 0, LARGEST_TEAM)
  );
}

function wrongTimes({ entryFrom, entryUntil, changeUntil }: CompetitionPlan): Refusal | undefined {
  if (entryFrom >= entryUntil) return timesOutOfOrder('plan.entryUntil');
  return entryUntil > changeUntil ? timesOutOfOrder('plan.changeUntil') : undefined;
}

function wrongDivision(at: string, { name, trade }: DivisionPlan): Refusal | undefined {
  return wrongLine(`${at}.name`, name, LONGEST_PART) ?? wrongTrade(`${at}.trade`, trade);
}

function wrongStage(
  at: string,
  stage: StagePlan,
  number: number,
  { divisions, stages }: CompetitionPlan,
): Refusal | undefined {
  const { division, parent, advance } = stage;
  const unknown = (field: string, named: number | null, count: number) =>
    named === null || (named >= 1 && named <= count) ? undefined : numberUnknown(`${at}.${field}`, count);
  return (
    wrongLine(`${at}.name`, stage.name, LONGEST_PART) ??
    unknown('division', division, divisions.length) ??
    unknown('parent', parent, stages.length) ??
    (parent === number ? numberUnknown(`${at}.parent`, stages.length) : undefined) ??
    (stage.startsOn > stage.endsOn ? timesOutOfOrder(`${at}.endsOn`) : undefined) ??
    (advance === null ? undefined : wrongAdvance(`${at}.advance`, advance)) ??
    outside(`${at}.wildCards`, stage.wildCards, 0, 1000)
  );
}

function wrongAdvance(at: string, advance: NonNullable<StagePlan['advance']>): Refusal | undefined {
  if (advance.kind === 'all') return undefined;
  if (advance.kind === 'threshold') return outside(`${at}.score`, advance.score, 0, WHOLE_SCORE);
  return outside(`${at}.n`, advance.n, 1, LAST_PLACE);
}

function wrongAward(at: string, award: AwardPlan, { stages }: CompetitionPlan): Refusal | undefined {
  const { stage, name, honourName, fromPlace, toPlace, subsidyFen } = award;
  return (
    (stage >= 1 && stage <= stages.length ? undefined : numberUnknown(`${at}.stage`, stages.length)) ??
    wrongLine(`${at}.name`, name, LONGEST_PART) ??
    (honourName === null ? undefined : wrongLine(`${at}.honourName`, honourName, LONGEST_NAME)) ??
    outside(`${at}.fromPlace`, fromPlace, 1, LAST_PLACE) ??
    outside(`${at}.toPlace`, toPlace, fromPlace, LAST_PLACE) ??
    outside(`${at}.subsidyFen`, subsidyFen, 0, LARGEST_SUBSIDY)
  );
}

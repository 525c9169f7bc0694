import { wrongTerms } from '../../judging/panels/terms.ts';
import { FULL } from '../../judging/ranking/marks.ts';
import type { Refusal } from '../../platform/result.ts';
import type { Reserve } from './category.entity.ts';
import { outside, wrongLine, wrongText } from './form.ts';
import {
  LONGEST_ABOUT,
  LONGEST_FIELD,
  LONGEST_HONOUR,
  LONGEST_NAME,
  LONGEST_PART,
  MOST_CATEGORIES,
  MOST_EMPLOYEES,
  MOST_FIELDS,
  MOST_GRADES,
  MOST_HONOURS,
  MOST_RESERVES,
} from './limits.ts';
import type { CategoryPlan, GradePlan, SeasonPlan } from './plan.ts';
import { listMalformed, prefixMalformed, reserveOfAll, timesOutOfOrder, tooMany } from './refusals.ts';

const YEARS = [2000, 2100] as const;

/**
 * What is wrong with a plan as far as it alone tells, so that it cannot even be a draft; undefined when nothing is. `at`
 * names the place, "plan.categories.3.name". Refusals: TEXT_LENGTH, NUMBER_OUT_OF_RANGE, TOO_MANY, LIST_MALFORMED,
 * PREFIX_MALFORMED, TIMES_OUT_OF_ORDER, RESERVE_OF_ALL and those of the terms of a panel: a category without criteria is
 * CRITERIA_COUNT. What else keeps a draft from being opened, `troublesOf` tells.
 */
export function wrongForm(plan: SeasonPlan): Refusal | undefined {
  return wrongHead(plan) ?? each('plan.categories', plan.categories, MOST_CATEGORIES, wrongCategory);
}

function each<T>(
  at: string,
  items: readonly T[],
  most: number,
  wrong: (at: string, item: T) => Refusal | undefined,
): Refusal | undefined {
  if (items.length > most) return tooMany(at, most);
  for (const [i, item] of items.entries()) {
    const found = wrong(`${at}.${i}`, item);
    if (found) return found;
  }
  return undefined;
}

function wrongHead(plan: SeasonPlan): Refusal | undefined {
  if (plan.declareFrom >= plan.declareUntil) return timesOutOfOrder;
  return (
    wrongLine('plan.name', plan.name, LONGEST_NAME) ??
    outside('plan.year', plan.year, ...YEARS) ??
    wrongText('plan.about', plan.about, LONGEST_ABOUT) ??
    outside('plan.noticeWorkingDays', plan.noticeWorkingDays, 1, 60) ??
    (/^[A-Z][A-Z0-9]{1,9}$/.test(plan.certificatePrefix) ? undefined : prefixMalformed)
  );
}

function wrongCategory(at: string, category: CategoryPlan): Refusal | undefined {
  const { name, fields, honoursAtMost, leastTotal, reserves, grades } = category;
  return (
    wrongLine(`${at}.name`, name, LONGEST_PART) ??
    wrongList(`${at}.fields`, fields) ??
    each(`${at}.fields`, fields ?? [], MOST_FIELDS, (place, field) => wrongLine(place, field, LONGEST_FIELD)) ??
    outside(`${at}.honoursAtMost`, honoursAtMost, 1, MOST_HONOURS) ??
    (leastTotal === null ? undefined : outside(`${at}.leastTotal`, leastTotal, 0, FULL)) ??
    each(`${at}.reserves`, reserves, MOST_RESERVES, wrongReserve) ??
    each(`${at}.grades`, grades, MOST_GRADES, wrongGrade) ??
    wrongJudging(at, category)
  );
}

function wrongList(at: string, items: readonly string[] | null): Refusal | undefined {
  if (items === null) return undefined;
  return items.length > 0 && new Set(items).size === items.length ? undefined : listMalformed(at);
}

function wrongReserve(at: string, { name, ownerships, firmTypes, mostEmployees, least }: Reserve): Refusal | undefined {
  if (ownerships === null && firmTypes === null && mostEmployees === null) return reserveOfAll(at);
  return (
    wrongLine(`${at}.name`, name, LONGEST_PART) ??
    wrongList(`${at}.ownerships`, ownerships) ??
    wrongList(`${at}.firmTypes`, firmTypes) ??
    (mostEmployees === null ? undefined : outside(`${at}.mostEmployees`, mostEmployees, 1, MOST_EMPLOYEES)) ??
    outside(`${at}.least`, least, 1, MOST_HONOURS)
  );
}

function wrongGrade(at: string, { name, places, honourName }: GradePlan): Refusal | undefined {
  return (
    wrongLine(`${at}.name`, name, LONGEST_PART) ??
    outside(`${at}.places`, places, 1, MOST_HONOURS) ??
    wrongLine(`${at}.honourName`, honourName, LONGEST_HONOUR)
  );
}

function wrongJudging(at: string, { criteria, judging }: CategoryPlan): Refusal | undefined {
  const found = wrongTerms({ ...judging, criteria, name: '-', scoreUntil: null });
  if (!found) return undefined;
  // "terms.criteria.2.name" is a place below the criteria, everything else below how they are judged.
  const [, part, ...rest] = found.at!.split('.');
  return { ...found, at: [at, ...(part === 'criteria' ? ['criteria'] : ['judging', part]), ...rest].join('.') };
}

import type { Refusal } from '../../platform/result.ts';
import { isLine } from '../../unions/line.ts';
import {
  FARTHEST,
  LONGEST_ABOUT,
  LONGEST_ASKED,
  LONGEST_CRITERION,
  LONGEST_NAME,
  MOST_CRITERIA,
  MOST_PER_ENTRY,
  WHOLE,
} from '../limits.ts';
import type { Criterion } from './criterion.entity.ts';
import type { Panel } from './panel.entity.ts';
import {
  criteriaCount,
  criterionRepeated,
  numberOutOfRange,
  scaleMalformed,
  textLength,
  textTooLong,
  tieBreakMalformed,
} from './refusals.ts';

/** A criterion as it is set up; its number is its place, 1 for the first. */
export type CriterionTerms = Omit<Criterion, 'panelId' | 'number'>;

/** How a panel judges. */
export interface PanelTerms
  extends Pick<
    Panel,
    | 'name'
    | 'judgesPerEntry'
    | 'judgesNeeded'
    | 'blind'
    | 'normalise'
    | 'aggregate'
    | 'late'
    | 'scoreUntil'
    | 'tieBreaks'
  > {
  criteria: readonly CriterionTerms[];
}

/** How candidates are judged, whatever by: as a plan says it of panels that it will have. */
export type JudgingTerms = Omit<PanelTerms, 'name' | 'scoreUntil' | 'criteria'>;

/**
 * What is wrong with the terms of a panel, or undefined; `at` names the field. Whether the weights are whole is asked
 * when scoring opens. Refusals: TEXT_LENGTH, NUMBER_OUT_OF_RANGE, CRITERIA_COUNT, CRITERION_REPEATED, SCALE_MALFORMED,
 * TIE_BREAK_MALFORMED.
 */
export function wrongTerms(terms: PanelTerms): Refusal | undefined {
  const { name, judgesPerEntry, judgesNeeded } = terms;
  if (!isLine(name, LONGEST_NAME)) return textLength('terms.name', LONGEST_NAME);
  return (
    outside('terms.judgesPerEntry', judgesPerEntry, 1, MOST_PER_ENTRY) ??
    outside('terms.judgesNeeded', judgesNeeded, 1, judgesPerEntry) ??
    wrongCriteria(terms) ??
    wrongTieBreaks(terms)
  );
}

function wrongCriteria({ criteria }: PanelTerms): Refusal | undefined {
  if (criteria.length < 1 || criteria.length > MOST_CRITERIA) return criteriaCount;
  const names = criteria.map(({ name }) => comparable(name));
  for (const [i, { name, about, weight, scaleMin, scaleMax, evidenceAsked }] of criteria.entries()) {
    const at = `terms.criteria.${i}`;
    if (!isLine(name, LONGEST_CRITERION)) return textLength(`${at}.name`, LONGEST_CRITERION);
    if (names.indexOf(comparable(name)) < i) return criterionRepeated(i, name);
    if (about.length > LONGEST_ABOUT) return textTooLong(`${at}.about`, LONGEST_ABOUT);
    if (evidenceAsked.length > LONGEST_ASKED) return textTooLong(`${at}.evidenceAsked`, LONGEST_ASKED);
    const wrong = outside(`${at}.weight`, weight, 1, WHOLE);
    if (wrong) return wrong;
    if (scaleMin >= scaleMax || scaleMin < -FARTHEST || scaleMax > FARTHEST) return scaleMalformed(i, name);
  }
  return undefined;
}

/** A name as names are told apart, and as the headings of a file are matched: narrow, without spaces, in lower case. */
export function comparable(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .toLowerCase();
}

function wrongTieBreaks({ tieBreaks, criteria }: PanelTerms): Refusal | undefined {
  const texts = tieBreaks.map((one) => JSON.stringify(one));
  const i = tieBreaks.findIndex(
    (one, at) =>
      texts.indexOf(texts[at]!) < at ||
      (one.kind === 'criterion' && !(Number.isInteger(one.number) && one.number >= 1 && one.number <= criteria.length)),
  );
  return i < 0 ? undefined : tieBreakMalformed(i);
}

function outside(at: string, value: number, least: number, most: number): Refusal | undefined {
  return Number.isInteger(value) && value >= least && value <= most ? undefined : numberOutOfRange(at, least, most);
}

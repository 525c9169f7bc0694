import { z } from 'zod';
import type { Points } from '../platform/points.ts';
import { condition } from './conditions.ts';
import { attributeName, line, textOf } from './text.ts';

/** The largest number of points that one event may earn by one rule. */
export const LARGEST_AWARD = 1_000_000;
export const LARGEST_CAP = 1_000_000_000;
export const MOST_TIERS = 50;
export const LONGEST_TIER_VALUE = 40;
/** How many attributes may together tell one occurrence from another. */
export const MOST_OCCURRENCE_ATTRIBUTES = 5;
export const MOST_CAPS = 10;
export const MOST_BRANCH_BUDGETS = 100;
export const LONGEST_NOTICE_DAYS = 90;
export const LONGEST_LIFE_DAYS = 36_500;

const pointsUpTo = (most: number, code: string) =>
  z
    .number({ error: code })
    .int(code)
    .min(1, code)
    .max(most, code)
    .transform((value) => value as Points);
const awardPoints = pointsUpTo(LARGEST_AWARD, 'AWARD_OUT_OF_RANGE');

const tier = z.strictObject({ value: line(LONGEST_TIER_VALUE, 'TIER_VALUE_MALFORMED'), points: awardPoints });
/** From one whole number to another, both inclusive; null leaves a side open. */
const range = z.strictObject({ from: z.int().nullable(), to: z.int().nullable(), points: awardPoints });

const award = z.discriminatedUnion('kind', [
  /** The same points for every event. */
  z.strictObject({ kind: z.literal('fixed'), points: awardPoints }),
  /** Points by the value that one attribute of the event has. */
  z.strictObject({
    kind: z.literal('tiered'),
    attribute: attributeName,
    tiers: z.array(tier).min(1, 'TIERS_EMPTY').max(MOST_TIERS, 'TIERS_TOO_MANY').superRefine(refuseRepeated),
  }),
  /** Points by the range in which one attribute of the event, a whole number, lies. */
  z.strictObject({
    kind: z.literal('ranged'),
    attribute: attributeName,
    ranges: z.array(range).min(1, 'TIERS_EMPTY').max(MOST_TIERS, 'TIERS_TOO_MANY').superRefine(refuseOverlapping),
  }),
  /** So many points for each unit of one attribute, a whole number: hours, say; never more than `most` for an event. */
  z
    .strictObject({ kind: z.literal('per_unit'), attribute: attributeName, points: awardPoints, most: awardPoints })
    .refine((one) => one.points <= one.most, { message: 'AWARD_BEYOND_CEILING', path: ['points'] }),
]);

/** What makes two events of a member the same occurrence, which is paid once. */
const occurrence = z.discriminatedUnion('kind', [
  /** Nothing does: every event pays. */
  z.strictObject({ kind: z.literal('event') }),
  /** That they fall under the rule: it pays a member once. */
  z.strictObject({ kind: z.literal('ever') }),
  /** That these attributes have the same values: it pays a member once for each. */
  z.strictObject({
    kind: z.literal('values'),
    attributes: z
      .array(attributeName)
      .min(1, 'OCCURRENCE_MALFORMED')
      .max(MOST_OCCURRENCE_ATTRIBUTES, 'OCCURRENCE_MALFORMED')
      .refine((names) => new Set(names).size === names.length, 'OCCURRENCE_MALFORMED'),
  }),
]);

export const CAP_PERIODS = ['day', 'month', 'quarter', 'year', 'ever'] as const;
export type CapPeriod = (typeof CAP_PERIODS)[number];

/** What the rule gives one member at the most in a period of the days on which things happened. */
const cap = z.discriminatedUnion('of', [
  /** An award that goes beyond it is cut to what is left. */
  z.strictObject({
    of: z.literal('points'),
    period: z.enum(CAP_PERIODS),
    most: pointsUpTo(LARGEST_CAP, 'CAP_OUT_OF_RANGE'),
  }),
  z.strictObject({
    of: z.literal('count'),
    period: z.enum(CAP_PERIODS),
    most: z.int('CAP_OUT_OF_RANGE').min(1, 'CAP_OUT_OF_RANGE').max(1_000_000, 'CAP_OUT_OF_RANGE'),
  }),
]);
export type Cap = z.output<typeof cap>;

/** How long the points can be spent: as the programme says, so many days, or to the end of this or a later year. */
const life = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('programme') }),
  z.strictObject({
    kind: z.literal('days'),
    days: z.int('LIFE_OUT_OF_RANGE').min(1, 'LIFE_OUT_OF_RANGE').max(LONGEST_LIFE_DAYS, 'LIFE_OUT_OF_RANGE'),
  }),
  z.strictObject({
    kind: z.literal('year_end'),
    yearsAhead: z.int('LIFE_OUT_OF_RANGE').min(0, 'LIFE_OUT_OF_RANGE').max(10, 'LIFE_OUT_OF_RANGE'),
  }),
]);
export type PointsLife = z.output<typeof life>;

const day = z.iso.date('DAY_IMPOSSIBLE');
const budgetPoints = pointsUpTo(Number.MAX_SAFE_INTEGER, 'RULE_BUDGET_OUT_OF_RANGE');

export const APPROVALS = ['none', 'branch', 'two_levels'] as const;
export type Approval = (typeof APPROVALS)[number];

/** What a rule version says, as it lies in the database: JSON that never changes once it is published. */
export const ruleDefinition = z.strictObject({
  award,
  occurrence,
  /** Null: it looks at every event of its type. */
  condition: condition.nullable().default(null),
  caps: z.array(cap).max(MOST_CAPS, 'CAPS_TOO_MANY').default([]),
  /** The days on which things must have happened, both inclusive; null leaves a side open. */
  period: z
    .strictObject({ from: day.nullable(), until: day.nullable() })
    .refine(({ from, until }) => !from || !until || from <= until, { message: 'PERIOD_BACKWARDS', path: ['until'] })
    .default({ from: null, until: null }),
  /** What the rule may give to all members together, and to those of a branch; beyond it events wait. */
  budget: z
    .strictObject({
      total: budgetPoints.nullable(),
      branches: z
        .array(z.strictObject({ unionId: z.string().length(26), points: budgetPoints }))
        .max(MOST_BRANCH_BUDGETS, 'BRANCH_BUDGETS_TOO_MANY')
        .refine((all) => new Set(all.map((one) => one.unionId)).size === all.length, 'BRANCH_BUDGET_REPEATED'),
    })
    .default({ total: null, branches: [] }),
  life: life.default({ kind: 'programme' }),
  /** Whether a member who claims such an event must show evidence, and who approves the claim. */
  evidence: z.boolean().default(false),
  approval: z.enum(APPROVALS).default('branch'),
  /** How many Beijing days the award is in public view before it is paid; 0 pays at once. */
  noticeDays: z
    .int('NOTICE_OUT_OF_RANGE')
    .min(0, 'NOTICE_OUT_OF_RANGE')
    .max(LONGEST_NOTICE_DAYS, 'NOTICE_OUT_OF_RANGE')
    .default(0),
  /** Of the rules of one group that fall on an event only the one with the lowest number looks at it further. */
  exclusive: z
    .strictObject({
      group: line(40, 'GROUP_MALFORMED'),
      priority: z.int('PRIORITY_OUT_OF_RANGE').min(1, 'PRIORITY_OUT_OF_RANGE').max(999, 'PRIORITY_OUT_OF_RANGE'),
    })
    .nullable()
    .default(null),
});

/** A rule definition that was checked. */
export type RuleDefinition = z.output<typeof ruleDefinition>;
/** A rule definition as somebody wrote it. */
export type RuleDraft = z.input<typeof ruleDefinition>;

function refuseRepeated(tiers: readonly { value: string }[], check: z.RefinementCtx): void {
  const seen = new Set<string>();
  tiers.forEach(({ value }, i) => {
    if (seen.has(textOf(value))) check.addIssue({ code: 'custom', message: 'TIER_REPEATED', path: [i, 'value'] });
    seen.add(textOf(value));
  });
}

function refuseOverlapping(
  ranges: readonly { from: number | null; to: number | null }[],
  check: z.RefinementCtx,
): void {
  const ends = ranges.map(({ from, to }) => ({ from: from ?? -Infinity, to: to ?? Infinity }));
  ends.forEach((one, i) => {
    if (one.from > one.to) check.addIssue({ code: 'custom', message: 'RANGE_BACKWARDS', path: [i, 'to'] });
    const earlier = ends.slice(0, i).some((other) => one.from <= other.to && other.from <= one.to);
    if (earlier) check.addIssue({ code: 'custom', message: 'TIERS_OVERLAP', path: [i, 'from'] });
  });
}

/** The most that a rule gives for one event. */
export function largestAward({ award }: Pick<RuleDefinition, 'award'>): number {
  switch (award.kind) {
    case 'fixed':
      return award.points;
    case 'tiered':
      return Math.max(...award.tiers.map((one) => one.points));
    case 'ranged':
      return Math.max(...award.ranges.map((one) => one.points));
    case 'per_unit':
      return award.most;
  }
}

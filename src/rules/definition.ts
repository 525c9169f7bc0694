import { z } from 'zod';
import type { Points } from '../platform/points.ts';

/** The largest number of points that one event may earn by one rule. */
export const LARGEST_AWARD = 1_000_000;
export const MOST_TIERS = 50;
export const LONGEST_TIER_VALUE = 40;
/** How many attributes may together tell one occurrence from another. */
export const MOST_OCCURRENCE_ATTRIBUTES = 5;

// The message of a check is the code of the refusal that it becomes; see check-definition.ts.
const awardPoints = z
  .number({ error: 'AWARD_OUT_OF_RANGE' })
  .int('AWARD_OUT_OF_RANGE')
  .min(1, 'AWARD_OUT_OF_RANGE')
  .max(LARGEST_AWARD, 'AWARD_OUT_OF_RANGE')
  .transform((value) => value as Points);

/** Letters of any script, so that a union may call its attributes as its members do: 学历层次. */
export const attributeName = z.string().regex(/^\p{L}[\p{L}\p{N}_]{0,29}$/u, 'ATTRIBUTE_NAME_MALFORMED');

/** One line of text without spaces around it. */
export const line = (longest: number, code: string) =>
  z
    .string()
    .max(longest, code)
    .regex(/^[^\s\p{C}]([^\p{C}]*[^\s\p{C}])?$/u, code);

const tier = z.strictObject({ value: line(LONGEST_TIER_VALUE, 'TIER_VALUE_MALFORMED'), points: awardPoints });

const award = z.discriminatedUnion('kind', [
  /** The same points for every event. */
  z.strictObject({ kind: z.literal('fixed'), points: awardPoints }),
  /** Points by the value that one attribute of the event has. */
  z.strictObject({
    kind: z.literal('tiered'),
    attribute: attributeName,
    tiers: z.array(tier).min(1, 'TIERS_EMPTY').max(MOST_TIERS, 'TIERS_TOO_MANY').superRefine(refuseRepeated),
  }),
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

/** What a published rule version says, as it lies in the database: JSON that never changes once it is published. */
export const ruleDefinition = z.strictObject({ award, occurrence });

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

/**
 * The text by which attribute values are compared, everywhere: the number 5 is the text "5", and a letter is the same
 * letter however its accents are encoded.
 */
export function textOf(value: string | number): string {
  return String(value).normalize('NFC');
}

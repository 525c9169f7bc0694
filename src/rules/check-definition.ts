import { accept, type Result, refuse } from '../platform/result.ts';
import { type RuleDefinition, type RuleDraft, ruleDefinition } from './definition.ts';
import { definitionMessages } from './refusals.ts';

/**
 * Checks a rule definition that somebody wrote. Refusals, each with its place ("award.tiers.2.points"):
 * AWARD_OUT_OF_RANGE, TIERS_EMPTY, TIERS_TOO_MANY, TIER_REPEATED, TIER_VALUE_MALFORMED, ATTRIBUTE_NAME_MALFORMED,
 * OCCURRENCE_MALFORMED, DEFINITION_MALFORMED.
 */
export function checkDefinition(draft: RuleDraft): Result<RuleDefinition> {
  const parsed = ruleDefinition.safeParse(draft);
  if (parsed.success) return accept(parsed.data);
  const issue = parsed.error.issues[0]!;
  const code = issue.message in definitionMessages ? issue.message : 'DEFINITION_MALFORMED';
  return refuse({ code, message: definitionMessages[code]!, at: issue.path.join('.') });
}

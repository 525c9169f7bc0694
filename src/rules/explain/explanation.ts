import type { RequestContext } from '../../identity/context.ts';
import { loader } from '../../identity/context.ts';
import { type Points, points } from '../../platform/points.ts';
import type { JudgedEvent } from '../evaluate.ts';
import { unionNamesOf } from '../graphql/union-names.ts';
import { inWords } from '../in-words.ts';
import type { Outcome } from '../judge.ts';
import { ruleVersionLoader } from '../loaders.ts';
import type { VersionedRule } from '../queries.ts';
import { judgementLoader } from './judgements.ts';
import { outcomeInWords } from './outcome-in-words.ts';

export const OUTCOME_KINDS = [
  'awarded',
  'out_of_period',
  'condition',
  'unknown',
  'attribute_missing',
  'value_without_tier',
  'outranked',
  'repeated',
  'capped',
  'over_budget',
] as const;
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

/** What one rule made of an event, told in the caller's language. */
export interface Explained {
  rule: VersionedRule;
  kind: OutcomeKind;
  /** What it gave for this event. */
  points: Points;
  inWords: string;
  ruleInWords: string;
}

/** What each rule that looked at an event made of it, in the order of the rules; none while it waits to be judged. */
export async function explanationOf(context: RequestContext, event: JudgedEvent): Promise<Explained[]> {
  const outcomes = await loader(context, judgementLoader).load(event.id);
  const versions = loader(context, ruleVersionLoader);
  const rules = await Promise.all(outcomes.map(({ versionId }) => versions.load(versionId)));
  const told = outcomes.flatMap((outcome, i) => (rules[i] ? [{ rule: rules[i], outcome }] : []));
  return explain(context, event, told);
}

/** Tells outcomes in the caller's language. */
export async function explain(
  context: RequestContext,
  event: JudgedEvent,
  outcomes: readonly { rule: VersionedRule; outcome: Outcome }[],
): Promise<Explained[]> {
  const namesOf = outcomes.map(({ rule }) => unionNamesOf(context, rule.definition));
  const unionNames = new Map((await Promise.all(namesOf)).flatMap((of) => [...of]));
  const names = new Map(outcomes.map(({ rule }) => [rule.ruleId, rule.name]));
  const { language } = context;
  return outcomes.map(({ rule, outcome }) => {
    const { definition } = rule;
    const firstRule = !outcome.award && outcome.why === 'OUTRANKED' ? names.get(outcome.byRuleId) : undefined;
    return {
      rule,
      kind: kindOf(outcome, event),
      points: pointsFor(outcome, event),
      inWords: outcomeInWords(outcome, { event, definition, unionNames, firstRule })[language],
      ruleInWords: inWords(rule.name, definition, unionNames)[language],
    };
  });
}

// An award of an earlier run, of an event that then waited for the budget of another rule, is told as repeated by itself.
const isOwn = (outcome: Outcome, event: JudgedEvent) =>
  !outcome.award && outcome.why === 'REPEATED' && outcome.eventId === event.id;

function kindOf(outcome: Outcome, event: JudgedEvent): OutcomeKind {
  if (outcome.award || isOwn(outcome, event)) return 'awarded';
  if (outcome.why === 'CONDITION') return outcome.unknown ? 'unknown' : 'condition';
  return outcome.why.toLowerCase() as Lowercase<Exclude<typeof outcome.why, 'CONDITION'>>;
}

function pointsFor(outcome: Outcome, event: JudgedEvent): Points {
  if (outcome.award) return outcome.points;
  return outcome.why === 'REPEATED' && isOwn(outcome, event) ? outcome.points : points(0);
}

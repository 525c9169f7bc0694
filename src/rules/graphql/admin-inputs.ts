import { Field, Float, InputType } from 'type-graphql';
import { DayScalar, IdScalar, PointsScalar } from '../../platform/graphql/scalars.ts';
import type { Points } from '../../platform/points.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import type { EventGiven } from '../check-events.ts';
import type { RuleDefinition, RuleDraft } from '../definition.ts';
import { attributeMalformed } from '../event-refusals.ts';
import type { RuleToPublish } from '../publish-rule.ts';
import { awardNotOne, ruleNotNamed } from '../refusals.ts';
import { OccurrenceKindWord } from './words.ts';

@InputType({ description: 'A rule that does not exist yet.' })
export class NewRuleInput {
  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => String, { description: 'As members read it, e.g. 学历提升; unique in the programme. It cannot change.' })
  name!: string;

  @Field(() => String, {
    description:
      'The type of the events that it judges: a small letter, then small letters, digits or . _ - , e.g. degree. It cannot change.',
  })
  eventType!: string;
}

@InputType({ description: 'One value of the attribute, and the points that it earns.' })
export class TierInput {
  @Field(() => String, { description: 'What the attribute must be, 1 to 40 characters; a number as its digits.' })
  value!: string;

  @Field(() => PointsScalar, { description: '1 to 1,000,000.' })
  points!: Points;
}

@InputType({ description: 'Points by the value of one attribute of the event.' })
export class TieredPointsInput {
  @Field(() => String, { description: 'The name of the attribute, as members read it: 学历层次.' })
  attribute!: string;

  @Field(() => [TierInput], { description: '1 to 50, each value once.' })
  tiers!: TierInput[];
}

@InputType({ description: 'What a rule pays: give one of the two.' })
export class AwardInput {
  @Field(() => PointsScalar, { nullable: true, description: 'The same for every event, 1 to 1,000,000.' })
  fixed?: Points | null;

  @Field(() => TieredPointsInput, { nullable: true })
  tiered?: TieredPointsInput | null;
}

@InputType({ description: 'How often a rule pays a member.' })
export class OccurrenceInput {
  @Field(() => OccurrenceKindWord)
  kind!: RuleDefinition['occurrence']['kind'];

  @Field(() => [String], { nullable: true, description: 'With VALUES only: 1 to 5 names of attributes.' })
  attributes?: string[] | null;
}

@InputType({ description: 'A rule version to publish: of a rule that there is (ruleId), or of a new one (newRule).' })
export class PublishRuleInput {
  @Field(() => IdScalar, { nullable: true })
  ruleId?: string | null;

  @Field(() => NewRuleInput, { nullable: true })
  newRule?: NewRuleInput | null;

  @Field(() => AwardInput)
  award!: AwardInput;

  @Field(() => OccurrenceInput, { description: 'The same for all versions of a rule.' })
  occurrence!: OccurrenceInput;
}

@InputType({ description: 'Something known of an event: give one of text, number and day.' })
export class AttributeInput {
  @Field(() => String, { description: '1 to 30 letters of any script, digits or underscores, a letter first.' })
  name!: string;

  @Field(() => String, { nullable: true, description: '1 to 100 characters on one line.' })
  text?: string | null;

  @Field(() => Float, { nullable: true, description: 'A whole number within ±(2^53−1).' })
  number?: number | null;

  @Field(() => DayScalar, { nullable: true, description: 'The value of an attribute that is a day.' })
  day?: string | null;
}

@InputType({ description: 'Something that a member did or lived.' })
export class ActivityEventInput {
  @Field(() => IdScalar, { nullable: true, description: 'The member; or give staffNumber.' })
  memberId?: string | null;

  @Field(() => String, { nullable: true, description: '工号 of the member; or give memberId.' })
  staffNumber?: string | null;

  @Field(() => String, { description: 'A type that the programme’s rules ask for, e.g. degree.' })
  type!: string;

  @Field(() => [AttributeInput], { defaultValue: [], description: '20 at the most, each name once.' })
  attributes!: AttributeInput[];

  @Field(() => DayScalar, { description: 'When it happened: today in Beijing at the latest.' })
  occurredOn!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The number of the document or row that stands for this event, 1 to 100 characters. An event with the same reference in the programme is the same event. Without it, an event of the same member, type, day and attributes is.',
  })
  reference?: string | null;
}

/** Reads a rule version to publish. Refusals: RULE_NOT_NAMED, AWARD_NOT_ONE. */
export function ruleToPublish({ ruleId, newRule, award, occurrence }: PublishRuleInput): Result<RuleToPublish> {
  const drafted = awardDraft(award);
  if (!drafted) return refuse(awardNotOne);
  const attributes = occurrence.attributes ? { attributes: occurrence.attributes } : {};
  const definition = {
    award: drafted,
    occurrence: { kind: occurrence.kind, ...attributes } as RuleDraft['occurrence'],
  };
  if (ruleId && !newRule) return accept({ ruleId, definition });
  if (newRule && !ruleId) return accept({ newRule: { ...newRule }, definition });
  return refuse(ruleNotNamed);
}

function awardDraft({ fixed, tiered }: AwardInput): RuleDraft['award'] | undefined {
  if (typeof fixed === 'number') return tiered ? undefined : { kind: 'fixed', points: fixed };
  if (!tiered) return undefined;
  return { kind: 'tiered', attribute: tiered.attribute, tiers: tiered.tiers.map((tier) => ({ ...tier })) };
}

/** Reads reported events. Refusal: ATTRIBUTE_MALFORMED with its place. */
export function eventsGiven(inputs: readonly ActivityEventInput[]): Result<EventGiven[]> {
  const events: EventGiven[] = [];
  for (const [i, { memberId, staffNumber, type, attributes, occurredOn, reference }] of inputs.entries()) {
    const entries = new Map<string, string | number>();
    for (const [j, { name, text, number, day }] of attributes.entries()) {
      const [value, ...others] = [text, number, day].flatMap((one) => one ?? []);
      if (value === undefined || others.length > 0 || entries.has(name)) {
        return refuse({ ...attributeMalformed, at: `events.${i}.attributes.${j}` });
      }
      entries.set(name, value);
    }
    events.push({
      memberId: memberId ?? undefined,
      staffNumber: staffNumber ?? undefined,
      type,
      attributes: Object.fromEntries(entries),
      occurredOn,
      reference: reference ?? undefined,
    });
  }
  return accept(events);
}

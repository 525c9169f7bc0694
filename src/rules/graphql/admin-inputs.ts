import { Field, Float, InputType } from 'type-graphql';
import { DayScalar, IdScalar } from '../../platform/graphql/scalars.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import type { Attributes } from '../attributes.ts';
import type { EventGiven } from '../check-events.ts';
import { attributeMalformed } from '../event-refusals.ts';

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

  @Field(() => String, { description: 'The code of one of the programme’s eventTypes, e.g. degree.' })
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

/** Reads reported events. Refusal: ATTRIBUTE_MALFORMED with its place. */
export function eventsGiven(inputs: readonly ActivityEventInput[]): Result<EventGiven[]> {
  const events: EventGiven[] = [];
  for (const [i, { memberId, staffNumber, type, attributes: given, occurredOn, reference }] of inputs.entries()) {
    const attributes = attributesGiven(given, `events.${i}`);
    if (!attributes.ok) return attributes;
    events.push({
      memberId: memberId ?? undefined,
      staffNumber: staffNumber ?? undefined,
      type,
      attributes: attributes.value,
      occurredOn,
      reference: reference ?? undefined,
    });
  }
  return accept(events);
}

/** Reads attributes that stand at a place in the input. Refusal: ATTRIBUTE_MALFORMED. */
export function attributesGiven(inputs: readonly AttributeInput[], at: string): Result<Attributes> {
  const entries = new Map<string, string | number>();
  for (const [i, { name, text, number, day }] of inputs.entries()) {
    const [value, ...others] = [text, number, day].flatMap((one) => one ?? []);
    if (value === undefined || others.length > 0 || entries.has(name)) {
      return refuse({ ...attributeMalformed, at: `${at}.attributes.${i}` });
    }
    entries.set(name, value);
  }
  return accept(Object.fromEntries(entries));
}

import { ArgsType, Field, Float, InputType } from 'type-graphql';
import { KEY } from '../../../platform/graphql/mutation.ts';
import { DayScalar, IdScalar } from '../../../platform/graphql/scalars.ts';
import { accept, type Result, refuse } from '../../../platform/result.ts';
import { attributeMalformed } from '../../event-refusals.ts';
import type { ClaimContent } from '../check-claim.ts';
import { LONGEST_NOTE } from '../limits.ts';

@InputType('AttributeInput', { description: 'Something known of an event: give one of text, number and day.' })
class AttributeInput {
  @Field(() => String, { description: 'As the event type declares it.' })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: '1 to 100 characters on one line; for CHOICE one of the choices.',
  })
  text?: string | null;

  @Field(() => Float, { nullable: true, description: 'A whole number within ±(2^53−1).' })
  number?: number | null;

  @Field(() => DayScalar, { nullable: true, description: 'The value of an attribute that is a day.' })
  day?: string | null;
}

@ArgsType()
class ClaimArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => [AttributeInput], { defaultValue: [], description: 'What the event type asks for, each name once.' })
  attributes!: AttributeInput[];

  @Field(() => DayScalar, { description: 'When it happened: today in Beijing at the latest.' })
  occurredOn!: string;

  @Field(() => String, {
    nullable: true,
    description: `What you wish to say with it, ${LONGEST_NOTE} characters at the most.`,
  })
  note?: string | null;

  @Field(() => [IdScalar], {
    defaultValue: [],
    description: 'The evidence, nine files at the most: the evidenceId that PUT /uploads/evidence answered, of each.',
  })
  evidenceIds!: string[];
}

@ArgsType()
export class SubmitClaimArgs extends ClaimArgs {
  @Field(() => IdScalar, { description: 'A programme of yours.' })
  programmeId!: string;

  @Field(() => String, { description: 'The code of one of its claimableEventTypes, e.g. degree.' })
  eventType!: string;
}

@ArgsType()
export class ResubmitClaimArgs extends ClaimArgs {
  @Field(() => IdScalar)
  claimId!: string;
}

/** Reads what a member says of an event. Refusal: ATTRIBUTE_MALFORMED with its place. */
export function claimContent({ attributes, occurredOn, note, evidenceIds }: ClaimArgs): Result<ClaimContent> {
  const entries = new Map<string, string | number>();
  for (const [i, { name, text, number, day }] of attributes.entries()) {
    const [value, ...others] = [text, number, day].flatMap((one) => one ?? []);
    if (value === undefined || others.length > 0 || entries.has(name)) {
      return refuse({ ...attributeMalformed, at: `attributes.${i}` });
    }
    entries.set(name, value);
  }
  return accept({ attributes: Object.fromEntries(entries), occurredOn, note: note ?? null, evidenceIds });
}

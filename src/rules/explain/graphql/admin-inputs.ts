import { Field, InputType, Int } from 'type-graphql';
import { DayScalar, IdScalar } from '../../../platform/graphql/scalars.ts';
import { accept, type Result, refuse } from '../../../platform/result.ts';
import { AttributeInput, attributesGiven } from '../../graphql/admin-inputs.ts';
import { trialMemberNotOne } from '../refusals.ts';
import type { Trial } from '../try-draft.ts';

@InputType({ description: 'A member who does not exist, to try a draft on. What is left out counts as not on record.' })
class MadeUpMemberInput {
  @Field(() => IdScalar, { description: 'The union to which the member belongs.' })
  unionId!: string;

  @Field(() => String, { nullable: true, description: 'male or female.' })
  sex?: string | null;

  @Field(() => Int, { nullable: true, description: 'In full years, as are the next two.' })
  age?: number | null;

  @Field(() => Int, { nullable: true, description: '工龄.' })
  serviceYears?: number | null;

  @Field(() => Int, { nullable: true, description: '会龄.' })
  membershipYears?: number | null;

  @Field(() => [String], { defaultValue: [], description: 'Tags that the member bears.' })
  tags!: string[];
}

@InputType({ description: 'An event that did not happen, of the type of the draft’s rule.' })
export class TrialInput {
  @Field(() => [AttributeInput], { defaultValue: [], description: '20 at the most, each name once.' })
  attributes!: AttributeInput[];

  @Field(() => DayScalar, { description: 'When it would happen; any day.' })
  occurredOn!: string;

  @Field(() => IdScalar, {
    nullable: true,
    description: 'A member of the branch: what the rules gave before counts. Or give madeUp.',
  })
  memberId?: string | null;

  @Field(() => MadeUpMemberInput, { nullable: true })
  madeUp?: MadeUpMemberInput | null;
}

/** Reads a trial. Refusals: ATTRIBUTE_MALFORMED, TRIAL_MEMBER_NOT_ONE. */
export function trialGiven({ attributes: given, occurredOn, memberId, madeUp }: TrialInput): Result<Trial> {
  const attributes = attributesGiven(given, 'event');
  if (!attributes.ok) return attributes;
  const event = { attributes: attributes.value, occurredOn };
  if (memberId && !madeUp) return accept({ ...event, who: { memberId } });
  if (!madeUp || memberId) return refuse(trialMemberNotOne);
  const { unionId, sex = null, age = null, serviceYears = null, membershipYears = null, tags } = madeUp;
  return accept({ ...event, who: { madeUp: { unionId, sex, age, serviceYears, membershipYears, tags } } });
}

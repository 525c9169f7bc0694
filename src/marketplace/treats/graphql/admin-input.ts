import { Field, InputType, Int } from 'type-graphql';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import type { WhenRest } from '../plan.entity.ts';
import type { TermsLine, TreatTerms } from '../plan-terms.ts';
import { WhenRestWord } from './words.ts';

@InputType('TreatLineInput', { description: 'What is given at an outlet in every round.' })
export class TreatLineInput implements TermsLine {
  @Field(() => IdScalar, { description: 'An outlet of a merchant that serves the programme.' })
  outletId!: string;

  @Field(() => String, { description: '1 to 60 characters, 奶茶一杯; the title of its offers.' })
  what!: string;

  @Field(() => Int, { description: 'How many in each round: 1 to 10,000,000.' })
  quantity!: number;
}

@InputType('TreatPlanInput', { description: 'All that is laid down for a treat of every month.' })
export class TreatPlanInput implements TreatTerms {
  @Field(() => String, { description: 'What members see, 1 to 40 characters.' })
  name!: string;

  @Field(() => Int, { description: 'The day of the month on which it is given: 1 to 28.' })
  dayOfMonth!: number;

  @Field(() => WhenRestWord, { defaultValue: WhenRestWord.ON_THE_DAY })
  whenRest!: WhenRest;

  @Field(() => String, { description: 'From when on it can be taken: HH:MM in Beijing.' })
  opens!: string;

  @Field(() => Int, { defaultValue: 5, description: 'How many days before its day a round is put up: 0 to 20.' })
  daysAhead!: number;

  @Field(() => [TreatLineInput], { description: 'What is given where: 1 to 50 lines. A member takes one in a round.' })
  lines!: TreatLineInput[];
}

/** The terms as given, in plain objects. */
export function treatTerms({ lines, ...terms }: TreatPlanInput): TreatTerms {
  return { ...terms, lines: lines.map(({ outletId, what, quantity }) => ({ outletId, what, quantity })) };
}

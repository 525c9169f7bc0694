import { ArgsType, Field, Int } from 'type-graphql';
import { MOST_WORKING_DAYS } from '../../../notices/limits.ts';
import { KEY } from '../../../platform/graphql/mutation.ts';
import { PageArgs } from '../../../platform/graphql/page.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { LONGEST_ROUND_NAME, LONGEST_STATEMENT, LONGEST_TERM_MONTHS, MOST_LISTED } from '../naming/limits.ts';
import type { NamingLevel, NamingState } from '../naming/naming.entity.ts';
import type { RoundState } from '../naming/round.entity.ts';
import { EVIDENCE, REASON } from './admin-inputs.ts';
import { NamingLevelWord, NamingStateWord, RoundStateWord } from './words.ts';

const STATEMENT = { description: `On what grounds: 1 to ${LONGEST_STATEMENT} characters.` };

@ArgsType()
export class ApplyForNamingArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  studioId!: string;

  @Field(() => NamingLevelWord)
  level!: NamingLevel;

  @Field(() => IdScalar, { description: 'Who is to give the name: the studio’s union or one above it.' })
  namingUnionId!: string;

  @Field(() => String, STATEMENT)
  statement!: string;

  @Field(() => [IdScalar], { ...EVIDENCE, defaultValue: [] })
  evidenceIds!: string[];
}

@ArgsType()
export class CompleteApplicationArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  namingId!: string;

  @Field(() => String, STATEMENT)
  statement!: string;

  @Field(() => [IdScalar], { ...EVIDENCE, defaultValue: [] })
  evidenceIds!: string[];
}

@ArgsType()
export class NamingDecisionArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  namingId!: string;

  @Field(() => String, REASON)
  reason!: string;
}

@ArgsType()
export class PublishRoundArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar, { description: 'The union that names.' })
  unionId!: string;

  @Field(() => NamingLevelWord)
  level!: NamingLevel;

  @Field(() => String, { description: `The title of the notice: 1 to ${LONGEST_ROUND_NAME} characters on one line.` })
  name!: string;

  @Field(() => Int, { description: `For how long its studios are named: 1 to ${LONGEST_TERM_MONTHS}.` })
  termMonths!: number;

  @Field(() => Int, { description: `For how many working days objections are taken: 1 to ${MOST_WORKING_DAYS}.` })
  workingDays!: number;

  @Field(() => IdScalar, {
    nullable: true,
    description:
      'In whose points the members of its studios are rewarded, of the union or one above it; left out for none.',
  })
  programmeId?: string | null;

  @Field(() => [IdScalar], { description: `The applications that are accepted, in order: 1 to ${MOST_LISTED}.` })
  namingIds!: string[];
}

@ArgsType()
export class ReviseRoundArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  roundId!: string;

  @Field(() => [IdScalar], {
    defaultValue: [],
    description: 'The namings that are struck from the list; none to publish it anew as its studios now are.',
  })
  struckIds!: string[];

  @Field(() => String, { description: `Members will read it. ${REASON.description}` })
  reason!: string;
}

@ArgsType()
export class NamingsArgs extends PageArgs {
  @Field(() => IdScalar, { nullable: true, description: 'Only those given by unions of the branch of this one.' })
  unionId?: string | null;

  @Field(() => NamingLevelWord, { nullable: true, description: 'Only those of this level.' })
  level?: NamingLevel | null;

  @Field(() => NamingStateWord, { nullable: true, description: 'Only those in this state.' })
  state?: NamingState | null;
}

@ArgsType()
export class NamingRoundsArgs extends PageArgs {
  @Field(() => IdScalar, { nullable: true, description: 'Only those of the branch of this union.' })
  unionId?: string | null;

  @Field(() => RoundStateWord, { nullable: true, description: 'Only those in this state.' })
  state?: RoundState | null;
}

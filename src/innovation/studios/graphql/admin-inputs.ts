import { ArgsType, Field, InputType, Int } from 'type-graphql';
import { MOST_OF_TARGET } from '../../../evidence/limits.ts';
import { KEY } from '../../../platform/graphql/mutation.ts';
import { PageArgs } from '../../../platform/graphql/page.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { LONGEST_TAG } from '../../../unions/tags.ts';
import {
  LONGEST_ABOUT,
  LONGEST_DUTY,
  LONGEST_FIELD,
  LONGEST_NAME,
  LONGEST_PREMISES,
  LONGEST_REASON,
  LONGEST_YEAR_TEXT,
  MOST_TAGS,
} from '../limits.ts';
import type { NamingLevel } from '../naming/naming.entity.ts';
import type { LeaderKind, StudioState } from '../studio.entity.ts';
import { LeaderKindWord, NamingLevelWord, StudioStateWord } from './words.ts';

export const REASON = { description: `1 to ${LONGEST_REASON} characters.` };
export const EVIDENCE = {
  description: `What PUT /uploads/evidence answered: ${MOST_OF_TARGET} files at the most.`,
};

@InputType('StudioInput', { description: 'What is to be known of a studio.' })
export class StudioInput {
  @Field(() => String, { description: `1 to ${LONGEST_NAME} characters on one line, once in its union.` })
  name!: string;

  @Field(() => String, { description: `领域: 1 to ${LONGEST_FIELD} characters on one line.` })
  field!: string;

  @Field(() => String, { description: `场所: 1 to ${LONGEST_PREMISES} characters on one line.` })
  premises!: string;

  @Field(() => String, { description: `Members read it: 1 to ${LONGEST_ABOUT} characters.` })
  about!: string;

  @Field(() => [String], {
    defaultValue: [],
    description: `女职工, 人工智能: ${MOST_TAGS} at the most, each 1 to ${LONGEST_TAG} characters on one line.`,
  })
  tags!: string[];
}

@InputType('StudioLeaderInput', { description: 'Who is to lead a studio.' })
export class StudioLeaderInput {
  @Field(() => IdScalar, { description: 'A member of the studio’s union or one below it.' })
  memberId!: string;

  @Field(() => LeaderKindWord)
  kind!: LeaderKind;

  @Field(() => [IdScalar], {
    defaultValue: [],
    description: `What proves her standing, as PUT /uploads/evidence answered: one file at the least for a MODEL_WORKER or CRAFTSMAN, ${MOST_OF_TARGET} at the most.`,
  })
  evidenceIds!: string[];
}

@ArgsType()
export class StudiosArgs extends PageArgs {
  @Field(() => IdScalar, { nullable: true, description: 'Only the branch of this union.' })
  unionId?: string | null;

  @Field(() => StudioStateWord, { nullable: true, description: 'Only those in this state.' })
  state?: StudioState | null;

  @Field(() => String, { nullable: true, description: 'Only those of just this field.' })
  field?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those with just this tag.' })
  tag?: string | null;

  @Field(() => NamingLevelWord, { nullable: true, description: 'Only those that bear a name of this level now.' })
  level?: NamingLevel | null;
}

@ArgsType()
export class DutyArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  studioId!: string;

  @Field(() => IdScalar)
  memberId!: string;

  @Field(() => String, { description: `分工: 1 to ${LONGEST_DUTY} characters on one line.` })
  duty!: string;
}

@ArgsType()
export class ChangeLeaderArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  studioId!: string;

  @Field(() => StudioLeaderInput)
  leader!: StudioLeaderInput;

  @Field(() => String, {
    nullable: true,
    description: `What the leader before does there from now on, 1 to ${LONGEST_DUTY} characters on one line; left out when she leaves the studio.`,
  })
  formerDuty?: string | null;

  @Field(() => String, REASON)
  reason!: string;
}

@ArgsType()
export class YearArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  studioId!: string;

  @Field(() => Int, { description: '年度' })
  year!: number;

  @Field(() => String, { description: `1 to ${LONGEST_YEAR_TEXT} characters.` })
  text!: string;

  @Field(() => [IdScalar], { ...EVIDENCE, defaultValue: [] })
  evidenceIds!: string[];
}

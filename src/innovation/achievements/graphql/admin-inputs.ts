import { ArgsType, Field, InputType, Int } from 'type-graphql';
import { KEY } from '../../../platform/graphql/mutation.ts';
import { PageArgs } from '../../../platform/graphql/page.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import type { Ownership } from '../../../unions/firms/firm.entity.ts';
import { OwnershipWord } from '../../../unions/firms/graphql/words.ts';
import { AchievementGroupWord, AchievementKindWord } from '../../graphql/words.ts';
import type { AchievementGroup, AchievementKind } from '../../kinds.ts';
import type { AchievementState, Adoption } from '../achievement.entity.ts';
import type { Post } from '../author.entity.ts';
import type { AchievementContent } from '../content.ts';
import { LONGEST_EFFECT, LONGEST_REASON, LONGEST_SEARCH, MOST_AUTHORS, MOST_MISSING } from '../limits.ts';
import { ContentFields, contentGiven, SHARE } from './content-fields.ts';
import { AchievementStateWord, AdoptionWord, PostWord } from './words.ts';

@InputType('AuthorInput', { description: '完成人: an author of an achievement.' })
class AuthorInput {
  @Field(() => IdScalar, { description: 'A member of the same federation who has not left it.' })
  memberId!: string;

  @Field(() => Int, SHARE)
  share!: number;

  @Field(() => PostWord)
  post!: Post;
}

@InputType('AchievementInput', {
  description: 'What is declared for a member. A draft may lack what the submission asks for.',
})
export class AchievementInput extends ContentFields {
  @Field(() => [AuthorInput], { description: `In order, the declarer among them; ${MOST_AUTHORS} at the most.` })
  authors!: AuthorInput[];
}

export function declaredContent(given: AchievementInput): AchievementContent {
  const authors = given.authors.map(({ memberId, share, post }) => ({ memberId, share, post }));
  return { ...contentGiven(given), authors };
}

@ArgsType()
export class AchievementsArgs extends PageArgs {
  @Field(() => IdScalar, { nullable: true, description: 'Only those of this season.' })
  seasonId?: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'Only those declared in this union’s branch.' })
  unionId?: string | null;

  @Field(() => AchievementKindWord, { nullable: true })
  kind?: AchievementKind | null;

  @Field(() => AchievementGroupWord, { nullable: true })
  group?: AchievementGroup | null;

  @Field(() => AchievementStateWord, { nullable: true })
  state?: AchievementState | null;

  @Field(() => Int, { nullable: true, description: 'Only those of this category of the season.' })
  categoryNumber?: number | null;

  @Field(() => String, { nullable: true, description: 'Only those of just this field.' })
  field?: string | null;

  @Field(() => OwnershipWord, { nullable: true, description: 'Only those from firms that were of this ownership.' })
  ownership?: Ownership | null;

  @Field(() => IdScalar, { nullable: true, description: 'Only those that this studio made, alone or with others.' })
  studioId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `A number, or words of the title: 2 to ${LONGEST_SEARCH} characters; blanks and punctuation do not count.`,
  })
  search?: string | null;
}

@ArgsType()
export class ReturnAchievementArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  achievementId!: string;

  @Field(() => [String], {
    description: `What is missing, one thing a line: 1 to ${MOST_MISSING} lines of 1 to ${LONGEST_REASON} characters. Who declared it reads them.`,
  })
  missing!: string[];
}

@ArgsType()
export class ChangeGroupArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  achievementId!: string;

  @Field(() => AchievementGroupWord)
  group!: AchievementGroup;

  @Field(() => String, { description: `1 to ${LONGEST_REASON} characters; who declared it reads it.` })
  reason!: string;
}

@ArgsType()
export class ChangeAdoptionArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  achievementId!: string;

  @Field(() => AdoptionWord)
  adoption!: Adoption;

  @Field(() => String, {
    nullable: true,
    description: `What was measured, up to ${LONGEST_EFFECT} characters; as it was when left out. Wanted for IN_USE.`,
  })
  effectMeasured?: string | null;
}

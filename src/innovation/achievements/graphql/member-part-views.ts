import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { loader, type MemberContext } from '../../../identity/context.ts';
import { IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { memberLoader, unionLoader } from '../../../unions/loaders.ts';
import { AchievementGroupWord } from '../../graphql/words.ts';
import type { AchievementGroup } from '../../kinds.ts';
import { studioLoader } from '../../studios/loaders.ts';
import type { Adoption } from '../achievement.entity.ts';
import type { Author, Post } from '../author.entity.ts';
import { MOST_MISSING } from '../limits.ts';
import type { AchievementStep, Step } from '../step.entity.ts';
import type { StudioShare } from '../studio-share.entity.ts';
import { AdoptionWord, PostWord, StepWord } from './words.ts';

@ObjectType('AchievementAuthor', { description: '完成人: an author of an achievement.', simpleResolvers: true })
export class AuthorView {
  memberId!: string;
  unionId!: string;

  @Field(() => Int, { description: 'In hundredths of a percent; those of all authors add to 10000.' })
  share!: number;

  @Field(() => PostWord)
  post!: Post;

  @Field(() => String)
  async name(@Ctx() context: MemberContext): Promise<string> {
    return (await loader(context, memberLoader).load(this.memberId))!.name;
  }

  @Field(() => String, { nullable: true, description: '工号' })
  async staffNumber(@Ctx() context: MemberContext): Promise<string | null> {
    return (await loader(context, memberLoader).load(this.memberId))!.staffNumber;
  }

  @Field(() => String, { description: 'Of the author’s union.' })
  async unionName(@Ctx() context: MemberContext): Promise<string> {
    return (await loader(context, unionLoader).load(this.unionId))!.name;
  }

  @Field(() => Boolean, { description: 'Whether it is you.' })
  isOwn(@Ctx() { caller }: MemberContext): boolean {
    return caller.memberId === this.memberId;
  }
}

export function authorView({ memberId, share, post, unionId }: Author): AuthorView {
  return Object.assign(new AuthorView(), { memberId, share, post, unionId });
}

@ObjectType('StudioShare', {
  description: 'A studio that made an achievement, alone or with others.',
  simpleResolvers: true,
})
export class StudioShareView {
  @Field(() => IdScalar)
  studioId!: string;

  @Field(() => Int, { description: 'In hundredths of a percent; those of all studios add to 10000.' })
  share!: number;

  @Field(() => String)
  async name(@Ctx() context: MemberContext): Promise<string> {
    return (await loader(context, studioLoader).load(this.studioId))!.name;
  }
}

export function studioShareView({ studioId, share }: StudioShare): StudioShareView {
  return Object.assign(new StudioShareView(), { studioId, share });
}

@ObjectType('AchievementStep', { description: 'A step in the history of an achievement.', simpleResolvers: true })
export class AchievementStepView {
  @Field(() => Int, { description: '1 for the first.' })
  number!: number;

  @Field(() => StepWord)
  what!: Step;

  @Field(() => InstantScalar)
  takenAt!: Date;

  @Field(() => [String], {
    description: `With RETURNED: what is missing, ${MOST_MISSING} lines at the most; else none.`,
  })
  missing!: readonly string[];

  @Field(() => String, { nullable: true, description: 'With INELIGIBLE and GROUP_CHANGED: why; else null.' })
  reason!: string | null;

  @Field(() => AchievementGroupWord, { nullable: true, description: 'With GROUP_CHANGED: the new one; else null.' })
  group!: AchievementGroup | null;

  @Field(() => AdoptionWord, { nullable: true, description: 'With ADOPTION_CHANGED: how far it is now; else null.' })
  adoption!: Adoption | null;
}

export function achievementStepView({ number, what, takenAt, note }: AchievementStep): AchievementStepView {
  const { missing = [], reason = null, group = null, adoption = null } = note;
  return Object.assign(new AchievementStepView(), { number, what, takenAt, missing, reason, group, adoption });
}

import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { memberLoader, unionLoader } from '../../../unions/loaders.ts';
import type { SkillLevel } from '../../../unions/skill/member-skill.entity.ts';
import { AchievementGroupWord, AchievementKindWord } from '../../graphql/words.ts';
import type { AchievementGroup, AchievementKind } from '../../kinds.ts';
import { studioLoader } from '../../studios/loaders.ts';
import type { Achievement, Adoption } from '../achievement.entity.ts';
import type { AchievementText } from '../achievement-text.entity.ts';
import type { Author, Post } from '../author.entity.ts';
import type { PossibleDuplicate } from '../duplicates/possible-duplicates.ts';
import { MOST_MISSING } from '../limits.ts';
import { seasonOfAchievementLoader } from '../loaders.ts';
import type { AchievementStep, Step } from '../step.entity.ts';
import type { StudioShare } from '../studio-share.entity.ts';
import { AdoptionWord, PostWord, StepWord } from './words.ts';

@ObjectType('AchievementText', {
  description: 'What an achievement says, as it was submitted once.',
  simpleResolvers: true,
})
export class AchievementTextView {
  @Field(() => Int, { description: '1 for the first; a new one with each submission that changed it.' })
  version!: number;

  @Field(() => String)
  title!: string;

  @Field(() => String, { description: '摘要' })
  summary!: string;

  @Field(() => String, { description: 'The whole of it.' })
  text!: string;

  @Field(() => InstantScalar)
  writtenAt!: Date;
}

export const AchievementTextConnection = connectionType(AchievementTextView, 'AchievementText');

export function achievementTextView({
  version,
  title,
  summary,
  text,
  writtenAt,
}: AchievementText): AchievementTextView {
  return Object.assign(new AchievementTextView(), { version, title, summary, text, writtenAt });
}

@ObjectType('AchievementAuthor', { description: '完成人: an author of an achievement.', simpleResolvers: true })
export class AuthorView {
  unionId!: string;

  @Field(() => IdScalar)
  memberId!: string;

  @Field(() => Int, { description: 'In hundredths of a percent; those of all authors add to 10000.' })
  share!: number;

  @Field(() => PostWord)
  post!: Post;

  @Field(() => Int, { nullable: true, description: '技能等级 at the submission, 1 to 5; null when none was known.' })
  skillLevel!: SkillLevel | null;

  @Field(() => String)
  async name(@Ctx() context: AdminContext): Promise<string> {
    return (await loader(context, memberLoader).load(this.memberId))!.name;
  }

  @Field(() => String, { description: 'Of the author’s union at the submission.' })
  async unionName(@Ctx() context: AdminContext): Promise<string> {
    return (await loader(context, unionLoader).load(this.unionId))!.name;
  }
}

export function authorView({ memberId, share, post, skillLevel, unionId }: Author): AuthorView {
  return Object.assign(new AuthorView(), { memberId, share, post, skillLevel, unionId });
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
  async name(@Ctx() context: AdminContext): Promise<string> {
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

  @Field(() => String, { description: 'Who did it: member:<id>, operator:<id> or system:innovation.' })
  actor!: string;

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

export function achievementStepView({ number, what, takenBy, takenAt, note }: AchievementStep): AchievementStepView {
  const { missing = [], reason = null, group = null, adoption = null } = note;
  return Object.assign(new AchievementStepView(), {
    ...{ number, what, actor: takenBy, takenAt, missing, reason, group, adoption },
  });
}

@ObjectType('PossibleDuplicate', {
  description:
    '疑似重复: an achievement of any season that may be the same; no more of it than its title and where it is from.',
  simpleResolvers: true,
})
export class PossibleDuplicateView {
  row!: Achievement;

  @Field(() => IdScalar)
  achievementId!: string;

  @Field(() => Int, { nullable: true, description: '申报编号: within its season.' })
  number!: number | null;

  @Field(() => AchievementKindWord)
  kind!: AchievementKind;

  @Field(() => String)
  title!: string;

  @Field(() => Int, { description: 'What the texts have in common, in percent: runs of three characters.' })
  textAlike!: number;

  @Field(() => Int, { description: 'What the titles have in common, in percent: pairs of characters.' })
  titleAlike!: number;

  @Field(() => Boolean, { description: 'Whether it is of the same patent.' })
  samePatent!: boolean;

  @Field(() => String)
  async seasonName(@Ctx() context: AdminContext): Promise<string> {
    return (await loader(context, seasonOfAchievementLoader).load(this.row.seasonId)).name;
  }

  @Field(() => String, { description: 'The firm, or the union of who works in none that is known.' })
  async firmName(@Ctx() context: AdminContext): Promise<string> {
    return (await loader(context, unionLoader).load(this.row.firmUnionId))!.name;
  }
}

export function possibleDuplicateView({ achievement, text, title, samePatent }: PossibleDuplicate) {
  const { id: achievementId, number, kind, title: name } = achievement;
  const [textAlike, titleAlike] = [Math.round(text * 100), Math.round(title * 100)];
  return Object.assign(new PossibleDuplicateView(), {
    ...{ row: achievement, achievementId, number, kind, title: name, textAlike, titleAlike, samePatent },
  });
}

import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { EvidenceFileView, evidenceFileView } from '../../../evidence/graphql/member-views.ts';
import { evidenceLoader } from '../../../evidence/loaders.ts';
import { loader, type MemberContext } from '../../../identity/context.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { AchievementGroupWord, AchievementKindWord } from '../../graphql/words.ts';
import type { AchievementGroup, AchievementKind } from '../../kinds.ts';
import { type Achievement, type AchievementState, type Adoption, achievementTarget } from '../achievement.entity.ts';
import type { AchievementText } from '../achievement-text.entity.ts';
import { MOST_AUTHORS, MOST_STUDIOS, STEPS_SHOWN } from '../limits.ts';
import {
  authorsLoader,
  categoryNamesLoader,
  seasonOfAchievementLoader,
  stepsLoader,
  studioSharesLoader,
  textLoader,
} from '../loaders.ts';
import {
  AchievementStepView,
  AuthorView,
  achievementStepView,
  authorView,
  StudioShareView,
  studioShareView,
} from './member-part-views.ts';
import { AchievementStateWord, AdoptionWord } from './words.ts';

@ObjectType('Achievement', {
  description: '创新成果: what you declare, or what you are an author of.',
  simpleResolvers: true,
})
export class AchievementView {
  row!: Achievement;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => Int, { nullable: true, description: '申报编号: within the season, from 1; null for a draft.' })
  number!: number | null;

  @Field(() => AchievementKindWord)
  kind!: AchievementKind;

  @Field(() => AchievementGroupWord)
  group!: AchievementGroup;

  @Field(() => String, { nullable: true, description: 'Why a checker changed the group; null while the post decides.' })
  groupReason!: string | null;

  @Field(() => AchievementStateWord)
  state!: AchievementState;

  @Field(() => String, { description: '所属领域: e.g. 焊接.' })
  field!: string;

  @Field(() => String, { nullable: true, description: 'Of a PATENT: ZL and digits, or the digits of an application.' })
  patentNumber!: string | null;

  @Field(() => AdoptionWord, { nullable: true, description: 'Of a PROPOSAL; null while no firm has taken it up.' })
  adoption!: Adoption | null;

  @Field(() => String, { nullable: true, description: '实测效果: of a PROPOSAL that is used.' })
  effectMeasured!: string | null;

  @Field(() => IdScalar)
  seasonId!: string;

  @Field(() => IdScalar, { nullable: true })
  allianceId!: string | null;

  @Field(() => InstantScalar, { description: 'When the draft was made.' })
  declaredAt!: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was submitted last.' })
  submittedAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was checked last.' })
  checkedAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was honoured, or not.' })
  settledAt!: Date | null;

  @Field(() => Boolean, { description: 'Whether you declare it: then it is yours to change, submit and withdraw.' })
  isOwn(@Ctx() { caller }: MemberContext): boolean {
    return this.row.declaredBy === caller.actor;
  }

  @Field(() => String)
  async title(@Ctx() context: MemberContext): Promise<string> {
    return (await textShown(context, this.row)).title;
  }

  @Field(() => String, { description: '摘要' })
  async summary(@Ctx() context: MemberContext): Promise<string> {
    return (await textShown(context, this.row)).summary;
  }

  @Field(() => String, { description: 'The whole of it: of your own as you wrote it last, else as it was submitted.' })
  async text(@Ctx() context: MemberContext): Promise<string> {
    return (await textShown(context, this.row)).text;
  }

  @Field(() => String)
  async seasonName(@Ctx() context: MemberContext): Promise<string> {
    return (await loader(context, seasonOfAchievementLoader).load(this.seasonId)).name;
  }

  @Field(() => String, { nullable: true })
  async categoryName(@Ctx() context: MemberContext): Promise<string | null> {
    const { categoryNumber } = this.row;
    if (categoryNumber === null) return null;
    return (await loader(context, categoryNamesLoader).load(this.seasonId)).get(categoryNumber) ?? null;
  }

  @Field(() => [AuthorView], { description: `完成人: in order, ${MOST_AUTHORS} at the most.` })
  async authors(@Ctx() context: MemberContext): Promise<AuthorView[]> {
    return (await loader(context, authorsLoader).load(this.id)).map(authorView);
  }

  @Field(() => [StudioShareView], { description: `The one with the largest share first; ${MOST_STUDIOS} at the most.` })
  async studios(@Ctx() context: MemberContext): Promise<StudioShareView[]> {
    return (await loader(context, studioSharesLoader).load(this.id)).map(studioShareView);
  }

  @Field(() => [EvidenceFileView], { description: 'The files that are attached, nine at the most.' })
  async evidence(@Ctx() context: MemberContext): Promise<EvidenceFileView[]> {
    return (await loader(context, evidenceLoader).load(achievementTarget(this.id))).map(evidenceFileView);
  }

  @Field(() => [AchievementStepView], { description: `Its history, oldest first; the newest ${STEPS_SHOWN} steps.` })
  async steps(@Ctx() context: MemberContext): Promise<AchievementStepView[]> {
    return (await loader(context, stepsLoader).load(this.id)).map(achievementStepView);
  }
}

export const AchievementConnection = connectionType(AchievementView, 'Achievement');

/** Of her own what a member wrote last; of others’ what was submitted. */
function textShown(context: MemberContext, row: Achievement): Promise<AchievementText> {
  const { id: achievementId, version, submittedVersion, declaredBy } = row;
  const isOwn = declaredBy === context.caller.actor;
  const shown = isOwn ? version : (submittedVersion ?? version);
  return loader(context, textLoader).load({ achievementId, version: shown });
}

export function achievementView(row: Achievement): AchievementView {
  const { id, number, kind, group, groupReason, state, field, patentNumber, adoption, effectMeasured } = row;
  const { seasonId, allianceId, declaredAt, submittedAt, checkedAt, settledAt } = row;
  return Object.assign(new AchievementView(), {
    ...{ row, id, number, kind, group, groupReason, state, field, patentNumber, adoption, effectMeasured },
    ...{ seasonId, allianceId, declaredAt, submittedAt, checkedAt, settledAt },
  });
}

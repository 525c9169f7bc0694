import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { EvidenceFileView, evidenceFileView } from '../../../evidence/graphql/admin-views.ts';
import { evidenceLoader } from '../../../evidence/loaders.ts';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import type { FirmType, Ownership } from '../../../unions/firms/firm.entity.ts';
import { FirmTypeWord, OwnershipWord } from '../../../unions/firms/graphql/words.ts';
import { UnionView, unionView } from '../../../unions/graphql/admin-views.ts';
import { unionLoader } from '../../../unions/loaders.ts';
import { AchievementGroupWord, AchievementKindWord } from '../../graphql/words.ts';
import type { AchievementGroup, AchievementKind } from '../../kinds.ts';
import { type Achievement, type AchievementState, type Adoption, achievementTarget } from '../achievement.entity.ts';
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
  AchievementTextView,
  AuthorView,
  achievementStepView,
  achievementTextView,
  authorView,
  StudioShareView,
  studioShareView,
} from './admin-part-views.ts';
import { AchievementStateWord, AdoptionWord } from './words.ts';

@ObjectType('Achievement', {
  description: '创新成果: what members declare in a season, with those who made it.',
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

  @Field(() => String)
  title!: string;

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

  @Field(() => Int, { nullable: true, description: 'Of the season; null for a draft.' })
  categoryNumber!: number | null;

  @Field(() => OwnershipWord, { nullable: true, description: 'Of the firm at its submission; null when not known.' })
  ownership!: Ownership | null;

  @Field(() => FirmTypeWord, { nullable: true, description: 'Of the firm at its submission; null when not known.' })
  firmType!: FirmType | null;

  @Field(() => IdScalar, { description: 'The member who declares it, or for whom it was declared.' })
  declarerId!: string;

  @Field(() => InstantScalar, { description: 'When the draft was made.' })
  declaredAt!: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was submitted last.' })
  submittedAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was checked last.' })
  checkedAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was honoured, or not.' })
  settledAt!: Date | null;

  @Field(() => String)
  async seasonName(@Ctx() context: AdminContext): Promise<string> {
    return (await loader(context, seasonOfAchievementLoader).load(this.seasonId)).name;
  }

  @Field(() => String, { nullable: true })
  async categoryName(@Ctx() context: AdminContext): Promise<string | null> {
    if (this.categoryNumber === null) return null;
    return (await loader(context, categoryNamesLoader).load(this.seasonId)).get(this.categoryNumber) ?? null;
  }

  @Field(() => UnionView, { description: 'The union of who declares it.' })
  async union(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionView((await loader(context, unionLoader).load(this.row.unionId))!);
  }

  @Field(() => String, { description: 'The firm, or the union of who works in none that is known.' })
  async firmName(@Ctx() context: AdminContext): Promise<string> {
    return (await loader(context, unionLoader).load(this.row.firmUnionId))!.name;
  }

  @Field(() => AchievementTextView, { description: 'As it was submitted last; of a draft as it is.' })
  async text(@Ctx() context: AdminContext): Promise<AchievementTextView> {
    const version = this.row.submittedVersion ?? this.row.version;
    return achievementTextView(await loader(context, textLoader).load({ achievementId: this.id, version }));
  }

  @Field(() => AchievementTextView, {
    nullable: true,
    description: 'Of what an admin declared: what was written since it was submitted last; null when nothing was.',
  })
  async unsubmittedText(@Ctx() context: AdminContext): Promise<AchievementTextView | null> {
    const { version, submittedVersion, declaredBy, declarerId } = this.row;
    if (submittedVersion === null || version === submittedVersion || declaredBy === `member:${declarerId}`) return null;
    return achievementTextView(await loader(context, textLoader).load({ achievementId: this.id, version }));
  }

  @Field(() => [AuthorView], { description: `完成人: in order, ${MOST_AUTHORS} at the most.` })
  async authors(@Ctx() context: AdminContext): Promise<AuthorView[]> {
    return (await loader(context, authorsLoader).load(this.id)).map(authorView);
  }

  @Field(() => [StudioShareView], { description: `The one with the largest share first; ${MOST_STUDIOS} at the most.` })
  async studios(@Ctx() context: AdminContext): Promise<StudioShareView[]> {
    return (await loader(context, studioSharesLoader).load(this.id)).map(studioShareView);
  }

  @Field(() => [EvidenceFileView], { description: 'The files that are attached, nine at the most.' })
  async evidence(@Ctx() context: AdminContext): Promise<EvidenceFileView[]> {
    return (await loader(context, evidenceLoader).load(achievementTarget(this.id))).map(evidenceFileView);
  }

  @Field(() => [AchievementStepView], { description: `Its history, oldest first; the newest ${STEPS_SHOWN} steps.` })
  async steps(@Ctx() context: AdminContext): Promise<AchievementStepView[]> {
    return (await loader(context, stepsLoader).load(this.id)).map(achievementStepView);
  }
}

export const AchievementConnection = connectionType(AchievementView, 'Achievement');

export function achievementView(row: Achievement): AchievementView {
  const { id, number, kind, group, groupReason, state, title, field, patentNumber, adoption, effectMeasured } = row;
  const { seasonId, allianceId, categoryNumber, ownership, firmType, declarerId } = row;
  const { declaredAt, submittedAt, checkedAt, settledAt } = row;
  return Object.assign(new AchievementView(), {
    ...{ row, id, number, kind, group, groupReason, state, title, field, patentNumber, adoption, effectMeasured },
    ...{ seasonId, allianceId, categoryNumber, ownership, firmType, declarerId },
    ...{ declaredAt, submittedAt, checkedAt, settledAt },
  });
}

import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { UnionView, unionView } from '../../../unions/graphql/admin-views.ts';
import { unionLoader } from '../../../unions/loaders.ts';
import { MOST_CATEGORIES, MOST_TROUBLES } from '../limits.ts';
import { categoriesLoader, troublesLoader } from '../loaders.ts';
import type { Season, SeasonState } from '../season.entity.ts';
import { CategoryView, categoryView } from './admin-part-views.ts';
import { SeasonStateWord } from './words.ts';

@ObjectType('Season', {
  description: '创新成果评选: a season of innovation of a union, open to its whole branch.',
  simpleResolvers: true,
})
export class SeasonView {
  row!: Season;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Int, { description: '年度' })
  year!: number;

  @Field(() => String, { description: 'What it is about, as members read it.' })
  about!: string;

  @Field(() => SeasonStateWord)
  state!: SeasonState;

  @Field(() => IdScalar, { nullable: true, description: 'In whose points honours are paid; null for none.' })
  programmeId!: string | null;

  @Field(() => InstantScalar, { description: 'From then on achievements are declared.' })
  declareFrom!: Date;

  @Field(() => InstantScalar, { description: 'From then on no more.' })
  declareUntil!: Date;

  @Field(() => Int, { description: 'Working days of the notice of the list of honours.' })
  noticeWorkingDays!: number;

  @Field(() => String, { description: 'What the numbers of its certificates begin with.' })
  certificatePrefix!: string;

  @Field(() => IdScalar, {
    nullable: true,
    description:
      'The season of an earlier year whose plan this was; figures compare the two. Null for one planned anew.',
  })
  copiedFrom!: string | null;

  @Field(() => InstantScalar)
  createdAt!: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was opened for declarations.' })
  openedAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When its review was opened.' })
  reviewingAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When its honours were given.' })
  finalAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true })
  cancelledAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was called off; null when it was not.' })
  cancelReason!: string | null;

  @Field(() => UnionView, { description: 'Whose season it is; its whole branch may declare.' })
  async union(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionView((await loader(context, unionLoader).load(this.row.unionId))!);
  }

  @Field(() => [CategoryView], { description: `In order, ${MOST_CATEGORIES} at the most.` })
  async categories(@Ctx() context: AdminContext): Promise<CategoryView[]> {
    return (await loader(context, categoriesLoader).load(this.id)).map(categoryView);
  }

  @Field(() => [RefusalView], {
    description: `All that keeps a draft from being opened now, ${MOST_TROUBLES} at the most: the codes of openSeason, each with its place in the plan. None once it is no draft.`,
  })
  async troubles(@Ctx() context: AdminContext): Promise<RefusalView[]> {
    const troubles = await loader(context, troublesLoader).load(this.id);
    return troubles.slice(0, MOST_TROUBLES).map((one) => refusalView(one, context.language));
  }
}

export const SeasonConnection = connectionType(SeasonView, 'Season');

export function seasonView(row: Season): SeasonView {
  const { id, name, year, about, state, programmeId, declareFrom, declareUntil, noticeWorkingDays } = row;
  const { certificatePrefix, copiedFrom, createdAt, openedAt, reviewingAt, finalAt, cancelledAt, cancelReason } = row;
  return Object.assign(new SeasonView(), {
    ...{ row, id, name, year, about, state, programmeId, declareFrom, declareUntil, noticeWorkingDays },
    ...{ certificatePrefix, copiedFrom, createdAt, openedAt, reviewingAt, finalAt, cancelledAt, cancelReason },
  });
}

import { Ctx, Field, Float, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { inHundred } from '../../../judging/ranking/marks.ts';
import { honourFilePath, honourPath } from '../../../platform/certificate/honour-path.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { DayScalar, IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { AchievementView, achievementView } from '../../achievements/graphql/admin-views.ts';
import { achievementLoader } from '../../achievements/loaders.ts';
import { categoryLoader } from '../../review/loaders.ts';
import { CategoryView, categoryView, GradeView, gradeView } from '../../seasons/graphql/admin-part-views.ts';
import { gradesLoader } from '../../seasons/loaders.ts';
import type { ListLine } from '../list-line.entity.ts';
import type { SeasonHonour } from '../season-honour.entity.ts';
import type { ListState, SeasonList } from '../season-list.entity.ts';
import { ListStateWord } from './words.ts';

@ObjectType('SeasonList', {
  description: '表彰名单: a version of the list of honours of a season; what it says never changes.',
  simpleResolvers: true,
})
export class ListView {
  @Field(() => IdScalar)
  seasonId!: string;

  @Field(() => Int, { description: 'From 1.' })
  version!: number;

  @Field(() => ListStateWord)
  state!: ListState;

  @Field(() => String, { nullable: true, description: 'Why another version was made; null for the first.' })
  reason!: string | null;

  @Field(() => InstantScalar)
  madeAt!: Date;

  @Field(() => String, { description: 'Who made it: operator:<id>.' })
  madeBy!: string;

  @Field(() => IdScalar, {
    nullable: true,
    description: 'In which it is or was in public view; null for one that never was.',
  })
  noticeId!: string | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was superseded or became final.' })
  settledAt!: Date | null;
}

export const ListConnection = connectionType(ListView, 'SeasonList');

/** What a line of a list and an honour have in common. */
@ObjectType()
abstract class PlacedView {
  seasonId!: string;
  categoryNumber!: number;
  gradeNumber!: number;
  achievementId!: string;

  @Field(() => Int, { description: 'Its place in the ranking of its category.' })
  place!: number;

  @Field(() => CategoryView)
  async category(@Ctx() context: AdminContext): Promise<CategoryView> {
    const { seasonId, categoryNumber: number } = this;
    return categoryView(await loader(context, categoryLoader).load({ seasonId, number }));
  }

  @Field(() => GradeView)
  async grade(@Ctx() context: AdminContext): Promise<GradeView> {
    const grades = await loader(context, gradesLoader).load(this.seasonId);
    const { categoryNumber, gradeNumber } = this;
    return gradeView(grades.find((one) => one.categoryNumber === categoryNumber && one.number === gradeNumber)!);
  }

  @Field(() => AchievementView)
  async achievement(@Ctx() context: AdminContext): Promise<AchievementView> {
    return achievementView((await loader(context, achievementLoader).load(this.achievementId))!);
  }
}

@ObjectType('SeasonListLine', { description: 'An achievement on a version of the list.', simpleResolvers: true })
export class ListLineView extends PlacedView {
  @Field(() => Float, { description: 'The total, 0 to 100, to the millionth.' })
  total!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of the reserve without which it would not be on the list; null for all others.',
  })
  keptFor!: number | null;
}

export const ListLineConnection = connectionType(ListLineView, 'SeasonListLine');

@ObjectType('SeasonHonour', { description: '获奖成果: that an achievement was honoured.', simpleResolvers: true })
export class HonourView extends PlacedView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => DayScalar, { description: 'The day on which the list became final.' })
  honouredOn!: string;

  @Field(() => String, { description: '荣誉证书编号: the number of the certificate.' })
  honourNumber!: string;

  @Field(() => String, { description: 'Where on this server everyone who has the number can check the honour.' })
  honourPath!: string;

  @Field(() => String, { description: 'Where on this server the certificate is, as a PDF.' })
  honourFilePath!: string;
}

export const HonourConnection = connectionType(HonourView, 'SeasonHonour');

export function listView({
  seasonId,
  version,
  state,
  reason,
  madeAt,
  madeBy,
  noticeId,
  settledAt,
}: SeasonList): ListView {
  return Object.assign(new ListView(), { seasonId, version, state, reason, madeAt, madeBy, noticeId, settledAt });
}

export function listLineView(line: ListLine): ListLineView {
  const { seasonId, categoryNumber, gradeNumber, achievementId, place, keptFor, total } = line;
  return Object.assign(new ListLineView(), {
    ...{ seasonId, categoryNumber, gradeNumber, achievementId, place, keptFor, total: inHundred(Number(total)) },
  });
}

export function honourView(honour: SeasonHonour): HonourView {
  const { id, seasonId, categoryNumber, gradeNumber, achievementId, place, honouredOn, honourNumber } = honour;
  return Object.assign(new HonourView(), {
    ...{ id, seasonId, categoryNumber, gradeNumber, achievementId, place, honouredOn, honourNumber },
    ...{ honourPath: honourPath(honourNumber), honourFilePath: honourFilePath(honourNumber) },
  });
}

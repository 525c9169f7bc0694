import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { loader, type MemberContext } from '../../../identity/context.ts';
import { maskName } from '../../../identity/personal-data.ts';
import { honourFilePath, honourPath } from '../../../platform/certificate/honour-path.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { DayScalar, IdScalar } from '../../../platform/graphql/scalars.ts';
import { memberLoader, unionLoader } from '../../../unions/loaders.ts';
import type { Achievement } from '../../achievements/achievement.entity.ts';
import { MOST_AUTHORS } from '../../achievements/limits.ts';
import { achievementLoader, authorsLoader } from '../../achievements/loaders.ts';
import { categoryLoader } from '../../review/loaders.ts';
import { SeasonView, seasonView } from '../../seasons/graphql/member-views.ts';
import { gradesLoader, seasonLoader } from '../../seasons/loaders.ts';
import type { SeasonHonour } from '../season-honour.entity.ts';

@ObjectType()
abstract class HonouredView {
  row!: SeasonHonour;

  @Field(() => IdScalar)
  achievementId!: string;

  @Field(() => Int, { description: 'Its place in its category.' })
  place!: number;

  @Field(() => DayScalar, { description: 'The day on which the list became final.' })
  honouredOn!: string;

  @Field(() => String, { description: 'The title of the achievement.' })
  async title(@Ctx() context: MemberContext): Promise<string> {
    return (await achievementOf(context, this.row)).title;
  }

  @Field(() => String, { description: 'The firm of who declared it.' })
  async firmName(@Ctx() context: MemberContext): Promise<string> {
    const { firmUnionId } = await achievementOf(context, this.row);
    return (await loader(context, unionLoader).load(firmUnionId))!.name;
  }

  @Field(() => [String], {
    description: `完成人: in order, ${MOST_AUTHORS} at the most; with all but the ends of the names hidden, your own in full.`,
  })
  async authorNames(@Ctx() context: MemberContext): Promise<string[]> {
    const authors = await loader(context, authorsLoader).load(this.achievementId);
    const members = loader(context, memberLoader);
    return Promise.all(
      authors.map(async ({ memberId }) => {
        const { name } = (await members.load(memberId))!;
        return memberId === context.caller.memberId ? name : maskName(name);
      }),
    );
  }

  @Field(() => SeasonView)
  async season(@Ctx() context: MemberContext): Promise<SeasonView> {
    return seasonView((await loader(context, seasonLoader).load(this.row.seasonId))!);
  }

  @Field(() => String, { description: '类别' })
  async categoryName(@Ctx() context: MemberContext): Promise<string> {
    const { seasonId, categoryNumber: number } = this.row;
    return (await loader(context, categoryLoader).load({ seasonId, number })).name;
  }

  @Field(() => String, { description: '奖项等级: 一等奖.' })
  async gradeName(@Ctx() context: MemberContext): Promise<string> {
    const { seasonId, categoryNumber, gradeNumber } = this.row;
    const grades = await loader(context, gradesLoader).load(seasonId);
    return grades.find((one) => one.categoryNumber === categoryNumber && one.number === gradeNumber)!.name;
  }
}

@ObjectType('SeasonHonour', { description: '获奖成果: an achievement that was honoured.', simpleResolvers: true })
export class HonourView extends HonouredView {}

export const HonourConnection = connectionType(HonourView, 'SeasonHonour');

@ObjectType('MyHonour', {
  description: '我的创新荣誉: that an achievement of which you are an author was honoured.',
  simpleResolvers: true,
})
export class MyHonourView extends HonouredView {
  @Field(() => String, { description: '荣誉证书编号: the number of the certificate.' })
  honourNumber!: string;

  @Field(() => String, { description: 'Where on this server everyone who has the number can check the honour.' })
  honourPath!: string;

  @Field(() => String, { description: 'Where on this server the certificate is, as a PDF.' })
  honourFilePath!: string;
}

export const MyHonourConnection = connectionType(MyHonourView, 'MyHonour');

export function honourView(row: SeasonHonour): HonourView {
  return Object.assign(new HonourView(), shown(row));
}

function shown(row: SeasonHonour) {
  const { achievementId, place, honouredOn } = row;
  return { row, achievementId, place, honouredOn };
}

export function myHonourView(row: SeasonHonour): MyHonourView {
  const { honourNumber } = row;
  return Object.assign(new MyHonourView(), {
    ...{ ...shown(row), honourNumber },
    ...{ honourPath: honourPath(honourNumber), honourFilePath: honourFilePath(honourNumber) },
  });
}

async function achievementOf(context: MemberContext, { achievementId }: SeasonHonour): Promise<Achievement> {
  return (await loader(context, achievementLoader).load(achievementId))!;
}

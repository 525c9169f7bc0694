import { Args, Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { loader, type MemberContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { honourFilePath, honourPath } from '../../../platform/certificate/honour-path.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { DayScalar, IdScalar } from '../../../platform/graphql/scalars.ts';
import { competitionLoader } from '../../entries/loaders.ts';
import { CompetitionView, competitionView } from '../../plan/graphql/member-views.ts';
import { awardLoader } from '../loaders.ts';
import { winsOfMember } from '../queries.ts';
import type { Win } from '../win.entity.ts';

@ObjectType('CompetitionWin', {
  description: '获奖: an award that you won, alone, with your team or for your firm.',
  simpleResolvers: true,
})
class WinView {
  row!: Win;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => Int, { description: 'The place in the final ranking.' })
  place!: number;

  @Field(() => DayScalar, { description: 'The day on which the ranking became final.' })
  wonOn!: string;

  @Field(() => String, {
    nullable: true,
    description: '荣誉证书编号: the number of the certificate; null where the award has no honour.',
  })
  honourNumber!: string | null;

  @Field(() => String, { nullable: true, description: 'Where on this server everyone can check the honour.' })
  honourPath!: string | null;

  @Field(() => String, { nullable: true, description: 'Where on this server the certificate is, as a PDF.' })
  honourFilePath!: string | null;

  @Field(() => String, { description: '奖项: the name of the award.' })
  async awardName(@Ctx() context: MemberContext): Promise<string> {
    return (await loader(context, awardLoader).load(this.row)).name;
  }

  @Field(() => CompetitionView)
  async competition(@Ctx() context: MemberContext): Promise<CompetitionView> {
    return competitionView((await loader(context, competitionLoader).load(this.row.competitionId))!);
  }
}

const WinConnection = connectionType(WinView, 'CompetitionWin');

/** What a member has won. */
@Resolver()
export class MemberAwardsResolver {
  @Permission('self')
  @Query(() => WinConnection, { description: 'The awards that you won in competitions, newest first.' })
  async myCompetitionWins(
    @Ctx() { deps, caller }: MemberContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<WinView>> {
    const found = await winsOfMember(deps.db.manager, caller.memberId, pageAsked(page));
    return connection(found, ({ id }) => id, winView);
  }
}

function winView(row: Win): WinView {
  const { id, place, wonOn, honourNumber } = row;
  const paths = {
    honourPath: honourNumber && honourPath(honourNumber),
    honourFilePath: honourNumber && honourFilePath(honourNumber),
  };
  return Object.assign(new WinView(), { row, id, place, wonOn, honourNumber, ...paths });
}

import { Arg, Args, ArgsType, Ctx, Field, Int, Query, Resolver } from 'type-graphql';
import type { MemberContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { idsOnPath } from '../../../unions/queries.ts';
import { memberStandings } from '../../../unions/standing.ts';
import { openedSeasons } from '../queries.ts';
import { seasonOfMember } from '../scope.ts';
import { SeasonConnection, SeasonView, seasonView } from './member-views.ts';

@ArgsType()
class SeasonsArgs extends PageArgs {
  @Field(() => Int, { nullable: true, description: 'Only those of this year.' })
  year?: number | null;
}

/** The seasons that a member sees. */
@Resolver()
export class MemberSeasonsResolver {
  @Permission('self')
  @Query(() => SeasonConnection, {
    description: 'The seasons of innovation that your union and those above it have opened, newest first.',
  })
  async seasons(
    @Ctx() { deps, caller }: MemberContext,
    @Args(() => SeasonsArgs) { year, ...page }: SeasonsArgs,
  ): Promise<Connection<SeasonView>> {
    const asked = pageAsked(page);
    const standing = (await memberStandings(deps.db.manager, [caller.memberId])).get(caller.memberId);
    const unionIds = idsOnPath(standing?.unionPath ?? '');
    const found = await openedSeasons(deps.db.manager, unionIds, year ?? undefined, asked);
    return connection(found, (one) => one.id, seasonView);
  }

  @Permission('self')
  @Query(() => SeasonView, {
    nullable: true,
    description: 'A season that your union or one above it has opened; null for any other id.',
  })
  async season(
    @Ctx() { deps, caller }: MemberContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<SeasonView | null> {
    const found = await seasonOfMember(deps.db.manager, caller.memberId, id);
    return found.ok ? seasonView(found.value) : null;
  }
}

import { Arg, Args, ArgsType, Ctx, Field, Int, Query, Resolver } from 'type-graphql';
import type { MemberContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { idsOnPath } from '../../../unions/queries.ts';
import { memberStandings } from '../../../unions/standing.ts';
import { publishedCompetitions } from '../queries.ts';
import { competitionOfMember } from '../scope.ts';
import { CompetitionConnection, CompetitionView, competitionView } from './member-views.ts';

@ArgsType()
class CompetitionsArgs extends PageArgs {
  @Field(() => Int, { nullable: true, description: 'Only those of this year.' })
  year?: number | null;
}

/** The competitions that a member sees. */
@Resolver()
export class MemberCompetitionsResolver {
  @Permission('self')
  @Query(() => CompetitionConnection, {
    description: 'The competitions that your union and those above it have published, newest first.',
  })
  async competitions(
    @Ctx() { deps, caller }: MemberContext,
    @Args(() => CompetitionsArgs) { year, ...page }: CompetitionsArgs,
  ): Promise<Connection<CompetitionView>> {
    const asked = pageAsked(page);
    const standing = (await memberStandings(deps.db.manager, [caller.memberId])).get(caller.memberId);
    const unionIds = idsOnPath(standing?.unionPath ?? '');
    const found = await publishedCompetitions(deps.db.manager, unionIds, year ?? undefined, asked);
    return connection(found, (one) => one.id, competitionView);
  }

  @Permission('self')
  @Query(() => CompetitionView, {
    nullable: true,
    description: 'A competition that your union or one above it has published; null for any other id.',
  })
  async competition(
    @Ctx() { deps, caller }: MemberContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<CompetitionView | null> {
    const found = await competitionOfMember(deps.db.manager, caller.memberId, id);
    return found.ok ? competitionView(found.value) : null;
  }
}

import { Args, ArgsType, Ctx, Field, Query, Resolver } from 'type-graphql';
import type { MemberContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { type Connection, connection, type Page } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { seasonOfMember } from '../../seasons/scope.ts';
import { honoursOfMember, honoursOfSeason, placeCursor } from '../queries.ts';
import type { SeasonHonour } from '../season-honour.entity.ts';
import {
  HonourConnection,
  type HonourView,
  honourView,
  MyHonourConnection,
  type MyHonourView,
  myHonourView,
} from './member-views.ts';

@ArgsType()
class SeasonHonoursArgs extends PageArgs {
  @Field(() => IdScalar)
  seasonId!: string;
}

/** What members see of honours. */
@Resolver()
export class MemberHonoursResolver {
  @Permission('self')
  @Query(() => HonourConnection, {
    description:
      'What was honoured in a season that your union or one above it has opened, by category and place; none before it is final. Until then its notice shows the list.',
  })
  async seasonHonours(
    @Ctx() { deps, caller }: MemberContext,
    @Args(() => SeasonHonoursArgs) { seasonId, ...args }: SeasonHonoursArgs,
  ): Promise<Connection<HonourView>> {
    const page = pageAsked(args);
    const scope = await seasonOfMember(deps.db.manager, caller.memberId, seasonId);
    const none: Page<SeasonHonour> = { items: [], hasNextPage: false };
    const found = scope.ok ? await honoursOfSeason(deps.db.manager, seasonId, page) : none;
    return connection(found, placeCursor, honourView);
  }

  @Permission('self')
  @Query(() => MyHonourConnection, { description: 'The honours of your achievements, newest first.' })
  async myHonours(
    @Ctx() { deps, caller }: MemberContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<MyHonourView>> {
    const found = await honoursOfMember(deps.db.manager, caller.memberId, pageAsked(page));
    return connection(found, ({ id }) => id, myHonourView);
  }
}

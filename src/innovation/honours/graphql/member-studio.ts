import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { loader, type MemberContext } from '../../../identity/context.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { StudioView } from '../../studios/graphql/member-views.ts';
import { studioHonoursLoaders } from '../loaders.ts';
import { HonourConnection, type HonourView, honourView } from './member-views.ts';

/** What the public page of a studio shows of what it made. */
@Resolver(() => StudioView)
export class MemberStudioAchievementsResolver {
  @FieldResolver(() => HonourConnection, {
    description: 'The achievements that it made, alone or with others, and that were honoured, newest first.',
  })
  async achievements(
    @Root() { id }: StudioView,
    @Ctx() context: MemberContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<HonourView>> {
    const found = await loader(context, studioHonoursLoaders)(pageAsked(page)).load(id);
    return connection(found, (honour) => honour.id, honourView);
  }
}

import { Arg, Args, ArgsType, Ctx, Field, Query, Resolver } from 'type-graphql';
import type { MemberContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { normaliseField } from '../description.ts';
import type { NamingLevel } from '../naming/naming.entity.ts';
import { currentStudioOf, studiosIn } from '../queries.ts';
import { branchOfMember, studioOfMember } from '../scope.ts';
import { StudioConnection, StudioView, studioView } from './member-views.ts';
import { NamingLevelWord } from './words.ts';

@ArgsType()
class StudiosArgs extends PageArgs {
  @Field(() => IdScalar, { nullable: true, description: 'Only those of the branch of this union.' })
  unionId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those of just this field.' })
  field?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those with just this tag.' })
  tag?: string | null;

  @Field(() => NamingLevelWord, { nullable: true, description: 'Only those that bear a name of this level.' })
  level?: NamingLevel | null;
}

/** The studios that a member sees. */
@Resolver()
export class MemberStudiosResolver {
  @Permission('self')
  @Query(() => StudioConnection, {
    description:
      'The studios that bear a name now, of all unions under the topmost one above yours, newest first. None for a union of another tree.',
  })
  async studios(
    @Ctx() { deps, caller }: MemberContext,
    @Args(() => StudiosArgs) { unionId, field, tag, level, ...page }: StudiosArgs,
  ): Promise<Connection<StudioView>> {
    const asked = pageAsked(page);
    const { manager } = deps.db;
    const branch = await branchOfMember(manager, caller.memberId, unionId ?? undefined);
    const filter = {
      state: undefined,
      field: field == null ? undefined : normaliseField(field),
      tag: tag ?? undefined,
      namedAt: level ?? ('any' as const),
    };
    const found = await studiosIn(manager, branch === undefined ? [] : [branch], filter, asked);
    return connection(found, ({ id }) => id, studioView);
  }

  @Permission('self')
  @Query(() => StudioView, {
    nullable: true,
    description:
      'A studio that bears or has borne a name, of any union under the topmost one above yours, or your own; null for any other id.',
  })
  async studio(
    @Ctx() { deps, caller }: MemberContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<StudioView | null> {
    const found = await studioOfMember(deps.db.manager, caller.memberId, id);
    return found.ok ? studioView(found.value) : null;
  }

  @Permission('self')
  @Query(() => StudioView, { nullable: true, description: 'The studio that you are in; null when you are in none.' })
  async myStudio(@Ctx() { deps, caller }: MemberContext): Promise<StudioView | null> {
    const studio = (await currentStudioOf(deps.db.manager, [caller.memberId])).get(caller.memberId);
    return studio ? studioView(studio) : null;
  }
}

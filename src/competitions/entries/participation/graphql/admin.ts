import { Arg, Args, ArgsType, Ctx, Field, Query, Resolver } from 'type-graphql';
import { type AdminContext, loader } from '../../../../identity/context.ts';
import { Permission } from '../../../../identity/permission.ts';
import { type Connection, connection } from '../../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../../platform/graphql/page.ts';
import { IdScalar } from '../../../../platform/graphql/scalars.ts';
import { competitionInScope } from '../../../plan/scope.ts';
import { participationLoader } from '../loaders.ts';
import { branchParts } from '../queries.ts';
import { BranchConnection, type BranchView, branchView, ParticipationView, participationView } from './admin-views.ts';

@ArgsType()
class BranchesArgs extends PageArgs {
  @Field(() => IdScalar)
  competitionId!: string;

  @Field(() => IdScalar, { description: 'The union whose children are counted, e.g. that of the competition.' })
  parentId!: string;
}

/** Who takes part in the competitions of the caller's branches. */
@Resolver()
export class AdminParticipationResolver {
  @Permission('competitions:read')
  @Query(() => ParticipationView, {
    nullable: true,
    description:
      'The figures of a competition of your branches; null for any other id, and before it was counted first.',
  })
  async participation(
    @Ctx() context: AdminContext,
    @Arg('competitionId', () => IdScalar) competitionId: string,
  ): Promise<ParticipationView | null> {
    if (!(await mayRead(context, competitionId))) return null;
    const found = await loader(context, participationLoader).load(competitionId);
    return found && participationView(found);
  }

  @Permission('competitions:read')
  @Query(() => BranchConnection, {
    description: 'The figures of a competition of your branches below one union, of each of its children that has any.',
  })
  async participationByBranch(
    @Ctx() context: AdminContext,
    @Args(() => BranchesArgs) { competitionId, parentId, ...args }: BranchesArgs,
  ): Promise<Connection<BranchView>> {
    const page = pageAsked(args);
    const reads = await mayRead(context, competitionId);
    const none = { items: [], hasNextPage: false };
    const found = reads ? await branchParts(context.deps.db.manager, competitionId, parentId, page) : none;
    return connection(found, (one) => one.value, branchView);
  }
}

async function mayRead({ deps, caller }: AdminContext, competitionId: string): Promise<boolean> {
  return (await competitionInScope(deps.db.manager, caller, 'competitions:read', competitionId)).ok;
}

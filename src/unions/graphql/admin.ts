import { Arg, Args, ArgsType, Ctx, Field, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import { branchesOf } from '../../identity/queries.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import type { RefusalView } from '../../platform/graphql/refusal.ts';
import { FenScalar, IdScalar } from '../../platform/graphql/scalars.ts';
import { changeProgramme } from '../change-programme.ts';
import { createProgrammeAs } from '../create-programme.ts';
import { createUnionAs } from '../create-union.ts';
import { programmesIn, topUnions } from '../queries.ts';
import { renameUnion } from '../rename-union.ts';
import { programmeInScope, unionInScope } from '../scope.ts';
import type { UnionKind } from '../union-node.entity.ts';
import { answer, branches } from './admin-answers.ts';
import {
  ProgrammeConnection,
  ProgrammeView,
  programmeView,
  UnionConnection,
  UnionView,
  unionConnection,
  unionView,
} from './admin-views.ts';
import { UnionKindWord } from './words.ts';

const CreateUnionResult = resultType('CreateUnion', UnionView);
const RenameUnionResult = resultType('RenameUnion', UnionView);
const CreateProgrammeResult = resultType('CreateProgramme', ProgrammeView);
const ChangeProgrammeResult = resultType('ChangeProgramme', ProgrammeView);

@ArgsType()
class CreateProgrammeArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar, { description: 'Whose programme it is; it covers the whole branch of this union.' })
  unionId!: string;

  @Field(() => String, { description: '1 to 120 characters, unique within the union.' })
  name!: string;

  @Field(() => FenScalar, { description: 'What the union pays a merchant for one point, in fen: 0 to 1,000,000.' })
  pointPriceFen!: number;

  @Field(() => Int, { description: 'Days that points can be spent, 1 to 36,500; the day of earning is day 1.' })
  pointsLiveDays!: number;

  @Field(() => Int, {
    defaultValue: 10,
    description: 'Minutes within which a merchant may undo the use of a voucher: 0 to 1,440.',
  })
  undoMinutes!: number;
}

@ArgsType()
class ChangeProgrammeArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => FenScalar, { nullable: true, description: 'What the union pays a merchant for one point, in fen.' })
  pointPriceFen?: number | null;

  @Field(() => Int, { nullable: true, description: 'Days that points can be spent; the day of earning is day 1.' })
  pointsLiveDays?: number | null;

  @Field(() => Int, { nullable: true, description: 'Minutes within which a verification can be undone.' })
  undoMinutes?: number | null;
}

async function union(context: AdminContext, outcome: Outcome): Promise<UnionView | RefusalView> {
  const { deps, caller } = context;
  return answer(context, outcome, (id) => unionInScope(deps.db.manager, caller, 'unions:write', id), unionView);
}

async function programme(context: AdminContext, outcome: Outcome): Promise<ProgrammeView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => programmeInScope(deps.db.manager, caller, 'programmes:write', id);
  return answer(context, outcome, find, programmeView);
}

/** The tree of unions and their programmes, within the caller's branches. */
@Resolver()
export class AdminUnionsResolver {
  @Query(() => UnionConnection, {
    description: 'The tops of your branches of the union tree; ask for their `children` to go down.',
  })
  @Permission('unions:read')
  async unions(@Ctx() context: AdminContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<UnionView>> {
    const mine = branchesOf(context.caller, 'unions:read');
    return unionConnection(await topUnions(context.deps.db.manager, mine, pageAsked(page)));
  }

  @Query(() => UnionView, { nullable: true, description: 'A union of your branches; null for any other id.' })
  @Permission('unions:read')
  async union(@Ctx() { deps, caller }: AdminContext, @Arg('id', () => IdScalar) id: string): Promise<UnionView | null> {
    const found = await unionInScope(deps.db.manager, caller, 'unions:read', id);
    return found.ok ? unionView(found.value) : null;
  }

  @Query(() => ProgrammeConnection, {
    description: "Programmes of your branches, oldest first; of one union's branch when unionId is given.",
  })
  @Permission('programmes:read')
  async programmes(
    @Ctx() context: AdminContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('unionId', () => IdScalar, { nullable: true }) unionId?: string | null,
  ): Promise<Connection<ProgrammeView>> {
    const asked = pageAsked(page);
    const within = await branches(context, 'programmes:read', unionId);
    const found = await programmesIn(context.deps.db.manager, within, asked);
    return connection(found, (one) => one.id, programmeView);
  }

  @Query(() => ProgrammeView, { nullable: true, description: 'A programme of your branches; null for any other id.' })
  @Permission('programmes:read')
  async programme(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<ProgrammeView | null> {
    const found = await programmeInScope(deps.db.manager, caller, 'programmes:read', id);
    return found.ok ? programmeView(found.value) : null;
  }

  @Mutation(() => CreateUnionResult, {
    description: `Makes a union under one of your branches. Refusals: UNION_UNKNOWN (parentId), NAME_MALFORMED, UNION_NAME_TAKEN, UNION_TOO_DEEP, ${KEY_REFUSALS}.`,
  })
  @Permission('unions:write')
  async createUnion(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('parentId', () => IdScalar) parentId: string,
    @Arg('name', () => String, { description: '1 to 120 characters, unique under the parent.' }) name: string,
    @Arg('kind', () => UnionKindWord) kind: UnionKind,
  ): Promise<UnionView | RefusalView> {
    return union(context, await createUnionAs(context.deps, context.caller, key, { parentId, name, kind }));
  }

  @Mutation(() => RenameUnionResult, {
    description: `Gives a union another name. Refusals: UNION_UNKNOWN, NAME_MALFORMED, UNION_NAME_TAKEN, ${KEY_REFUSALS}.`,
  })
  @Permission('unions:write')
  async renameUnion(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('id', () => IdScalar) id: string,
    @Arg('name', () => String) name: string,
  ): Promise<UnionView | RefusalView> {
    return union(context, await renameUnion(context.deps, context.caller, key, { id, name }));
  }

  @Mutation(() => CreateProgrammeResult, {
    description: `Makes a programme of one of your unions. Refusals: UNION_UNKNOWN (unionId), NAME_MALFORMED, TERM_OUT_OF_RANGE (\`at\` names the term), PROGRAMME_NAME_TAKEN, ${KEY_REFUSALS}.`,
  })
  @Permission('programmes:write')
  async createProgramme(
    @Ctx() context: AdminContext,
    @Args(() => CreateProgrammeArgs) { key, ...input }: CreateProgrammeArgs,
  ): Promise<ProgrammeView | RefusalView> {
    return programme(context, await createProgrammeAs(context.deps, context.caller, key, input));
  }

  @Mutation(() => ChangeProgrammeResult, {
    description: `Changes the terms that are given and leaves the others. Points that were earned before keep their last day. Refusals: PROGRAMME_UNKNOWN, NAME_MALFORMED, TERM_OUT_OF_RANGE (\`at\` names the term), PROGRAMME_NAME_TAKEN, ${KEY_REFUSALS}.`,
  })
  @Permission('programmes:write')
  async changeProgramme(
    @Ctx() context: AdminContext,
    @Args(() => ChangeProgrammeArgs) { key, id, ...terms }: ChangeProgrammeArgs,
  ): Promise<ProgrammeView | RefusalView> {
    const given = Object.fromEntries(Object.entries(terms).filter(([, term]) => term !== null));
    return programme(context, await changeProgramme(context.deps, context.caller, key, { id, ...given }));
  }
}

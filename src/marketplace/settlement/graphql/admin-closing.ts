import { Arg, Args, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { programmeInScope } from '../../../unions/scope.ts';
import { type RunState, runsOf, settlementDayOf } from '../runs.ts';
import { setSettlementDay } from '../set-settlement-day.ts';
import { SettlementRunStateWord } from './words.ts';

@ObjectType('SettlementRun', {
  description: '月度结算: the closing of a month of a programme.',
  simpleResolvers: true,
})
class SettlementRunView {
  @Field(() => String, { description: 'The month in Beijing, "2026-07".' })
  month!: string;

  @Field(() => SettlementRunStateWord)
  state!: RunState;

  @Field(() => Int, { description: 'How many statements it brought, once it is done.' })
  statements!: number;

  @Field(() => InstantScalar)
  startedAt!: Date;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was done; null while it runs.' })
  finishedAt!: Date | null;
}

@ObjectType('SettlementPolicy', { description: 'When a programme settles.', simpleResolvers: true })
class SettlementPolicyView {
  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => Int, { description: '结算日: the day of the month, 1 to 28, on which the month before is closed.' })
  day!: number;
}

const SettlementRunConnection = connectionType(SettlementRunView, 'SettlementRun');
const SetDayResult = resultType('SetSettlementDay', SettlementPolicyView);

/** When months are closed. */
@Resolver()
export class AdminClosingResolver {
  @Permission('settlements:read')
  @Query(() => SettlementRunConnection, {
    description: 'The months that were closed in a programme of your branch, newest first.',
  })
  async settlementRuns(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<SettlementRunView>> {
    const asked = pageAsked(page);
    const { manager } = deps.db;
    const programme = await programmeInScope(manager, caller, 'settlements:read', programmeId);
    const runs = programme.ok ? await runsOf(manager, programmeId, asked) : { items: [], hasNextPage: false };
    return connection(
      runs,
      (run) => run.month,
      (run) => Object.assign(new SettlementRunView(), run),
    );
  }

  @Permission('settlements:read')
  @Query(() => SettlementPolicyView, {
    nullable: true,
    description: 'When a programme of your branch settles; null for any other.',
  })
  async settlementPolicy(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('programmeId', () => IdScalar) programmeId: string,
  ): Promise<SettlementPolicyView | null> {
    const { manager } = deps.db;
    const programme = await programmeInScope(manager, caller, 'settlements:read', programmeId);
    return programme.ok ? policyView(programmeId, await settlementDayOf(manager, programmeId)) : null;
  }

  @Permission('programmes:write')
  @Mutation(() => SetDayResult, {
    description: `Lays down on which day of the month a programme of your branch closes the month before. Refusals: PROGRAMME_UNKNOWN, SETTLEMENT_DAY_OUT_OF_RANGE, ${KEY_REFUSALS}.`,
  })
  async setSettlementDay(
    @Ctx() { deps, caller, language }: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Arg('day', () => Int, { description: '1 to 28; 3 when never laid down.' }) day: number,
  ): Promise<SettlementPolicyView | RefusalView> {
    const set = await setSettlementDay(deps, caller, key, { programmeId, day });
    if (!set.ok) return refusalView(set.refusal, language);
    return policyView(programmeId, await settlementDayOf(deps.db.manager, programmeId));
  }
}

function policyView(programmeId: string, day: number): SettlementPolicyView {
  return Object.assign(new SettlementPolicyView(), { programmeId, day });
}

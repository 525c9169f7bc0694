import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { type Connection, connection } from '../../../platform/graphql/connection.ts';
import { resultType } from '../../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { DayScalar, IdScalar } from '../../../platform/graphql/scalars.ts';
import { programmeInScope } from '../../../unions/scope.ts';
import { Backtest } from '../backtest.entity.ts';
import { backtestInScope, backtestsOf } from '../queries.ts';
import { requestBacktest } from '../request-backtest.ts';
import { BacktestConnection, BacktestView, backtestView } from './admin-views.ts';

const RequestBacktestResult = resultType('RequestBacktest', BacktestView);

@Resolver()
export class AdminBacktestResolver {
  @Permission('rules:read')
  @Query(() => BacktestConnection, { description: 'The back-tests of a programme of the branch, newest first.' })
  async backtests(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<BacktestView>> {
    const asked = pageAsked(page);
    const { manager } = deps.db;
    const programme = await programmeInScope(manager, caller, 'rules:read', programmeId);
    const found = programme.ok ? await backtestsOf(manager, programmeId, asked) : { items: [], hasNextPage: false };
    return connection(found, (backtest) => backtest.id, backtestView);
  }

  @Permission('rules:read')
  @Query(() => BacktestView, {
    nullable: true,
    description:
      'A back-test of a programme of the branch; ask again while it runs. Null when there is none of this id.',
  })
  async backtest(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<BacktestView | null> {
    const backtest = await backtestInScope(deps.db.manager, caller, id);
    return backtest && backtestView(backtest);
  }

  @Permission('rules:write')
  @Mutation(() => RequestBacktestResult, {
    description:
      'Asks for a back-test: the rules in force, with drafts in the place of their rules or beside them, replayed over the events that were recorded in a period. A job does it; nothing else is written. Refusals: PROGRAMME_UNKNOWN, PERIOD_MALFORMED, DRAFT_UNKNOWN, BACKTESTS_TOO_MANY, KEY_MALFORMED, KEY_REUSED.',
  })
  async requestBacktest(
    @Ctx() { deps, caller, language }: AdminContext,
    @Arg('key', () => String) key: string,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Arg('from', () => DayScalar, { description: 'The first day of recording.' }) from: string,
    @Arg('until', () => DayScalar, { description: 'The last day of recording: today in Beijing at the latest.' })
    until: string,
    @Arg('draftIds', () => [IdScalar], { defaultValue: [], description: 'The drafts to try, 20 at the most.' })
    draftIds: string[],
  ): Promise<BacktestView | RefusalView> {
    const asked = await requestBacktest(deps, caller, key, { programmeId, from, until, draftIds });
    if (!asked.ok) return refusalView(asked.refusal, language);
    return backtestView(await deps.db.manager.findOneByOrFail(Backtest, { id: asked.value }));
  }
}

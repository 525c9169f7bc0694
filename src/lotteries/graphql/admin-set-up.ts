import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import { answer } from '../../marketplace/graphql/admin-views.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { pageAsked } from '../../platform/graphql/page.ts';
import type { RefusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar } from '../../platform/graphql/scalars.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { lotteryInScope } from '../lottery.ts';
import { lotteriesOfProgramme } from '../queries.ts';
import { changeLottery } from '../set-up/change-lottery.ts';
import { createLottery } from '../set-up/create-lottery.ts';
import { openLottery } from '../set-up/open-lottery.ts';
import { voidLottery } from '../set-up/void-lottery.ts';
import { ChangeLotteryArgs, CreateLotteryArgs, LotteriesArgs, termsGiven } from './admin-inputs.ts';
import { TERMS_REFUSALS } from './admin-templates.ts';
import { LotteryConnection, LotteryView, lotteryView } from './admin-views.ts';

const CreateLotteryResult = resultType('CreateLottery', LotteryView);
const ChangeLotteryResult = resultType('ChangeLottery', LotteryView);
const OpenLotteryResult = resultType('OpenLottery', LotteryView);
const VoidLotteryResult = resultType('VoidLottery', LotteryView);

const LOTTERY_REFUSALS = `TEXT_LENGTH, TIME_OVER, TIMES_OUT_OF_ORDER, DRAW_TOO_SOON, ${TERMS_REFUSALS}`;
const NONE = { items: [], hasNextPage: false };

@Resolver()
export class AdminLotteriesResolver {
  @Permission('lotteries:read')
  @Query(() => LotteryConnection, {
    description: 'The lotteries of a programme, newest first. Empty for a programme outside your branches.',
  })
  async lotteries(
    @Ctx() { deps, caller }: AdminContext,
    @Args(() => LotteriesArgs) { programmeId, state, ...page }: LotteriesArgs,
  ): Promise<Connection<LotteryView>> {
    const asked = pageAsked(page);
    const scope = await programmeInScope(deps.db.manager, caller, 'lotteries:read', programmeId);
    const found = scope.ok ? await lotteriesOfProgramme(deps.db.manager, programmeId, asked, state ?? undefined) : NONE;
    return connection(found, (one) => one.id, lotteryView);
  }

  @Permission('lotteries:read')
  @Query(() => LotteryView, { nullable: true, description: 'A lottery of your branches; null for any other id.' })
  async lottery(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<LotteryView | null> {
    const found = await lotteryInScope(deps.db.manager, caller, 'lotteries:read', id);
    return found.ok ? lotteryView(found.value.lottery) : null;
  }

  @Permission('lotteries:write')
  @Mutation(() => CreateLotteryResult, {
    description: `Makes the draft of a lottery; it opens by itself at \`opensAt\`. Refusals: PROGRAMME_UNKNOWN, ${LOTTERY_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  async createLottery(
    @Ctx() context: AdminContext,
    @Args(() => CreateLotteryArgs) { key, terms, ...given }: CreateLotteryArgs,
  ): Promise<LotteryView | RefusalView> {
    const input = { ...given, terms: termsGiven(terms) };
    return answerLottery(context, await createLottery(context.deps, context.caller, key, input));
  }

  @Permission('lotteries:write')
  @Mutation(() => ChangeLotteryResult, {
    description: `Sets up a draft anew, all of it. Refusals: LOTTERY_UNKNOWN, LOTTERY_OPENED, LOTTERY_VOID, ${LOTTERY_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  async changeLottery(
    @Ctx() context: AdminContext,
    @Args(() => ChangeLotteryArgs) { key, terms, ...given }: ChangeLotteryArgs,
  ): Promise<LotteryView | RefusalView> {
    const input = { ...given, terms: termsGiven(terms) };
    return answerLottery(context, await changeLottery(context.deps, context.caller, key, input));
  }

  @Permission('lotteries:write')
  @Mutation(() => OpenLotteryResult, {
    description: `Opens a draft before its time: its prizes are set aside and nothing of it can be changed any more. Refusals: LOTTERY_UNKNOWN, LOTTERY_OPENED, LOTTERY_VOID, OVER_BUDGET, STOCK_SHORT, OFFER_NOT_ON_SALE (\`at\` names the prize), ${KEY_REFUSALS}.`,
  })
  async openLottery(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('lotteryId', () => IdScalar) lotteryId: string,
  ): Promise<LotteryView | RefusalView> {
    return answerLottery(context, await openLottery(context.deps, context.caller, key, { lotteryId }));
  }

  @Permission('lotteries:write')
  @Mutation(() => VoidLotteryResult, {
    description: `Calls a lottery off while its result is not final: bought tickets are refunded, and what was set aside for prizes goes back. Refusals: LOTTERY_UNKNOWN, LOTTERY_VOID, LOTTERY_FINAL, REASON_NEEDED, ${KEY_REFUSALS}.`,
  })
  async voidLottery(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('lotteryId', () => IdScalar) lotteryId: string,
    @Arg('reason', () => String, { description: 'Members will read it: 1 to 300 characters.' }) reason: string,
  ): Promise<LotteryView | RefusalView> {
    return answerLottery(context, await voidLottery(context.deps, context.caller, key, { lotteryId, reason }));
  }
}

/** What a mutation of a lottery answers with: the lottery read anew. */
export async function answerLottery(context: AdminContext, outcome: Outcome): Promise<LotteryView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => lotteryInScope(deps.db.manager, caller, 'lotteries:write', id);
  return answer(context, outcome, find, (found) => lotteryView(found.lottery));
}

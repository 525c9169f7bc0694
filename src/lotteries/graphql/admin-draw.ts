import { Arg, Args, ArgsType, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import { answer } from '../../marketplace/graphql/admin-views.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { type Connection, connection } from '../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';
import { accept, refuse } from '../../platform/result.ts';
import { drawAgain } from '../draw/draw-again.ts';
import { drawsOf } from '../draw/draw-queries.ts';
import { revealEntropy } from '../entropy/reveal-entropy.ts';
import { supplyEntropy } from '../entropy/supply-entropy.ts';
import { Lottery } from '../lottery.entity.ts';
import { lotteryInScope } from '../lottery.ts';
import { disqualifyWinner } from '../prizes/disqualify-winner.ts';
import { handOutPrize } from '../prizes/hand-out-prize.ts';
import type { WinState } from '../prizes/lottery-win.entity.ts';
import { renewWinnersNotice } from '../prizes/renew-winners-notice.ts';
import { settleLottery } from '../prizes/settle-lottery.ts';
import { findWin, winCursor, winsOfLottery } from '../prizes/win-queries.ts';
import { winUnknown } from '../refusals-draw.ts';
import { LotteryWinConnection, LotteryWinView, winView } from './admin-draw-views.ts';
import { LotteryPartView, lotteryPartView } from './admin-parties.ts';
import { answerLottery } from './admin-set-up.ts';
import { LotteryView } from './admin-views.ts';
import { DRAW_FIELDS, drawFields } from './draw-view.ts';
import { WinStateWord } from './words-draw.ts';

@ObjectType('LotteryDraw', {
  description: 'A draw of a lottery (抽取), open for anyone to check.',
  simpleResolvers: true,
})
class DrawView {
  @Field(() => Int, { description: DRAW_FIELDS.number })
  number!: number;

  @Field(() => String, { description: DRAW_FIELDS.commitment })
  commitment!: string;

  @Field(() => InstantScalar)
  committedAt!: Date;

  @Field(() => String, { nullable: true, description: DRAW_FIELDS.drandRound })
  drandRound!: string | null;

  @Field(() => InstantScalar, { nullable: true, description: DRAW_FIELDS.revealUntil })
  revealUntil!: Date | null;

  @Field(() => String, { nullable: true, description: DRAW_FIELDS.announcement })
  announcement!: string | null;

  @Field(() => InstantScalar, { nullable: true, description: DRAW_FIELDS.drawnAt })
  drawnAt!: Date | null;

  @Field(() => String, { nullable: true, description: DRAW_FIELDS.transcript })
  transcript!: string | null;

  @Field(() => String, { nullable: true, description: DRAW_FIELDS.transcriptHash })
  transcriptHash!: string | null;
}

@ArgsType()
class LotteryWinsArgs extends PageArgs {
  @Field(() => IdScalar)
  lotteryId!: string;

  @Field(() => WinStateWord, { nullable: true, description: 'Only those in this state.' })
  state?: WinState | null;
}

const RevealEntropyResult = resultType('RevealEntropy', LotteryPartView);
const SupplyEntropyResult = resultType('SupplyEntropy', LotteryView);
const DisqualifyWinnerResult = resultType('DisqualifyWinner', LotteryWinView);
const HandOutPrizeResult = resultType('HandOutPrize', LotteryWinView);
const DrawAgainResult = resultType('DrawAgain', LotteryView);
const RenewWinnersNoticeResult = resultType('RenewWinnersNotice', LotteryView);
const SettleLotteryResult = resultType('SettleLottery', LotteryView);

const REASON = { description: '1 to 500 characters; members may read it.' };
const NONE = { items: [], hasNextPage: false };

@Resolver()
export class AdminDrawResolver {
  @Permission('lotteries:read')
  @Query(() => [DrawView], {
    description: 'The draws of a lottery of your branches, a handful, the first first. Empty for any other id.',
  })
  async lotteryDraws(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('lotteryId', () => IdScalar) lotteryId: string,
  ): Promise<DrawView[]> {
    const found = await lotteryInScope(deps.db.manager, caller, 'lotteries:read', lotteryId);
    const draws = found.ok ? await drawsOf(deps.db.manager, lotteryId) : [];
    return draws.map((draw) => Object.assign(new DrawView(), drawFields(draw)));
  }

  @Permission('lotteries:read')
  @Query(() => LotteryWinConnection, {
    description:
      'The wins of a lottery of your branches by draw and place, whatever became of them. Empty for any other id.',
  })
  async lotteryWins(
    @Ctx() { deps, caller }: AdminContext,
    @Args(() => LotteryWinsArgs) { lotteryId, state, ...page }: LotteryWinsArgs,
  ): Promise<Connection<LotteryWinView>> {
    const asked = pageAsked(page);
    const scope = await lotteryInScope(deps.db.manager, caller, 'lotteries:read', lotteryId);
    const states = state ? [state] : undefined;
    const found = scope.ok ? await winsOfLottery(deps.db.manager, lotteryId, asked, states) : NONE;
    return connection(found, winCursor, winView);
  }

  @Permission('self')
  @Mutation(() => RevealEntropyResult, {
    description: `Reveals the 32 random bytes that your party committed itself to, once the list of tickets is public. Refusals: LOTTERY_UNKNOWN, REVEALS_NOT_OPEN, REVEALS_CLOSED, REVEAL_MADE, REVEAL_NOT_COMMITTED, ${KEY_REFUSALS}.`,
  })
  async revealEntropy(
    @Ctx() { deps, caller, language }: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('lotteryId', () => IdScalar) lotteryId: string,
    @Arg('reveal', () => String, { description: '64 lower-case hexadecimal digits.' }) reveal: string,
  ): Promise<LotteryPartView | RefusalView> {
    const outcome = await revealEntropy(deps, caller, key, { lotteryId, reveal });
    if (!outcome.ok) return refusalView(outcome.refusal, language);
    const lottery = await deps.db.manager.findOneByOrFail(Lottery, { id: outcome.value });
    return lotteryPartView(lottery, caller.operatorId ?? '');
  }

  @Permission('lotteries:write')
  @Mutation(() => SupplyEntropyResult, {
    description: `Hands in the round of drand that a draw waits for, where the server reaches no relay: copy it from any, such as https://api.drand.sh. It is checked against drand's key. Refusals: LOTTERY_UNKNOWN, ROUND_FORGED, ROUND_NOT_AWAITED, ${KEY_REFUSALS}.`,
  })
  async supplyEntropy(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('lotteryId', () => IdScalar) lotteryId: string,
    @Arg('round', () => Int, { description: 'As the draw announced it.' }) round: number,
    @Arg('signature', () => String, { description: '96 lower-case hexadecimal digits.' }) signature: string,
  ): Promise<LotteryView | RefusalView> {
    const input = { lotteryId, round, signature };
    return answerLottery(context, await supplyEntropy(context.deps, context.caller, key, input));
  }

  @Permission('lotteries:write')
  @Mutation(() => DisqualifyWinnerResult, {
    description: `Takes a win away that was not paid or collected yet, as when an objection was upheld. While the result is in notice, the list without it is published anew, with a period of its own: at once, or when other objections that were upheld are answered too. Refusals: WIN_UNKNOWN, REASON_NEEDED, WIN_SETTLED, ${KEY_REFUSALS}.`,
  })
  async disqualifyWinner(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('winId', () => IdScalar) winId: string,
    @Arg('reason', () => String, REASON) reason: string,
  ): Promise<LotteryWinView | RefusalView> {
    return answerWin(context, await disqualifyWinner(context.deps, context.caller, key, { winId, reason }));
  }

  @Permission('lotteries:write')
  @Mutation(() => HandOutPrizeResult, {
    description: `Writes down that a winner has collected a thing. Refusals: WIN_UNKNOWN, PRIZE_NOT_TO_COLLECT, PRIZE_LAPSED, ${KEY_REFUSALS}.`,
  })
  async handOutPrize(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('winId', () => IdScalar) winId: string,
  ): Promise<LotteryWinView | RefusalView> {
    return answerWin(context, await handOutPrize(context.deps, context.caller, key, { winId }));
  }

  @Permission('lotteries:write')
  @Mutation(() => DrawAgainResult, {
    description: `Sets a new, recorded draw of the places whose winners were disqualified or whose prizes lapsed. It has a seed and entropy of its own; earlier winners take no part. Refusals: LOTTERY_UNKNOWN, REASON_NEEDED, LOTTERY_SETTLED, NOT_DRAWN_YET, NOTHING_TO_DRAW, ${KEY_REFUSALS}.`,
  })
  async drawAgain(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('lotteryId', () => IdScalar) lotteryId: string,
    @Arg('reason', () => String, REASON) reason: string,
  ): Promise<LotteryView | RefusalView> {
    return answerLottery(context, await drawAgain(context.deps, context.caller, key, { lotteryId, reason }));
  }

  @Permission('lotteries:write')
  @Mutation(() => RenewWinnersNoticeResult, {
    description: `Publishes the winners in notice anew, with names and unions as they are today; it answers the objections that were upheld without taking a win away. Refusals: LOTTERY_UNKNOWN, REASON_NEEDED, NOT_IN_NOTICE, ${KEY_REFUSALS}.`,
  })
  async renewWinnersNotice(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('lotteryId', () => IdScalar) lotteryId: string,
    @Arg('reason', () => String, REASON) reason: string,
  ): Promise<LotteryView | RefusalView> {
    return answerLottery(context, await renewWinnersNotice(context.deps, context.caller, key, { lotteryId, reason }));
  }

  @Permission('lotteries:write')
  @Mutation(() => SettleLotteryResult, {
    description: `Settles a lottery at once, without the week in which a lost place can be drawn again: what is left goes back to budget and stock. Refusals: LOTTERY_UNKNOWN, LOTTERY_SETTLED, WINS_WAITING, ${KEY_REFUSALS}.`,
  })
  async settleLottery(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('lotteryId', () => IdScalar) lotteryId: string,
  ): Promise<LotteryView | RefusalView> {
    return answerLottery(context, await settleLottery(context.deps, context.caller, key, { lotteryId }));
  }
}

function answerWin(context: AdminContext, outcome: Outcome): Promise<LotteryWinView | RefusalView> {
  const find = async (id: string) => {
    const win = await findWin(context.deps.db.manager, id);
    return win ? accept(win) : refuse(winUnknown);
  };
  return answer(context, outcome, find, winView);
}

import { Arg, Args, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import { loader, type MemberContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import { type Connection, connection } from '../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar } from '../../platform/graphql/scalars.ts';
import { programmesOfMemberLoader } from '../../unions/loaders.ts';
import { Lottery } from '../lottery.entity.ts';
import { openedLotteries, openedLottery } from '../queries.ts';
import { buyTickets } from '../tickets/buy-tickets.ts';
import { LotteryConnection, LotteryView, lotteryView } from './member-views.ts';

const BuyTicketsResult = resultType('BuyTickets', LotteryView);

@Resolver()
export class MemberLotteriesResolver {
  @Permission('self')
  @Query(() => LotteryConnection, {
    description: 'The lotteries of your programmes that were opened, newest first.',
  })
  async lotteries(
    @Ctx() context: MemberContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<LotteryView>> {
    const asked = pageAsked(page);
    const found = await openedLotteries(context.deps.db.manager, await ownProgrammes(context), asked);
    return connection(found, (lottery) => lottery.id, lotteryView);
  }

  @Permission('self')
  @Query(() => LotteryView, {
    nullable: true,
    description: 'A lottery of your programmes that was opened; null for any other id.',
  })
  async lottery(@Ctx() context: MemberContext, @Arg('id', () => IdScalar) id: string): Promise<LotteryView | null> {
    const found = await ownLottery(context, id);
    return found && lotteryView(found);
  }

  @Permission('self')
  @Mutation(() => BuyTicketsResult, {
    description: `Buys tickets of an open lottery with your points. They come back when it is void. Refusals: LOTTERY_UNKNOWN, TICKETS_CLOSED, TICKETS_NOT_SOLD, MEMBER_NOT_ACTIVE, WON_LATELY, TICKET_LIMIT_REACHED, NOT_ENOUGH_POINTS, ${KEY_REFUSALS}.`,
  })
  async buyTickets(
    @Ctx() { deps, caller, language }: MemberContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('lotteryId', () => IdScalar) lotteryId: string,
    @Arg('count', () => Int, { description: 'How many, from 1; see `ownTicketCount.left`.' }) count: number,
  ): Promise<LotteryView | RefusalView> {
    const outcome = await buyTickets(deps, caller, key, { lotteryId, count });
    if (!outcome.ok) return refusalView(outcome.refusal, language);
    return lotteryView(await deps.db.manager.findOneByOrFail(Lottery, { id: lotteryId }));
  }
}

/** A lottery of the member's programmes that was opened, or null. */
export async function ownLottery(context: MemberContext, id: string): Promise<Lottery | null> {
  return openedLottery(context.deps.db.manager, await ownProgrammes(context), id);
}

async function ownProgrammes(context: MemberContext): Promise<string[]> {
  const programmes = await loader(context, programmesOfMemberLoader).load(context.caller.memberId);
  return programmes.map(({ id }) => id);
}

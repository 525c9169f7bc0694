import { Arg, Args, ArgsType, Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { MemberContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import { maskName } from '../../identity/personal-data.ts';
import { type Connection, connection, connectionType } from '../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { IdScalar, InstantScalar, PointsScalar } from '../../platform/graphql/scalars.ts';
import type { Points } from '../../platform/points.ts';
import { drawsOf } from '../draw/draw-queries.ts';
import { ownProofs } from '../freeze/own-proofs.ts';
import type { ListedTicket } from '../freeze/ticket-list.ts';
import type { WinState } from '../prizes/lottery-win.entity.ts';
import { standingWins, type WinLine, winCursor, winsOfMember } from '../prizes/win-queries.ts';
import { ticketName } from '../proof/ticket.ts';
import { ticketProof } from '../proof/transcript.ts';
import type { PrizeKind } from '../set-up/terms.ts';
import { DRAW_FIELDS, drawFields } from './draw-view.ts';
import { ownLottery } from './member.ts';
import { PrizeKindWord } from './words.ts';
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

@ObjectType('LotteryWinner', { description: 'A win that stands, as everybody sees it.', simpleResolvers: true })
class WinnerView {
  @Field(() => Int, { description: 'In which draw.' })
  drawNumber!: number;

  @Field(() => Int, { description: 'Its place in that draw, from 1.' })
  place!: number;

  @Field(() => String, { description: 'Masked.' })
  name!: string;

  @Field(() => String)
  unionName!: string;

  @Field(() => Int, { description: '1 for 一等奖.' })
  tier!: number;

  @Field(() => String)
  prizeName!: string;

  @Field(() => String, { description: 'As the transcript names it.' })
  ticket!: string;
}

@ObjectType('OwnPrize', { description: 'Something that you have won (我的奖品).', simpleResolvers: true })
class OwnPrizeView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  lotteryId!: string;

  @Field(() => String)
  lotteryName!: string;

  @Field(() => Int, { description: '1 for 一等奖.' })
  tier!: number;

  @Field(() => String)
  prizeName!: string;

  @Field(() => PrizeKindWord)
  kind!: PrizeKind;

  @Field(() => PointsScalar, { nullable: true, description: 'For POINTS, how many; else null.' })
  points!: Points | null;

  @Field(() => WinStateWord)
  state!: WinState;

  @Field(() => String, { nullable: true, description: 'Why it was taken away or has lapsed; else null.' })
  reason!: string | null;

  @Field(() => IdScalar, {
    nullable: true,
    description: 'Of a VOUCHER that is PAID: the redemption that has its code.',
  })
  redemptionId!: string | null;

  @Field(() => InstantScalar, { nullable: true, description: 'Of GOODS: collect it before this instant.' })
  collectUntil!: Date | null;
}

@ObjectType('TicketProof', {
  description:
    'That a ticket of yours stands in the frozen list. As JSON with these four fields it is what the verifier takes as `--ticket`.',
  simpleResolvers: true,
})
class TicketProofView {
  @Field(() => Int, { description: 'Its place in the list, from 0.' })
  index!: number;

  @Field(() => String, { description: 'Its name in the list.' })
  ticket!: string;

  @Field(() => String, {
    description: 'What stands for you in this lottery, in hexadecimal: the same on all your tickets.',
  })
  holder!: string;

  @Field(() => [String], {
    description: 'The hashes from its neighbour up to the root, 64 at the most, in hexadecimal.',
  })
  proof!: string[];
}

@ArgsType()
class OfLotteryArgs extends PageArgs {
  @Field(() => IdScalar)
  lotteryId!: string;
}

const LotteryWinnerConnection = connectionType(WinnerView, 'LotteryWinner');
const OwnPrizeConnection = connectionType(OwnPrizeView, 'OwnPrize');
const TicketProofConnection = connectionType(TicketProofView, 'TicketProof');
const NONE = { items: [], hasNextPage: false };

@Resolver()
export class MemberDrawResolver {
  @Permission('self')
  @Query(() => [DrawView], {
    description:
      'The draws of a lottery of your programmes, a handful, the first first. Empty for any other id. `/lotteries/verify-draw.mjs` checks a transcript with `node`.',
  })
  async lotteryDraws(
    @Ctx() context: MemberContext,
    @Arg('lotteryId', () => IdScalar) lotteryId: string,
  ): Promise<DrawView[]> {
    const lottery = await ownLottery(context, lotteryId);
    const draws = lottery ? await drawsOf(context.deps.db.manager, lotteryId) : [];
    return draws.map((draw) => Object.assign(new DrawView(), drawFields(draw)));
  }

  @Permission('self')
  @Query(() => LotteryWinnerConnection, {
    description: 'The winners of a lottery of your programmes by draw and place. Empty until they are in notice.',
  })
  async lotteryWinners(
    @Ctx() context: MemberContext,
    @Args(() => OfLotteryArgs) { lotteryId, ...page }: OfLotteryArgs,
  ): Promise<Connection<WinnerView>> {
    const asked = pageAsked(page);
    const lottery = await ownLottery(context, lotteryId);
    const found = lottery?.noticeId ? await standingWins(context.deps.db.manager, lotteryId, asked) : NONE;
    return connection(found, winCursor, winnerView);
  }

  @Permission('self')
  @Query(() => TicketProofConnection, {
    description: 'Your own tickets in the frozen list of a lottery with their proofs. Empty until it is counted.',
  })
  async ticketProofs(
    @Ctx() context: MemberContext,
    @Args(() => OfLotteryArgs) { lotteryId, ...page }: OfLotteryArgs,
  ): Promise<Connection<TicketProofView>> {
    const asked = pageAsked(page);
    const lottery = await ownLottery(context, lotteryId);
    const found = lottery ? await ownProofs(context.deps, lottery, context.caller.memberId, asked) : NONE;
    return connection(found, ({ index }) => String(index), proofView);
  }

  @Permission('self')
  @Query(() => OwnPrizeConnection, { description: 'What you have won in all lotteries, newest first.' })
  async ownPrizes(
    @Ctx() { deps, caller }: MemberContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<OwnPrizeView>> {
    return connection(await winsOfMember(deps.db.manager, caller.memberId, pageAsked(page)), ({ id }) => id, prizeView);
  }
}

function winnerView(win: WinLine): WinnerView {
  const { drawNumber, place, memberName, unionName, tier, prizeName, grantId, ticket } = win;
  return Object.assign(new WinnerView(), {
    ...{ drawNumber, place, unionName, tier, prizeName },
    name: maskName(memberName),
    ticket: ticketName(grantId, ticket),
  });
}

function prizeView(win: WinLine): OwnPrizeView {
  const { id, lotteryId, lotteryName, tier, prizeName, kind, points, state, reason, redemptionId, collectUntil } = win;
  return Object.assign(new OwnPrizeView(), {
    ...{ id, lotteryId, lotteryName, tier, prizeName, kind, state, reason, redemptionId, collectUntil },
    points: kind === 'points' ? points : null,
  });
}

function proofView({ index, ticket, holder, proof }: ListedTicket): TicketProofView {
  return Object.assign(new TicketProofView(), ticketProof({ index, ticket, holder }, proof));
}

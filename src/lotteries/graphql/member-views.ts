import { Args, Ctx, Field, Int, ObjectType } from 'type-graphql';
import { loader, type MemberContext } from '../../identity/context.ts';
import { OfferView, offerView } from '../../marketplace/graphql/member-views.ts';
import { type Connection, connection, connectionType } from '../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { IdScalar, InstantScalar, PointsScalar } from '../../platform/graphql/scalars.ts';
import type { Points } from '../../platform/points.ts';
import { programmeLoader } from '../../unions/loaders.ts';
import { grantsLoaders, offerLoader, partiesLoader, prizesLoader, ticketCountLoaders } from '../loaders.ts';
import type { EntropyKind, Lottery, LotteryState } from '../lottery.entity.ts';
import type { TicketGrant } from '../queries.ts';
import type { LotteryParty, LotteryPrize } from '../set-up/set-up-queries.ts';
import type { PrizeKind } from '../set-up/terms.ts';
import type { TicketCount } from '../tickets/ticket-counts.ts';
import { EntropyKindWord, LeftOutWord, LotteryStateWord, PrizeKindWord, TicketSourceWord } from './words.ts';

@ObjectType('LotteryPrize', { description: 'A line of a prize table (奖品).', simpleResolvers: true })
export class PrizeView {
  @Field(() => Int, { description: 'Its place in the table, from 1.' })
  number!: number;

  @Field(() => Int, { description: '1 for 一等奖.' })
  tier!: number;

  @Field(() => String)
  name!: string;

  @Field(() => PrizeKindWord)
  kind!: PrizeKind;

  @Field(() => PointsScalar, { nullable: true, description: 'For POINTS, what each winner gets; else null.' })
  points!: Points | null;

  @Field(() => Int, { description: 'How many are drawn.' })
  quantity!: number;

  offerId!: string | null;

  @Field(() => OfferView, { nullable: true, description: 'Of a VOUCHER; else null.' })
  async offer(@Ctx() context: MemberContext): Promise<OfferView | null> {
    const offer = this.offerId === null ? null : await loader(context, offerLoader).load(this.offerId);
    return offer && offerView(offer);
  }
}

@ObjectType('LotteryParty', { description: 'Who brings a part of the randomness.', simpleResolvers: true })
export class PartyView {
  @Field(() => Int, { description: 'For which draw, from 1.' })
  drawNumber!: number;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: 'SHA-256 in hexadecimal; null until it is given.' })
  commitment!: string | null;
}

@ObjectType('TicketCount', { description: 'How many tickets you have and may still buy.', simpleResolvers: true })
export class TicketCountView {
  @Field(() => Int, { description: 'What you have; tickets that were left out or refunded do not count.' })
  all!: number;

  @Field(() => Int, { description: 'How many of them you bought.' })
  bought!: number;

  @Field(() => Int, { description: 'How many you may still buy while the lottery is open, by its limits.' })
  left!: number;
}

@ObjectType('TicketGrant', {
  description:
    'Tickets of yours that came together. The k-th of them is called "<id>-<k>" in the list and the transcript.',
  simpleResolvers: true,
})
export class TicketGrantView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  lotteryId!: string;

  @Field(() => TicketSourceWord)
  source!: TicketGrant['source'];

  @Field(() => Int, { description: 'How many.' })
  tickets!: number;

  @Field(() => LeftOutWord, { nullable: true, description: 'Why they take no part; null for those that do.' })
  leftOut!: TicketGrant['leftOut'];

  @Field(() => InstantScalar, { nullable: true, description: 'When their points went back to you; else null.' })
  refundedAt!: Date | null;

  @Field(() => InstantScalar)
  givenAt!: Date;
}

const TicketGrantConnection = connectionType(TicketGrantView, 'TicketGrant');

@ObjectType('Lottery', { description: 'A lottery of one of your programmes (抽奖).', simpleResolvers: true })
export class LotteryView {
  row!: Lottery;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => String, { description: 'Of the draw, "2026-09".' })
  month!: string;

  @Field(() => String)
  name!: string;

  @Field(() => LotteryStateWord)
  state!: LotteryState;

  @Field(() => InstantScalar, { description: 'From then on tickets were given and sold.' })
  openedAt!: Date;

  @Field(() => InstantScalar, { description: 'From then on nobody gets a ticket.' })
  freezesAt!: Date;

  @Field(() => InstantScalar, { description: 'When it is drawn.' })
  drawsAt!: Date;

  @Field(() => Int, { description: 'For each active member.' })
  freeTickets!: number;

  @Field(() => PointsScalar, { nullable: true, description: 'Of one ticket; null when none are sold.' })
  ticketPrice!: Points | null;

  @Field(() => Int, { description: 'How many a member may buy.' })
  boughtAtMost!: number;

  @Field(() => Int, { description: 'How many tickets a member may have in all.' })
  ticketsAtMost!: number;

  @Field(() => Int, { description: 'Who won within so many months before takes no part; 0 leaves nobody out.' })
  leavesOutMonths!: number;

  @Field(() => Int, { description: 'Working days of the notice.' })
  noticeWorkingDays!: number;

  @Field(() => Int, { description: 'Days in which a prize can be collected, once the result is final.' })
  collectDays!: number;

  @Field(() => EntropyKindWord)
  entropy!: EntropyKind;

  @Field(() => Int, { nullable: true, description: 'How many tickets take part; null until they are counted.' })
  ticketCount!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The Merkle root of the frozen list of tickets in hexadecimal; null until it is counted.',
  })
  root!: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'Its newest notice; null before.' })
  noticeId!: string | null;

  @Field(() => InstantScalar, { nullable: true })
  voidAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was called off.' })
  voidReason!: string | null;

  @Field(() => String)
  async programmeName(@Ctx() context: MemberContext): Promise<string> {
    return (await loader(context, programmeLoader).load(this.programmeId))!.name;
  }

  @Field(() => [PrizeView], { description: 'At most 50, in the order in which they are drawn.' })
  async prizes(@Ctx() context: MemberContext): Promise<PrizeView[]> {
    return (await loader(context, prizesLoader).load(this.id)).map(prizeView);
  }

  @Field(() => [PartyView], { description: 'At most 9 for each draw, by draw; empty for DRAND.' })
  async parties(@Ctx() context: MemberContext): Promise<PartyView[]> {
    return (await loader(context, partiesLoader).load(this.id)).map(partyView);
  }

  @Field(() => TicketCountView)
  async ownTicketCount(@Ctx() context: MemberContext): Promise<TicketCountView> {
    const counts = loader(context, ticketCountLoaders)(context.caller.memberId);
    return ticketCountView(this.row, await counts.load(this.id));
  }

  @Field(() => TicketGrantConnection, { description: 'Your tickets, as they came, oldest first.' })
  async ownTickets(
    @Ctx() context: MemberContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<TicketGrantView>> {
    const wanted = { memberId: context.caller.memberId, page: pageAsked(page) };
    const found = await loader(context, grantsLoaders)(wanted).load(this.id);
    return connection(found, (grant) => grant.id, ticketGrantView);
  }
}

export const LotteryConnection = connectionType(LotteryView, 'Lottery');

export function lotteryView(row: Lottery): LotteryView {
  const { id, programmeId, month, name, state, openedAt, freezesAt, drawsAt, freeTickets, ticketPrice } = row;
  const { boughtAtMost, ticketsAtMost, leavesOutMonths, noticeWorkingDays, collectDays, entropy } = row;
  const { ticketCount, noticeId, voidAt, voidReason } = row;
  const times = { id, programmeId, month, name, state, openedAt, freezesAt, drawsAt };
  const tickets = { freeTickets, ticketPrice, boughtAtMost, ticketsAtMost, leavesOutMonths };
  const rest = { noticeWorkingDays, collectDays, entropy, ticketCount, noticeId, voidAt, voidReason };
  const root = row.root?.toString('hex') ?? null;
  return Object.assign(new LotteryView(), { row, ...times, ...tickets, ...rest, root });
}

function prizeView({ number, tier, name, kind, points, quantity, offerId }: LotteryPrize): PrizeView {
  const shown = kind === 'points' ? points : null;
  return Object.assign(new PrizeView(), { number, tier, name, kind, points: shown, quantity, offerId });
}

function partyView({ drawNumber, name, commitment }: LotteryParty): PartyView {
  return Object.assign(new PartyView(), { drawNumber, name, commitment: commitment?.toString('hex') ?? null });
}

function ticketCountView({ boughtAtMost, ticketsAtMost }: Lottery, { all, bought }: TicketCount): TicketCountView {
  const left = Math.max(0, Math.min(boughtAtMost - bought, ticketsAtMost - all));
  return Object.assign(new TicketCountView(), { all, bought, left });
}

function ticketGrantView({ id, lotteryId, source, tickets, leftOut, refundedAt, givenAt }: TicketGrant) {
  return Object.assign(new TicketGrantView(), { id, lotteryId, source, tickets, leftOut, refundedAt, givenAt });
}

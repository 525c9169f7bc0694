import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../identity/context.ts';
import { operatorLoader } from '../../marketplace/loaders.ts';
import { OfferView, offerView } from '../../marketplace/offers/graphql/admin-views.ts';
import { IdScalar, InstantScalar, PointsScalar } from '../../platform/graphql/scalars.ts';
import type { Points } from '../../platform/points.ts';
import { ruleLoader } from '../../rules/rule-loaders.ts';
import { offerLoader } from '../loaders.ts';
import type { EntropyKind, Lottery } from '../lottery.entity.ts';
import type { LotteryParty, LotteryPrize } from '../set-up/set-up-queries.ts';
import type { LotteryTerms, PrizeKind, PrizeTerms, TicketRule, Timetable } from '../set-up/terms.ts';
import { EntropyKindWord, PrizeKindWord } from './words.ts';

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

  @Field(() => PointsScalar, {
    nullable: true,
    description:
      'Of each piece: for POINTS what a winner gets, for VOUCHER what its offer cost at the opening; else null.',
  })
  points!: Points | null;

  @Field(() => Int, { description: 'How many are drawn.' })
  quantity!: number;

  offerId!: string | null;

  @Field(() => OfferView, { nullable: true, description: 'Of a VOUCHER; else null.' })
  async offer(@Ctx() context: AdminContext): Promise<OfferView | null> {
    const offer = this.offerId === null ? null : await loader(context, offerLoader).load(this.offerId);
    return offer && offerView(offer);
  }
}

@ObjectType('TicketRule', { description: 'A rule that gives tickets as well.', simpleResolvers: true })
export class TicketRuleView {
  @Field(() => IdScalar)
  ruleId!: string;

  @Field(() => Int, { description: 'For each time that it gave points in the month before the draw.' })
  tickets!: number;

  @Field(() => String)
  async ruleName(@Ctx() context: AdminContext): Promise<string> {
    return (await loader(context, ruleLoader).load(this.ruleId))!.name;
  }
}

@ObjectType('LotteryParty', {
  description: 'Who brings a part of the randomness, in the draw that the lottery is at.',
  simpleResolvers: true,
})
export class PartyView {
  @Field(() => String)
  name!: string;

  @Field(() => IdScalar, { description: 'The admin who commits and reveals for it.' })
  operatorId!: string;

  @Field(() => String, { nullable: true, description: 'SHA-256 in hexadecimal; null until it is given.' })
  commitment!: string | null;

  @Field(() => InstantScalar, { nullable: true })
  committedAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When the party revealed; null until then.' })
  revealedAt!: Date | null;

  @Field(() => String)
  async operatorName(@Ctx() context: AdminContext): Promise<string> {
    return (await loader(context, operatorLoader).load(this.operatorId))!.name;
  }
}

@ObjectType('LotteryTerms', { description: 'What a lottery promises.', simpleResolvers: true })
export class LotteryTermsView {
  @Field(() => [PrizeView], { description: 'At most 50, in the order in which they are drawn.' })
  prizes!: PrizeView[];

  @Field(() => Int, { description: 'For each active member.' })
  freeTickets!: number;

  @Field(() => [TicketRuleView], { description: 'At most 20.' })
  ticketRules!: TicketRuleView[];

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

  @Field(() => Int, { description: 'Hours after the draw’s instant in which the parties may reveal.' })
  revealHours!: number;

  @Field(() => [PartyView], { description: 'At most 9; empty for DRAND.' })
  parties!: PartyView[];
}

@ObjectType('Timetable', {
  description: 'When the lottery of each month happens. Times are of Beijing, "09:30".',
  simpleResolvers: true,
})
export class TimetableView implements Timetable {
  @Field(() => Int, { description: 'The day of the draw.' })
  drawDay!: number;

  @Field(() => String, { description: 'Of Beijing, "10:00".' })
  drawTime!: string;

  @Field(() => Int, { description: 'Days before the draw.' })
  freezesDaysBefore!: number;

  @Field(() => String, { description: 'From then on nobody gets a ticket.' })
  freezeTime!: string;

  @Field(() => Int, { description: 'Days before the draw.' })
  opensDaysBefore!: number;

  @Field(() => String, { description: 'From then on tickets are given and sold.' })
  openTime!: string;

  @Field(() => Int, { description: 'Days before its opening on which its draft is made.' })
  madeDaysBefore!: number;
}

/** The terms of a template. */
export function termsView({ prizes, ticketRules, parties, ...own }: LotteryTerms): LotteryTermsView {
  return Object.assign(new LotteryTermsView(), own, {
    prizes: prizes.map((prize, i) => prizeView({ ...prize, number: i + 1 })),
    ticketRules: ticketRules.map((rule) => Object.assign(new TicketRuleView(), rule)),
    parties: parties.map((party) => partyView({ ...party, commitment: null, committedAt: null, revealedAt: null })),
  });
}

/** The terms of a lottery, whose prizes, rules and parties stand in tables of their own. */
export function termsOfLottery(
  lottery: Lottery,
  prizes: readonly LotteryPrize[],
  ticketRules: readonly TicketRule[],
  parties: readonly LotteryParty[],
): LotteryTermsView {
  const { freeTickets, ticketPrice, boughtAtMost, ticketsAtMost, leavesOutMonths } = lottery;
  const { noticeWorkingDays, collectDays, entropy, revealHours } = lottery;
  const tickets = { freeTickets, ticketPrice, boughtAtMost, ticketsAtMost, leavesOutMonths };
  return Object.assign(new LotteryTermsView(), {
    ...tickets,
    ...{ noticeWorkingDays, collectDays, entropy, revealHours },
    prizes: prizes.map((prize) => prizeView({ ...prize, points: prize.points === 0 ? null : prize.points })),
    ticketRules: ticketRules.map((rule) => Object.assign(new TicketRuleView(), rule)),
    parties: parties.map(partyView),
  });
}

function prizeView(prize: PrizeTerms & { number: number }): PrizeView {
  return Object.assign(new PrizeView(), prize);
}

/** A party, with what it has committed itself to. */
export function partyView(
  party: Pick<LotteryParty, 'name' | 'operatorId' | 'commitment' | 'committedAt' | 'revealedAt'>,
): PartyView {
  const { name, operatorId, committedAt, revealedAt } = party;
  const commitment = party.commitment?.toString('hex') ?? null;
  return Object.assign(new PartyView(), { name, operatorId, commitment, committedAt, revealedAt });
}

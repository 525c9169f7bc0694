import { ArgsType, Field, InputType, Int } from 'type-graphql';
import { KEY } from '../../platform/graphql/mutation.ts';
import { PageArgs } from '../../platform/graphql/page.ts';
import { IdScalar, InstantScalar, PointsScalar } from '../../platform/graphql/scalars.ts';
import type { Points } from '../../platform/points.ts';
import type { EntropyKind, LotteryState } from '../lottery.entity.ts';
import type { LotteryTerms, PrizeKind, Timetable } from '../set-up/terms.ts';
import { EntropyKindWord, LotteryStateWord, PrizeKindWord } from './words.ts';

@InputType('LotteryPrizeInput', { description: 'A line of the prize table. Lines are drawn in the order given.' })
export class PrizeInput {
  @Field(() => Int, { description: '1 for 一等奖; 1 to 20.' })
  tier!: number;

  @Field(() => String, { description: 'What members read, 1 to 100 characters.' })
  name!: string;

  @Field(() => PrizeKindWord)
  kind!: PrizeKind;

  @Field(() => PointsScalar, { nullable: true, description: 'For POINTS, what each winner gets: 1 to 1,000,000.' })
  points?: Points | null;

  @Field(() => IdScalar, { nullable: true, description: 'For VOUCHER: an offer of the programme.' })
  offerId?: string | null;

  @Field(() => Int, { description: 'How many are drawn, 1 to 5,000; all prizes together as many at the most.' })
  quantity!: number;
}

@InputType('TicketRuleInput', { description: 'A rule of the programme that gives tickets as well.' })
export class TicketRuleInput {
  @Field(() => IdScalar)
  ruleId!: string;

  @Field(() => Int, { description: 'For each time that it gave points in the month before the draw: 1 to 100.' })
  tickets!: number;
}

@InputType('LotteryPartyInput', { description: 'Who brings a part of the randomness.' })
export class PartyInput {
  @Field(() => String, { description: 'As it stands in the transcript, 1 to 100 characters: "职工代表 张三".' })
  name!: string;

  @Field(() => IdScalar, { description: 'The admin who commits and reveals for it.' })
  operatorId!: string;
}

@InputType('LotteryTermsInput', { description: 'What a lottery promises. Fixed from its opening on.' })
export class LotteryTermsInput {
  @Field(() => [PrizeInput], { description: '1 to 50 lines.' })
  prizes!: PrizeInput[];

  @Field(() => Int, { description: 'For each active member; 0 to `ticketsAtMost`.' })
  freeTickets!: number;

  @Field(() => [TicketRuleInput], { defaultValue: [], description: 'At most 20, each rule once.' })
  ticketRules!: TicketRuleInput[];

  @Field(() => PointsScalar, { nullable: true, description: 'Of one ticket, 1 to 1,000,000; null sells none.' })
  ticketPrice?: Points | null;

  @Field(() => Int, { defaultValue: 0, description: 'How many a member may buy: 1 to 1,000; 0 when none are sold.' })
  boughtAtMost!: number;

  @Field(() => Int, { description: 'How many tickets a member may have in all: 1 to 1,000.' })
  ticketsAtMost!: number;

  @Field(() => Int, {
    defaultValue: 0,
    description: 'Who won in the programme within so many months before takes no part: 0 to 24; 0 leaves nobody out.',
  })
  leavesOutMonths!: number;

  @Field(() => Int, { defaultValue: 5, description: 'Working days of the notice, 1 to 30.' })
  noticeWorkingDays!: number;

  @Field(() => Int, { defaultValue: 30, description: 'Days in which a prize can be collected, 1 to 365.' })
  collectDays!: number;

  @Field(() => EntropyKindWord, { defaultValue: EntropyKindWord.DRAND })
  entropy!: EntropyKind;

  @Field(() => Int, { defaultValue: 24, description: 'Hours after the draw’s instant to reveal in, 1 to 72.' })
  revealHours!: number;

  @Field(() => [PartyInput], { defaultValue: [], description: 'For REVEALS: 3 to 9, each with an admin of its own.' })
  parties!: PartyInput[];
}

@InputType('TimetableInput', { description: 'When the lottery of each month happens. Times are of Beijing, "09:30".' })
export class TimetableInput implements Timetable {
  @Field(() => Int, { description: 'The day of the draw, 1 to 28.' })
  drawDay!: number;

  @Field(() => String, { description: '10 minutes after the freeze or later.' })
  drawTime!: string;

  @Field(() => Int, { defaultValue: 0, description: 'Days before the draw, 0 to 60.' })
  freezesDaysBefore!: number;

  @Field(() => String, { description: 'From then on nobody gets a ticket.' })
  freezeTime!: string;

  @Field(() => Int, { description: 'Days before the draw, 0 to 60.' })
  opensDaysBefore!: number;

  @Field(() => String, { description: 'From then on tickets are given and sold.' })
  openTime!: string;

  @Field(() => Int, {
    defaultValue: 5,
    description: 'Days before its opening on which its draft is made, for admins to look at: 0 to 30.',
  })
  madeDaysBefore!: number;
}

@ArgsType()
export class LotteriesArgs extends PageArgs {
  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => LotteryStateWord, { nullable: true, description: 'Only lotteries in this state.' })
  state?: LotteryState | null;
}

@ArgsType()
class LotteryArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => String, { description: '1 to 100 characters.' })
  name!: string;

  @Field(() => InstantScalar, { description: 'When it opens by itself.' })
  opensAt!: Date;

  @Field(() => InstantScalar, { description: 'From then on nobody gets a ticket; in the future.' })
  freezesAt!: Date;

  @Field(() => InstantScalar, { description: 'When it is drawn: 10 minutes after the freeze or later.' })
  drawsAt!: Date;

  @Field(() => LotteryTermsInput)
  terms!: LotteryTermsInput;
}

@ArgsType()
export class CreateLotteryArgs extends LotteryArgs {
  @Field(() => IdScalar)
  programmeId!: string;
}

@ArgsType()
export class ChangeLotteryArgs extends LotteryArgs {
  @Field(() => IdScalar)
  lotteryId!: string;
}

@ArgsType()
class TemplateArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => String, { description: '1 to 90 characters; each lottery has it with its month.' })
  name!: string;

  @Field(() => TimetableInput)
  timetable!: TimetableInput;

  @Field(() => LotteryTermsInput)
  terms!: LotteryTermsInput;
}

@ArgsType()
export class CreateTemplateArgs extends TemplateArgs {
  @Field(() => IdScalar)
  programmeId!: string;
}

@ArgsType()
export class ChangeTemplateArgs extends TemplateArgs {
  @Field(() => IdScalar)
  templateId!: string;
}

/** The terms as the use cases know them: what was not given is null. */
export function termsGiven({
  prizes,
  ticketRules,
  parties,
  ticketPrice = null,
  ...own
}: LotteryTermsInput): LotteryTerms {
  return {
    ...own,
    ticketPrice,
    prizes: prizes.map(({ points = null, offerId = null, ...prize }) => ({ ...prize, points, offerId })),
    ticketRules: ticketRules.map((rule) => ({ ...rule })),
    parties: parties.map((party) => ({ ...party })),
  };
}

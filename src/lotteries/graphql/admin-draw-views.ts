import { Field, Int, ObjectType } from 'type-graphql';
import { connectionType } from '../../platform/graphql/connection.ts';
import { IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';
import type { WinState } from '../prizes/lottery-win.entity.ts';
import type { WinLine } from '../prizes/win-queries.ts';
import { ticketName } from '../proof/ticket.ts';
import type { PrizeKind } from '../set-up/terms.ts';
import { PrizeKindWord } from './words.ts';
import { WinStateWord } from './words-draw.ts';

@ObjectType('LotteryWin', { description: 'A place of a draw with the ticket that won it.', simpleResolvers: true })
export class LotteryWinView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  lotteryId!: string;

  @Field(() => Int, { description: 'In which draw.' })
  drawNumber!: number;

  @Field(() => Int, { description: 'Its place in that draw, from 1.' })
  place!: number;

  @Field(() => IdScalar)
  memberId!: string;

  @Field(() => String)
  memberName!: string;

  @Field(() => String)
  unionName!: string;

  @Field(() => Int, { description: '1 for 一等奖.' })
  tier!: number;

  @Field(() => String)
  prizeName!: string;

  @Field(() => PrizeKindWord)
  kind!: PrizeKind;

  @Field(() => String, { description: 'As the transcript names it.' })
  ticket!: string;

  @Field(() => WinStateWord)
  state!: WinState;

  @Field(() => String, { nullable: true, description: 'Why it was taken away or has lapsed; else null.' })
  reason!: string | null;

  @Field(() => InstantScalar, { nullable: true, description: 'Of goods: they can be collected before this instant.' })
  collectUntil!: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When it was paid, collected, lapsed or taken away.' })
  settledAt!: Date | null;

  @Field(() => Int, { nullable: true, description: 'The draw that gave its place to somebody else; else null.' })
  drawnAgain!: number | null;
}

export const LotteryWinConnection = connectionType(LotteryWinView, 'LotteryWin');

export function winView(win: WinLine): LotteryWinView {
  const { id, lotteryId, drawNumber, place, memberId, memberName, unionName, tier, prizeName, kind } = win;
  const { state, reason, collectUntil, settledAt, drawnAgain } = win;
  return Object.assign(new LotteryWinView(), {
    ...{ id, lotteryId, drawNumber, place, memberId, memberName, unionName, tier, prizeName, kind },
    ...{ state, reason, collectUntil, settledAt, drawnAgain },
    ticket: ticketName(win.grantId, win.ticket),
  });
}

import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../identity/context.ts';
import { connectionType } from '../../platform/graphql/connection.ts';
import { IdScalar, InstantScalar, PointsScalar } from '../../platform/graphql/scalars.ts';
import type { Points } from '../../platform/points.ts';
import { partiesLoader, prizesLoader, ticketRulesLoader } from '../loaders.ts';
import type { Lottery, LotteryState, Trouble } from '../lottery.entity.ts';
import type { LotteryTemplate } from '../templates/template.entity.ts';
import { LotteryTermsView, TimetableView, termsOfLottery, termsView } from './admin-terms-views.ts';
import { LotteryStateWord, LotteryTemplateStateWord, LotteryTroubleWord } from './words.ts';

@ObjectType('LotteryTemplate', { description: 'What each month’s lottery is made with.', simpleResolvers: true })
export class LotteryTemplateView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => String)
  name!: string;

  @Field(() => LotteryTemplateStateWord)
  state!: LotteryTemplate['state'];

  @Field(() => TimetableView)
  timetable!: TimetableView;

  @Field(() => LotteryTermsView)
  terms!: LotteryTermsView;
}

@ObjectType('Lottery', { description: 'A lottery of a programme (抽奖).', simpleResolvers: true })
export class LotteryView {
  row!: Lottery;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => IdScalar, { nullable: true, description: 'What it was made from; null for one made by hand.' })
  templateId!: string | null;

  @Field(() => String, { description: 'Of the draw, "2026-09".' })
  month!: string;

  @Field(() => String)
  name!: string;

  @Field(() => LotteryStateWord)
  state!: LotteryState;

  @Field(() => LotteryTroubleWord, {
    nullable: true,
    description: 'Why the step that is due was not taken; else null.',
  })
  trouble!: Trouble | null;

  @Field(() => InstantScalar)
  opensAt!: Date;

  @Field(() => InstantScalar, { description: 'From then on nobody gets a ticket.' })
  freezesAt!: Date;

  @Field(() => InstantScalar)
  drawsAt!: Date;

  @Field(() => PointsScalar, { description: 'What was set aside from the budget at the opening; 0 before.' })
  reservedPoints!: Points;

  @Field(() => InstantScalar, { nullable: true })
  openedAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When every member had the tickets that are not bought.' })
  givenAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true })
  frozenAt!: Date | null;

  @Field(() => Int, { nullable: true, description: 'Of the frozen list; null until it is counted.' })
  ticketCount!: number | null;

  @Field(() => String, { nullable: true, description: 'The Merkle root of the frozen list in hexadecimal.' })
  root!: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'Its newest notice; null before.' })
  noticeId!: string | null;

  @Field(() => InstantScalar, { nullable: true })
  finalAt!: Date | null;

  @Field(() => InstantScalar, { nullable: true })
  voidAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was called off.' })
  voidReason!: string | null;

  @Field(() => InstantScalar, { nullable: true, description: 'When nothing was left to pay, refund or give back.' })
  settledAt!: Date | null;

  @Field(() => LotteryTermsView)
  async terms(@Ctx() context: AdminContext): Promise<LotteryTermsView> {
    const [prizes, ticketRules, parties] = await Promise.all([
      loader(context, prizesLoader).load(this.id),
      loader(context, ticketRulesLoader).load(this.id),
      loader(context, partiesLoader).load(this.id),
    ]);
    const ofDraw = parties.filter(({ drawNumber }) => drawNumber === this.row.drawNumber);
    return termsOfLottery(this.row, prizes, ticketRules, ofDraw);
  }
}

export const LotteryConnection = connectionType(LotteryView, 'Lottery');
export const LotteryTemplateConnection = connectionType(LotteryTemplateView, 'LotteryTemplate');

export function lotteryView(row: Lottery): LotteryView {
  const { id, programmeId, templateId, month, name, state, trouble, opensAt, freezesAt, drawsAt } = row;
  const { reservedPoints, openedAt, givenAt, frozenAt, ticketCount, root, noticeId } = row;
  const { finalAt, voidAt, voidReason, settledAt } = row;
  const set = { id, programmeId, templateId, month, name, state, trouble, opensAt, freezesAt, drawsAt };
  const done = { reservedPoints, openedAt, givenAt, frozenAt, ticketCount, noticeId, finalAt, voidAt };
  const rest = { voidReason, settledAt, root: root?.toString('hex') ?? null };
  return Object.assign(new LotteryView(), { row, ...set, ...done, ...rest });
}

export function templateView({ terms: { timetable, lottery }, ...template }: LotteryTemplate): LotteryTemplateView {
  const { id, programmeId, name, state } = template;
  return Object.assign(new LotteryTemplateView(), {
    ...{ id, programmeId, name, state },
    timetable: Object.assign(new TimetableView(), timetable),
    terms: termsView(lottery),
  });
}

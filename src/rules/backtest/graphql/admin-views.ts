import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { DayScalar, IdScalar, InstantScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import type { Points } from '../../../platform/points.ts';
import { MemberView, memberView, UnionView, unionView } from '../../../unions/graphql/admin-views.ts';
import { memberLoader, unionLoader } from '../../../unions/loaders.ts';
import type { Backtest } from '../backtest.entity.ts';
import type { BacktestResult } from '../report.ts';
import { BacktestStateWord } from './words.ts';

const PAID = 'What was really given for the same events: paid or pending, less what was taken back.';

@ObjectType('BacktestRule', { description: 'What one rule gives in a back-test.', simpleResolvers: true })
class BacktestRuleView {
  @Field(() => IdScalar, { description: 'The rule; the draft, when its rule does not exist yet.' })
  ruleId!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Boolean, { description: 'Whether a draft was tried in its place.' })
  isDraft!: boolean;

  @Field(() => Int, { description: 'How many times it gives points.' })
  awards!: number;

  @Field(() => PointsScalar)
  points!: Points;

  @Field(() => PointsScalar, { description: PAID })
  paid!: Points;
}

@ObjectType('BacktestWinner', { description: 'A member to whom the rules give most.', simpleResolvers: true })
class BacktestWinnerView {
  memberId!: string;

  @Field(() => PointsScalar)
  points!: Points;

  @Field(() => PointsScalar, { description: PAID })
  paid!: Points;

  @Field(() => MemberView)
  async member(@Ctx() context: AdminContext): Promise<MemberView> {
    const member = await loader(context, memberLoader).load(this.memberId);
    if (!member) throw new Error(`the member ${this.memberId} has gone`);
    return memberView(member);
  }
}

@ObjectType('BudgetNeed', { description: 'How far a budget of a rule would have gone.', simpleResolvers: true })
class BudgetNeedView {
  @Field(() => IdScalar)
  ruleId!: string;

  branchId!: string | null;

  @Field(() => UnionView, { nullable: true, description: 'The branch whose budget it is; null for the whole rule’s.' })
  async branch(@Ctx() context: AdminContext): Promise<UnionView | null> {
    const union = this.branchId === null ? null : await loader(context, unionLoader).load(this.branchId);
    return union && unionView(union);
  }

  @Field(() => PointsScalar, { description: 'What the rule may give.' })
  budget!: Points;

  @Field(() => PointsScalar, { description: 'What the events of the period would have needed.' })
  needed!: Points;

  @Field(() => DayScalar, {
    nullable: true,
    description: 'The day on which it would have been used up; null if never.',
  })
  usedUpOn!: string | null;
}

@ObjectType('BacktestResult', {
  description: 'What the rules give for the events of a period, beside what was really paid for them.',
  simpleResolvers: true,
})
class BacktestResultView {
  @Field(() => Int, { description: 'How many events were replayed.' })
  events!: number;

  @Field(() => Int, { description: 'To how many members the rules give anything.' })
  members!: number;

  @Field(() => Int, { description: 'How many members were really given something.' })
  membersPaid!: number;

  @Field(() => PointsScalar, { description: 'What the rules give; budgets cut nothing here, see budgets.' })
  points!: Points;

  @Field(() => PointsScalar, { description: PAID })
  paid!: Points;

  @Field(() => Int, { description: 'How many of the events really wait for a budget.' })
  waiting!: number;

  @Field(() => [BacktestRuleView], { description: 'Each rule that was tried, and each that had really paid.' })
  rules!: BacktestRuleView[];

  @Field(() => [BacktestWinnerView], { description: 'The 20 members to whom the rules give most, the first first.' })
  winners!: BacktestWinnerView[];

  @Field(() => [BudgetNeedView], { description: 'Each budget that the rules have, of a rule or a branch in it.' })
  budgets!: BudgetNeedView[];
}

@ObjectType('Backtest', {
  description: '规则试算: rules, replayed over the events that were recorded in a period. Nothing is written by it.',
  simpleResolvers: true,
})
export class BacktestView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => DayScalar, { description: 'The first day of recording.' })
  from!: string;

  @Field(() => DayScalar, { description: 'The last day of recording.' })
  until!: string;

  @Field(() => BacktestStateWord)
  state!: Backtest['state'];

  @Field(() => Int, { description: 'How many events have been replayed.' })
  eventsDone!: number;

  @Field(() => Int, { nullable: true, description: 'How many events there are; null while it waits.' })
  eventsOf!: number | null;

  @Field(() => BacktestResultView, { nullable: true, description: 'Null until it is done.' })
  result!: BacktestResultView | null;

  @Field(() => InstantScalar)
  createdAt!: Date;

  @Field(() => InstantScalar, { nullable: true })
  finishedAt!: Date | null;
}

export const BacktestConnection = connectionType(BacktestView, 'Backtest');

export function backtestView(backtest: Backtest): BacktestView {
  const {
    id,
    programmeId,
    fromDay: from,
    untilDay: until,
    state,
    eventsDone,
    eventsOf,
    createdAt,
    finishedAt,
  } = backtest;
  const result = backtest.result && resultView(backtest.result);
  const fields = { id, programmeId, from, until, state, eventsDone, eventsOf, result, createdAt, finishedAt };
  return Object.assign(new BacktestView(), fields);
}

function resultView({ rules, winners, budgets, ...sums }: BacktestResult): BacktestResultView {
  return Object.assign(new BacktestResultView(), {
    ...sums,
    rules: rules.map((rule) => Object.assign(new BacktestRuleView(), rule)),
    winners: winners.map((winner) => Object.assign(new BacktestWinnerView(), winner)),
    budgets: budgets.map((need) => Object.assign(new BudgetNeedView(), need)),
  });
}

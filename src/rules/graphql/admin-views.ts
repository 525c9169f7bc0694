import { Ctx, Field, Float, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../identity/context.ts';
import { connectionType } from '../../platform/graphql/connection.ts';
import { DayScalar, IdScalar, InstantScalar, PointsScalar } from '../../platform/graphql/scalars.ts';
import { type Points, points } from '../../platform/points.ts';
import { MemberView, memberView } from '../../unions/graphql/admin-views.ts';
import { memberLoader } from '../../unions/loaders.ts';
import type { Accrual } from '../accrual.entity.ts';
import { type ActivityEvent, type EventState, judgedEvent } from '../activity-event.entity.ts';
import type { JudgedEvent } from '../evaluate.ts';
import { accrualsLoader, ruleVersionLoader } from '../loaders.ts';
import { RuleVersionView, ruleVersionView } from './admin-rule-views.ts';
import { type AttributeFacts, attributeFacts } from './attribute-facts.ts';
import { EventStateWord } from './words.ts';

@ObjectType('Attribute', { description: 'Something known of an event.', simpleResolvers: true })
export class AttributeView implements AttributeFacts {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'The value as text, whatever it is.' })
  text!: string;

  @Field(() => Float, { nullable: true, description: 'The value when it is a whole number.' })
  number!: number | null;

  @Field(() => DayScalar, { nullable: true, description: 'The value when it is a day.' })
  day!: string | null;
}

@ObjectType('Accrual', { description: 'The points that a rule gave for an event.', simpleResolvers: true })
export class AccrualView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => PointsScalar)
  points!: Points;

  @Field(() => String, {
    nullable: true,
    description: 'The transfer of the ledger that moved the points; null while a notice period runs.',
  })
  transferId!: string | null;

  @Field(() => InstantScalar, { description: 'From when it is paid.' })
  payableAt!: Date;

  ruleVersionId!: string;

  @Field(() => RuleVersionView, { description: 'The version of the rule that decided.' })
  async ruleVersion(@Ctx() context: AdminContext): Promise<RuleVersionView> {
    const version = await loader(context, ruleVersionLoader).load(this.ruleVersionId);
    if (!version) throw new Error(`the rule version ${this.ruleVersionId} has gone`);
    return ruleVersionView(version);
  }
}

function accrualView({ id, points, transferId, payableAt, ruleVersionId }: Accrual): AccrualView {
  return Object.assign(new AccrualView(), { id, points, transferId, payableAt, ruleVersionId });
}

@ObjectType('ActivityEvent', {
  description: '活动事件: something that a member did or lived, which may earn points.',
  simpleResolvers: true,
})
export class ActivityEventView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => String, { description: 'Its type, as rules name it, e.g. degree.' })
  type!: string;

  @Field(() => [AttributeView], { description: 'What the event is described by, e.g. the level of a degree.' })
  attributes!: AttributeView[];

  @Field(() => DayScalar, { description: 'The Beijing day on which it happened.' })
  occurredOn!: string;

  @Field(() => String, { nullable: true, description: 'The number of the document or row that stands for it.' })
  reference!: string | null;

  @Field(() => EventStateWord)
  state!: EventState;

  @Field(() => String, {
    description:
      'Who recorded it: operator:<id>, api-token:<id>, member:<id> for a claim that needs no approval, or system:<part> for the program itself.',
  })
  recordedBy!: string;

  @Field(() => InstantScalar)
  recordedAt!: Date;

  memberId!: string;
  judged!: JudgedEvent;

  @Field(() => MemberView)
  async member(@Ctx() context: AdminContext): Promise<MemberView> {
    const member = await loader(context, memberLoader).load(this.memberId);
    if (!member) throw new Error(`the member ${this.memberId} has gone`);
    return memberView(member);
  }

  @Field(() => [AccrualView], { description: 'What the rules gave for it and was not taken back.' })
  async accruals(@Ctx() context: AdminContext): Promise<AccrualView[]> {
    return (await loader(context, accrualsLoader).load(this.id)).map(accrualView);
  }

  @Field(() => PointsScalar, { description: 'The points that it earned in all, with those that are still pending.' })
  async points(@Ctx() context: AdminContext): Promise<Points> {
    const accruals = await loader(context, accrualsLoader).load(this.id);
    return points(accruals.reduce((sum, accrual) => sum + accrual.points, 0));
  }
}

export const ActivityEventConnection = connectionType(ActivityEventView, 'ActivityEvent');

export function activityEventView(event: ActivityEvent): ActivityEventView {
  const { id, programmeId, memberId, type, occurredOn, reference, state, recordedBy, recordedAt } = event;
  const facts = { id, programmeId, memberId, type, occurredOn, reference, state, recordedBy, recordedAt };
  const attributes = attributeFacts(event.attributes).map((fact) => Object.assign(new AttributeView(), fact));
  return Object.assign(new ActivityEventView(), { ...facts, attributes, judged: judgedEvent(event) });
}

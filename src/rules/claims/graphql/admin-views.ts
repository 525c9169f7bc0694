import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { EvidenceFileView, evidenceFileView } from '../../../evidence/graphql/admin-views.ts';
import { evidenceLoader } from '../../../evidence/loaders.ts';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { beijingDay } from '../../../platform/clock.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { DayScalar, IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { MemberView, memberView } from '../../../unions/graphql/admin-views.ts';
import { memberLoader } from '../../../unions/loaders.ts';
import { MOST_ATTRIBUTES } from '../../attributes.ts';
import { eventLoader } from '../../corrections/loaders.ts';
import type { Approval } from '../../definition.ts';
import { ActivityEventView, AttributeView, activityEventView } from '../../graphql/admin-views.ts';
import { attributeFacts } from '../../graphql/attribute-facts.ts';
import { type Claim, type ClaimState, evidenceTarget, isWaiting } from '../claim.entity.ts';
import type { ClaimAction, ClaimStep } from '../claim-step.entity.ts';
import { stepsLoader, typeNameLoader } from '../loaders.ts';
import { STEPS_SHOWN } from '../queries.ts';
import type { Reminder } from '../reminders.ts';
import { ApprovalWord, ClaimActionWord, ClaimStateWord } from './words.ts';

@ObjectType('ClaimStep', { description: 'A step in the history of a claim.', simpleResolvers: true })
class ClaimStepView {
  @Field(() => Int, { description: '1 for the first.' })
  number!: number;

  @Field(() => ClaimActionWord)
  action!: ClaimAction;

  @Field(() => String, {
    description: 'Who did it: member:<id>, operator:<id>, or system:claims where the rules ask for no approval.',
  })
  actor!: string;

  @Field(() => String, { nullable: true, description: 'With RETURNED: what the member was told; else null.' })
  reason!: string | null;

  @Field(() => InstantScalar)
  takenAt!: Date;
}

@ObjectType('Claim', {
  description: '申报: an event that a member has reported for herself, for her union to approve.',
  simpleResolvers: true,
})
export class ClaimView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => String, { description: 'The code of the event’s type, e.g. degree.' })
  eventType!: string;

  @Field(() => [AttributeView], { description: `What the event is described by, ${MOST_ATTRIBUTES} at the most.` })
  attributes!: AttributeView[];

  @Field(() => DayScalar, { description: 'When it happened.' })
  occurredOn!: string;

  @Field(() => String, { nullable: true, description: 'What the member wished to say with it.' })
  note!: string | null;

  @Field(() => ApprovalWord)
  approval!: Approval;

  @Field(() => ClaimStateWord)
  state!: ClaimState;

  @Field(() => InstantScalar, { description: 'When it was submitted last.' })
  submittedAt!: Date;

  @Field(() => DayScalar, { description: 'The Beijing day by which whoever is asked should answer.' })
  dueOn!: string;

  @Field(() => Boolean, { description: 'Whether it waits for an approver and that day is over.' })
  isOverdue(@Ctx() { deps }: AdminContext): boolean {
    return isWaiting(this.state) && this.dueOn < beijingDay(deps.clock.now());
  }

  memberId!: string;

  @Field(() => MemberView)
  async member(@Ctx() context: AdminContext): Promise<MemberView> {
    const member = await loader(context, memberLoader).load(this.memberId);
    if (!member) throw new Error(`the member ${this.memberId} has gone`);
    return memberView(member);
  }

  @Field(() => String, { description: 'What it is, by the name of the event’s type: 学历提升.' })
  title(@Ctx() context: AdminContext): Promise<string> {
    return loader(context, typeNameLoader).load({ programmeId: this.programmeId, code: this.eventType });
  }

  @Field(() => [ClaimStepView], { description: `Its history, oldest first; the newest ${STEPS_SHOWN} steps.` })
  async steps(@Ctx() context: AdminContext): Promise<ClaimStepView[]> {
    return (await loader(context, stepsLoader).load(this.id)).map(claimStepView);
  }

  @Field(() => [EvidenceFileView], { description: 'The files that are attached, nine at the most.' })
  async evidence(@Ctx() context: AdminContext): Promise<EvidenceFileView[]> {
    return (await loader(context, evidenceLoader).load(evidenceTarget(this.id))).map(evidenceFileView);
  }

  eventId!: string | null;

  @Field(() => ActivityEventView, {
    nullable: true,
    description: 'With APPROVED: the event that stands for it, with what it earned; else null.',
  })
  async event(@Ctx() context: AdminContext): Promise<ActivityEventView | null> {
    const event = this.eventId === null ? null : await loader(context, eventLoader).load(this.eventId);
    return event && activityEventView(event);
  }
}

export const ClaimConnection = connectionType(ClaimView, 'Claim');

function claimStepView({ number, action, actor, reason, takenAt }: ClaimStep): ClaimStepView {
  return Object.assign(new ClaimStepView(), { number, action, actor, reason, takenAt });
}

export function claimView(claim: Claim): ClaimView {
  const { id, programmeId, memberId, eventType, occurredOn, note, approval, state, submittedAt, dueOn, eventId } =
    claim;
  const attributes = attributeFacts(claim.attributes).map((fact) => Object.assign(new AttributeView(), fact));
  return Object.assign(new ClaimView(), {
    ...{ id, programmeId, memberId, eventType, occurredOn, note, approval, state, submittedAt, dueOn, eventId },
    attributes,
  });
}

@ObjectType('ClaimReminder', {
  description: '待审核提醒: how many claims wait for an approver, as counted at half past eight in the morning.',
  simpleResolvers: true,
})
export class ClaimReminderView {
  @Field(() => DayScalar, { description: 'The Beijing day.' })
  day!: string;

  @Field(() => Int, { description: 'All that wait for this approver.' })
  waiting!: number;

  @Field(() => Int, { description: 'Of them those that are due on that day or the next.' })
  dueSoon!: number;

  @Field(() => Int, { description: 'Of them those whose day was over.' })
  overdue!: number;
}

export function claimReminderView({ day, waiting, dueSoon, overdue }: Reminder): ClaimReminderView {
  return Object.assign(new ClaimReminderView(), { day, waiting, dueSoon, overdue });
}

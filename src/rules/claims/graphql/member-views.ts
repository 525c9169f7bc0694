import { Ctx, Field, Float, Int, ObjectType } from 'type-graphql';
import { EvidenceFileView, evidenceFileView } from '../../../evidence/graphql/member-views.ts';
import { evidenceLoader } from '../../../evidence/loaders.ts';
import { loader, type MemberContext } from '../../../identity/context.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { DayScalar, IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import type { Language } from '../../../platform/result.ts';
import { MOST_ATTRIBUTES } from '../../attributes.ts';
import { eventLoader } from '../../corrections/loaders.ts';
import type { Approval } from '../../definition.ts';
import { type Area, type AttributeKind, MOST_CHOICES } from '../../event-types/event-type.ts';
import { AreaWord, AttributeKindWord } from '../../event-types/graphql/words.ts';
import { type AttributeFacts, attributeFacts } from '../../graphql/attribute-facts.ts';
import { MemberActivityEvent, memberActivityEvent } from '../../graphql/member.ts';
import { inWords } from '../../in-words.ts';
import { type Claim, type ClaimState, evidenceTarget, isWaiting } from '../claim.entity.ts';
import type { ClaimAction, ClaimStep } from '../claim-step.entity.ts';
import type { ClaimableType } from '../claimable-types.ts';
import { stepsLoader, typeNameLoader } from '../loaders.ts';
import { STEPS_SHOWN } from '../queries.ts';
import { ApprovalWord, ClaimActionWord, ClaimStateWord } from './words.ts';

@ObjectType('AttributeDeclaration', {
  description: 'An attribute that the events of a type may have: one field of the form.',
  simpleResolvers: true,
})
class AttributeDeclarationView {
  @Field(() => String, { description: 'E.g. 学历层次.' })
  name!: string;

  @Field(() => AttributeKindWord)
  kind!: AttributeKind;

  @Field(() => Boolean, { description: 'Whether it must be filled in.' })
  required!: boolean;

  @Field(() => [String], {
    description: `With CHOICE: what the value can be, in the order to show, ${MOST_CHOICES} at the most; else empty.`,
  })
  choices!: string[];
}

@ObjectType('ClaimableEventType', {
  description: '可申报的事件类型: a kind of event that you can claim, and the form for it.',
  simpleResolvers: true,
})
export class ClaimableEventTypeView {
  @Field(() => String, { description: 'What submitClaim takes as eventType, e.g. degree.' })
  code!: string;

  @Field(() => String, { description: 'E.g. 学历提升.' })
  name!: string;

  @Field(() => AreaWord)
  area!: Area;

  @Field(() => [AttributeDeclarationView], {
    description: `What to ask for, in this order, ${MOST_ATTRIBUTES} at the most.`,
  })
  attributes!: AttributeDeclarationView[];

  @Field(() => Boolean, { description: 'Whether evidence must be attached.' })
  evidenceNeeded!: boolean;

  @Field(() => ApprovalWord)
  approval!: Approval;

  @Field(() => [String], {
    description:
      'What it earns, a sentence for each rule in force, e.g. "学历提升：本科 2000 分；每个学历层次一次。". Empty when no rule gives points for it now.',
  })
  earns!: string[];
}

export function claimableEventTypeView({ type, needs, rules }: ClaimableType, language: Language) {
  const { code, name, area } = type;
  const attributes = type.attributes.map((declared) =>
    Object.assign(new AttributeDeclarationView(), { ...declared, choices: declared.choices ?? [] }),
  );
  const earns = rules.map((rule) => inWords(rule.name, rule.definition)[language]);
  const { evidence: evidenceNeeded, approval } = needs;
  return Object.assign(new ClaimableEventTypeView(), {
    ...{ code, name, area, attributes, evidenceNeeded, approval, earns },
  });
}

@ObjectType('ClaimAttribute', { description: 'Something that you said of the event.', simpleResolvers: true })
class ClaimAttributeView implements AttributeFacts {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'The value in words, whatever its kind.' })
  text!: string;

  @Field(() => Float, { nullable: true, description: 'The value when it is a whole number.' })
  number!: number | null;

  @Field(() => DayScalar, { nullable: true, description: 'The value when it is a day.' })
  day!: string | null;
}

@ObjectType('ClaimStep', { description: 'A step in the history of a claim.', simpleResolvers: true })
class ClaimStepView {
  @Field(() => Int, { description: '1 for the first.' })
  number!: number;

  @Field(() => ClaimActionWord)
  action!: ClaimAction;

  @Field(() => String, { nullable: true, description: 'With RETURNED: what is missing or wrong; else null.' })
  reason!: string | null;

  @Field(() => InstantScalar)
  takenAt!: Date;
}

@ObjectType('Claim', {
  description: '申报: an event that you have reported for yourself, for your union to approve.',
  simpleResolvers: true,
})
export class ClaimView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => String, { description: 'The code of the event’s type, e.g. degree.' })
  eventType!: string;

  @Field(() => [ClaimAttributeView], {
    description: `What the event is described by, ${MOST_ATTRIBUTES} at the most.`,
  })
  attributes!: ClaimAttributeView[];

  @Field(() => DayScalar, { description: 'When it happened.' })
  occurredOn!: string;

  @Field(() => String, { nullable: true, description: 'What you wished to say with it.' })
  note!: string | null;

  @Field(() => ApprovalWord)
  approval!: Approval;

  @Field(() => ClaimStateWord)
  state!: ClaimState;

  @Field(() => InstantScalar, { description: 'When it was submitted last.' })
  submittedAt!: Date;

  @Field(() => DayScalar, {
    nullable: true,
    description: 'The day by which your union should answer; null when it waits for nobody.',
  })
  dueOn!: string | null;

  eventId!: string | null;

  @Field(() => String, { description: 'What it is, by the name of the event’s type: 学历提升.' })
  title(@Ctx() context: MemberContext): Promise<string> {
    return loader(context, typeNameLoader).load({ programmeId: this.programmeId, code: this.eventType });
  }

  @Field(() => [ClaimStepView], { description: `Its history, oldest first; the newest ${STEPS_SHOWN} steps.` })
  async steps(@Ctx() context: MemberContext): Promise<ClaimStepView[]> {
    return (await loader(context, stepsLoader).load(this.id)).map(claimStepView);
  }

  @Field(() => [EvidenceFileView], { description: 'The files that are attached, nine at the most.' })
  async evidence(@Ctx() context: MemberContext): Promise<EvidenceFileView[]> {
    return (await loader(context, evidenceLoader).load(evidenceTarget(this.id))).map(evidenceFileView);
  }

  @Field(() => MemberActivityEvent, {
    nullable: true,
    description: 'With APPROVED: the event that stands for it, with what it earned; else null.',
  })
  async event(@Ctx() context: MemberContext): Promise<MemberActivityEvent | null> {
    const event = this.eventId === null ? null : await loader(context, eventLoader).load(this.eventId);
    return event && memberActivityEvent(event);
  }
}

export const ClaimConnection = connectionType(ClaimView, 'Claim');

function claimStepView({ number, action, reason, takenAt }: ClaimStep): ClaimStepView {
  return Object.assign(new ClaimStepView(), { number, action, reason, takenAt });
}

export function claimView(claim: Claim): ClaimView {
  const { id, programmeId, eventType, occurredOn, note, approval, state, submittedAt, eventId } = claim;
  const facts = { id, programmeId, eventType, occurredOn, note, approval, state, submittedAt, eventId };
  const attributes = attributeFacts(claim.attributes).map((fact) => Object.assign(new ClaimAttributeView(), fact));
  const dueOn = isWaiting(state) ? claim.dueOn : null;
  return Object.assign(new ClaimView(), { ...facts, attributes, dueOn });
}

import { Ctx, createUnionType, Field, Float, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../identity/context.ts';
import { connectionType } from '../../platform/graphql/connection.ts';
import { DayScalar, IdScalar, InstantScalar, PointsScalar } from '../../platform/graphql/scalars.ts';
import { type Points, points } from '../../platform/points.ts';
import { MemberView, memberView } from '../../unions/graphql/admin-views.ts';
import { memberLoader } from '../../unions/loaders.ts';
import type { Accrual } from '../accrual.entity.ts';
import type { ActivityEvent, EventState } from '../activity-event.entity.ts';
import type { RuleDefinition } from '../definition.ts';
import { inWords } from '../in-words.ts';
import { accrualsLoader, newestVersionsLoader, ruleVersionLoader, VERSIONS_SHOWN } from '../loaders.ts';
import type { VersionedRule } from '../queries.ts';
import type { Rule } from '../rule.entity.ts';
import { type AttributeFacts, attributeFacts } from './attribute-facts.ts';
import { EventStateWord, OccurrenceKindWord } from './words.ts';

@ObjectType('FixedPoints', { description: 'The same points for every event.', simpleResolvers: true })
export class FixedPointsView {
  @Field(() => PointsScalar)
  points!: Points;
}

@ObjectType('Tier', { description: 'One value of the attribute, and the points that it earns.', simpleResolvers: true })
export class TierView {
  @Field(() => String, { description: 'What the attribute must be.' })
  value!: string;

  @Field(() => PointsScalar)
  points!: Points;
}

@ObjectType('TieredPoints', {
  description: 'Points by the value of one attribute of the event.',
  simpleResolvers: true,
})
export class TieredPointsView {
  @Field(() => String, { description: 'The name of the attribute, e.g. 学历层次.' })
  attribute!: string;

  @Field(() => [TierView], { description: 'The values that earn something, and how much.' })
  tiers!: TierView[];
}

const PointsAward = createUnionType({
  name: 'PointsAward',
  description: 'What a rule pays.',
  types: () => [FixedPointsView, TieredPointsView] as const,
});

@ObjectType('Occurrence', { description: 'How often a rule pays a member.', simpleResolvers: true })
export class OccurrenceView {
  @Field(() => OccurrenceKindWord)
  kind!: RuleDefinition['occurrence']['kind'];

  @Field(() => [String], { description: 'With VALUES: the attributes whose values count; else empty.' })
  attributes!: string[];
}

@ObjectType('RuleVersion', { description: 'A published version of a rule. It never changes.', simpleResolvers: true })
export class RuleVersionView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  ruleId!: string;

  @Field(() => String)
  ruleName!: string;

  @Field(() => Int, { description: '1 for the first.' })
  number!: number;

  @Field(() => PointsAward)
  award!: FixedPointsView | TieredPointsView;

  @Field(() => OccurrenceView)
  occurrence!: OccurrenceView;

  @Field(() => String, { description: 'Who published it: operator:<id> or api-token:<id>.' })
  publishedBy!: string;

  @Field(() => InstantScalar)
  publishedAt!: Date;

  definition!: RuleDefinition;

  @Field(() => String, { description: 'The whole rule in a sentence, as members read it.' })
  inWords(@Ctx() { language }: AdminContext): string {
    return inWords(this.ruleName, this.definition)[language];
  }
}

export function ruleVersionView(version: VersionedRule): RuleVersionView {
  const { award, occurrence } = version.definition;
  return Object.assign(new RuleVersionView(), {
    id: version.versionId,
    ruleId: version.ruleId,
    ruleName: version.name,
    number: version.number,
    award:
      award.kind === 'fixed'
        ? Object.assign(new FixedPointsView(), { points: award.points })
        : Object.assign(new TieredPointsView(), { attribute: award.attribute, tiers: award.tiers }),
    occurrence: Object.assign(new OccurrenceView(), {
      kind: occurrence.kind,
      attributes: occurrence.kind === 'values' ? occurrence.attributes : [],
    }),
    publishedBy: version.publishedBy,
    publishedAt: version.publishedAt,
    definition: version.definition,
  });
}

@ObjectType('Rule', { description: '积分规则: what one type of event earns in a programme.', simpleResolvers: true })
export class RuleView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => String, { description: 'As members read it, e.g. 学历提升.' })
  name!: string;

  @Field(() => String, { description: 'The type of the events that it judges, e.g. degree.' })
  eventType!: string;

  @Field(() => InstantScalar)
  createdAt!: Date;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'From when it judges no more events; null while it does.',
  })
  retiredAt!: Date | null;

  @Field(() => RuleVersionView, { description: 'The newest version, which judges events.' })
  async current(@Ctx() context: AdminContext): Promise<RuleVersionView> {
    const [newest] = await loader(context, newestVersionsLoader).load(this.id);
    if (!newest) throw new Error(`rule ${this.id} has no version`);
    return ruleVersionView(newest);
  }

  @Field(() => [RuleVersionView], { description: `Its versions, the newest first, ${VERSIONS_SHOWN} at the most.` })
  async versions(@Ctx() context: AdminContext): Promise<RuleVersionView[]> {
    return (await loader(context, newestVersionsLoader).load(this.id)).map(ruleVersionView);
  }
}

export const RuleConnection = connectionType(RuleView, 'Rule');

export function ruleView({ id, programmeId, name, eventType, createdAt, retiredAt }: Rule): RuleView {
  return Object.assign(new RuleView(), { id, programmeId, name, eventType, createdAt, retiredAt });
}

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

  @Field(() => String, { description: 'The transfer of the ledger that moved the points.' })
  transferId!: string;

  ruleVersionId!: string;

  @Field(() => RuleVersionView, { description: 'The version of the rule that decided.' })
  async ruleVersion(@Ctx() context: AdminContext): Promise<RuleVersionView> {
    const version = await loader(context, ruleVersionLoader).load(this.ruleVersionId);
    if (!version) throw new Error(`the rule version ${this.ruleVersionId} has gone`);
    return ruleVersionView(version);
  }
}

function accrualView({ id, points, transferId, ruleVersionId }: Accrual): AccrualView {
  return Object.assign(new AccrualView(), { id, points, transferId, ruleVersionId });
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

  @Field(() => String, { description: 'Who recorded it: operator:<id> or api-token:<id>.' })
  recordedBy!: string;

  @Field(() => InstantScalar)
  recordedAt!: Date;

  memberId!: string;

  @Field(() => MemberView)
  async member(@Ctx() context: AdminContext): Promise<MemberView> {
    const member = await loader(context, memberLoader).load(this.memberId);
    if (!member) throw new Error(`the member ${this.memberId} has gone`);
    return memberView(member);
  }

  @Field(() => [AccrualView], { description: 'What the rules gave for it; empty until it is paid.' })
  async accruals(@Ctx() context: AdminContext): Promise<AccrualView[]> {
    return (await loader(context, accrualsLoader).load(this.id)).map(accrualView);
  }

  @Field(() => PointsScalar, { description: 'The points that it earned in all.' })
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
  return Object.assign(new ActivityEventView(), { ...facts, attributes });
}

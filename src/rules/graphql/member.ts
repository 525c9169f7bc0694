import { Args, Ctx, Field, FieldResolver, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { loader, type MemberContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import { StatementLineView } from '../../ledger/graphql/member.ts';
import { type Connection, connection, connectionType } from '../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { DayScalar, IdScalar, InstantScalar, PointsScalar } from '../../platform/graphql/scalars.ts';
import { type Points, points } from '../../platform/points.ts';
import { programmesOfMember } from '../../unions/queries.ts';
import { type ActivityEvent, type EventState, judgedEvent } from '../activity-event.entity.ts';
import type { RuleDefinition } from '../definition.ts';
import type { JudgedEvent } from '../evaluate.ts';
import { eventTypesLoader } from '../event-types/loaders.ts';
import { inWords, linesInWords } from '../in-words.ts';
import { accrualsLoader, ruleVersionLoader } from '../loaders.ts';
import { eventsOfMember, rulesInForcePage, type VersionedRule } from '../queries.ts';
import { type AttributeFacts, attributeFacts } from './attribute-facts.ts';
import { unionNamesOf } from './union-names.ts';
import { EventStateWord } from './words.ts';

@ObjectType('Rule', { description: '积分规则: what earns points, in plain words.', simpleResolvers: true })
class MemberRule {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar, { description: 'The programme whose points it gives.' })
  programmeId!: string;

  @Field(() => String, { description: 'E.g. 学历提升.' })
  title!: string;

  definition!: RuleDefinition;

  @Field(() => [String], {
    description: 'What it pays, a line for each tier, then how often, e.g. "大专 2000 分", "每个学历层次一次".',
  })
  async lines(@Ctx() context: MemberContext): Promise<string[]> {
    const lines = linesInWords(this.definition, await unionNamesOf(context, this.definition));
    return lines.map((line) => line[context.language]);
  }
}

@ObjectType('RuleVersion', { description: 'The version of a rule by which points were given.', simpleResolvers: true })
export class MemberRuleVersion {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => String, { description: 'E.g. 学历提升.' })
  ruleName!: string;

  @Field(() => Int, { description: '1 for the first version of the rule.' })
  number!: number;

  definition!: RuleDefinition;

  @Field(() => String, { description: 'What the version says, in a sentence.' })
  async inWords(@Ctx() context: MemberContext): Promise<string> {
    const unionNames = await unionNamesOf(context, this.definition);
    return inWords(this.ruleName, this.definition, unionNames)[context.language];
  }
}

@ObjectType('Attribute', { description: 'Something known of an event.', simpleResolvers: true })
class MemberAttribute implements Pick<AttributeFacts, 'name' | 'text'> {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'The value in words, whatever its kind.' })
  text!: string;
}

@ObjectType('ActivityEvent', {
  description: '活动事件: something that the member did or lived, which may earn points.',
  simpleResolvers: true,
})
export class MemberActivityEvent {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => DayScalar, { description: 'When it happened.' })
  occurredOn!: string;

  @Field(() => [MemberAttribute], { description: 'What the event is described by, e.g. the level of a degree.' })
  attributes!: MemberAttribute[];

  @Field(() => EventStateWord)
  state!: EventState;

  @Field(() => InstantScalar)
  recordedAt!: Date;

  type!: string;
  judged!: JudgedEvent;

  @Field(() => String, { description: 'What it is, by the name of its type, e.g. 学历提升.' })
  async title(@Ctx() context: MemberContext): Promise<string> {
    const types = await loader(context, eventTypesLoader).load(this.programmeId);
    return types.find((type) => type.code === this.type)?.name ?? this.type;
  }

  @Field(() => PointsScalar, {
    description: 'The points that it earned, with those that are still pending; 0 when it has earned none.',
  })
  async points(@Ctx() context: MemberContext): Promise<Points> {
    const accruals = await loader(context, accrualsLoader).load(this.id);
    return points(accruals.reduce((sum, accrual) => sum + accrual.points, 0));
  }
}

const RuleConnection = connectionType(MemberRule, 'Rule');
const ActivityEventConnection = connectionType(MemberActivityEvent, 'ActivityEvent');

@Resolver(() => StatementLineView)
export class MemberRulesResolver {
  @FieldResolver(() => MemberRuleVersion, {
    nullable: true,
    description: 'The rule, as it stood then, that gave these points; null where no rule did.',
  })
  async rule(@Root() line: StatementLineView, @Ctx() context: MemberContext): Promise<MemberRuleVersion | null> {
    if (line.ruleVersionId === null) return null;
    const version = await loader(context, ruleVersionLoader).load(line.ruleVersionId);
    return version && memberRuleVersion(version);
  }

  @Permission('self')
  @Query(() => RuleConnection, { description: 'What earns points: the rules in force in the member’s programmes.' })
  async rules(@Ctx() context: MemberContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<MemberRule>> {
    const asked = pageAsked(page);
    const { manager } = context.deps.db;
    const { memberId } = context.caller;
    const programmes = (await programmesOfMember(manager, [memberId])).get(memberId) ?? [];
    const ids = programmes.map((programme) => programme.id);
    return connection(
      await rulesInForcePage(manager, ids, context.deps.clock.now(), asked),
      (rule) => rule.ruleId,
      memberRule,
    );
  }

  @Permission('self')
  @Query(() => ActivityEventConnection, {
    description: 'What was recorded for the member, with what it earned, newest first.',
  })
  async activityEvents(
    @Ctx() context: MemberContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<MemberActivityEvent>> {
    const asked = pageAsked(page);
    const events = await eventsOfMember(context.deps.db.manager, context.caller.memberId, asked);
    return connection(events, (event) => event.id, memberActivityEvent);
  }
}

function memberRule({ ruleId, programmeId, name, definition }: VersionedRule): MemberRule {
  return Object.assign(new MemberRule(), { id: ruleId, programmeId, title: name, definition });
}

export function memberRuleVersion({ versionId, name, number, definition }: VersionedRule): MemberRuleVersion {
  return Object.assign(new MemberRuleVersion(), { id: versionId, ruleName: name, number, definition });
}

export function memberActivityEvent(event: ActivityEvent): MemberActivityEvent {
  const { id, programmeId, type, occurredOn, state, recordedAt } = event;
  const attributes = attributeFacts(event.attributes).map(({ name, text }) =>
    Object.assign(new MemberAttribute(), { name, text }),
  );
  const judged = judgedEvent(event);
  const fields = { id, programmeId, type, occurredOn, state, recordedAt, attributes, judged };
  return Object.assign(new MemberActivityEvent(), fields);
}

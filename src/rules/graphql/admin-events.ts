import { Arg, Args, Ctx, createUnionType, Field, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import { type Connection, connection } from '../../platform/graphql/connection.ts';
import { resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { RefusalView, refusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar, PointsScalar } from '../../platform/graphql/scalars.ts';
import type { Points } from '../../platform/points.ts';
import type { Language, Refusal } from '../../platform/result.ts';
import { ProgrammeView, programmeView } from '../../unions/graphql/admin-views.ts';
import { Programme } from '../../unions/programme.entity.ts';
import type { EventState } from '../activity-event.entity.ts';
import { isEventsRefusal } from '../event-refusals.ts';
import { eventsIn } from '../queries.ts';
import { raiseBudget } from '../raise-budget.ts';
import { recordEvents } from '../record-events.ts';
import { eventInScope, partOfProgramme } from '../scope.ts';
import { ActivityEventInput, eventsGiven } from './admin-inputs.ts';
import { ActivityEventConnection, ActivityEventView, activityEventView } from './admin-views.ts';
import { EventStateWord } from './words.ts';

@ObjectType('Recording', { description: 'What a call of recordEvents recorded.', simpleResolvers: true })
class RecordingView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => Int, { description: 'How many events are new.' })
  recorded!: number;

  @Field(() => Int, { description: 'How many were there already. They earn once.' })
  repeated!: number;

  @Field(() => [IdScalar], { description: 'The new events, in the order in which they were given.' })
  eventIds!: string[];
}

@ObjectType('EventProblem', { description: 'One trouble and every event that has it.', simpleResolvers: true })
class EventProblemView {
  @Field(() => String, { description: 'Stable name of the reason, e.g. MEMBER_UNKNOWN.' })
  code!: string;

  @Field(() => String, { description: 'For the person: what is wrong and what to do.' })
  message!: string;

  @Field(() => [String], { description: 'Where in the input, e.g. "events.3.occurredOn".' })
  at!: string[];
}

@ObjectType('EventsRefused', {
  description: 'The events were refused whole: nothing was recorded. Correct each place and send them with a new key.',
  simpleResolvers: true,
})
class EventsRefusedView {
  @Field(() => String, { description: 'EVENTS_REFUSED.' })
  code!: string;

  @Field(() => String, { description: 'For the person: what was wrong and what to do.' })
  message!: string;

  @Field(() => [EventProblemView], {
    description:
      'Codes: MEMBER_UNKNOWN, MEMBER_NOT_NAMED, MEMBER_LEFT, STAFF_NUMBER_AMBIGUOUS, EVENT_TYPE_UNKNOWN, DAY_IN_FUTURE, DAY_BEFORE_BIRTH, DAY_IMPOSSIBLE, ATTRIBUTE_MISSING, ATTRIBUTE_UNKNOWN, ATTRIBUTE_MALFORMED, REFERENCE_MALFORMED. 20 kinds of trouble and 1,000 places at the most.',
  })
  problems!: EventProblemView[];
}

const RecordEventsResult = createUnionType({
  name: 'RecordEventsResult',
  types: () => [RecordingView, EventsRefusedView, RefusalView] as const,
});
const SetProgrammeBudgetResult = resultType('SetProgrammeBudget', ProgrammeView);

@Resolver()
export class AdminEventsResolver {
  @Permission('events:read')
  @Query(() => ActivityEventConnection, {
    description: 'Activity events in a programme, of the members of the branch, newest first.',
  })
  async activityEvents(
    @Ctx() context: AdminContext,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('memberId', () => IdScalar, { nullable: true }) memberId?: string | null,
    @Arg('state', () => EventStateWord, { nullable: true }) state?: EventState | null,
  ): Promise<Connection<ActivityEventView>> {
    const asked = pageAsked(page);
    const { manager } = context.deps.db;
    const part = await partOfProgramme(manager, context.caller, 'events:read', programmeId);
    const branches = part.ok ? part.value.branches : [];
    const filter = { programmeId, memberId: memberId ?? undefined, state: state ?? undefined };
    const events = await eventsIn(manager, branches, filter, asked);
    return connection(events, (event) => event.id, activityEventView);
  }

  @Permission('events:read')
  @Query(() => ActivityEventView, {
    nullable: true,
    description: 'An activity event of a member of the branch; null when there is none of this id.',
  })
  async activityEvent(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('id', () => IdScalar) id: string,
  ): Promise<ActivityEventView | null> {
    const event = await eventInScope(deps.db.manager, caller, id);
    return event.ok ? activityEventView(event.value) : null;
  }

  @Permission('events:record')
  @Mutation(() => RecordEventsResult, {
    description:
      'Records what members of the branch did or lived, 1 to 500 events, all of them or none. What they earn is paid seconds later. An event that was recorded before is no error and earns nothing more. EventsRefused tells what is wrong with which event. Refusals: EVENT_COUNT, PROGRAMME_UNKNOWN, ATTRIBUTE_MALFORMED (an attribute without exactly one value, or given twice), KEY_MALFORMED, KEY_REUSED.',
  })
  async recordEvents(
    @Ctx() { deps, caller, language }: AdminContext,
    @Arg('key', () => String) key: string,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Arg('events', () => [ActivityEventInput]) inputs: ActivityEventInput[],
  ): Promise<RecordingView | EventsRefusedView | RefusalView> {
    const events = eventsGiven(inputs);
    if (!events.ok) return refusalView(events.refusal, language);
    const recorded = await recordEvents(deps, caller, key, { programmeId, events: events.value });
    return recorded.ok
      ? Object.assign(new RecordingView(), recorded.value)
      : eventsRefusedView(recorded.refusal, language);
  }

  @Permission('budgets:write')
  @Mutation(() => SetProgrammeBudgetResult, {
    description:
      'Sets the points that a programme of the branch may issue in all. Events that waited for budget are paid soon after. Refusals: PROGRAMME_UNKNOWN, BUDGET_BELOW_ISSUED, KEY_MALFORMED, KEY_REUSED.',
  })
  async setProgrammeBudget(
    @Ctx() { deps, caller, language }: AdminContext,
    @Arg('key', () => String) key: string,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Arg('budget', () => PointsScalar, { description: 'What the programme may issue in all, not what is added.' })
    budget: Points,
  ): Promise<ProgrammeView | RefusalView> {
    const set = await raiseBudget(deps, caller, key, { programmeId, budget });
    if (!set.ok) return refusalView(set.refusal, language);
    return programmeView(await deps.db.manager.findOneByOrFail(Programme, { id: set.value }));
  }
}

function eventsRefusedView(refusal: Refusal, language: Language): EventsRefusedView | RefusalView {
  if (!isEventsRefusal(refusal)) return refusalView(refusal, language);
  return Object.assign(new EventsRefusedView(), {
    code: refusal.code,
    message: refusal.message[language],
    problems: refusal.problems.map(({ code, message, places }) =>
      Object.assign(new EventProblemView(), { code, message: message[language], at: places }),
    ),
  });
}

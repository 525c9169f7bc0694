import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { AdminContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { type RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { partOfProgramme } from '../../scope.ts';
import { changeEventType } from '../change-event-type.ts';
import { declareEventType } from '../declare-event-type.ts';
import { DeclaredEventType } from '../declared-event-type.entity.ts';
import { MOST_DECLARED_TYPES } from '../event-type.ts';
import { declaredType, eventTypesOf } from '../queries.ts';
import { READY_MADE } from '../ready-made.ts';
import { EventTypeInput, typeToDeclare } from './admin-inputs.ts';
import { EventTypeView, eventTypeView } from './admin-views.ts';

const DeclareEventTypeResult = resultType('DeclareEventType', EventTypeView);
const ChangeEventTypeResult = resultType('ChangeEventType', EventTypeView);
const CODE_DESCRIPTION = 'A small letter, then small letters, digits or . _ - , 40 in all, e.g. degree.';

@Resolver()
export class AdminEventTypesResolver {
  @Permission('events:read')
  @Query(() => [EventTypeView], {
    description: `The event types of a programme that covers members of the branch: ${READY_MADE.length} ready-made ones, in the programme’s own form where it declared one, then its own by code, ${MOST_DECLARED_TYPES} at the most. Empty when there is no such programme.`,
  })
  async eventTypes(
    @Ctx() { deps, caller }: AdminContext,
    @Arg('programmeId', () => IdScalar) programmeId: string,
  ): Promise<EventTypeView[]> {
    const { manager } = deps.db;
    const part = await partOfProgramme(manager, caller, 'events:read', programmeId);
    return part.ok ? (await eventTypesOf(manager, programmeId)).map(eventTypeView) : [];
  }

  @Permission('rules:write')
  @Mutation(() => DeclareEventTypeResult, {
    description: `Declares an event type in a programme of the branch. Under the code of a ready-made type it takes the place of that one. Refusals: PROGRAMME_UNKNOWN, EVENT_TYPE_MALFORMED, EVENT_TYPE_TAKEN, EVENT_TYPES_TOO_MANY, NAME_MALFORMED, ATTRIBUTES_TOO_MANY, ATTRIBUTE_NAME_MALFORMED, ATTRIBUTE_REPEATED, CHOICES_MALFORMED, ATTRIBUTE_IN_USE, ${KEY_REFUSALS}.`,
  })
  async declareEventType(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Arg('code', () => String, { description: CODE_DESCRIPTION }) code: string,
    @Arg('type', () => EventTypeInput) type: EventTypeInput,
  ): Promise<EventTypeView | RefusalView> {
    const input = typeToDeclare(programmeId, code, type);
    return shownType(context, await declareEventType(context.deps, context.caller, key, input));
  }

  @Permission('rules:write')
  @Mutation(() => ChangeEventTypeResult, {
    description: `Says anew what an event type is that the programme declared: all of it but the code. Recorded events stay as they are. An attribute or choice that a rule names can neither go nor change its kind. Refusals: PROGRAMME_UNKNOWN, EVENT_TYPE_UNKNOWN, EVENT_TYPE_MALFORMED, NAME_MALFORMED, ATTRIBUTES_TOO_MANY, ATTRIBUTE_NAME_MALFORMED, ATTRIBUTE_REPEATED, CHOICES_MALFORMED, ATTRIBUTE_IN_USE, ${KEY_REFUSALS}.`,
  })
  async changeEventType(
    @Ctx() context: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('programmeId', () => IdScalar) programmeId: string,
    @Arg('code', () => String, { description: CODE_DESCRIPTION }) code: string,
    @Arg('type', () => EventTypeInput) type: EventTypeInput,
  ): Promise<EventTypeView | RefusalView> {
    const input = typeToDeclare(programmeId, code, type);
    return shownType(context, await changeEventType(context.deps, context.caller, key, input));
  }
}

async function shownType({ deps, language }: AdminContext, outcome: Outcome): Promise<EventTypeView | RefusalView> {
  if (!outcome.ok) return refusalView(outcome.refusal, language);
  const row = await deps.db.manager.findOneByOrFail(DeclaredEventType, { id: outcome.value });
  return eventTypeView(declaredType(row));
}

import { addDays, type BeijingDay, beijingDay } from '../platform/clock.ts';
import { type Answer, askUntil, REFUSAL } from './client.ts';
import type { DemoEvent } from './happiness-account.ts';
import type { RosterPerson } from './roster.ts';
import { keyOf, PAY_SECONDS, programmeOf, type Stage } from './stage.ts';

interface Recording {
  recorded: number;
  repeated: number;
  eventIds: string[];
}

/** Yesterday, which is past on the server's clock too. */
export const yesterday = (): BeijingDay => addDays(beijingDay(new Date()), -1);

/** Something that happened yesterday, as a document proves. */
export function event(
  who: RosterPerson,
  type: string,
  document: string,
  facts: Record<string, string | number> = {},
): DemoEvent {
  return {
    staffNumber: who.staffNumber,
    type,
    attributes: Object.entries(facts).map(([name, value]) =>
      typeof value === 'number' ? { name, number: value } : { name, text: value },
    ),
    occurredOn: yesterday(),
    reference: `${document}-${who.staffNumber}`,
  };
}

/** Has the admin record events in one call, under a key of this run. */
export async function recordEvents(stage: Stage, key: string, events: DemoEvent[]): Promise<Answer<Recording>> {
  return stage.admin.act(
    `mutation ($key: String!, $programmeId: Id!, $events: [ActivityEventInput!]!) {
      recordEvents(key: $key, programmeId: $programmeId, events: $events) {
        ${REFUSAL} ... on EventsRefused { code message problems { code message at } }
        ... on Recording { recorded repeated eventIds }
      }
    }`,
    { key: keyOf(stage, key), programmeId: programmeOf(stage), events },
  );
}

/** What has become of an event, once its points are worked out. */
export async function settled({ admin }: Stage, id: string): Promise<string | undefined> {
  const state = async () => {
    const { activityEvent } = await admin.ask<{ activityEvent: { state: string } | null }>(
      'query ($id: Id!) { activityEvent(id: $id) { state } }',
      { id },
    );
    return activityEvent?.state;
  };
  return askUntil(state, (seen) => seen !== 'RECORDED', PAY_SECONDS);
}

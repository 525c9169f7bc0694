import type { JudgedEvent } from '../evaluate.ts';
import { decide, look } from '../judge.ts';
import type { VersionedRule } from '../queries.ts';
import { type Given, Tally } from '../tally.ts';

/** An event of the past with the run that judged it and the revocation that took it back, if one did. */
export interface PastEvent extends JudgedEvent {
  type: string;
  judgementId: string;
  revocationId: string;
}

/** An accrual of an event that is not replayed, but that what is replayed has to reckon with. */
export interface EarlierAccrual extends Given {
  revocationId: string;
}

/**
 * Replays what one member did: the events in the order in which they were judged, and what was taken back at its place
 * among them. Resolves with what the rules give, less what was taken back. Budgets stop nothing here; see
 * budget-needs.ts. Pure.
 */
export function replayMember(
  events: readonly PastEvent[],
  earlier: readonly EarlierAccrual[],
  rulesByType: ReadonlyMap<string, readonly VersionedRule[]>,
): Given[] {
  const steps = [...events.map(judgement), ...events.flatMap(revocation), ...earlier.flatMap(earlierRevocation)];
  steps.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : 1));
  const start = steps.find((step) => step.judged)?.order ?? '';
  const tally = new Tally();
  for (const one of earlier) {
    if (one.revocationId !== '' && one.revocationId < start) continue;
    tally.enter(one.ruleId, { ...one, id: one.eventId }, one.occurrence, one.points);
  }
  const given = new Map<string, Given[]>();
  for (const { id, judged } of steps) {
    if (judged) given.set(id, judgeAgain(judged, rulesByType.get(judged.type) ?? [], tally));
    else {
      tally.takeBack(id);
      given.delete(id);
    }
  }
  return [...given.values()].flat();
}

/** Something that happened to an event; in the order of the ids of what did it. */
interface Step {
  order: string;
  id: string;
  judged?: PastEvent;
}

const judgement = (event: PastEvent): Step => ({ order: event.judgementId, id: event.id, judged: event });

const revocation = ({ id, revocationId }: PastEvent): Step[] =>
  revocationId === '' ? [] : [{ order: revocationId, id }];

const earlierRevocation = ({ eventId, revocationId }: EarlierAccrual): Step[] =>
  revocationId === '' ? [] : [{ order: revocationId, id: eventId }];

function judgeAgain(event: PastEvent, rules: readonly VersionedRule[], tally: Tally): Given[] {
  return decide(event, look(event, rules), tally).flatMap(({ rule: { ruleId }, outcome }) => {
    if (!outcome.award) return [];
    const { occurrence, points } = outcome;
    return [{ ruleId, memberId: event.memberId, occurrence, eventId: event.id, points, occurredOn: event.occurredOn }];
  });
}

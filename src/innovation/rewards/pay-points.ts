import { beijingDay } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { groupBy } from '../../platform/group-by.ts';
import { newId } from '../../platform/ids.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { EVENTS_AT_ONCE } from '../../rules/job-definitions.ts';
import { rulesInForce } from '../../rules/queries.ts';
import { type NamedEvent, writeEvents } from '../../rules/write-events.ts';
import { linesOfRewards } from './queries.ts';
import { pointsNotPayable } from './refusals.ts';
import type { Reward } from './reward.entity.ts';

const TYPE = 'innovation.reward';
const POINTS = '积分';

interface NewEvent extends NamedEvent {
  programmeId: string;
  points: number;
}

/**
 * Records what authors have in points of rewards that are being released, an activity event each, which a rule of the
 * programme pays soon after. Refusal: POINTS_NOT_PAYABLE, where no rule in force pays a point for each.
 */
export async function payPoints(tx: Tx, rewards: readonly Reward[], now: Date): Promise<Result<void>> {
  const events = groupBy(await eventsOf(tx, rewards, now), ({ programmeId }) => programmeId);
  for (const [programmeId, some] of events) {
    const most = Math.max(...some.map(({ points }) => points));
    if (!(await isPaid(tx, programmeId, most, now))) return refuse(pointsNotPayable);
    for (let from = 0; from < some.length; from += EVENTS_AT_ONCE) {
      const recorder = { programmeId, recordingId: newId(), recordedBy: 'system:innovation' };
      await writeEvents(tx, recorder, some.slice(from, from + EVENTS_AT_ONCE), now);
    }
  }
  return accept(undefined);
}

/** Whether a rule of the programme gives one point for each that an event tells, up to so many. */
async function isPaid(tx: Tx, programmeId: string, most: number, now: Date): Promise<boolean> {
  const rules = await rulesInForce(tx, [programmeId], now);
  return rules.some(({ eventType, definition: { award } }) => {
    const perPoint = award.kind === 'per_unit' && award.attribute === POINTS && award.points === 1;
    return eventType === TYPE && perPoint && award.most >= most;
  });
}

async function eventsOf(tx: Tx, rewards: readonly Reward[], now: Date): Promise<NewEvent[]> {
  const pointed = rewards.filter(({ points }) => points > 0);
  const lines = await linesOfRewards(
    tx,
    pointed.map(({ id }) => id),
  );
  return pointed.flatMap(({ id, title, programmeId }) =>
    lines
      .get(id)!
      .filter(({ points }) => points > 0)
      .map(({ memberId, points }) => ({
        ...{ programmeId: programmeId!, memberId, type: TYPE, points, occurredOn: beijingDay(now) },
        attributes: { 成果: title, [POINTS]: points },
        // A reference stands for one event, and each author has her own.
        reference: `${id}:${memberId}`,
      })),
  );
}

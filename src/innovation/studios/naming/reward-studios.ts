import { beijingDay } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/ids.ts';
import { EVENTS_AT_ONCE } from '../../../rules/job-definitions.ts';
import { type NamedEvent, writeEvents } from '../../../rules/write-events.ts';
import type { StudioNaming } from './naming.entity.ts';
import type { NamingRound } from './round.entity.ts';

/**
 * Records for everybody who is in a studio that has just been named that it was, in the programme of the round if it has
 * one: rules judge soon after whether that earns points. A renewal is a naming too.
 */
export async function rewardStudios(
  tx: Tx,
  { programmeId }: NamingRound,
  named: readonly StudioNaming[],
  now: Date,
): Promise<void> {
  if (programmeId === null || named.length === 0) return;
  const people: { namingId: string; studio: string; memberId: string }[] = await tx.query(
    `SELECT n.id AS namingId, s.name AS studio, p.member_id AS memberId
     FROM studio_naming n JOIN studio s ON s.id = n.studio_id
     JOIN studio_member p ON p.studio_id = s.id AND p.left_on IS NULL
     JOIN member m ON m.id = p.member_id AND m.state <> 'left'
     WHERE n.id IN (?) ORDER BY n.id, p.id`,
    [named.map(({ id }) => id)],
  );
  const occurredOn = beijingDay(now);
  const events = people.map(({ namingId, studio, memberId }): NamedEvent => {
    const attributes = { 工作室: studio };
    // A reference stands for one event, and each of a studio has her own.
    return { memberId, type: 'innovation.studio', attributes, occurredOn, reference: `${namingId}:${memberId}` };
  });
  for (let from = 0; from < events.length; from += EVENTS_AT_ONCE) {
    const recorder = { programmeId, recordingId: newId(), recordedBy: 'system:innovation' };
    await writeEvents(tx, recorder, events.slice(from, from + EVENTS_AT_ONCE), now);
  }
}

import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { eventIdsOf, writeEvents } from '../write-events.ts';
import type { Claim } from './claim.entity.ts';
import { addStep } from './steps.ts';

/** Who approves where the rules ask for nobody. */
export const NOBODY = 'system:claims';

/**
 * Approves a claim that this transaction made or locked: its event is recorded, or found when it stands already, so
 * that what others recorded meanwhile is not paid twice. `actor` is who approves. Resolves with the event's id.
 */
export async function recordClaimed(
  tx: Tx,
  claim: Pick<Claim, 'id' | 'programmeId' | 'memberId' | 'eventType' | 'attributes' | 'occurredOn'>,
  actor: string,
  now: Date,
): Promise<string> {
  const { id, programmeId, memberId, eventType: type, attributes, occurredOn } = claim;
  // No reference: what makes the event this one is what it is, so HR cannot record the same wedding beside it.
  const events = [{ memberId, type, attributes, occurredOn }];
  await writeEvents(tx, { programmeId, recordingId: newId(), recordedBy: actor }, events, now);
  const [eventId] = await eventIdsOf(tx, programmeId, events);
  if (eventId === undefined) throw new Error(`the event of claim ${id} was not recorded`);
  await tx.query("UPDATE claim SET state = 'approved', event_id = ? WHERE id = ?", [eventId, id]);
  await addStep(tx, { claimId: id, action: 'approved', actor }, now);
  return eventId;
}

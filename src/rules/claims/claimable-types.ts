import type { EntityManager } from 'typeorm';
import type { EventType } from '../event-types/event-type.ts';
import { eventTypesOf } from '../event-types/queries.ts';
import { rulesInForce, type VersionedRule } from '../queries.ts';
import { type ClaimNeeds, needsOf } from './needs.ts';

/** An event type that members can claim, with what its claims need and the rules in force that look at it. */
export interface ClaimableType {
  type: EventType;
  needs: ClaimNeeds;
  rules: VersionedRule[];
}

/** The event types of a programme that members can claim at an instant. Two statements. */
export async function claimableTypes(db: EntityManager, programmeId: string, now: Date): Promise<ClaimableType[]> {
  const types = await eventTypesOf(db, programmeId);
  const inForce = await rulesInForce(db, [programmeId], now);
  return types
    .filter((type) => type.claimable)
    .map((type) => {
      const rules = inForce.filter((rule) => rule.eventType === type.code);
      return { type, needs: needsOf(rules), rules };
    });
}

import type { Tx } from '../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import type { Programme } from '../unions/programme.entity.ts';
import { findUnions, unionPath } from '../unions/queries.ts';
import { checkDefinition } from './check-definition.ts';
import type { RuleDefinition, RuleDraft } from './definition.ts';
import { findEventType, holdEventTypes } from './event-types/queries.ts';
import { eventTypeNotThere, unionNotOfProgramme } from './refusals.ts';
import { placesOfUnions } from './unions-of-definition.ts';

/**
 * Checks a definition against what its programme knows now, and keeps the event types as they are until the transaction
 * ends. Refusals: EVENT_TYPE_UNKNOWN, UNION_UNKNOWN with the place, and those of `checkDefinition`.
 */
export async function checkInProgramme(
  tx: Tx,
  programme: Programme,
  eventType: string,
  draft: RuleDraft,
): Promise<Result<RuleDefinition>> {
  await holdEventTypes(tx, programme.id);
  const type = await findEventType(tx, programme.id, eventType);
  if (!type) return refuse(eventTypeNotThere);
  const checked = checkDefinition(draft, type);
  if (!checked.ok) return checked;
  const places = placesOfUnions(checked.value);
  const top = await unionPath(tx, programme.unionId);
  const inside = new Set(
    (await findUnions(tx, [...places.keys()]))
      .filter((union) => top !== undefined && union.path.startsWith(top))
      .map((union) => union.id),
  );
  for (const [id, at] of places) if (!inside.has(id)) return refuse({ ...unionNotOfProgramme, at });
  return accept(checked.value);
}

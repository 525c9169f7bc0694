import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { accept, refuse } from '../../platform/result.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { lostAttribute } from './attributes-in-use.ts';
import { type Declaration, troubleWithDeclaration } from './check-declaration.ts';
import { DeclaredEventType } from './declared-event-type.entity.ts';
import { MOST_DECLARED_TYPES } from './event-type.ts';
import { rulesNaming } from './naming-rules.ts';
import { findEventType, lockEventTypes } from './queries.ts';
import { eventTypesTooMany, eventTypeTaken } from './refusals.ts';

export type TypeToDeclare = Declaration & { programmeId: string };

/**
 * Declares an event type in a programme of the admin's branch (rules:write); under the code of a ready-made type it
 * replaces that one. Resolves with the id of its row; audited. Refusals: PROGRAMME_UNKNOWN, EVENT_TYPE_TAKEN,
 * EVENT_TYPES_TOO_MANY, ATTRIBUTE_IN_USE and those of `troubleWithDeclaration`.
 */
export async function declareEventType(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: TypeToDeclare,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'declareEventType', key, input }, async (tx, now) => {
    const { programmeId, ...declaration } = input;
    const programme = await programmeInScope(tx, caller, 'rules:write', programmeId);
    if (!programme.ok) return refuse({ ...programme.refusal, at: 'programmeId' });
    const trouble = troubleWithDeclaration(declaration);
    if (trouble) return refuse(trouble);
    const { code, name, area, claimable, attributes } = declaration;
    await lockEventTypes(tx, programmeId);
    const before = await findEventType(tx, programmeId, code);
    if (before && !before.readyMade) return refuse(eventTypeTaken);
    if ((await tx.countBy(DeclaredEventType, { programmeId })) >= MOST_DECLARED_TYPES) return refuse(eventTypesTooMany);
    const lost = before && lostAttribute(await rulesNaming(tx, programmeId, code, now), before, attributes);
    if (lost) return refuse(lost);
    const id = newId();
    await tx.query(
      `INSERT INTO event_type (id, programme_id, code, name, area, claimable, attributes, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [id, programmeId, code, name, area, claimable, JSON.stringify(attributes), now, now],
    );
    const target = { targetKind: 'event_type', targetId: id, unionId: programme.value.unionId };
    const change = { before, after: declaration };
    await recordAudit(tx, { actor: caller.actor, action: 'declareEventType', ...target, ...change }, now);
    return accept(id);
  });
}

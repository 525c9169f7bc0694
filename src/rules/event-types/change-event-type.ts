import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { lostAttribute } from './attributes-in-use.ts';
import { troubleWithDeclaration } from './check-declaration.ts';
import type { TypeToDeclare } from './declare-event-type.ts';
import { DeclaredEventType } from './declared-event-type.entity.ts';
import { rulesNaming } from './naming-rules.ts';
import { declaredType, lockEventTypes } from './queries.ts';
import { eventTypeNotDeclared } from './refusals.ts';

/**
 * Says anew what a declared event type is, all but its code, in a programme of the admin's branch (rules:write). Events
 * that are recorded keep the attributes that they have. Resolves with the id of its row; audited. Refusals:
 * PROGRAMME_UNKNOWN, EVENT_TYPE_UNKNOWN, ATTRIBUTE_IN_USE and those of `troubleWithDeclaration`.
 */
export async function changeEventType(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: TypeToDeclare,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'changeEventType', key, input }, async (tx, now) => {
    const { programmeId, ...declaration } = input;
    const programme = await programmeInScope(tx, caller, 'rules:write', programmeId);
    if (!programme.ok) return refuse({ ...programme.refusal, at: 'programmeId' });
    const trouble = troubleWithDeclaration(declaration);
    if (trouble) return refuse(trouble);
    const { code, name, area, claimable, attributes } = declaration;
    await lockEventTypes(tx, programmeId);
    const row = await tx.findOneBy(DeclaredEventType, { programmeId, code });
    if (!row) return refuse(eventTypeNotDeclared);
    const before = declaredType(row);
    const lost = lostAttribute(await rulesNaming(tx, programmeId, code, now), before, attributes);
    if (lost) return refuse(lost);
    await tx.query(
      'UPDATE event_type SET name = ?, area = ?, claimable = ?, attributes = ?, updated_at = ? WHERE id = ?',
      [name, area, claimable, JSON.stringify(attributes), now, row.id],
    );
    const target = { targetKind: 'event_type', targetId: row.id, unionId: programme.value.unionId };
    const change = { before, after: declaration };
    await recordAudit(tx, { actor: caller.actor, action: 'changeEventType', ...target, ...change }, now);
    return accept(row.id);
  });
}

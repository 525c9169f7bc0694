import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { accept, refuse } from '../../platform/result.ts';
import { unionInScope } from '../../unions/scope.ts';
import { checkDescription, type StudioDescription } from './description.ts';
import { attachStanding, type NewLeader, wrongStanding } from './leader.ts';
import { addPart, wrongNewcomer } from './parts.ts';
import { studioNameTaken } from './refusals.ts';
import { Studio } from './studio.entity.ts';

export interface NewStudio {
  unionId: string;
  studio: StudioDescription;
  leader: NewLeader;
}

/**
 * Founds a studio at the firm of a union in which the admin holds studios:write, led by a member of that branch whose
 * standing is on record or proved; resolves with its id; audited. Refusals, with the place, "leader.memberId":
 * UNION_UNKNOWN, TEXT_LENGTH, TAGS_TOO_MANY, STUDIO_NAME_TAKEN, MEMBER_UNKNOWN, MEMBER_NOT_ACTIVE, ALREADY_IN_STUDIO,
 * LEADER_UNSKILLED, EVIDENCE_NEEDED, and those of `attachEvidence`.
 */
export async function createStudio(deps: Deps, caller: AdminCaller, key: string, input: NewStudio): Promise<Outcome> {
  return act(deps, caller, { operation: 'createStudio', key, input }, async (tx, now) => {
    const { unionId, leader } = input;
    const union = await unionInScope(tx, caller, 'studios:write', unionId);
    if (!union.ok) return refuse({ ...union.refusal, at: 'unionId' });
    const checked = checkDescription(input.studio);
    if (!checked.ok) return checked;
    if (await studioNameIsTaken(tx, unionId, checked.value.name, '')) return refuse(studioNameTaken);
    const wrong =
      (await wrongNewcomer(tx, union.value.path, { memberId: leader.memberId, at: 'leader.memberId' })) ??
      (await wrongStanding(tx, leader));
    if (wrong) return refuse(wrong);
    const { tags, ...description } = checked.value;
    const id = newId();
    await tx.insert(Studio, {
      ...{ id, unionId, ...description, leaderKind: leader.kind },
      ...{ state: 'active', createdAt: now },
    });
    await writeTags(tx, id, tags);
    const partId = await addPart(tx, { studioId: id, memberId: leader.memberId, duty: null }, now);
    const { evidenceIds } = leader;
    const attached = await attachStanding(tx, { partId, owner: caller.actor, evidenceIds }, now);
    if (!attached.ok) return attached;
    const target = { targetKind: 'studio', targetId: id, unionId };
    const after = { ...checked.value, leader };
    await recordAudit(tx, { actor: caller.actor, action: 'createStudio', ...target, after }, now);
    return accept(id);
  });
}

/** Whether another studio of the union that is not dissolved has this name. */
export async function studioNameIsTaken(tx: Tx, unionId: string, name: string, id: string): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    'SELECT id FROM studio WHERE union_id = ? AND name = ? AND is_active = 1 AND id <> ? LIMIT 1',
    [unionId, name, id],
  );
  return rows.length > 0;
}

/** Gives a studio these tags in place of those that it had. */
export async function writeTags(tx: Tx, studioId: string, tags: readonly string[]): Promise<void> {
  await tx.query('DELETE FROM studio_tag WHERE studio_id = ?', [studioId]);
  await insertRows(
    tx,
    'studio_tag',
    ['studio_id', 'tag'],
    tags.map((tag) => [studioId, tag]),
  );
}

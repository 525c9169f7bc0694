import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller, MemberCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { Competition } from '../plan/competition.entity.ts';
import { givePlaceBack } from './quotas.ts';
import { entryWithdrawn } from './refusals.ts';
import { type EntryInScope, entryInScope, entryOfLead, lockEntry } from './scope.ts';
import { wrongTimeToChange } from './terms.ts';

/**
 * Withdraws the entry of the member who calls, or of the team whose captain she is, before the deadline of changes; its
 * place is free again. Resolves with its id. Refusals: ENTRY_UNKNOWN, ENTRY_WITHDRAWN, CHANGES_CLOSED, COMPETITION_OVER.
 */
export async function withdrawOwnEntry(
  deps: Deps,
  caller: MemberCaller,
  key: string,
  input: { entryId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'withdrawOwnEntry', key, input }, async (tx, now) => {
    await lockEntry(tx, input.entryId);
    const found = await entryOfLead(tx, caller.memberId, input.entryId);
    if (!found.ok) return found;
    const wrong = await takeBack(tx, found.value, caller.actor, now);
    return wrong ? refuse(wrong) : accept(input.entryId);
  });
}

/**
 * Withdraws an entry of the admin's branch (competitions:write), likewise; audited. Refusals: ENTRY_UNKNOWN,
 * ENTRY_WITHDRAWN, CHANGES_CLOSED, COMPETITION_OVER.
 */
export async function withdrawEntry(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { entryId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'withdrawEntry', key, input }, async (tx, now) => {
    const { entryId } = input;
    await lockEntry(tx, entryId);
    const found = await entryInScope(tx, caller, 'competitions:write', entryId);
    if (!found.ok) return found;
    const wrong = await takeBack(tx, found.value, caller.actor, now);
    if (wrong) return refuse(wrong);
    const target = { targetKind: 'entry', targetId: entryId, unionId: found.value.entry.unionId };
    const change = { before: { state: 'entered' }, after: { state: 'withdrawn' } };
    await recordAudit(tx, { actor: caller.actor, action: 'withdrawEntry', ...target, ...change }, now);
    return accept(entryId);
  });
}

async function takeBack(tx: Tx, { entry, path }: EntryInScope, by: string, now: Date): Promise<Refusal | undefined> {
  const { id, competitionId } = entry;
  if (entry.state === 'withdrawn') return entryWithdrawn;
  const wrong = wrongTimeToChange(await tx.findOneByOrFail(Competition, { id: competitionId }), now);
  if (wrong) return wrong;
  await givePlaceBack(tx, competitionId, path);
  await tx.query("UPDATE entry SET state = 'withdrawn', withdrawn_by = ?, withdrawn_at = ? WHERE id = ?", [
    by,
    now,
    id,
  ]);
  await tx.query('UPDATE entry_member SET left_at = ? WHERE entry_id = ? AND left_at IS NULL', [now, id]);
  return undefined;
}

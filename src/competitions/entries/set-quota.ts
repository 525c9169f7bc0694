import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { updateRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { unionPath } from '../../unions/queries.ts';
import { competitionOver } from '../plan/refusals.ts';
import { lockCompetitionInScope } from '../plan/scope.ts';
import { LARGEST_QUOTA } from './limits.ts';
import { quotaBelowEntered, quotaOutOfRange, quotaUnionOutside } from './refusals.ts';

export interface QuotaGiven {
  competitionId: string;
  /** Whose branch: the competition's own union or one below it. */
  unionId: string;
  /** Entries at the most; null for as many as come. */
  atMost: number | null;
}

/**
 * Says how many entries of a competition may come from the branch of a union (competitions:write in the competition's
 * union); entries count in the quotas of every union above them. Resolves with the competition's id; audited. Refusals:
 * COMPETITION_UNKNOWN, COMPETITION_OVER, UNION_UNKNOWN, QUOTA_OUT_OF_RANGE, QUOTA_BELOW_ENTERED.
 */
export async function setQuota(deps: Deps, caller: AdminCaller, key: string, input: QuotaGiven): Promise<Outcome> {
  return act(deps, caller, { operation: 'setEntryQuota', key, input }, async (tx, now) => {
    const { competitionId, unionId, atMost } = input;
    // The competition is locked for good, so that no entry is under way that would not be counted.
    const found = await lockCompetitionInScope(tx, caller, 'competitions:write', competitionId);
    if (!found.ok) return found;
    const { competition, union } = found.value;
    if (competition.state === 'finished' || competition.state === 'cancelled') return refuse(competitionOver);
    const path = await unionPath(tx, unionId);
    if (!path?.startsWith(union.path)) return refuse(quotaUnionOutside);
    if (atMost !== null && !(Number.isInteger(atMost) && atMost >= 0 && atMost <= LARGEST_QUOTA))
      return refuse(quotaOutOfRange);
    const entered = await countEntered(tx, competitionId, path);
    if (atMost !== null && atMost < entered) return refuse(quotaBelowEntered(entered));
    const before = await quotaBefore(tx, competitionId, unionId);
    await writeQuota(tx, input, entered);
    const target = { targetKind: 'competition', targetId: competitionId, unionId };
    const change = { before: { atMost: before }, after: { atMost } };
    await recordAudit(tx, { actor: caller.actor, action: 'setEntryQuota', ...target, ...change }, now);
    return accept(competitionId);
  });
}

async function countEntered(tx: Tx, competitionId: string, path: string): Promise<number> {
  const [row] = await tx.query<{ n: string }[]>(
    `SELECT COUNT(*) AS n FROM entry e JOIN union_node u ON u.id = e.union_id
     WHERE e.competition_id = ? AND e.state = 'entered' AND u.path LIKE ?`,
    [competitionId, `${path}%`],
  );
  return Number(row!.n);
}

async function quotaBefore(tx: Tx, competitionId: string, unionId: string): Promise<number | null> {
  const [row] = await tx.query<{ at_most: number }[]>(
    'SELECT at_most FROM entry_quota WHERE competition_id = ? AND union_id = ? FOR UPDATE',
    [competitionId, unionId],
  );
  return row?.at_most ?? null;
}

async function writeQuota(tx: Tx, { competitionId, unionId, atMost }: QuotaGiven, entered: number): Promise<void> {
  const columns = ['competition_id', 'union_id', 'at_most', 'entered'];
  if (atMost === null)
    await tx.query('DELETE FROM entry_quota WHERE competition_id = ? AND union_id = ?', [competitionId, unionId]);
  else
    await updateRows(tx, 'entry_quota', columns, [[competitionId, unionId, atMost, entered]], ['at_most', 'entered']);
}

import { act } from '../../identity/act.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { memberIdOf } from '../../identity/own-member.ts';
import { placesOfCandidates } from '../../judging/ranking/queries.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { lockRankedStage } from './rank-again.ts';
import { entryNotRanked, ownEntry } from './refusals.ts';
import { runOf } from './scope.ts';
import { doNowOrLater } from './stage-task.ts';

/**
 * Takes an entry out of the ranking of a stage that is not final (competitions:write in its union), for a reason, and
 * makes a new version without it, which is to be published then; a job does it where there are more than 5,000
 * candidates. Resolves with the stage's id; audited. Refusals: STAGE_UNKNOWN, COMPETITION_DRAFT, COMPETITION_OVER,
 * STAGE_BUSY, STAGE_NOT_RANKED, REASON_NEEDED, ENTRY_UNKNOWN, OWN_ENTRY, SCORES_MISSING.
 */
export async function disqualifyEntry(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { stageId: string; entryId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'disqualifyEntry', key, input }, async (tx, now) => {
    const { stageId, entryId, reason } = input;
    const found = await lockRankedStage(tx, caller, input);
    if (!found.ok) return found;
    const run = runOf(found.value);
    const trouble = await troubleWithEntry(tx, caller, run.rankingId!, entryId);
    if (trouble) return refuse(trouble);
    const task = { kind: 'disqualify' as const, entryId, reason };
    const done = await doNowOrLater(tx, run, task, { by: caller.actor, at: now });
    return done.ok ? accept(stageId) : done;
  });
}

async function troubleWithEntry(
  tx: Tx,
  caller: AdminCaller,
  rankingId: string,
  entryId: string,
): Promise<Refusal | undefined> {
  const [place] = await placesOfCandidates(tx, rankingId, [entryId]);
  if (!place) return entryNotRanked;
  const self = await memberIdOf(tx, caller);
  return self !== null && (await isPartOf(tx, entryId, self)) ? ownEntry : undefined;
}

/** Whether a member is, or was, part of an entry. */
export async function isPartOf(tx: Tx, entryId: string, memberId: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>('SELECT 1 FROM entry_member WHERE entry_id = ? AND member_id = ? LIMIT 1', [
    entryId,
    memberId,
  ]);
  return rows.length > 0;
}

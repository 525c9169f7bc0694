import { keepEvidence } from '../../evidence/keep-evidence.ts';
import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller, MemberCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { Season } from '../seasons/season.entity.ts';
import { type Achievement, type AchievementState, achievementTarget } from './achievement.entity.ts';
import { notWithdrawable } from './refusals.ts';
import { achievementDeclaredBy, achievementDeclaredFor, lockAchievement } from './scope.ts';
import { addSteps } from './steps.ts';

/**
 * Takes back what the member who calls declares: a draft at any time, what was submitted before the review of its season
 * begins. Its files may be attached to something else for 24 hours. Resolves with its id. Refusals: ACHIEVEMENT_UNKNOWN,
 * NOT_WITHDRAWABLE.
 */
export async function withdrawAchievement(
  deps: Deps,
  caller: MemberCaller,
  key: string,
  input: { achievementId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'withdrawAchievement', key, input }, async (tx, now) => {
    await lockAchievement(tx, input.achievementId);
    const found = await achievementDeclaredBy(tx, caller.memberId, input.achievementId);
    return found.ok ? withdraw(tx, found.value, caller.actor, now) : found;
  });
}

/**
 * Takes back what an admin declared for a member of the caller's branch (achievements:declare), likewise; audited.
 * Refusals: ACHIEVEMENT_UNKNOWN, NOT_WITHDRAWABLE.
 */
export async function withdrawDeclaredFor(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { achievementId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'withdrawDeclaredFor', key, input }, async (tx, now) => {
    const { achievementId } = input;
    await lockAchievement(tx, achievementId);
    const found = await achievementDeclaredFor(tx, caller, achievementId);
    if (!found.ok) return found;
    const withdrawn = await withdraw(tx, found.value, caller.actor, now);
    if (!withdrawn.ok) return withdrawn;
    const target = { targetKind: 'achievement', targetId: achievementId, unionId: found.value.unionId };
    const change = { before: { state: found.value.state }, after: { state: 'withdrawn' } };
    await recordAudit(tx, { actor: caller.actor, action: 'withdrawDeclaredFor', ...target, ...change }, now);
    return withdrawn;
  });
}

const WHILE_OPEN: readonly AchievementState[] = ['submitted', 'returned', 'eligible'];

async function withdraw(tx: Tx, { id, state, seasonId }: Achievement, by: string, now: Date): Promise<Outcome> {
  const season = await tx.findOneByOrFail(Season, { id: seasonId });
  const may = state === 'draft' || (season.state === 'open' && WHILE_OPEN.includes(state));
  if (!may) return refuse(notWithdrawable);
  await tx.query("UPDATE achievement SET state = 'withdrawn' WHERE id = ?", [id]);
  await keepEvidence(tx, { to: achievementTarget(id), evidenceIds: [] }, now);
  await addSteps(tx, [id], { what: 'withdrawn', by }, now);
  return accept(id);
}

import { IsNull } from 'typeorm';
import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { memberIdOf } from '../../identity/own-member.ts';
import { withdrawCandidate } from '../../judging/panels/withdraw-candidate.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { Author } from '../achievements/author.entity.ts';
import { Category } from '../seasons/category.entity.ts';
import { wrongText } from '../seasons/form.ts';
import { LONGEST_REASON } from '../seasons/limits.ts';
import { reasonNeeded } from '../seasons/refusals.ts';
import { SeasonCandidate } from './candidate.entity.ts';
import { rankCategory } from './rank-category.ts';
import { candidateUnknown, ownAchievement } from './refusals.ts';
import { type CategoryAtHand, lockCategoryInScope, panelOf } from './scope.ts';

/**
 * Takes an achievement out of the review of a season that is not final (achievements:check in its union), for a reason.
 * Where its category has a ranking, a new version is made without it, of which a new list of honours is to be made then.
 * Resolves with the category's id; audited. Refusals: ACHIEVEMENT_UNKNOWN, OWN_ACHIEVEMENT, SEASON_OVER, REASON_NEEDED,
 * SCORES_MISSING.
 */
export async function strikeAchievement(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { achievementId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'strikeAchievement', key, input }, async (tx, now) => {
    const { achievementId, reason } = input;
    const found = await categoryOf(tx, caller, achievementId);
    if (!found.ok) return found;
    if (await isOwn(tx, caller, achievementId)) return refuse(ownAchievement);
    if (wrongText('reason', reason, LONGEST_REASON)) return refuse(reasonNeeded);
    const { season, category } = found.value;
    const struck = { strikeReason: reason, struckBy: caller.actor, struckAt: now };
    const { affected } = await tx.update(SeasonCandidate, { achievementId, struckAt: IsNull() }, struck);
    if (affected !== 1) return refuse(candidateUnknown);
    await withdrawCandidate(tx, panelOf(category), achievementId);
    if (category.state === 'ranked' || category.state === 'listed') {
      const ranked = await rankCategory(tx, category, { actor: caller.actor, reason }, now);
      if (!ranked.ok) return ranked;
    }
    const target = { targetKind: 'achievement', targetId: achievementId, unionId: season.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'strikeAchievement', ...target, after: { reason } }, now);
    return accept(category.id);
  });
}

/** The category in which an achievement is reviewed, with its season locked. Refusals: ACHIEVEMENT_UNKNOWN, SEASON_OVER. */
async function categoryOf(tx: Tx, caller: AdminCaller, achievementId: string): Promise<Result<CategoryAtHand>> {
  const candidate = await tx.findOneBy(SeasonCandidate, { achievementId });
  if (!candidate) return refuse(candidateUnknown);
  const { seasonId, categoryNumber: number } = candidate;
  const { id } = await tx.findOneByOrFail(Category, { seasonId, number });
  const found = await lockCategoryInScope(tx, caller, id);
  if (found.ok) return found;
  const { refusal } = found;
  return refuse(refusal.code === 'CATEGORY_UNKNOWN' ? candidateUnknown : { ...refusal, at: 'achievementId' });
}

async function isOwn(tx: Tx, caller: AdminCaller, achievementId: string): Promise<boolean> {
  const memberId = await memberIdOf(tx, caller);
  return memberId !== null && tx.existsBy(Author, { achievementId, memberId });
}

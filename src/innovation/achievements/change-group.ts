import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import type { AchievementGroup } from '../kinds.ts';
import { Achievement, type AchievementState } from './achievement.entity.ts';
import { categoryIn } from './declaring.ts';
import { LONGEST_REASON } from './limits.ts';
import { checkClosed, groupUnchanged, notWaiting, reasonMissing } from './refusals.ts';
import { lockAchievementToCheck } from './scope.ts';
import { addSteps } from './steps.ts';

export interface GroupGiven {
  achievementId: string;
  group: AchievementGroup;
  reason: string;
}

const CHANGEABLE: readonly AchievementState[] = ['submitted', 'returned', 'eligible'];

/**
 * Puts an achievement into the other group, for a reason, and with it into the category of that group
 * (achievements:check in the union of its season), as long as the season is open; audited. The declarer's post decides no
 * more. Resolves with its id. Refusals: REASON_MISSING, PERSON_NEEDED, ACHIEVEMENT_UNKNOWN, OWN_ACHIEVEMENT,
 * CHECK_CLOSED, ACHIEVEMENT_CHECKED, GROUP_UNCHANGED, CATEGORY_MISSING.
 */
export async function changeGroup(deps: Deps, caller: AdminCaller, key: string, input: GroupGiven): Promise<Outcome> {
  return act(deps, caller, { operation: 'changeGroup', key, input }, async (tx, now) => {
    const { achievementId: id, group } = input;
    const reason = input.reason.normalize('NFC').trim();
    if (reason.length < 1 || reason.length > LONGEST_REASON) return refuse(reasonMissing);
    const held = await lockAchievementToCheck(tx, caller, id);
    if (!held.ok) return held;
    const { achievement, season } = held.value;
    if (season.state !== 'open') return refuse(checkClosed);
    if (!CHANGEABLE.includes(achievement.state)) return refuse(notWaiting);
    if (achievement.group === group) return refuse(groupUnchanged);
    const category = await categoryIn(tx, season.id, { ...achievement, group });
    if (!category.ok) return refuse({ ...category.refusal, at: 'group' });
    const categoryNumber = category.value.number;
    await tx.update(Achievement, { id }, { group, groupReason: reason, categoryNumber });
    await addSteps(tx, [id], { what: 'group_changed', by: caller.actor, note: { group, reason } }, now);
    const target = { targetKind: 'achievement', targetId: id, unionId: achievement.unionId };
    const before = { group: achievement.group, categoryNumber: achievement.categoryNumber };
    const change = { before, after: { group, categoryNumber, reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'changeGroup', ...target, ...change }, now);
    return accept(id);
  });
}

import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { isLine } from '../../unions/line.ts';
import type { AchievementState } from './achievement.entity.ts';
import { LONGEST_REASON, MOST_MISSING } from './limits.ts';
import { checkClosed, missingMalformed, notWaiting, reasonMissing } from './refusals.ts';
import { lockAchievementToCheck } from './scope.ts';
import type { StepNote } from './step.entity.ts';
import { addSteps } from './steps.ts';

/** What a check finds, and the states from which it may be found: a verdict can be mended until the review begins. */
const MAY_FIND = {
  eligible: ['submitted', 'ineligible'],
  returned: ['submitted', 'eligible'],
  ineligible: ['submitted', 'eligible'],
} as const satisfies Record<string, readonly AchievementState[]>;

/**
 * Finds an achievement eligible for review (achievements:check in the union of its season), as long as the season is
 * open; audited. Resolves with its id. Refusals: PERSON_NEEDED, ACHIEVEMENT_UNKNOWN, OWN_ACHIEVEMENT (the checker is an
 * author), CHECK_CLOSED, ACHIEVEMENT_CHECKED.
 */
export async function admitAchievement(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { achievementId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'admitAchievement', key, input }, (tx, now) =>
    check(tx, caller, { ...input, found: 'eligible', note: {} }, now),
  );
}

/**
 * Returns an achievement to who declared it, with what is missing, one thing a line, for completion; audited. Resolves
 * with its id. Refusals: MISSING_MALFORMED and those of `admitAchievement`.
 */
export async function returnAchievement(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { achievementId: string; missing: readonly string[] },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'returnAchievement', key, input }, async (tx, now) => {
    const missing = input.missing.map((one) => one.normalize('NFC').trim());
    if (missing.length < 1 || missing.length > MOST_MISSING) return refuse(missingMalformed('missing'));
    const malformed = missing.findIndex((one) => !isLine(one, LONGEST_REASON));
    if (malformed >= 0) return refuse(missingMalformed(`missing.${malformed}`));
    return check(tx, caller, { achievementId: input.achievementId, found: 'returned', note: { missing } }, now);
  });
}

/**
 * Finds that an achievement cannot be reviewed, for a reason; audited. Resolves with its id. Refusals: REASON_MISSING and
 * those of `admitAchievement`.
 */
export async function ruleOutAchievement(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { achievementId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'ruleOutAchievement', key, input }, async (tx, now) => {
    const reason = input.reason.normalize('NFC').trim();
    if (reason.length < 1 || reason.length > LONGEST_REASON) return refuse(reasonMissing);
    return check(tx, caller, { achievementId: input.achievementId, found: 'ineligible', note: { reason } }, now);
  });
}

interface Verdict {
  achievementId: string;
  found: keyof typeof MAY_FIND;
  note: StepNote;
}

async function check(tx: Tx, caller: AdminCaller, { achievementId, found, note }: Verdict, now: Date) {
  const held = await lockAchievementToCheck(tx, caller, achievementId);
  if (!held.ok) return held;
  const { achievement, season } = held.value;
  const from: readonly AchievementState[] = MAY_FIND[found];
  if (season.state !== 'open') return refuse(checkClosed);
  if (!from.includes(achievement.state)) return refuse(notWaiting);
  await tx.query('UPDATE achievement SET state = ?, checked_at = ? WHERE id = ?', [found, now, achievementId]);
  await addSteps(tx, [achievementId], { what: found, by: caller.actor, note }, now);
  const target = { targetKind: 'achievement', targetId: achievementId, unionId: achievement.unionId };
  const change = { before: { state: achievement.state }, after: { state: found, ...note } };
  await recordAudit(tx, { actor: caller.actor, action: 'checkAchievement', ...target, ...change }, now);
  return accept(achievementId);
}

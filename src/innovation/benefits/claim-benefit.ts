import { attachEvidence } from '../../evidence/attach-evidence.ts';
import { keepEvidence } from '../../evidence/keep-evidence.ts';
import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller, Caller, MemberCaller } from '../../identity/caller.ts';
import { type BeijingDay, beijingDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import type { Achievement, AchievementState } from '../achievements/achievement.entity.ts';
import { achievementUnknown } from '../achievements/refusals.ts';
import { achievementInScope, achievementOfMember, lockAchievement } from '../achievements/scope.ts';
import { Benefit, benefitTarget } from './benefit.entity.ts';
import { LARGEST_BENEFIT, LONGEST_HOW } from './limits.ts';
import {
  benefitClaimed,
  benefitOutOfRange,
  benefitPeriod,
  benefitTooEarly,
  evidenceNeeded,
  howNeeded,
} from './refusals.ts';

/** What an achievement is said to have brought. */
export interface BenefitGiven {
  achievementId: string;
  fen: number;
  periodFrom: BeijingDay;
  periodUntil: BeijingDay;
  /** How it was reckoned. */
  how: string;
  /** Files that the caller has uploaded; those of a claim that was returned may be named again. */
  evidenceIds: readonly string[];
}

const CHECKED: ReadonlySet<AchievementState> = new Set(['eligible', 'listed', 'honoured', 'not_honoured']);

/**
 * Claims the benefit of an achievement as its declarer, or once more after it was returned; resolves with the benefit's
 * id; audited. Refusals: ACHIEVEMENT_UNKNOWN, BENEFIT_TOO_EARLY, BENEFIT_CLAIMED, BENEFIT_OUT_OF_RANGE, BENEFIT_PERIOD,
 * HOW_NEEDED, EVIDENCE_NEEDED, EVIDENCE_UNKNOWN, EVIDENCE_COUNT.
 */
export function claimBenefit(deps: Deps, caller: MemberCaller, key: string, input: BenefitGiven): Promise<Outcome> {
  const { memberId } = caller;
  return claim(deps, caller, key, input, async (tx) => {
    const found = await achievementOfMember(tx, memberId, input.achievementId);
    return found.ok && found.value.declarerId !== memberId ? refuse(achievementUnknown) : found;
  });
}

/** Claims it for the firm (achievements:declare in the union of the achievement); otherwise as `claimBenefit`. */
export function claimBenefitFor(deps: Deps, caller: AdminCaller, key: string, input: BenefitGiven): Promise<Outcome> {
  return claim(deps, caller, key, input, (tx) =>
    achievementInScope(tx, caller, 'achievements:declare', input.achievementId),
  );
}

async function claim(
  deps: Deps,
  caller: Caller,
  key: string,
  input: BenefitGiven,
  find: (tx: Tx) => Promise<Result<Achievement>>,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'claimBenefit', key, input }, async (tx, now) => {
    await lockAchievement(tx, input.achievementId);
    const found = await find(tx);
    if (!found.ok) return found;
    if (!CHECKED.has(found.value.state)) return refuse(benefitTooEarly);
    const before = await tx.findOneBy(Benefit, { achievementId: input.achievementId });
    if (before && before.state !== 'returned') return refuse(benefitClaimed);
    const wrong = wrongBenefit(input, beijingDay(now));
    if (wrong) return refuse(wrong);
    const id = await write(tx, caller, found.value, { given: input, before }, now);
    const { evidenceIds } = input;
    await keepEvidence(tx, { to: benefitTarget(id), evidenceIds }, now);
    const attached = await attachEvidence(tx, { owner: caller.actor, evidenceIds, to: benefitTarget(id) }, now);
    if (!attached.ok) return attached;
    const target = { targetKind: 'benefit', targetId: id, unionId: found.value.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'claimBenefit', ...target, before, after: input }, now);
    return accept(id);
  });
}

function wrongBenefit(given: BenefitGiven, today: BeijingDay): Refusal | undefined {
  const { fen, periodFrom, periodUntil, how, evidenceIds } = given;
  if (!Number.isSafeInteger(fen) || fen < 1 || fen > LARGEST_BENEFIT) return benefitOutOfRange;
  if (periodFrom > periodUntil || periodUntil > today || periodFrom < '2000-01-01') return benefitPeriod;
  if (how.trim() === '' || [...how].length > LONGEST_HOW) return howNeeded;
  return evidenceIds.length === 0 ? evidenceNeeded : undefined;
}

async function write(
  tx: Tx,
  { actor }: Caller,
  { id: achievementId, seasonId, unionId }: Achievement,
  { given, before }: { given: BenefitGiven; before: Benefit | null },
  now: Date,
): Promise<string> {
  const { fen, periodFrom, periodUntil, how } = given;
  const claimed = { claimedFen: fen, claimedAt: now, claimedBy: actor };
  const said = { state: 'claimed' as const, periodFrom, periodUntil, how, ...claimed, reason: null };
  if (before) {
    await tx.update(Benefit, { id: before.id }, said);
    return before.id;
  }
  const id = newId();
  await tx.insert(Benefit, { id, achievementId, seasonId, unionId, ...said });
  return id;
}

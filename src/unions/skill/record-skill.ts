import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { memberIdOf } from '../../identity/own-member.ts';
import { type BeijingDay, beijingDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { LONGEST_TRADE, tradeMalformed } from '../firms/refusals.ts';
import { isLine } from '../line.ts';
import { lockMemberInScope } from '../scope.ts';
import type { SkillLevel } from './member-skill.entity.ts';
import { skillsOf } from './queries.ts';
import { normaliseTrade, recordSkillLevels } from './record-skill-levels.ts';
import { ownSkill, skillDayInFuture, skillLevelLower } from './refusals.ts';

/** A level that a member of the admin's branch is said to have. */
export interface DeclaredSkill {
  memberId: string;
  trade: string;
  level: SkillLevel;
  since: BeijingDay;
}

/**
 * Records the level of skill of a member of the admin's branch (members:write); resolves with the member's id, also when
 * that level was on record already; audited. Refusals: MEMBER_UNKNOWN, OWN_SKILL, TRADE_MALFORMED, DAY_IN_FUTURE,
 * SKILL_LEVEL_LOWER.
 */
export async function recordSkill(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: DeclaredSkill,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'recordSkill', key, input }, async (tx, now) => {
    const { memberId, level, since } = input;
    const member = await lockMemberInScope(tx, caller, 'members:write', memberId);
    if (!member.ok) return refuse({ ...member.refusal, at: 'memberId' });
    if ((await memberIdOf(tx, caller)) === memberId) return refuse(ownSkill);
    if (!isLine(input.trade, LONGEST_TRADE)) return refuse(tradeMalformed);
    if (since > beijingDay(now)) return refuse(skillDayInFuture);
    const trade = normaliseTrade(input.trade);
    const before = (await skillsOf(tx, [memberId])).get(memberId)?.find((one) => one.trade === trade)?.level ?? null;
    if (before !== null && before > level) return refuse(skillLevelLower);
    const reached = { memberId, trade, level, since, source: 'declared' as const, causeId: null };
    if ((await recordSkillLevels(tx, [reached], now)).length === 0) return accept(memberId);
    const target = { targetKind: 'member', targetId: memberId, unionId: member.value.unionId };
    const change = { before: { trade, level: before }, after: { trade, level, since } };
    await recordAudit(tx, { actor: caller.actor, action: 'recordSkill', ...target, ...change }, now);
    return accept(memberId);
  });
}

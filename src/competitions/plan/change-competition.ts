import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { checkPlan } from './check-plan.ts';
import { prefixIsTaken } from './create-competition.ts';
import type { CompetitionPlan } from './plan.ts';
import { readPlan } from './read-plan.ts';
import { competitionOver, competitionPublished, prefixTaken } from './refusals.ts';
import { lockCompetitionInScope } from './scope.ts';
import { rewriteCompetition } from './write-plan.ts';

/**
 * Plans a draft anew, all of it (competitions:write in its union); resolves with its id; audited. Refusals:
 * COMPETITION_UNKNOWN, COMPETITION_PUBLISHED, COMPETITION_OVER, PREFIX_TAKEN, those of `checkPlan`.
 */
export async function changeCompetition(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { competitionId: string; plan: CompetitionPlan },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'changeCompetition', key, input }, async (tx, now) => {
    const { competitionId } = input;
    const found = await lockCompetitionInScope(tx, caller, 'competitions:write', competitionId);
    if (!found.ok) return found;
    const { competition, union } = found.value;
    if (competition.state === 'cancelled') return refuse(competitionOver);
    if (competition.state !== 'draft') return refuse(competitionPublished);
    const plan = await checkPlan(tx, union, input.plan);
    if (!plan.ok) return plan;
    if (await prefixIsTaken(tx, plan.value.certificatePrefix, competitionId))
      return refuse(prefixTaken('plan.certificatePrefix'));
    const before = await readPlan(tx, competition);
    await rewriteCompetition(tx, competition, plan.value);
    const target = { targetKind: 'competition', targetId: competitionId, unionId: union.id };
    const change = { before, after: plan.value };
    await recordAudit(tx, { actor: caller.actor, action: 'changeCompetition', ...target, ...change }, now);
    return accept(competitionId);
  });
}

import type { EntityManager } from 'typeorm';
import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { findUnions } from '../../unions/queries.ts';
import { Competition } from './competition.entity.ts';
import { readPlans } from './read-plan.ts';
import { competitionOver, competitionPublished, entryOver } from './refusals.ts';
import { lockCompetitionInScope } from './scope.ts';
import { troublesOf } from './troubles.ts';

/**
 * Publishes a draft (competitions:write in its union): from then on members see it, and its plan is fixed. Resolves with
 * its id; audited. Refusals: COMPETITION_UNKNOWN, COMPETITION_PUBLISHED, COMPETITION_OVER, and the first of the troubles
 * that `publishingTroubles` tells.
 */
export async function publishCompetition(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { competitionId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'publishCompetition', key, input }, async (tx, now) => {
    const { competitionId: id } = input;
    const found = await lockCompetitionInScope(tx, caller, 'competitions:write', id);
    if (!found.ok) return found;
    const { competition, union } = found.value;
    if (competition.state === 'cancelled') return refuse(competitionOver);
    if (competition.state !== 'draft') return refuse(competitionPublished);
    const [trouble] = (await publishingTroubles(tx, [competition], now)).get(id)!;
    if (trouble) return refuse(trouble);
    await tx.update(Competition, { id, state: 'draft' }, { state: 'published', publishedAt: now });
    const target = { targetKind: 'competition', targetId: id, unionId: union.id };
    const change = { before: { state: 'draft' }, after: { state: 'published' } };
    await recordAudit(tx, { actor: caller.actor, action: 'publishCompetition', ...target, ...change }, now);
    return accept(id);
  });
}

/**
 * All that keeps drafts from being published now, by their ids: ENTRY_OVER, and what `troublesOf` finds in the plan. Four
 * statements, however many.
 */
export async function publishingTroubles(
  db: EntityManager,
  drafts: readonly Competition[],
  now: Date,
): Promise<Map<string, Refusal[]>> {
  const plans = await readPlans(db, drafts);
  const unionIds = new Set([...plans.values()].flatMap(({ stages }) => stages.map(({ unionId }) => unionId)));
  const paths = new Map((await findUnions(db, [...unionIds])).map(({ id, path }) => [id, path]));
  return new Map(
    [...plans].map(([id, plan]) => {
      const troubles = troublesOf(plan, paths);
      return [id, plan.entryUntil <= now ? [entryOver, ...troubles] : troubles];
    }),
  );
}

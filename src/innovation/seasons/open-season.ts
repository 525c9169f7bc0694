import type { EntityManager } from 'typeorm';
import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { readPlans } from './read-plan.ts';
import { declarationOver, seasonOpened, seasonOver } from './refusals.ts';
import { lockSeasonInScope } from './scope.ts';
import { Season } from './season.entity.ts';
import { troublesOf } from './troubles.ts';

/**
 * Opens a draft (achievements:check in its union): from then on members see it, achievements are declared in its time,
 * and its plan is fixed. Resolves with its id; audited. Refusals: SEASON_UNKNOWN, SEASON_OPENED, SEASON_OVER, and the
 * first of the troubles that `openingTroubles` tells.
 */
export async function openSeason(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { seasonId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'openSeason', key, input }, async (tx, now) => {
    const { seasonId: id } = input;
    const found = await lockSeasonInScope(tx, caller, id);
    if (!found.ok) return found;
    const { season, union } = found.value;
    if (season.state === 'cancelled') return refuse(seasonOver);
    if (season.state !== 'draft') return refuse(seasonOpened);
    const [trouble] = (await openingTroubles(tx, [season], now)).get(id)!;
    if (trouble) return refuse(trouble);
    await tx.update(Season, { id, state: 'draft' }, { state: 'open', openedAt: now });
    const target = { targetKind: 'season', targetId: id, unionId: union.id };
    const change = { before: { state: 'draft' }, after: { state: 'open' } };
    await recordAudit(tx, { actor: caller.actor, action: 'openSeason', ...target, ...change }, now);
    return accept(id);
  });
}

/**
 * All that keeps drafts from being opened now, by their ids: DECLARATION_OVER, and what `troublesOf` finds in the plan.
 * Two statements, however many.
 */
export async function openingTroubles(
  db: EntityManager,
  drafts: readonly Season[],
  now: Date,
): Promise<Map<string, Refusal[]>> {
  const plans = await readPlans(db, drafts);
  return new Map(
    [...plans].map(([id, plan]) => {
      const troubles = troublesOf(plan);
      return [id, plan.declareUntil <= now ? [declarationOver, ...troubles] : troubles];
    }),
  );
}

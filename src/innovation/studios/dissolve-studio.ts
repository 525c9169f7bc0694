import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { beijingDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { Alliance } from '../alliances/alliance.entity.ts';
import { wrongText } from './form.ts';
import { LONGEST_REASON } from './limits.ts';
import { reasonNeeded, studioLeadsAlliance } from './refusals.ts';
import { lockStudioInScope } from './scope.ts';
import { Studio } from './studio.entity.ts';

/**
 * Dissolves a studio for good, for a reason (studios:write in its union): everybody leaves it, it leaves its alliances,
 * and its names and applications are withdrawn. Resolves with its id; audited. Refusals: STUDIO_UNKNOWN,
 * STUDIO_DISSOLVED, REASON_NEEDED, STUDIO_LEADS_ALLIANCE.
 */
export async function dissolveStudio(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { studioId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'dissolveStudio', key, input }, async (tx, now) => {
    const { studioId, reason } = input;
    const found = await lockStudioInScope(tx, caller, studioId);
    if (!found.ok) return found;
    if (wrongText('reason', reason, LONGEST_REASON)) return refuse(reasonNeeded);
    const led = await tx.findOneBy(Alliance, { leadStudioId: studioId, state: 'active' });
    if (led) return refuse(studioLeadsAlliance(led.name));
    const today = beijingDay(now);
    await tx.update(Studio, { id: studioId }, { state: 'dissolved', dissolvedAt: now, dissolveReason: reason });
    await tx.query('UPDATE studio_member SET left_on = ? WHERE studio_id = ? AND left_on IS NULL', [today, studioId]);
    await tx.query('UPDATE alliance_studio SET left_on = ? WHERE studio_id = ? AND left_on IS NULL', [today, studioId]);
    await tx.query(
      `UPDATE studio_naming SET ended_on = IF(state = 'named', ?, NULL), state = 'withdrawn', reason = ?
       WHERE studio_id = ? AND state IN ('applied', 'returned', 'listed', 'named')`,
      [today, reason, studioId],
    );
    const target = { targetKind: 'studio', targetId: studioId, unionId: found.value.studio.unionId };
    const change = { before: { state: 'active' }, after: { state: 'dissolved', reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'dissolveStudio', ...target, ...change }, now);
    return accept(studioId);
  });
}

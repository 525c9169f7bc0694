import { act } from '../../../identity/act.ts';
import { recordAudit } from '../../../identity/audit.ts';
import type { AdminCaller } from '../../../identity/caller.ts';
import { beijingDay } from '../../../platform/clock.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import type { Deps } from '../../../platform/deps.ts';
import { accept, refuse } from '../../../platform/result.ts';
import { wrongText } from '../form.ts';
import { LONGEST_YEAR_TEXT } from '../limits.ts';
import { replaceEvidence } from '../replace-evidence.ts';
import { lockStudioInScope } from '../scope.ts';
import type { YearText } from './plan-year.ts';
import { planMissing, yearNotBegun } from './refusals.ts';
import { StudioYear, yearEvidence } from './studio-year.entity.ts';

/**
 * Reports what a studio did in a year that it planned (studios:write in its union), in place of the report before.
 * Resolves with the studio's id; audited. Refusals: STUDIO_UNKNOWN, STUDIO_DISSOLVED, TEXT_LENGTH, PLAN_MISSING,
 * YEAR_NOT_BEGUN, and those of `attachEvidence`.
 */
export async function reportYear(deps: Deps, caller: AdminCaller, key: string, input: YearText): Promise<Outcome> {
  return act(deps, caller, { operation: 'reportStudioYear', key, input }, async (tx, now) => {
    const { studioId, year, text, evidenceIds } = input;
    const { actor } = caller;
    const found = await lockStudioInScope(tx, caller, studioId);
    if (!found.ok) return found;
    const wrong = wrongText('text', text, LONGEST_YEAR_TEXT);
    if (wrong) return refuse(wrong);
    const before = await tx.findOneBy(StudioYear, { studioId, year });
    if (!before) return refuse(planMissing);
    if (year > Number(beijingDay(now).slice(0, 4))) return refuse(yearNotBegun);
    await tx.update(StudioYear, { studioId, year }, { report: text, reportedAt: now, reportedBy: actor });
    const files = { owner: actor, evidenceIds, to: yearEvidence('report', studioId, year) };
    const attached = await replaceEvidence(tx, files, now);
    if (!attached.ok) return attached;
    const target = { targetKind: 'studio', targetId: studioId, unionId: found.value.studio.unionId };
    const change = { before: { year, report: before.report }, after: { year, report: text, evidenceIds } };
    await recordAudit(tx, { actor, action: 'reportStudioYear', ...target, ...change }, now);
    return accept(studioId);
  });
}

import { act } from '../../../identity/act.ts';
import { recordAudit } from '../../../identity/audit.ts';
import type { AdminCaller } from '../../../identity/caller.ts';
import { beijingDay } from '../../../platform/clock.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { updateRows } from '../../../platform/db/sql.ts';
import type { Deps } from '../../../platform/deps.ts';
import { accept, refuse } from '../../../platform/result.ts';
import { wrongText } from '../form.ts';
import { LONGEST_YEAR_TEXT } from '../limits.ts';
import { replaceEvidence } from '../replace-evidence.ts';
import { lockStudioInScope } from '../scope.ts';
import { yearNotToPlan, yearReported } from './refusals.ts';
import { StudioYear, yearEvidence } from './studio-year.entity.ts';

export interface YearText {
  studioId: string;
  year: number;
  text: string;
  /** Files that belong to it, nine at the most. */
  evidenceIds: readonly string[];
}

/**
 * Gives the plan of a studio for this year or the next (studios:write in its union), in place of the one before until the
 * report is given. Resolves with the studio's id; audited. Refusals: STUDIO_UNKNOWN, STUDIO_DISSOLVED, TEXT_LENGTH,
 * YEAR_NOT_TO_PLAN, YEAR_REPORTED, and those of `attachEvidence`.
 */
export async function planYear(deps: Deps, caller: AdminCaller, key: string, input: YearText): Promise<Outcome> {
  return act(deps, caller, { operation: 'planStudioYear', key, input }, async (tx, now) => {
    const { studioId, year, text, evidenceIds } = input;
    const { actor } = caller;
    const found = await lockStudioInScope(tx, caller, studioId);
    if (!found.ok) return found;
    const wrong = wrongText('text', text, LONGEST_YEAR_TEXT);
    if (wrong) return refuse(wrong);
    const thisYear = Number(beijingDay(now).slice(0, 4));
    if (year !== thisYear && year !== thisYear + 1) return refuse(yearNotToPlan(thisYear));
    const before = await tx.findOneBy(StudioYear, { studioId, year });
    if (before && before.report !== null) return refuse(yearReported);
    const columns = ['plan', 'planned_at', 'planned_by'];
    await updateRows(
      tx,
      'studio_year',
      ['studio_id', 'year', ...columns],
      [[studioId, year, text, now, actor]],
      columns,
    );
    const files = { owner: actor, evidenceIds, to: yearEvidence('plan', studioId, year) };
    const attached = await replaceEvidence(tx, files, now);
    if (!attached.ok) return attached;
    const target = { targetKind: 'studio', targetId: studioId, unionId: found.value.studio.unionId };
    const change = { before: before && { year, plan: before.plan }, after: { year, plan: text, evidenceIds } };
    await recordAudit(tx, { actor, action: 'planStudioYear', ...target, ...change }, now);
    return accept(studioId);
  });
}

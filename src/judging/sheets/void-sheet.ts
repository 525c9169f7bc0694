import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { personNeeded, reasonMissing } from '../judges/refusals.ts';
import { LONGEST_REASON } from '../limits.ts';
import { Candidate } from '../panels/candidate.entity.ts';
import { isRankingFinal } from '../ranking/queries.ts';
import { rankingFinal } from '../ranking/refusals.ts';
import { lockJudgeInScope } from '../scope.ts';
import { ownSheet, sheetNotSubmitted } from './refusals.ts';

/**
 * Declares a sheet void that a judge submitted (judging:write in the panel's union), for a reason, by another person than
 * the judge; audited. It counts in no version of the ranking that is made from now on, which is to be made, and while the panel is scoring the
 * judge, if she may, submits another. `number` is the candidate's number of order. Resolves with the judge's id.
 * Refusals: PERSON_NEEDED, JUDGE_UNKNOWN, OWN_SHEET, RANKING_FINAL, SHEET_NOT_SUBMITTED, REASON_MISSING.
 */
export async function voidSheet(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { judgeId: string; number: number; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'voidSheet', key, input }, async (tx, now) => {
    if (caller.operatorId === null) return refuse(personNeeded);
    const seat = await lockJudgeInScope(tx, caller, input.judgeId);
    if (!seat.ok) return seat;
    const { judge, panel } = seat.value;
    if (judge.operatorId === caller.operatorId) return refuse(ownSheet);
    if (await isRankingFinal(tx, panel.id)) return refuse({ ...rankingFinal, at: 'judgeId' });
    const reason = input.reason.trim();
    if (reason.length < 1 || reason.length > LONGEST_REASON) return refuse(reasonMissing);
    const candidate = await tx.findOneBy(Candidate, { panelId: panel.id, number: input.number });
    const { affectedRows: voided } = await tx.query<{ affectedRows: number }>(
      `UPDATE panel_sheet SET state = 'void', voided_at = ?, voided_by = ?, void_reason = ?, counts_to = ?
       WHERE panel_id = ? AND candidate_id = ? AND judge_id = ? AND state = 'submitted'`,
      [now, caller.actor, reason, panel.rankingCount, panel.id, candidate?.id ?? '', judge.id],
    );
    if (voided === 0) return refuse(sheetNotSubmitted);
    await tx.query('UPDATE panel SET ranking_outdated = TRUE WHERE id = ? AND ranking_count > 0', [panel.id]);
    const target = { targetKind: 'judge', targetId: judge.id, unionId: panel.unionId };
    const after = { candidateId: candidate!.id, number: input.number, reason };
    await recordAudit(tx, { actor: caller.actor, action: 'voidSheet', ...target, after }, now);
    return accept(judge.id);
  });
}

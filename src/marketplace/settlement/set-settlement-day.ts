import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { insertRows } from '../../platform/db/sql.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { settlementDayOutOfRange } from './refusals.ts';
import { settlementDayOf } from './runs.ts';

/**
 * Lays down on which day of the month (1 to 28) a programme of the admin's branch (programmes:write) closes the month
 * before. Resolves with the programme's id; audited. Refusals: PROGRAMME_UNKNOWN, SETTLEMENT_DAY_OUT_OF_RANGE.
 */
export async function setSettlementDay(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { programmeId: string; day: number },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'setSettlementDay', key, input }, async (tx, now) => {
    const { programmeId, day } = input;
    await tx.query('SELECT id FROM programme WHERE id = ? FOR UPDATE', [programmeId]);
    const programme = await programmeInScope(tx, caller, 'programmes:write', programmeId);
    if (!programme.ok) return refuse({ ...programme.refusal, at: 'programmeId' });
    if (!Number.isInteger(day) || day < 1 || day > 28) return refuse(settlementDayOutOfRange);
    const before = { settlementDay: await settlementDayOf(tx, programmeId) };
    if (before.settlementDay === day) return accept(programmeId);
    const columns = ['programme_id', 'settlement_day'];
    const replace = 'ON DUPLICATE KEY UPDATE settlement_day = VALUES(settlement_day)';
    await insertRows(tx, 'settlement_policy', columns, [[programmeId, day]], replace);
    const target = { targetKind: 'programme', targetId: programmeId, unionId: programme.value.unionId };
    const change = { before, after: { settlementDay: day } };
    await recordAudit(tx, { actor: caller.actor, action: 'setSettlementDay', ...target, ...change }, now);
    return accept(programmeId);
  });
}

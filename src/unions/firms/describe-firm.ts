import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { updateRows } from '../../platform/db/sql.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { isLine } from '../line.ts';
import { unionInScope } from '../scope.ts';
import type { UnionKind } from '../union-node.entity.ts';
import { Firm, type FirmType, type Ownership } from './firm.entity.ts';
import { employeesOutOfRange, LONGEST_TRADE, MOST_EMPLOYEES, tradeMalformed, unionNoFirm } from './refusals.ts';

/** What is to be known of the firm that a union stands for. */
export interface FirmDescription {
  unionId: string;
  firmType: FirmType;
  ownership: Ownership;
  trade: string;
  employees: number;
}

const KINDS: ReadonlySet<UnionKind> = new Set(['enterprise', 'grass-roots']);

/**
 * Says what firm a union of the admin's branch (unions:write) stands for, in place of what was said before; resolves
 * with the union's id; audited. Refusals: UNION_UNKNOWN, UNION_NO_FIRM, TRADE_MALFORMED, EMPLOYEES_OUT_OF_RANGE.
 */
export async function describeFirm(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: FirmDescription,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'describeFirm', key, input }, async (tx, now) => {
    const { unionId, firmType, ownership, employees } = input;
    const union = await unionInScope(tx, caller, 'unions:write', unionId);
    if (!union.ok) return refuse({ ...union.refusal, at: 'unionId' });
    const wrong = wrongDescription(union.value.kind, input);
    if (wrong) return refuse(wrong);
    // The union's row: there may be no firm yet to lock.
    await tx.query('SELECT id FROM union_node WHERE id = ? FOR UPDATE', [unionId]);
    const before = await tx.findOneBy(Firm, { unionId });
    const after = { firmType, ownership, trade: input.trade.normalize('NFC'), employees };
    const columns = ['firm_type', 'ownership', 'trade', 'employees', 'described_at'];
    await updateRows(tx, 'firm', ['union_id', ...columns], [[unionId, ...Object.values(after), now]], columns);
    const target = { targetKind: 'union', targetId: unionId, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'describeFirm', ...target, before, after }, now);
    return accept(unionId);
  });
}

function wrongDescription(kind: UnionKind, { trade, employees }: FirmDescription): Refusal | undefined {
  if (!KINDS.has(kind)) return unionNoFirm;
  if (!isLine(trade, LONGEST_TRADE)) return tradeMalformed;
  const counts = Number.isInteger(employees) && employees >= 1 && employees <= MOST_EMPLOYEES;
  return counts ? undefined : employeesOutOfRange;
}

import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { beijingDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { unionNoFirm } from '../../unions/firms/refusals.ts';
import { coversMember, findProgrammes } from '../../unions/queries.ts';
import { unionInScope } from '../../unions/scope.ts';
import type { UnionKind, UnionNode } from '../../unions/union-node.entity.ts';
import { badContractTerms, type ContractTerms } from './contract-terms.ts';
import { InnovationContract } from './innovation-contract.entity.ts';
import { contractNumberTaken, contractOverlaps, pointsProgramme } from './refusals.ts';

const KINDS: ReadonlySet<UnionKind> = new Set(['enterprise', 'grass-roots']);

/**
 * Records a collective contract on innovation that a firm's union (innovation-contracts:write there) has signed;
 * resolves with its id; audited. Its terms stay as they are from now on. Refusals: UNION_UNKNOWN, UNION_NO_FIRM, those
 * of badContractTerms, POINTS_PROGRAMME, CONTRACT_NUMBER_TAKEN, CONTRACT_OVERLAPS.
 */
export async function recordInnovationContract(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { unionId: string; contract: ContractTerms },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'recordInnovationContract', key, input }, async (tx, now) => {
    const { unionId, contract } = input;
    const union = await unionInScope(tx, caller, 'innovation-contracts:write', unionId);
    if (!union.ok) return refuse({ ...union.refusal, at: 'unionId' });
    if (!KINDS.has(union.value.kind)) return refuse(unionNoFirm);
    // The union's row: it keeps two contracts of one union from covering the same day.
    await tx.query('SELECT id FROM union_node WHERE id = ? FOR UPDATE', [unionId]);
    const trouble = badContractTerms(contract, beijingDay(now)) ?? (await troubleWithOthers(tx, union.value, contract));
    if (trouble) return refuse(trouble);
    const id = newId();
    const recorded = { recordedAt: now, recordedBy: caller.actor, endedAt: null, endReason: null };
    await tx.insert(InnovationContract, {
      ...{ id, unionId, ...contract, paidFen: 0, paymentCount: 0, state: 'active', ...recorded },
    });
    const target = { targetKind: 'innovation_contract', targetId: id, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'recordInnovationContract', ...target, after: contract }, now);
    return accept(id);
  });
}

async function troubleWithOthers(tx: Tx, union: UnionNode, terms: ContractTerms): Promise<Refusal | undefined> {
  const { number, validFrom, validUntil, programmeId } = terms;
  if (programmeId !== null) {
    const [programme] = await findProgrammes(tx, [programmeId]);
    if (!programme || !coversMember(programme, union.path) || programme.pointPriceFen < 1) return pointsProgramme;
  }
  if (await tx.existsBy(InnovationContract, { unionId: union.id, number })) return contractNumberTaken;
  const [overlapping] = await tx.query<{ id: string }[]>(
    'SELECT id FROM innovation_contract WHERE union_id = ? AND valid_from <= ? AND valid_until >= ? LIMIT 1',
    [union.id, validUntil, validFrom],
  );
  return overlapping ? contractOverlaps : undefined;
}

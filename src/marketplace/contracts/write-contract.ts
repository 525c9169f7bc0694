import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { ContractRow } from './contract.entity.ts';
import { badContractTerms, type ContractTerms } from './contract-terms.ts';
import type { Served } from './contracts.ts';
import { contractNumberTaken, contractOverlaps } from './refusals.ts';

/**
 * Writes a contract of a merchant that serves the programme; resolves with its id. The caller holds the lock of the
 * merchant's row: it keeps two contracts of one pair from covering the same day. Refusals, each at a place of `contract`:
 * those of badContractTerms, CONTRACT_NUMBER_TAKEN, CONTRACT_OVERLAPS.
 */
export async function writeContract(
  tx: Tx,
  { programmeId, merchantId }: Served,
  terms: ContractTerms,
  signed: { by: string; at: Date },
): Promise<Result<string>> {
  const bad = badContractTerms(terms);
  if (bad) return refuse(inTerms(bad));
  const id = newId();
  const number = terms.number ?? `HT-${id}`;
  if (await tx.existsBy(ContractRow, { programmeId, number })) return refuse(inTerms(contractNumberTaken));
  const [overlapping] = await tx.query<{ id: string }[]>(
    `SELECT id FROM contract WHERE programme_id = ? AND merchant_id = ?
       AND (until_day IS NULL OR until_day >= ?) AND (? IS NULL OR from_day <= ?) LIMIT 1`,
    [programmeId, merchantId, terms.fromDay, terms.untilDay, terms.untilDay],
  );
  if (overlapping) return refuse(inTerms(contractOverlaps));
  const row = { ...terms, id, programmeId, merchantId, number, signedBy: signed.by, signedAt: signed.at };
  await tx.insert(ContractRow, { ...row, endReason: null });
  return accept(id);
}

function inTerms(refusal: Refusal): Refusal {
  return { ...refusal, at: `contract.${refusal.at}` };
}

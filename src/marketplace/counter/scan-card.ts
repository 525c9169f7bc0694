import { readCardCode } from '../../cards/read-card-code.ts';
import { merchantActor, type StaffCaller } from '../../identity/caller.ts';
import { type Outcome, once } from '../../platform/db/idempotency.ts';
import { insertRows } from '../../platform/db/sql.ts';
import { inTransaction, type Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { accept, refuse } from '../../platform/result.ts';
import { billOutOfRange, LARGEST_BILL_FEN, outletNotYours } from './refusals.ts';
import { ofRequestNumber } from './request-number.ts';
import { contractFor, readStandings } from './standings.ts';

/** A card code that a cashier has read, and the bill in fen when it is known already. */
export interface ShownCard {
  requestNumber: string;
  outletId: string;
  code: string;
  billFen: number | null;
}

/**
 * Reads a member's card code at an outlet and records that the agreed discount was used, with the bill if it is given.
 * The outcome holds the scan's id, against which points can be charged for five minutes. Sent again with the same
 * request number it answers the same. A scan that is refused leaves the code unused.
 * Refusals: OUTLET_NOT_YOURS, BILL_OUT_OF_RANGE, those of readCardCode, MERCHANT_NOT_ACTIVE, CONTRACT_NOT_IN_FORCE,
 * MEMBER_NOT_ACTIVE, REQUEST_NUMBER_MALFORMED, REQUEST_NUMBER_REUSED.
 */
export async function scanCard(deps: Deps, caller: StaffCaller, shown: ShownCard): Promise<Outcome> {
  const now = deps.clock.now();
  const { requestNumber: key, ...input } = shown;
  const request = { actor: merchantActor(caller), key, operation: 'scanCard', input };
  const outcome = await inTransaction(deps.db, (tx) =>
    once(tx, request, now, () => scan(tx, deps.config, caller, shown, now)),
  );
  return ofRequestNumber(outcome);
}

async function scan(
  tx: Tx,
  config: Deps['config'],
  caller: StaffCaller,
  { requestNumber, outletId, code, billFen }: ShownCard,
  now: Date,
): Promise<Outcome> {
  if (!(await mayActAt(tx, caller, outletId))) return refuse(outletNotYours);
  if (billFen !== null && (billFen < 1 || billFen > LARGEST_BILL_FEN)) return refuse(billOutOfRange);
  const card = await readCardCode(tx, config, code, now);
  if (!card.ok) return card;
  const { programmeId, memberId, cardId } = card.value;
  const visit = { programmeId, merchantId: caller.merchantId, memberId };
  const contract = contractFor(await readStandings(tx, [visit], now), visit);
  if (!contract.ok) return contract;
  const row = {
    id: newId(),
    programme_id: programmeId,
    merchant_id: caller.merchantId,
    outlet_id: outletId,
    operator_id: caller.operatorId,
    card_id: cardId,
    member_id: memberId,
    contract_id: contract.value.id,
    request_number: requestNumber,
    discount: contract.value.discount,
    bill_fen: billFen,
    scanned_at: now,
  };
  await insertRows(tx, 'card_scan', Object.keys(row), [Object.values(row)]);
  return accept(row.id);
}

async function mayActAt(tx: Tx, caller: StaffCaller, outletId: string): Promise<boolean> {
  if (caller.outletId !== null && caller.outletId !== outletId) return false;
  const found = await tx.query('SELECT id FROM outlet WHERE id = ? AND merchant_id = ?', [outletId, caller.merchantId]);
  return found.length > 0;
}

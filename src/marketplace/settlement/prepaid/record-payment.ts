import { act } from '../../../identity/act.ts';
import { recordAudit } from '../../../identity/audit.ts';
import type { AdminCaller } from '../../../identity/caller.ts';
import { beijingDay } from '../../../platform/clock.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { insertRows } from '../../../platform/db/sql.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/ids.ts';
import { accept, type Result, refuse } from '../../../platform/result.ts';
import type { Programme } from '../../../unions/programme.entity.ts';
import { programmeInScope } from '../../../unions/scope.ts';
import { contractOn, servedKey } from '../../contracts/contracts.ts';
import { fenOutOfRange, LARGEST_LINE_FEN, notPrepaid, personNeeded, referenceTaken } from '../refusals.ts';
import { referenceOf } from '../words-given.ts';

export interface PaymentAsked {
  programmeId: string;
  merchantId: string;
  fen: number;
  /** Of the bank or the voucher, unique in the programme. */
  reference: string;
}

/**
 * Records what the union paid a prepaid merchant beforehand (settlements:pay). It counts once a second admin confirms
 * it. Resolves with the payment's id; audited. Refusals: PERSON_NEEDED, PROGRAMME_UNKNOWN, NOT_PREPAID,
 * FEN_OUT_OF_RANGE, REFERENCE_MALFORMED, REFERENCE_TAKEN.
 */
export async function recordPayment(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: PaymentAsked,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'recordPrepaidPayment', key, input }, async (tx, now) => {
    const checked = await check(tx, caller, input, now);
    if (!checked.ok) return checked;
    const { programme, reference } = checked.value;
    const { programmeId, merchantId, fen } = input;
    const id = newId();
    const columns = 'id programme_id merchant_id fen reference state recorded_by recorded_at'.split(' ');
    const row = [id, programmeId, merchantId, fen, reference, 'waiting', caller.actor, now];
    await insertRows(tx, 'prepaid_payment', columns, [row]);
    const target = { targetKind: 'prepaidPayment', targetId: id, unionId: programme.unionId };
    const after = { programmeId, merchantId, fen, reference, state: 'waiting' };
    await recordAudit(tx, { actor: caller.actor, action: 'recordPrepaidPayment', ...target, after }, now);
    return accept(id);
  });
}

async function check(
  tx: Tx,
  caller: AdminCaller,
  { programmeId, merchantId, fen, reference }: PaymentAsked,
  now: Date,
): Promise<Result<{ programme: Programme; reference: string }>> {
  if (caller.operatorId === null) return refuse(personNeeded);
  const programme = await programmeInScope(tx, caller, 'settlements:pay', programmeId);
  if (!programme.ok) return refuse({ ...programme.refusal, at: 'programmeId' });
  const served = { programmeId, merchantId };
  const contract = (await contractOn(tx, [served], beijingDay(now))).get(servedKey(served));
  if (contract?.settlement !== 'prepaid') return refuse(notPrepaid);
  if (!Number.isSafeInteger(fen) || fen < 1 || fen > LARGEST_LINE_FEN) return refuse(fenOutOfRange);
  const given = referenceOf(reference);
  if (!given.ok) return given;
  const [taken] = await tx.query(
    'SELECT id FROM prepaid_payment WHERE programme_id = ? AND reference = ? AND is_living = 1',
    [programmeId, given.value],
  );
  return taken ? refuse(referenceTaken) : accept({ programme: programme.value, reference: given.value });
}

import { act } from '../../identity/act.ts';
import type { MemberCaller } from '../../identity/caller.ts';
import { loadBook } from '../../ledger/load-book.ts';
import { writeBook } from '../../ledger/write-book.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept } from '../../platform/result.ts';
import { accountsOfVisit, payCharge } from './decide-charge.ts';
import { findHold, lockHold } from './holds.ts';
import { contractFor, readStandings } from './standings.ts';

/**
 * Confirms a charge that is held for the member: its points go to the merchant now, or it is refused and goes on
 * waiting for the rest of its two minutes. The outcome holds the charge's id. Refusals: CHARGE_UNKNOWN (also for
 * another member's), CHARGE_POSTED, CHARGE_DECLINED, HOLD_LAPSED, NOT_ENOUGH_POINTS, MERCHANT_NOT_ACTIVE,
 * CONTRACT_NOT_IN_FORCE, MEMBER_NOT_ACTIVE, KEY_MALFORMED, KEY_REUSED.
 */
export function confirmCharge(
  deps: Deps,
  caller: MemberCaller,
  { key, chargeId }: { key: string; chargeId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'confirmCharge', key, input: { chargeId } }, (tx, now) =>
    confirm(tx, caller.memberId, chargeId, now),
  );
}

async function confirm(tx: Tx, memberId: string, chargeId: string, now: Date): Promise<Outcome> {
  const hold = await findHold(tx, memberId, chargeId);
  if (!hold.ok) return hold;
  const standings = await readStandings(tx, [hold.value], now);
  const book = await loadBook(tx, { accounts: accountsOfVisit(hold.value), keys: [] }, now);
  const waiting = await lockHold(tx, chargeId, now);
  if (!waiting.ok) return waiting;
  const contract = contractFor(standings, hold.value);
  if (!contract.ok) return contract;
  const paid = payCharge(book, hold.value, chargeId, hold.value.points);
  if (!paid.ok) return paid;
  await writeBook(tx, book);
  await tx.query(
    "UPDATE charge SET state = 'posted', transfer_id = ?, decided_at = ? WHERE id = ? AND state = 'held'",
    [paid.value, now, chargeId],
  );
  return accept(chargeId);
}

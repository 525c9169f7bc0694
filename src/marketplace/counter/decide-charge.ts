import { cardNotActive } from '../../cards/code-refusals.ts';
import type { StaffCaller } from '../../identity/caller.ts';
import type { Book } from '../../ledger/book.ts';
import { type Points, points } from '../../platform/points.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import type { Contract } from '../contracts/contracts.ts';
import {
  amountUnclear,
  billOutOfRange,
  LARGEST_BILL_FEN,
  LARGEST_CHARGE,
  memberLacksPoints,
  pointsOutOfRange,
  rateMissing,
  scanTooOld,
  scanUnknown,
  scanUsed,
} from './refusals.ts';
import { contractFor, type Standings, type Visit } from './standings.ts';

const SCAN_LIVES_MS = 5 * 60_000;
const HOLD_LIVES_MS = 2 * 60_000;

/** Until when a scan can be charged against; that instant itself is in time. */
export const chargeUntil = (scannedAt: Date) => new Date(scannedAt.getTime() + SCAN_LIVES_MS);

/** A card that was scanned, with the limit up to which its member need not be asked. */
export interface Scan extends Visit {
  id: string;
  outletId: string;
  cardId: string;
  scannedAt: Date;
  chargeLimit: number;
}

/** What a cashier asks for: the points, or the bill in fen; one of the two. */
export interface Asked {
  scanId: string;
  points: number | null;
  billFen: number | null;
}

/** A charge that was accepted: posted, or held until the member has spoken. */
export interface Charged {
  id: string;
  scan: Scan;
  operatorId: string;
  requestNumber: string;
  billFen: number | null;
  points: Points;
  rateFen: number;
  /** Null while it is held. */
  transferId: string | null;
  holdUntil: Date | null;
}

/** All that a batch of charges has locked and read; deciding changes it, so that each sees those before it. */
export interface Counter {
  now: Date;
  scans: ReadonlyMap<string, Scan>;
  standings: Standings;
  /** The cards of the scans that can still be used: one may have been reported lost since. */
  cards: ReadonlySet<string>;
  /** The scans that were charged against already. */
  used: Set<string>;
  book: Book;
}

/**
 * Decides one charge in memory. Refusals: SCAN_UNKNOWN (also for a scan of another merchant or outlet), SCAN_USED,
 * SCAN_TOO_OLD, CARD_NOT_ACTIVE, AMOUNT_UNCLEAR, POINTS_OUT_OF_RANGE, BILL_OUT_OF_RANGE, RATE_MISSING, NOT_ENOUGH_POINTS, and those of
 * contractFor.
 */
export function decideCharge(
  counter: Counter,
  { id, caller, requestNumber, asked }: { id: string; caller: StaffCaller; requestNumber: string; asked: Asked },
): Result<Charged> {
  const { now, used } = counter;
  const scan = counter.scans.get(asked.scanId);
  if (!scan || scan.merchantId !== caller.merchantId) return refuse(scanUnknown);
  if (caller.outletId !== null && caller.outletId !== scan.outletId) return refuse(scanUnknown);
  if (used.has(scan.id)) return refuse(scanUsed);
  if (now > chargeUntil(scan.scannedAt)) return refuse(scanTooOld);
  if (!counter.cards.has(scan.cardId)) return refuse({ ...cardNotActive, at: 'scanId' });
  const contract = contractFor(counter.standings, scan);
  if (!contract.ok) return contract;
  const amount = pointsFor(asked, contract.value);
  if (!amount.ok) return amount;
  const isHeld = amount.value > scan.chargeLimit;
  const paid = isHeld
    ? checkBalance(counter.book, scan, amount.value)
    : payCharge(counter.book, scan, id, amount.value);
  if (!paid.ok) return refuse(memberLacksPoints);
  used.add(scan.id);
  return accept({
    id,
    scan,
    operatorId: caller.operatorId,
    requestNumber,
    billFen: asked.billFen,
    points: amount.value,
    rateFen: contract.value.rateFen,
    transferId: paid.value,
    holdUntil: isHeld ? new Date(now.getTime() + HOLD_LIVES_MS) : null,
  });
}

/** The points of a bill are rounded up to whole ones, so that they are never worth less than the bill. */
function pointsFor({ points: given, billFen }: Asked, { rateFen }: Contract): Result<Points> {
  if ((given === null) === (billFen === null)) return refuse(amountUnclear);
  if (billFen !== null && (billFen < 1 || billFen > LARGEST_BILL_FEN)) return refuse(billOutOfRange);
  if (billFen !== null && rateFen < 1) return refuse(rateMissing);
  const amount = given ?? Math.ceil(billFen! / rateFen);
  return amount >= 1 && amount <= LARGEST_CHARGE ? accept(points(amount)) : refuse(pointsOutOfRange);
}

/** A hold reserves nothing: that the points are there now only spares the member a question that cannot end well. */
function checkBalance(book: Book, { programmeId, memberId }: Visit, amount: number): Result<null> {
  return book.balance(programmeId, memberId) >= amount ? accept(null) : refuse(memberLacksPoints);
}

/** Moves the points of a charge to the merchant. Refusal: NOT_ENOUGH_POINTS. */
export function payCharge(book: Book, visit: Visit, chargeId: string, amount: Points): Result<string> {
  const posted = book.post({
    programmeId: visit.programmeId,
    kind: 'charge',
    debit: { kind: 'member', ownerId: visit.memberId },
    credit: { kind: 'merchant', ownerId: visit.merchantId },
    points: amount,
    key: `charge:${chargeId}`,
    causeId: chargeId,
  });
  return posted.ok ? accept(posted.value.transferId) : posted;
}

/** The accounts between which the points of a visit move. */
export function accountsOfVisit({ programmeId, memberId, merchantId }: Visit) {
  return [
    { programmeId, ref: { kind: 'member' as const, ownerId: memberId } },
    { programmeId, ref: { kind: 'merchant' as const, ownerId: merchantId } },
  ];
}

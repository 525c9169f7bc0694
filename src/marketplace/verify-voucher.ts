import { merchantActor, type StaffCaller } from '../identity/caller.ts';
import type { Book } from '../ledger/book.ts';
import { loadBook } from '../ledger/load-book.ts';
import { writeBook } from '../ledger/write-book.ts';
import { groupCommit } from '../platform/db/group-commit.ts';
import type { Outcome, Request } from '../platform/db/idempotency.ts';
import { settle } from '../platform/db/settle.ts';
import { insertRows } from '../platform/db/sql.ts';
import { TryAgain, type Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { points } from '../platform/points.ts';
import { accept, type Refusal, type Result, refuse } from '../platform/result.ts';
import { lockVouchers } from './lock-vouchers.ts';
import {
  outletNotYours,
  voucherCancelled,
  voucherLapsed,
  voucherUnknown,
  voucherUsed,
  wrongOutlet,
} from './refusals-redemption.ts';
import { ofRequestNumber } from './request-number.ts';
import type { VoucherState } from './voucher.entity.ts';
import { voucherCodeHash } from './voucher-code.ts';

interface VerifyCommand {
  request: Request;
  caller: StaffCaller;
  codeHash: Buffer;
  outletId: string;
}

interface Found {
  id: string;
  offerId: string;
  programmeId: string;
  merchantId: string;
  points: number;
  state: VoucherState;
  validUntil: Date;
  outletIds: Set<string>;
}

interface Verified {
  id: string;
  voucher: Found;
  command: VerifyCommand;
  transferId: string | null;
}

const commit = groupCommit('verify', verifyAll);

/**
 * Verifies a voucher at an outlet (核销): it is used, and its points go to the merchant. The merchant's own request
 * number is the key: sent again over a bad line it gets the first answer. The outcome holds the verification's id.
 * Refusals: VOUCHER_UNKNOWN (also for a voucher of another merchant), OUTLET_NOT_YOURS, WRONG_OUTLET, VOUCHER_USED,
 * VOUCHER_CANCELLED, VOUCHER_LAPSED, REQUEST_NUMBER_MALFORMED, REQUEST_NUMBER_REUSED. Concurrent calls are committed together.
 */
export async function verifyVoucher(
  deps: Deps,
  caller: StaffCaller,
  { requestNumber, code, outletId }: { requestNumber: string; code: string; outletId: string },
): Promise<Outcome> {
  const codeHash = voucherCodeHash(deps.config.voucherKey, code);
  const request = {
    actor: merchantActor(caller),
    key: requestNumber,
    operation: 'verifyVoucher',
    input: { outletId, codeHash: codeHash.toString('hex') },
  };
  return ofRequestNumber(await commit(deps, { request, caller, codeHash, outletId }));
}

function verifyAll(tx: Tx, commands: readonly VerifyCommand[], { clock }: Deps): Promise<Outcome[]> {
  const now = clock.now();
  return settle(tx, commands, now, async (fresh) => {
    const vouchers = await findVouchers(
      tx,
      fresh.map((command) => command.codeHash),
    );
    const book = await loadBook(tx, { accounts: accountsOf(vouchers), keys: [] }, now);
    const states = await lockVouchers(
      tx,
      [...vouchers.values()].map((voucher) => voucher.id),
    );
    for (const voucher of vouchers.values()) Object.assign(voucher, states.get(voucher.id));
    const results = fresh.map((command) => decide(command, vouchers.get(command.codeHash.toString('hex')), book, now));
    await writeVerifications(
      tx,
      book,
      results.flatMap((result) => (result.ok ? [result.value] : [])),
      now,
    );
    return results.map((result) => (result.ok ? accept(result.value.id) : result));
  });
}

function decide(command: VerifyCommand, voucher: Found | undefined, book: Book, now: Date): Result<Verified> {
  const { caller, outletId } = command;
  if (!voucher || voucher.merchantId !== caller.merchantId) return refuse(voucherUnknown);
  if (caller.outletId !== null && caller.outletId !== outletId) return refuse(outletNotYours);
  if (!voucher.outletIds.has(outletId)) return refuse(wrongOutlet);
  const no = refusalOfState(voucher, now);
  if (no) return refuse(no);
  const id = newId();
  voucher.state = 'used';
  return accept({ id, voucher, command, transferId: payMerchant(book, voucher, id) });
}

function refusalOfState({ state, validUntil }: Found, now: Date): Refusal | undefined {
  if (state === 'used') return voucherUsed;
  if (state === 'cancelled') return voucherCancelled;
  return state === 'lapsed' || validUntil <= now ? voucherLapsed : undefined;
}

function payMerchant(book: Book, voucher: Found, id: string): string | null {
  if (voucher.points === 0) return null;
  const posted = book.post({
    programmeId: voucher.programmeId,
    kind: 'verification',
    debit: { kind: 'vouchers', ownerId: voucher.programmeId },
    credit: { kind: 'merchant', ownerId: voucher.merchantId },
    points: points(voucher.points),
    key: `verification:${id}`,
    causeId: id,
  });
  if (!posted.ok) throw new Error(`the vouchers account cannot refuse, and did: ${posted.refusal.code}`);
  return posted.value.transferId;
}

function accountsOf(vouchers: ReadonlyMap<string, Found>) {
  return [...vouchers.values()].flatMap(({ programmeId, merchantId }) => [
    { programmeId, ref: { kind: 'vouchers' as const, ownerId: programmeId } },
    { programmeId, ref: { kind: 'merchant' as const, ownerId: merchantId } },
  ]);
}

/** The vouchers of code hashes with their redemption and outlets, under the hash in hex. Not locked yet. */
async function findVouchers(tx: Tx, codeHashes: readonly Buffer[]): Promise<Map<string, Found>> {
  const rows: (Omit<Found, 'outletIds'> & { codeHash: Buffer })[] = await tx.query(
    `SELECT voucher.id, voucher.code_hash AS codeHash, voucher.state, voucher.valid_until AS validUntil,
            redemption.offer_id AS offerId, redemption.programme_id AS programmeId,
            redemption.merchant_id AS merchantId, redemption.points
     FROM voucher JOIN redemption ON redemption.id = voucher.id WHERE voucher.code_hash IN (?)`,
    [codeHashes],
  );
  if (rows.length === 0) return new Map();
  const outlets: { offer_id: string; outlet_id: string }[] = await tx.query(
    'SELECT offer_id, outlet_id FROM offer_outlet WHERE offer_id IN (?)',
    [[...new Set(rows.map((row) => row.offerId))]],
  );
  const byOffer = new Map<string, Set<string>>();
  for (const row of outlets) byOffer.set(row.offer_id, (byOffer.get(row.offer_id) ?? new Set()).add(row.outlet_id));
  return new Map(
    rows.map((row) => [row.codeHash.toString('hex'), { ...row, outletIds: byOffer.get(row.offerId) ?? new Set() }]),
  );
}

async function writeVerifications(tx: Tx, book: Book, verified: readonly Verified[], now: Date): Promise<void> {
  await writeBook(tx, book);
  if (verified.length === 0) return;
  const { affectedRows } = await tx.query("UPDATE voucher SET state = 'used' WHERE id IN (?) AND state = 'unused'", [
    verified.map(({ voucher }) => voucher.id),
  ]);
  if (affectedRows !== verified.length) throw new TryAgain('a voucher changed although it was locked');
  await insertRows(
    tx,
    'verification',
    ['id', 'voucher_id', 'merchant_id', 'outlet_id', 'operator_id', 'request_number', 'transfer_id', 'verified_at'],
    verified.map(({ id, voucher, command, transferId }) => [
      id,
      voucher.id,
      voucher.merchantId,
      command.outletId,
      command.caller.operatorId,
      command.request.key,
      transferId,
      now,
    ]),
  );
}

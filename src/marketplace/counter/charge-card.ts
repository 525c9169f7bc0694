import { activeCards } from '../../cards/queries.ts';
import { merchantActor, type StaffCaller } from '../../identity/caller.ts';
import { loadBook } from '../../ledger/load-book.ts';
import { writeBook } from '../../ledger/write-book.ts';
import { groupCommit } from '../../platform/db/group-commit.ts';
import type { Outcome, Request } from '../../platform/db/idempotency.ts';
import { settle } from '../../platform/db/settle.ts';
import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { accept } from '../../platform/result.ts';
import { ofRequestNumber } from '../request-number.ts';
import { USUAL_CHARGE_LIMIT } from './charge-limit.ts';
import { type Asked, accountsOfVisit, type Charged, type Counter, decideCharge, type Scan } from './decide-charge.ts';
import { readStandings } from './standings.ts';

interface ChargeCommand {
  request: Request;
  caller: StaffCaller;
  asked: Asked;
}

const commit = groupCommit('charge', chargeAll);

/**
 * Takes points for a bill from the member whose card was scanned at most five minutes ago; above the member's own limit
 * the charge is held until the member confirms it, for two minutes. A scan serves one charge. The outcome holds the
 * charge's id. The merchant's own request number is the key: sent again it gets the first answer. Concurrent calls are
 * committed together. Refusals: those of decideCharge, REQUEST_NUMBER_MALFORMED, REQUEST_NUMBER_REUSED.
 */
export async function chargeCard(
  deps: Deps,
  caller: StaffCaller,
  { requestNumber, ...asked }: Asked & { requestNumber: string },
): Promise<Outcome> {
  const request = { actor: merchantActor(caller), key: requestNumber, operation: 'chargeCard', input: asked };
  return ofRequestNumber(await commit(deps, { request, caller, asked }));
}

function chargeAll(tx: Tx, commands: readonly ChargeCommand[], { clock }: Deps): Promise<Outcome[]> {
  const now = clock.now();
  return settle(tx, commands, now, async (fresh) => {
    const counter = await loadCounter(tx, fresh, now);
    const results = fresh.map(({ request, caller, asked }) =>
      decideCharge(counter, { id: newId(), caller, requestNumber: request.key, asked }),
    );
    await writeCharges(
      tx,
      counter,
      results.flatMap((result) => (result.ok ? [result.value] : [])),
    );
    return results.map((result) => (result.ok ? accept(result.value.id) : result));
  });
}

/** Reads and locks what a batch touches. What was charged against a scan is read once its member's account is locked. */
async function loadCounter(tx: Tx, commands: readonly ChargeCommand[], now: Date): Promise<Counter> {
  const scans = await findScans(tx, [...new Set(commands.map(({ asked }) => asked.scanId))]);
  const visits = [...scans.values()];
  const standings = await readStandings(tx, visits, now);
  const book = await loadBook(tx, { accounts: visits.flatMap(accountsOfVisit), keys: [] }, now);
  const cards = await activeCards(tx, [...new Set(visits.map((scan) => scan.cardId))]);
  return { now, scans, standings, cards, used: await findUsed(tx, [...scans.keys()]), book };
}

async function findScans(tx: Tx, ids: readonly string[]): Promise<Map<string, Scan>> {
  const rows: Scan[] = await tx.query(
    `SELECT scan.id, scan.programme_id AS programmeId, scan.merchant_id AS merchantId, scan.outlet_id AS outletId,
            scan.member_id AS memberId, scan.card_id AS cardId, scan.scanned_at AS scannedAt, IFNULL(own.points, ?) AS chargeLimit
     FROM card_scan AS scan LEFT JOIN member_charge_limit AS own ON own.member_id = scan.member_id
     WHERE scan.id IN (?)`,
    [USUAL_CHARGE_LIMIT, ids],
  );
  return new Map(rows.map((row) => [row.id, { ...row, chargeLimit: Number(row.chargeLimit) }]));
}

async function findUsed(tx: Tx, scanIds: readonly string[]): Promise<Set<string>> {
  if (scanIds.length === 0) return new Set();
  const rows: { scan_id: string }[] = await tx.query('SELECT scan_id FROM charge WHERE scan_id IN (?)', [scanIds]);
  return new Set(rows.map((row) => row.scan_id));
}

async function writeCharges(tx: Tx, { book, now }: Counter, charged: readonly Charged[]): Promise<void> {
  await writeBook(tx, book);
  await insertRows(
    tx,
    'charge',
    [
      'id',
      'programme_id',
      'merchant_id',
      'outlet_id',
      'operator_id',
      'member_id',
      'scan_id',
      'request_number',
      'bill_fen',
      'points',
      'rate_fen',
      'state',
      'hold_until',
      'transfer_id',
      'charged_at',
      'decided_at',
    ],
    charged.map(({ id, scan, operatorId, requestNumber, billFen, points, rateFen, transferId, holdUntil }) => [
      id,
      scan.programmeId,
      scan.merchantId,
      scan.outletId,
      operatorId,
      scan.memberId,
      scan.id,
      requestNumber,
      billFen,
      points,
      rateFen,
      holdUntil === null ? 'posted' : 'held',
      holdUntil,
      transferId,
      now,
      holdUntil === null ? now : null,
    ]),
  );
}

import { type CardShown, type JudgedCode, judgeCardCodes, useCardCodes } from '../../cards/read-card-code.ts';
import { merchantActor, type StaffCaller } from '../../identity/caller.ts';
import { groupCommit } from '../../platform/db/group-commit.ts';
import type { Outcome, Request } from '../../platform/db/idempotency.ts';
import { settle } from '../../platform/db/settle.ts';
import { insertRows, type SqlValue } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import type { Contract } from '../contracts/contracts.ts';
import { ofRequestNumber } from '../request-number.ts';
import { billOutOfRange, LARGEST_BILL_FEN, outletNotYours } from './refusals.ts';
import { contractFor, readStandings, type Standings } from './standings.ts';

/** A card code that a cashier has read, and the bill in fen before the discount when it is known already. */
export interface ShownCard {
  requestNumber: string;
  outletId: string;
  code: string;
  billFen: number | null;
}

interface ScanCommand {
  request: Request;
  caller: StaffCaller;
  shown: ShownCard;
}

const commit = groupCommit('scan', scanAll);

/**
 * Reads a member's card code at an outlet and records that the agreed discount was used, with the bill if it is given.
 * The outcome holds the scan's id, against which points can be charged for five minutes. Sent again with the same
 * request number it answers the same. A scan that is refused leaves the code unused. Concurrent calls are committed
 * together. Refusals: OUTLET_NOT_YOURS, BILL_OUT_OF_RANGE, those of judgeCardCodes and useCardCodes,
 * MERCHANT_NOT_ACTIVE, CONTRACT_NOT_IN_FORCE, MEMBER_NOT_ACTIVE, REQUEST_NUMBER_MALFORMED, REQUEST_NUMBER_REUSED.
 */
export async function scanCard(deps: Deps, caller: StaffCaller, shown: ShownCard): Promise<Outcome> {
  const { requestNumber: key, ...input } = shown;
  const request = { actor: merchantActor(caller), key, operation: 'scanCard', input };
  return ofRequestNumber(await commit(deps, { request, caller, shown }));
}

function scanAll(tx: Tx, commands: readonly ScanCommand[], { config, clock }: Deps): Promise<Outcome[]> {
  const now = clock.now();
  return settle(tx, commands, now, async (fresh) => {
    const outlets = await findOutlets(tx, fresh);
    const asked = fresh.map((command) => troubleWithCall(command, outlets));
    const judged = await judgeCardCodes(
      tx,
      config,
      fresh.map(({ shown }) => shown.code),
      now,
    );
    const standings = await readStandings(
      tx,
      fresh.flatMap(({ caller }, i) => visitOf(caller, judged[i]!.outcome)),
      now,
    );
    const agreed = fresh.map(({ caller }, i) => contractOf(caller, judged[i]!.outcome, standings));
    // Only codes whose scan nothing else speaks against are used up.
    const decided = judged.map((one, i): JudgedCode => {
      const trouble = asked[i] ?? (agreed[i]!.ok ? undefined : agreed[i]);
      return trouble && !trouble.ok ? { outcome: trouble, code: one.code } : one;
    });
    const used = await useCardCodes(tx, decided, now);
    const scans = fresh.map((command, i) => scanOf(command, used[i]!, agreed[i]!, now));
    await insertRows(
      tx,
      'card_scan',
      COLUMNS,
      scans.flatMap((scan) => (scan.ok ? [scan.value.row] : [])),
    );
    return scans.map((scan) => (scan.ok ? accept(scan.value.id) : scan));
  });
}

/** The merchants of the outlets that are named, by the outlet's id. */
async function findOutlets(tx: Tx, commands: readonly ScanCommand[]): Promise<Map<string, string>> {
  const rows: { id: string; merchant_id: string }[] = await tx.query(
    'SELECT id, merchant_id FROM outlet WHERE id IN (?)',
    [[...new Set(commands.map(({ shown }) => shown.outletId))]],
  );
  return new Map(rows.map((row) => [row.id, row.merchant_id]));
}

function troubleWithCall(
  { caller, shown: { outletId, billFen } }: ScanCommand,
  outlets: ReadonlyMap<string, string>,
): Result<never> | undefined {
  const isElsewhere = caller.outletId !== null && caller.outletId !== outletId;
  if (isElsewhere || outlets.get(outletId) !== caller.merchantId) return refuse(outletNotYours);
  if (billFen !== null && (billFen < 1 || billFen > LARGEST_BILL_FEN)) return refuse(billOutOfRange);
  return undefined;
}

function visitOf({ merchantId }: StaffCaller, card: Result<CardShown>) {
  return card.ok ? [{ programmeId: card.value.programmeId, merchantId, memberId: card.value.memberId }] : [];
}

function contractOf(caller: StaffCaller, card: Result<CardShown>, standings: Standings): Result<Contract> {
  const [visit] = visitOf(caller, card);
  return visit ? contractFor(standings, visit) : (card as Result<never>);
}

const COLUMNS = [
  'id',
  'programme_id',
  'merchant_id',
  'outlet_id',
  'operator_id',
  'card_id',
  'member_id',
  'contract_id',
  'request_number',
  'discount',
  'discount_percent',
  'bill_fen',
  'scanned_at',
];

/** The row of a scan against which nothing stands. */
function scanOf(
  { caller, shown }: ScanCommand,
  card: Result<CardShown>,
  agreed: Result<Contract>,
  now: Date,
): Result<{ id: string; row: SqlValue[] }> {
  if (!card.ok) return card;
  if (!agreed.ok) return agreed;
  const id = newId();
  const { programmeId, cardId, memberId } = card.value;
  const { id: contractId, discount, discountPercent } = agreed.value;
  const where = [programmeId, caller.merchantId, shown.outletId, caller.operatorId];
  const what = [contractId, shown.requestNumber, discount, discountPercent, shown.billFen, now];
  return accept({ id, row: [id, ...where, cardId, memberId, ...what] });
}

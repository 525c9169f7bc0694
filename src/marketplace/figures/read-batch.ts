import type { SealedRow } from '../../ledger/seal.ts';
import type { AccountKind } from '../../ledger/transfer.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { pointsFromSql } from '../../platform/points.ts';
import { type Measures, measuresOf } from './measures.ts';

/** A transfer with all that says where it counts. */
export interface Counted {
  programmeId: string;
  /** The union of the programme. */
  homeId: string;
  month: string;
  memberId: string | undefined;
  merchantId: string | undefined;
  /** The offer that a redemption bought; also where one is taken back. */
  offerId: string | undefined;
  measures: Measures;
}

interface Account {
  kind: AccountKind;
  ownerId: string;
  homeId: string;
}

interface Purchase {
  memberId: string;
  merchantId: string;
  offerId: string;
}

/** Finds out what transfers count for, and whose figures. Three statements. */
export async function readCounted(tx: Tx, transfers: readonly SealedRow[]): Promise<Counted[]> {
  const accounts = await readAccounts(tx, transfers);
  const touching = transfers.filter(({ debit_account_id, credit_account_id }) =>
    [debit_account_id, credit_account_id].some((id) => accounts.get(id)?.kind === 'vouchers'),
  );
  const causes = await readCauses(tx, touching);
  const purchases = await readPurchases(tx, [...causes.values()]);
  return transfers.map((transfer) => {
    const debit = accounts.get(transfer.debit_account_id)!;
    const credit = accounts.get(transfer.credit_account_id)!;
    const purchase = purchases.get(causes.get(transfer.id) ?? '');
    const measures = measuresOf(debit.kind, credit.kind, pointsFromSql(transfer.points));
    return {
      programmeId: transfer.programme_id,
      homeId: debit.homeId,
      month: transfer.day.slice(0, 7),
      memberId: ownerOf(['member', 'owed'], debit, credit) ?? purchase?.memberId,
      merchantId: ownerOf(['merchant'], debit, credit) ?? purchase?.merchantId,
      offerId: measures.redeemed ? purchase?.offerId : undefined,
      measures,
    };
  });
}

function ownerOf(kinds: readonly AccountKind[], ...sides: readonly Account[]): string | undefined {
  return sides.find(({ kind }) => kinds.includes(kind))?.ownerId;
}

async function readAccounts(tx: Tx, transfers: readonly SealedRow[]): Promise<Map<string, Account>> {
  const ids = new Set(transfers.flatMap((one) => [one.debit_account_id, one.credit_account_id]));
  const rows: (Account & { id: string })[] = await tx.query(
    `SELECT account.id, account.kind, account.owner_id AS ownerId, programme.union_id AS homeId
     FROM account JOIN programme ON programme.id = account.programme_id WHERE account.id IN (?)`,
    [[...ids]],
  );
  return new Map(rows.map(({ id, ...account }) => [id, account]));
}

/** The ids of the redemptions and verifications for which points moved, by transfer. A reversal is for what it reverses. */
async function readCauses(tx: Tx, transfers: readonly SealedRow[]): Promise<Map<string, string>> {
  const reversed = transfers.flatMap(({ reverses_id }) => reverses_id ?? []);
  const rows: { id: string; cause_id: string }[] =
    reversed.length === 0 ? [] : await tx.query('SELECT id, cause_id FROM transfer WHERE id IN (?)', [reversed]);
  const originals = new Map(rows.map((row) => [row.id, row.cause_id]));
  return new Map(transfers.map((one) => [one.id, originals.get(one.reverses_id ?? '') ?? one.cause_id]));
}

/** What was bought, by the id of the redemption or of the verification of its voucher. */
async function readPurchases(tx: Tx, causeIds: readonly string[]): Promise<Map<string, Purchase>> {
  if (causeIds.length === 0) return new Map();
  const rows: (Purchase & { causeId: string })[] = await tx.query(
    `SELECT id AS causeId, member_id AS memberId, merchant_id AS merchantId, offer_id AS offerId
     FROM redemption WHERE id IN (?)
     UNION ALL
     SELECT verification.id, redemption.member_id, redemption.merchant_id, redemption.offer_id
     FROM verification JOIN redemption ON redemption.id = verification.voucher_id WHERE verification.id IN (?)`,
    [causeIds, causeIds],
  );
  return new Map(rows.map(({ causeId, ...purchase }) => [causeId, purchase]));
}

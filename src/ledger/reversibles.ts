import type { Tx } from '../platform/db/transaction.ts';
import { pointsFromSql } from '../platform/points.ts';
import type { BookAccount, Reversible } from './book.ts';
import { debitedMembers } from './book-accounts.ts';
import type { TransferKind } from './transfer.ts';

/** Transfers that are to be reversed or refunded, by id, with the lots that they took from and what they paid off. */
export async function findReversibles(tx: Tx, ids: readonly string[]): Promise<Map<string, Reversible>> {
  const found = new Map<string, Reversible>();
  if (ids.length === 0) return found;
  const rows: {
    id: string;
    programme_id: string;
    kind: TransferKind;
    debit_account_id: string;
    credit_account_id: string;
    points: number;
    rule_version_id: string | null;
    repaid: number | null;
  }[] = await tx.query(
    `SELECT transfer.id, transfer.programme_id, transfer.kind, transfer.debit_account_id, transfer.credit_account_id,
            transfer.points, transfer.rule_version_id, repayment.points AS repaid
     FROM transfer LEFT JOIN transfer AS repayment ON repayment.business_key = CONCAT('repayment:', transfer.id)
     WHERE transfer.id IN (?)`,
    [ids],
  );
  for (const row of rows) {
    found.set(row.id, {
      id: row.id,
      programmeId: row.programme_id,
      kind: row.kind,
      debitAccountId: row.debit_account_id,
      creditAccountId: row.credit_account_id,
      points: pointsFromSql(row.points),
      key: `reversal:${row.id}`,
      causeId: '',
      ruleVersionId: row.rule_version_id,
      reversesId: row.id,
      balanceAfter: null,
      movements: [],
      expired: 0,
      repaid: pointsFromSql(row.repaid),
    });
  }
  const movements: { transfer_id: string; lot_id: string; points: number }[] = await tx.query(
    'SELECT transfer_id, lot_id, points FROM lot_movement WHERE transfer_id IN (?)',
    [ids],
  );
  for (const row of movements) {
    found.get(row.transfer_id)?.movements.push({ lotId: row.lot_id, points: pointsFromSql(row.points) });
  }
  return found;
}

/**
 * Notes on transfers that gave points to members what of those points has expired. Read once the members' accounts are
 * locked. A lot from which something expired holds nothing any more.
 */
export async function readExpired(
  tx: Tx,
  reversibles: ReadonlyMap<string, Reversible>,
  accounts: readonly BookAccount[],
): Promise<void> {
  const members = new Set(debitedMembers(accounts, reversibles).map((account) => account.id));
  const ids = [...reversibles.values()].filter((one) => members.has(one.creditAccountId)).map((one) => one.id);
  if (ids.length === 0) return;
  const rows: { id: string; points: string }[] = await tx.query(
    `SELECT lot.id, SUM(transfer.points) AS points
     FROM lot JOIN transfer ON transfer.debit_account_id = lot.account_id AND transfer.kind = 'expiry'
                           AND transfer.cause_id = lot.id
     WHERE lot.id IN (?) AND lot.is_open = 0 GROUP BY lot.id`,
    [ids],
  );
  for (const row of rows) reversibles.get(row.id)!.expired = pointsFromSql(row.points);
}

/**
 * Takes off the movements of charges what of them was given back. Read once the members' accounts are locked, for a
 * charge can be refunded many times.
 */
export async function readRefunded(tx: Tx, reversibles: ReadonlyMap<string, Reversible>): Promise<void> {
  const charges = [...reversibles.values()].filter((one) => one.kind === 'charge');
  if (charges.length === 0) return;
  const rows: { charge_id: string; lot_id: string; points: string }[] = await tx.query(
    `SELECT refund.reverses_id AS charge_id, moved.lot_id, SUM(moved.points) AS points
     FROM transfer AS refund JOIN lot_movement AS moved ON moved.transfer_id = refund.id
     WHERE refund.reverses_id IN (?) GROUP BY refund.reverses_id, moved.lot_id`,
    [charges.map((charge) => charge.id)],
  );
  const given = new Map(rows.map((row) => [`${row.charge_id} ${row.lot_id}`, pointsFromSql(row.points)]));
  for (const { id, movements } of charges) {
    for (const taken of movements) taken.points += given.get(`${id} ${taken.lotId}`) ?? 0;
  }
}

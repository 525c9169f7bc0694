import type { EntityManager } from 'typeorm';
import { type BeijingDay, beijingDay } from '../platform/clock.ts';
import { type Points, points, pointsFromSql } from '../platform/points.ts';
import type { AccountKind } from './transfer.ts';

export interface Account {
  id: string;
  programmeId: string;
  kind: AccountKind;
  ownerId: string;
}

/** The accounts of owners (members or merchants) in all their programmes, in id order. */
export async function accountsOf(db: EntityManager, ownerIds: readonly string[]): Promise<Account[]> {
  if (ownerIds.length === 0) return [];
  const rows: { id: string; programme_id: string; kind: AccountKind; owner_id: string }[] = await db.query(
    `SELECT id, programme_id, kind, owner_id FROM account
     WHERE owner_id IN (?) AND kind IN ('member', 'merchant') ORDER BY id`,
    [ownerIds],
  );
  return rows.map((row) => ({ id: row.id, programmeId: row.programme_id, kind: row.kind, ownerId: row.owner_id }));
}

/** What members owe, in points above zero, under "programmeId memberId"; absent where nothing is owed. */
export async function debts(db: EntityManager, memberIds: readonly string[]): Promise<Map<string, Points>> {
  if (memberIds.length === 0) return new Map();
  const rows: { programme_id: string; owner_id: string; balance: number }[] = await db.query(
    "SELECT programme_id, owner_id, balance FROM account WHERE owner_id IN (?) AND kind = 'owed' AND balance < 0",
    [memberIds],
  );
  return new Map(rows.map((row) => [`${row.programme_id} ${row.owner_id}`, points(-pointsFromSql(row.balance))]));
}

/** What the members of accounts can spend now: their open lots that have not lapsed. */
export async function spendable(
  db: EntityManager,
  accountIds: readonly string[],
  now: Date,
): Promise<Map<string, Points>> {
  if (accountIds.length === 0) return new Map();
  const rows: { account_id: string; points: string }[] = await db.query(
    `SELECT account_id, SUM(remaining) AS points FROM lot
     WHERE account_id IN (?) AND is_open = 1 AND expires_at > ? GROUP BY account_id`,
    [accountIds, now],
  );
  return new Map(rows.map((row) => [row.account_id, pointsFromSql(row.points)]));
}

export interface Expiring {
  accountId: string;
  points: Points;
  /** The last Beijing day on which they can be spent. */
  lastDay: BeijingDay;
}

/** For each account, what expires next and when: the points of all open lots with the earliest expiry. */
export async function expiringNext(db: EntityManager, accountIds: readonly string[], now: Date): Promise<Expiring[]> {
  if (accountIds.length === 0) return [];
  const rows: { account_id: string; expires_at: Date; points: string }[] = await db.query(
    `SELECT lot.account_id, lot.expires_at, SUM(lot.remaining) AS points
     FROM lot JOIN (SELECT account_id, MIN(expires_at) AS first FROM lot
                    WHERE account_id IN (?) AND is_open = 1 AND expires_at > ? GROUP BY account_id) AS next
       ON next.account_id = lot.account_id AND next.first = lot.expires_at
     WHERE lot.is_open = 1 GROUP BY lot.account_id, lot.expires_at`,
    [accountIds, now],
  );
  return rows.map((row) => ({
    accountId: row.account_id,
    points: pointsFromSql(row.points),
    lastDay: beijingDay(new Date(row.expires_at.getTime() - 1)),
  }));
}

/**
 * Credits less debits of any accounts up to this moment: the daily sums of what is sealed and the transfers of the
 * postings that are not sealed yet. Exact at any time, and cheap as long as sealing keeps up.
 */
export async function sums(db: EntityManager, accountIds: readonly string[]): Promise<Map<string, Points>> {
  if (accountIds.length === 0) return new Map();
  const rows: { account_id: string; points: string }[] = await db.query(
    `SELECT account_id, SUM(points) AS points FROM (
       SELECT account_id, credited - debited AS points FROM account_day WHERE account_id IN (?)
       UNION ALL
       SELECT account_id, points FROM (
         SELECT t.debit_account_id AS account_id, -CAST(t.points AS SIGNED) AS points
         FROM posting p JOIN transfer t ON t.id > p.id AND t.id <= CONCAT(p.id, 'ZZZZ') WHERE p.seal_number IS NULL
         UNION ALL
         SELECT t.credit_account_id, CAST(t.points AS SIGNED)
         FROM posting p JOIN transfer t ON t.id > p.id AND t.id <= CONCAT(p.id, 'ZZZZ') WHERE p.seal_number IS NULL
       ) AS unsealed WHERE account_id IN (?)
     ) AS parts GROUP BY account_id`,
    [accountIds, accountIds],
  );
  return new Map(
    accountIds
      .map((id) => [id, points(0)] as const)
      .concat(rows.map((row) => [row.account_id, pointsFromSql(row.points)] as const)),
  );
}

/** The sums of a programme's accounts by kind, all but what members hold. */
export async function sumsByKind(db: EntityManager, programmeId: string): Promise<Map<AccountKind, number>> {
  const rows: { id: string; kind: AccountKind }[] = await db.query(
    "SELECT id, kind FROM account WHERE programme_id = ? AND kind <> 'member'",
    [programmeId],
  );
  const byAccount = await sums(
    db,
    rows.map((row) => row.id),
  );
  const byKind = new Map<AccountKind, number>();
  for (const { id, kind } of rows) byKind.set(kind, (byKind.get(kind) ?? 0) + (byAccount.get(id) ?? 0));
  return byKind;
}

import type { DataSource, EntityManager } from 'typeorm';
import { fewEnough, groupByPosting, linkHash, transfersOfPostings } from './seal.ts';

/** How many differences are told of each kind; one is enough to stop the business. */
const TOLD = 20;

export interface Verification {
  accounts: number;
  transfers: number;
  /** One line for a person each; empty when the ledger is coherent. */
  differences: string[];
}

interface Check {
  what: string;
  /** Rows (id, stored, computed) that disagree. */
  sql: string;
}

/**
 * What has moved on each account by these transfers. Each side is summed before they are put together, and in the order of
 * the table: by the index of an account every transfer would be looked up by itself.
 */
const movedBy = (rest: string) => `
  SELECT account_id, SUM(points) AS points FROM (
    SELECT credit_account_id AS account_id, SUM(transfer.points) AS points
      FROM transfer IGNORE INDEX (transfer_credit) ${rest} GROUP BY credit_account_id
    UNION ALL SELECT debit_account_id, -SUM(transfer.points)
      FROM transfer IGNORE INDEX (transfer_debit) ${rest} GROUP BY debit_account_id
  ) AS sides GROUP BY account_id`;

const MOVED = movedBy('');
const SEALED = 'JOIN posting ON posting.id = LEFT(transfer.id, 26) WHERE posting.seal_number IS NOT NULL';

/** What is stored and what it should be come as rows of their own and are sorted together; a join would look up each. */
const compared = (rows: string) => `
  SELECT SQL_BIG_RESULT id, SUM(stored) AS stored, SUM(computed) AS computed
    FROM (${rows}) AS compared GROUP BY id HAVING SUM(stored) <> SUM(computed)`;

const CHECKS: Check[] = [
  {
    what: 'balance of account',
    sql: `SELECT account.id, account.balance AS stored, IFNULL(moved.points, 0) AS computed
          FROM account LEFT JOIN (${MOVED}) AS moved ON moved.account_id = account.id
          WHERE account.kind IN ('member', 'owed') AND account.balance <> IFNULL(moved.points, 0)`,
  },
  {
    what: 'balance against lots of account',
    sql: `SELECT account.id, account.balance AS stored, IFNULL(lots.points, 0) AS computed
          FROM account LEFT JOIN (SELECT account_id, SUM(remaining) AS points FROM lot GROUP BY account_id) AS lots
            ON lots.account_id = account.id
          WHERE account.kind = 'member' AND account.balance <> IFNULL(lots.points, 0)`,
  },
  {
    what: 'remainder of lot',
    sql: compared(`
      SELECT id, CAST(remaining AS SIGNED) AS stored, CAST(points AS SIGNED) AS computed FROM lot
      UNION ALL SELECT lot_id, 0, points FROM lot_movement`),
  },
  {
    what: 'lots made and moved by transfer',
    sql: compared(`
      SELECT transfer.id, CAST(transfer.points AS SIGNED) AS stored, 0 AS computed
        FROM transfer IGNORE INDEX (transfer_credit)
        STRAIGHT_JOIN account ON account.id = transfer.credit_account_id AND account.kind = 'member'
      UNION ALL SELECT transfer.id, -CAST(transfer.points AS SIGNED), 0
        FROM transfer IGNORE INDEX (transfer_debit)
        STRAIGHT_JOIN account ON account.id = transfer.debit_account_id AND account.kind = 'member'
      UNION ALL SELECT id, 0, CAST(points AS SIGNED) FROM lot
      UNION ALL SELECT transfer_id, 0, points FROM lot_movement`),
  },
  {
    what: 'points given back of charge and lot',
    sql: `SELECT CONCAT(back.charge_id, ' ', back.lot_id) AS id, IFNULL(-taken.points, 0) AS stored, back.points AS computed
          FROM (SELECT charge.id AS charge_id, moved.lot_id, SUM(moved.points) AS points
                FROM transfer AS refund JOIN transfer AS charge ON charge.id = refund.reverses_id AND charge.kind = 'charge'
                JOIN lot_movement AS moved ON moved.transfer_id = refund.id
                WHERE refund.reverses_id IS NOT NULL GROUP BY charge.id, moved.lot_id) AS back
          LEFT JOIN lot_movement AS taken ON taken.transfer_id = back.charge_id AND taken.lot_id = back.lot_id
          WHERE back.points > IFNULL(-taken.points, 0)`,
  },
  {
    what: 'number of transfers of posting',
    sql: `SELECT posting.id, posting.transfers AS stored, IFNULL(counted.transfers, 0) AS computed
          FROM posting LEFT JOIN (SELECT LEFT(id, 26) AS posting_id, COUNT(*) AS transfers FROM transfer GROUP BY LEFT(id, 26)) AS counted
            ON counted.posting_id = posting.id
          WHERE posting.transfers <> IFNULL(counted.transfers, 0)`,
  },
  {
    what: 'daily sums of account',
    sql: `SELECT IFNULL(days.account_id, moved.account_id) AS id, IFNULL(days.points, 0) AS stored, IFNULL(moved.points, 0) AS computed
          FROM (SELECT id FROM account) AS account
          LEFT JOIN (SELECT account_id, SUM(credited - debited) AS points FROM account_day GROUP BY account_id) AS days ON days.account_id = account.id
          LEFT JOIN (${movedBy(SEALED)}) AS moved ON moved.account_id = account.id
          WHERE IFNULL(days.points, 0) <> IFNULL(moved.points, 0)`,
  },
  {
    what: 'points issued of programme',
    sql: `SELECT budget.programme_id AS id, budget.issued AS stored, IFNULL(-SUM(moved.points), 0) AS computed
          FROM programme_budget AS budget
          LEFT JOIN account ON account.programme_id = budget.programme_id AND account.kind IN ('issuance', 'owed', 'written_off')
          LEFT JOIN (${MOVED}) AS moved ON moved.account_id = account.id
          GROUP BY budget.programme_id, budget.issued HAVING budget.issued <> IFNULL(-SUM(moved.points), 0)`,
  },
];

/**
 * Recomputes every balance, lot and sum from the transfers, and walks the hash chain. Reads in one snapshot, so it may
 * run beside a busy ledger; in bounded memory, for the sums are the database's work.
 */
export async function verifyLedger(db: DataSource): Promise<Verification> {
  return db.transaction('REPEATABLE READ', async (tx) => {
    const differences: string[] = [];
    for (const { what, sql } of CHECKS) {
      const rows: { id: string; stored: unknown; computed: unknown }[] = await tx.query(`${sql} LIMIT ${TOLD}`);
      for (const row of rows)
        differences.push(`${what} ${row.id}: stored ${row.stored}, transfers say ${row.computed}`);
    }
    const broken = await firstBrokenLink(tx);
    if (broken) differences.push(broken);
    const [count] = await tx.query(
      'SELECT (SELECT COUNT(*) FROM account) AS accounts, (SELECT COUNT(*) FROM transfer) AS transfers',
    );
    return { accounts: Number(count.accounts), transfers: Number(count.transfers), differences };
  });
}

async function firstBrokenLink(tx: EntityManager): Promise<string | undefined> {
  let number = 0;
  let hash: Buffer = Buffer.alloc(32);
  for (;;) {
    const read: { id: string; transfers: number; seal_number: number; seal_hash: Buffer }[] = await tx.query(
      'SELECT id, transfers, seal_number, seal_hash FROM posting WHERE seal_number > ? ORDER BY seal_number LIMIT 200',
      [number],
    );
    if (read.length === 0) break;
    const postings = fewEnough(read);
    const ids = postings.map((posting) => posting.id);
    const transfers = groupByPosting(await transfersOfPostings(tx, ids));
    for (const posting of postings) {
      if (Number(posting.seal_number) !== number + 1) return `hash chain: link ${number + 1} is missing`;
      hash = linkHash(hash, posting.id, transfers.get(posting.id) ?? []);
      if (!hash.equals(posting.seal_hash))
        return `hash chain: broken at link ${posting.seal_number}, posting ${posting.id}`;
      number += 1;
    }
  }
  const [head]: { number: number; hash: Buffer }[] = await tx.query('SELECT number, hash FROM seal_head WHERE id = 1');
  if (Number(head?.number) !== number || !head?.hash.equals(hash)) {
    return `hash chain: its head says ${head?.number} links, there are ${number}`;
  }
  return undefined;
}

/** The verification in one line, as `npm run ledger:verify` ends. */
export function verificationLine({ accounts, transfers, differences }: Verification): string {
  return `ledger: ${accounts} accounts, ${transfers} transfers, ${differences.length} differences`;
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const TRANSFER_ID = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const MAX = '9007199254740991';

export class CreateLedger1700000004000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Only a member's account has a balance of its own; the others are sums (account_day and what is not sealed yet).
    await db.query(`
      CREATE TABLE account (
        id ${ID} NOT NULL,
        programme_id ${ID} NOT NULL,
        kind ${WORD} NOT NULL,
        owner_id ${ID} NOT NULL,
        balance BIGINT NULL,
        created_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY account_owner (programme_id, kind, owner_id),
        KEY account_of_owner (owner_id),
        CONSTRAINT account_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
        CONSTRAINT account_kind CHECK (kind IN ('member', 'merchant', 'issuance', 'vouchers', 'breakage', 'prizes')),
        CONSTRAINT account_balance_kept CHECK ((kind = 'member') = (balance IS NOT NULL)),
        CONSTRAINT account_no_overdraft CHECK (balance IS NULL OR balance BETWEEN 0 AND ${MAX})
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE programme_budget (
        programme_id ${ID} NOT NULL,
        budget BIGINT NOT NULL,
        issued BIGINT NOT NULL,
        PRIMARY KEY (programme_id),
        CONSTRAINT programme_budget_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
        CONSTRAINT programme_budget_kept CHECK (issued >= 0 AND issued <= budget AND budget <= ${MAX})
      )`);
    // The transfers that were posted at once, in one transaction. A transfer's id is its posting's id and its line in it.
    await db.query(`
      CREATE TABLE posting (
        id ${ID} NOT NULL,
        transfers INT NOT NULL,
        posted_at DATETIME(3) NOT NULL,
        seal_number BIGINT NULL,
        seal_hash BINARY(32) NULL,
        PRIMARY KEY (id),
        UNIQUE KEY posting_seal (seal_number)
      )`);
    await db.query(`
      CREATE TABLE transfer (
        id ${TRANSFER_ID} NOT NULL,
        programme_id ${ID} NOT NULL,
        kind ${WORD} NOT NULL,
        debit_account_id ${ID} NOT NULL,
        credit_account_id ${ID} NOT NULL,
        points BIGINT NOT NULL,
        business_key VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        cause_id ${TRANSFER_ID} NOT NULL,
        rule_version_id ${ID} NULL,
        reverses_id ${TRANSFER_ID} NULL,
        balance_after BIGINT NULL,
        posted_at DATETIME(3) NOT NULL,
        day DATE NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY transfer_business_key (business_key),
        KEY transfer_debit (debit_account_id, id),
        KEY transfer_credit (credit_account_id, id),
        KEY transfer_reverses (reverses_id),
        CONSTRAINT transfer_debit_account FOREIGN KEY (debit_account_id) REFERENCES account (id),
        CONSTRAINT transfer_credit_account FOREIGN KEY (credit_account_id) REFERENCES account (id),
        CONSTRAINT transfer_points CHECK (points BETWEEN 1 AND ${MAX}),
        CONSTRAINT transfer_moves CHECK (debit_account_id <> credit_account_id)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    // A lot is made by the transfer that brought its points, and bears its id.
    await db.query(`
      CREATE TABLE lot (
        id ${TRANSFER_ID} NOT NULL,
        account_id ${ID} NOT NULL,
        points BIGINT NOT NULL,
        remaining BIGINT NOT NULL,
        expires_at DATETIME(3) NOT NULL,
        is_open BOOLEAN GENERATED ALWAYS AS (remaining > 0) STORED,
        PRIMARY KEY (id),
        KEY lot_open_of_account (account_id, is_open, expires_at, id),
        KEY lot_lapsing (is_open, expires_at),
        CONSTRAINT lot_account FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT lot_remaining CHECK (remaining BETWEEN 0 AND points)
      )`);
    // What a later transfer took from a lot (negative) or gave back to it (positive).
    await db.query(`
      CREATE TABLE lot_movement (
        transfer_id ${TRANSFER_ID} NOT NULL,
        lot_id ${TRANSFER_ID} NOT NULL,
        points BIGINT NOT NULL,
        PRIMARY KEY (transfer_id, lot_id),
        CONSTRAINT lot_movement_moves CHECK (points <> 0)
      )`);
    await db.query(`
      CREATE TABLE account_day (
        account_id ${ID} NOT NULL,
        day DATE NOT NULL,
        debited BIGINT NOT NULL,
        credited BIGINT NOT NULL,
        transfers INT NOT NULL,
        PRIMARY KEY (account_id, day)
      )`);
    await db.query(`
      CREATE TABLE seal_head (
        id TINYINT NOT NULL,
        number BIGINT NOT NULL,
        hash BINARY(32) NOT NULL,
        PRIMARY KEY (id)
      )`);
    await db.query(`INSERT INTO seal_head (id, number, hash) VALUES (1, 0, REPEAT(CHAR(0), 32))`);
    for (const table of ['transfer', 'lot_movement']) {
      for (const verb of ['UPDATE', 'DELETE']) {
        await db.query(`
          CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table} FOR EACH ROW
          SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a ${table} is never changed or deleted'`);
      }
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

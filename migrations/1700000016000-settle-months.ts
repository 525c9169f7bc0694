import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const TRANSFER_ID = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const ACTOR = 'VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin';
const MONTH = 'CHAR(7) CHARACTER SET ascii COLLATE ascii_bin';
const MAX = '9007199254740991';

/** Settlement statements of merchants, their lines and disputes, and what is paid in beforehand. */
export class SettleMonths1700000016000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // A programme without a row settles on the 3rd. Months have 28 days at the least.
    await db.query(`
      CREATE TABLE settlement_policy (
        programme_id ${ID} NOT NULL,
        settlement_day TINYINT NOT NULL,
        PRIMARY KEY (programme_id),
        CONSTRAINT settlement_policy_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
        CONSTRAINT settlement_policy_day CHECK (settlement_day BETWEEN 1 AND 28)
      )`);
    await db.query(`
      CREATE TABLE settlement_run (
        programme_id ${ID} NOT NULL,
        month ${MONTH} NOT NULL,
        state ${WORD} NOT NULL,
        statements INT NOT NULL DEFAULT 0,
        started_at DATETIME(3) NOT NULL,
        finished_at DATETIME(3) NULL,
        PRIMARY KEY (programme_id, month),
        CONSTRAINT settlement_run_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
        CONSTRAINT settlement_run_state CHECK (state IN ('running', 'done')),
        CONSTRAINT settlement_run_finished CHECK ((state = 'done') = (finished_at IS NOT NULL))
      )`);
    // How far the transfers of a merchant's account are on statements: all up to these ids, credits and debits apart.
    await db.query(`
      CREATE TABLE settlement_mark (
        account_id ${ID} NOT NULL,
        credit_id ${TRANSFER_ID} NOT NULL,
        debit_id ${TRANSFER_ID} NOT NULL,
        closed_month ${MONTH} NOT NULL,
        PRIMARY KEY (account_id),
        CONSTRAINT settlement_mark_account FOREIGN KEY (account_id) REFERENCES account (id)
      )`);
    // Its lines are the ledger's own transfers: credits of the account after credit_after and until credit_until, debits
    // likewise, without those that are late for an earlier statement and with its own late ones; then corrections. The
    // next statement of the account goes on where this one ends, so no transfer is on two and none is left out.
    await db.query(`
      CREATE TABLE settlement_statement (
        id ${ID} NOT NULL,
        programme_id ${ID} NOT NULL,
        merchant_id ${ID} NOT NULL,
        account_id ${ID} NOT NULL,
        month ${MONTH} NOT NULL,
        settlement ${WORD} NOT NULL,
        line_count INT NOT NULL,
        points BIGINT NOT NULL,
        fen BIGINT NOT NULL,
        credit_after ${TRANSFER_ID} NOT NULL,
        credit_until ${TRANSFER_ID} NOT NULL,
        debit_after ${TRANSFER_ID} NOT NULL,
        debit_until ${TRANSFER_ID} NOT NULL,
        closed_at DATETIME(3) NOT NULL,
        state ${WORD} NOT NULL,
        sent_by ${ACTOR} NULL,
        sent_at DATETIME(3) NULL,
        confirmed_by ${ACTOR} NULL,
        confirmed_at DATETIME(3) NULL,
        paid_by ${ACTOR} NULL,
        paid_at DATETIME(3) NULL,
        payment_reference VARCHAR(60) NULL,
        PRIMARY KEY (id),
        UNIQUE KEY settlement_statement_month (programme_id, merchant_id, month),
        KEY settlement_statement_newest (programme_id, id),
        KEY settlement_statement_by_state (programme_id, state, id),
        KEY settlement_statement_of_merchant (merchant_id, id),
        CONSTRAINT settlement_statement_served FOREIGN KEY (programme_id) REFERENCES programme (id),
        CONSTRAINT settlement_statement_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id),
        CONSTRAINT settlement_statement_account FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT settlement_statement_settlement CHECK (settlement IN ('postpaid', 'prepaid')),
        CONSTRAINT settlement_statement_lines CHECK (line_count >= 1),
        CONSTRAINT settlement_statement_ranges CHECK (credit_after <= credit_until AND debit_after <= debit_until),
        CONSTRAINT settlement_statement_sums CHECK
          (points BETWEEN -${MAX} AND ${MAX} AND fen BETWEEN -${MAX} AND ${MAX}),
        CONSTRAINT settlement_statement_state CHECK (state IN ('draft', 'sent', 'disputed', 'confirmed', 'paid')),
        CONSTRAINT settlement_statement_sent CHECK ((state = 'draft') = (sent_at IS NULL)),
        CONSTRAINT settlement_statement_confirmed CHECK ((state IN ('confirmed', 'paid')) = (confirmed_at IS NOT NULL)),
        CONSTRAINT settlement_statement_paid CHECK
          ((state = 'paid') = (paid_at IS NOT NULL) AND (state = 'paid') = (payment_reference IS NOT NULL))
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    // What a point of a merchant's account is worth from a day on; the days of closed months keep what they had.
    await db.query(`
      CREATE TABLE settlement_rate (
        account_id ${ID} NOT NULL,
        from_day DATE NOT NULL,
        rate_fen INT NOT NULL,
        PRIMARY KEY (account_id, from_day),
        CONSTRAINT settlement_rate_account FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT settlement_rate_fen CHECK (rate_fen >= 0)
      )`);
    // A transfer of a month that lies amid those of the next, and is on the statement of its own month.
    await db.query(`
      CREATE TABLE settlement_late (
        transfer_id ${TRANSFER_ID} NOT NULL,
        account_id ${ID} NOT NULL,
        statement_id ${ID} NOT NULL,
        PRIMARY KEY (transfer_id),
        KEY settlement_late_of_account (account_id, transfer_id),
        KEY settlement_late_of_statement (statement_id, transfer_id),
        CONSTRAINT settlement_late_transfer FOREIGN KEY (transfer_id) REFERENCES transfer (id),
        CONSTRAINT settlement_late_statement FOREIGN KEY (statement_id) REFERENCES settlement_statement (id)
      )`);
    // A line that puts a line of an earlier statement right.
    await db.query(`
      CREATE TABLE settlement_correction (
        id ${TRANSFER_ID} NOT NULL,
        statement_id ${ID} NOT NULL,
        corrects_id ${TRANSFER_ID} NOT NULL,
        day DATE NOT NULL,
        fen BIGINT NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY settlement_correction_once (corrects_id),
        KEY settlement_correction_of_statement (statement_id, id),
        CONSTRAINT settlement_correction_statement FOREIGN KEY (statement_id) REFERENCES settlement_statement (id),
        CONSTRAINT settlement_correction_fen CHECK (fen <> 0)
      )`);
    // One for each line, for ever: what was answered is answered. correction_line_id is where it was put right.
    await db.query(`
      CREATE TABLE settlement_dispute (
        id ${ID} NOT NULL,
        statement_id ${ID} NOT NULL,
        line_id ${TRANSFER_ID} NOT NULL,
        programme_id ${ID} NOT NULL,
        merchant_id ${ID} NOT NULL,
        state ${WORD} NOT NULL,
        reason VARCHAR(300) NOT NULL,
        raised_by ${ACTOR} NOT NULL,
        raised_at DATETIME(3) NOT NULL,
        answer VARCHAR(300) NULL,
        correction_fen BIGINT NULL,
        answered_by ${ACTOR} NULL,
        answered_at DATETIME(3) NULL,
        correction_line_id ${TRANSFER_ID} NULL,
        PRIMARY KEY (id),
        UNIQUE KEY settlement_dispute_line (line_id),
        UNIQUE KEY settlement_dispute_correction (correction_line_id),
        KEY settlement_dispute_of_statement (statement_id, state, id),
        KEY settlement_dispute_to_correct (programme_id, merchant_id, state, correction_line_id),
        CONSTRAINT settlement_dispute_statement FOREIGN KEY (statement_id) REFERENCES settlement_statement (id),
        CONSTRAINT settlement_dispute_state CHECK (state IN ('open', 'upheld', 'rejected')),
        CONSTRAINT settlement_dispute_answered CHECK
          ((state = 'open') = (answer IS NULL) AND (state = 'open') = (answered_at IS NULL)),
        CONSTRAINT settlement_dispute_upheld CHECK
          ((state = 'upheld') = (correction_fen IS NOT NULL) AND (state = 'upheld' OR correction_line_id IS NULL))
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE settlement_file (
        id ${ID} NOT NULL,
        statement_id ${ID} NOT NULL,
        format ${WORD} NOT NULL,
        size INT NOT NULL,
        sha256 BINARY(32) NOT NULL,
        made_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY settlement_file_format (statement_id, format),
        CONSTRAINT settlement_file_statement FOREIGN KEY (statement_id) REFERENCES settlement_statement (id),
        CONSTRAINT settlement_file_format_known CHECK (format IN ('xlsx', 'csv'))
      )`);
    // The price of a programme's point from a day on; without a row it has been what it is now.
    await db.query(`
      CREATE TABLE programme_price (
        programme_id ${ID} NOT NULL,
        from_day DATE NOT NULL,
        point_price_fen INT NOT NULL,
        PRIMARY KEY (programme_id, from_day),
        CONSTRAINT programme_price_programme FOREIGN KEY (programme_id) REFERENCES programme (id)
      )`);
    await this.createPrepaid(db);
    await this.guard(db);
  }

  private async createPrepaid(db: QueryRunner): Promise<void> {
    // What a union paid a merchant beforehand and settled statements have not used up.
    await db.query(`
      CREATE TABLE prepaid_balance (
        programme_id ${ID} NOT NULL,
        merchant_id ${ID} NOT NULL,
        fen BIGINT NOT NULL,
        PRIMARY KEY (programme_id, merchant_id),
        CONSTRAINT prepaid_balance_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
        CONSTRAINT prepaid_balance_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id),
        CONSTRAINT prepaid_balance_covers CHECK (fen BETWEEN 0 AND ${MAX})
      )`);
    // is_living is null for what was declined: its reference may be recorded again, and no other twice.
    await db.query(`
      CREATE TABLE prepaid_payment (
        id ${ID} NOT NULL,
        programme_id ${ID} NOT NULL,
        merchant_id ${ID} NOT NULL,
        fen BIGINT NOT NULL,
        reference VARCHAR(60) NOT NULL,
        state ${WORD} NOT NULL,
        recorded_by ${ACTOR} NOT NULL,
        recorded_at DATETIME(3) NOT NULL,
        decided_by ${ACTOR} NULL,
        decided_at DATETIME(3) NULL,
        is_living BOOLEAN GENERATED ALWAYS AS (IF(state = 'declined', NULL, 1)) STORED,
        PRIMARY KEY (id),
        UNIQUE KEY prepaid_payment_reference (programme_id, reference, is_living),
        KEY prepaid_payment_newest (programme_id, id),
        CONSTRAINT prepaid_payment_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
        CONSTRAINT prepaid_payment_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id),
        CONSTRAINT prepaid_payment_fen CHECK (fen BETWEEN 1 AND 100000000000),
        CONSTRAINT prepaid_payment_state CHECK (state IN ('waiting', 'posted', 'declined')),
        CONSTRAINT prepaid_payment_decided CHECK ((state = 'waiting') = (decided_at IS NULL))
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    // is_open is null once it is over: one merchant has one alert at a time.
    await db.query(`
      CREATE TABLE prepaid_alert (
        id ${ID} NOT NULL,
        programme_id ${ID} NOT NULL,
        merchant_id ${ID} NOT NULL,
        left_fen BIGINT NOT NULL,
        below_fen BIGINT NOT NULL,
        raised_at DATETIME(3) NOT NULL,
        cleared_at DATETIME(3) NULL,
        is_open BOOLEAN GENERATED ALWAYS AS (IF(cleared_at IS NULL, 1, NULL)) STORED,
        PRIMARY KEY (id),
        UNIQUE KEY prepaid_alert_open (programme_id, merchant_id, is_open),
        KEY prepaid_alert_newest (programme_id, is_open, id),
        CONSTRAINT prepaid_alert_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
        CONSTRAINT prepaid_alert_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id)
      )`);
  }

  /** What makes up a line is never changed or deleted, nor is its transfer; of a statement only its state moves on, and of a paid one nothing. */
  private async guard(db: QueryRunner): Promise<void> {
    for (const [table, verbs] of [
      ['settlement_rate', ['UPDATE', 'DELETE']],
      ['settlement_late', ['UPDATE', 'DELETE']],
      ['settlement_correction', ['UPDATE', 'DELETE']],
      ['settlement_statement', ['DELETE']],
      ['settlement_dispute', ['DELETE']],
    ] as const) {
      for (const verb of verbs) {
        await db.query(`
          CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table} FOR EACH ROW
          SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a ${table} is never changed or deleted'`);
      }
    }
    const fixed =
      'id programme_id merchant_id account_id month settlement line_count points fen credit_after credit_until debit_after debit_until closed_at'.split(
        ' ',
      );
    await db.query(`
      CREATE TRIGGER settlement_statement_no_update BEFORE UPDATE ON settlement_statement FOR EACH ROW
      IF OLD.state = 'paid' OR ${fixed.map((column) => `NEW.${column} <> OLD.${column}`).join(' OR ')} THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'what a settlement_statement says is never changed';
      END IF`);
    const said = 'id statement_id line_id programme_id merchant_id reason raised_by raised_at'.split(' ');
    const answered = 'state answer correction_fen answered_by answered_at'.split(' ');
    await db.query(`
      CREATE TRIGGER settlement_dispute_no_update BEFORE UPDATE ON settlement_dispute FOR EACH ROW
      IF ${said.map((column) => `NEW.${column} <> OLD.${column}`).join(' OR ')}
        OR (OLD.state <> 'open' AND NOT (${answered.map((column) => `NEW.${column} <=> OLD.${column}`).join(' AND ')}))
        OR OLD.correction_line_id IS NOT NULL THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'what a settlement_dispute says is never changed';
      END IF`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

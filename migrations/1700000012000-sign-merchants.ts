import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
/** "operator:<id>" or "api-token:<id>". */
const ACTOR = 'VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin';

/** Applications of merchants, their licences and contracts; where an outlet is and when it is open. */
export class SignMerchants1700000012000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // is_living is 1, or null for a merchant that ended or was declined: name and licence are free again then.
    await db.query(`
      ALTER TABLE merchant
        DROP CONSTRAINT merchant_state,
        ADD COLUMN legal_name VARCHAR(120) NULL,
        ADD COLUMN credit_code CHAR(18) CHARACTER SET ascii COLLATE ascii_bin NULL,
        ADD COLUMN is_living BOOLEAN GENERATED ALWAYS AS (IF(state IN ('declined', 'ended'), NULL, 1)) STORED`);
    await db.query(`
      ALTER TABLE merchant
        ADD CONSTRAINT merchant_state CHECK
          (state IN ('applied', 'approved', 'active', 'suspended', 'ended', 'declined')),
        ADD CONSTRAINT merchant_licence CHECK (credit_code IS NULL OR legal_name IS NOT NULL),
        DROP INDEX merchant_name,
        ADD UNIQUE KEY merchant_name (name, is_living),
        ADD UNIQUE KEY merchant_credit_code (credit_code, is_living)`);
    // One for each merchant that applied: a firm that tries again after a refusal is entered as a new merchant.
    await db.query(`
      CREATE TABLE merchant_application (
        merchant_id ${ID} NOT NULL,
        programme_id ${ID} NOT NULL,
        state ${WORD} NOT NULL,
        note VARCHAR(500) NULL,
        entered_by ${ACTOR} NOT NULL,
        entered_at DATETIME(3) NOT NULL,
        decided_by ${ACTOR} NULL,
        decided_at DATETIME(3) NULL,
        reason VARCHAR(500) NULL,
        PRIMARY KEY (merchant_id),
        KEY merchant_application_queue (programme_id, state, merchant_id),
        CONSTRAINT merchant_application_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id),
        CONSTRAINT merchant_application_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
        CONSTRAINT merchant_application_state CHECK (state IN ('waiting', 'approved', 'declined')),
        CONSTRAINT merchant_application_decided CHECK ((state = 'waiting') = (decided_at IS NULL)),
        CONSTRAINT merchant_application_reason CHECK ((state = 'declined') = (reason IS NOT NULL))
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query('ALTER TABLE programme_policy ADD COLUMN review_merchants BOOLEAN NOT NULL DEFAULT FALSE');
    // Nothing of a contract is changed once it is signed, but its end put earlier: what was sold under it stays so.
    await db.query(`
      CREATE TABLE contract (
        id ${ID} NOT NULL,
        programme_id ${ID} NOT NULL,
        merchant_id ${ID} NOT NULL,
        number VARCHAR(40) NOT NULL,
        from_day DATE NOT NULL,
        until_day DATE NULL,
        point_price_fen INT NULL,
        discount VARCHAR(100) NULL,
        settlement ${WORD} NOT NULL,
        alert_below_fen BIGINT NULL,
        signed_by ${ACTOR} NOT NULL,
        signed_at DATETIME(3) NOT NULL,
        end_reason VARCHAR(500) NULL,
        PRIMARY KEY (id),
        UNIQUE KEY contract_number (programme_id, number),
        UNIQUE KEY contract_period (programme_id, merchant_id, from_day),
        KEY contract_of_merchant (merchant_id, id),
        CONSTRAINT contract_served FOREIGN KEY (programme_id, merchant_id)
          REFERENCES programme_merchant (programme_id, merchant_id),
        CONSTRAINT contract_days CHECK (until_day IS NULL OR until_day >= from_day),
        CONSTRAINT contract_price CHECK (point_price_fen IS NULL OR point_price_fen >= 0),
        CONSTRAINT contract_settlement CHECK (settlement IN ('postpaid', 'prepaid')),
        CONSTRAINT contract_alert CHECK
          (alert_below_fen IS NULL OR (settlement = 'prepaid' AND alert_below_fen >= 0))
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    // Merchants that serve a programme already go on as they are: their contract has no end and no terms of its own.
    // Its id has the form that every id has; the first ten characters are the time of the merchant's own.
    await db.query(`
      INSERT INTO contract (id, programme_id, merchant_id, number, from_day, settlement, signed_by, signed_at)
      SELECT
        CONCAT(
          LEFT(CONVERT(m.id USING utf8mb4), 10),
          UPPER(LEFT(SHA2(CONCAT(p.programme_id, p.merchant_id), 256), 16))
        ),
        p.programme_id, m.id, CONCAT('HT-', CONVERT(m.id USING utf8mb4)),
        DATE(m.created_at + INTERVAL 8 HOUR), 'postpaid', 'system', m.created_at
      FROM programme_merchant p JOIN merchant m ON m.id = p.merchant_id`);
    // GCJ-02 degrees, as Chinese maps and the mini-program use them; both or neither.
    await db.query(`
      ALTER TABLE outlet
        ADD COLUMN latitude DECIMAL(9, 6) NULL,
        ADD COLUMN longitude DECIMAL(9, 6) NULL,
        ADD KEY outlet_place (latitude, longitude, merchant_id),
        ADD CONSTRAINT outlet_place CHECK ((latitude IS NULL) = (longitude IS NULL))`);
    // Minutes from the midnight with which the weekday (1 is Monday) begins; past 1440 it is the next day already.
    await db.query(`
      CREATE TABLE outlet_hours (
        outlet_id ${ID} NOT NULL,
        weekday TINYINT NOT NULL,
        opens INT NOT NULL,
        closes INT NOT NULL,
        PRIMARY KEY (outlet_id, weekday, opens),
        CONSTRAINT outlet_hours_outlet FOREIGN KEY (outlet_id) REFERENCES outlet (id),
        CONSTRAINT outlet_hours_weekday CHECK (weekday BETWEEN 1 AND 7),
        CONSTRAINT outlet_hours_opens CHECK (opens BETWEEN 0 AND 1439),
        CONSTRAINT outlet_hours_closes CHECK (closes > opens AND closes <= opens + 1440)
      )`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

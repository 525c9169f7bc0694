import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const TRANSFER_ID = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';

export class CreateMarketplace1700000006000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE merchant (
        id ${ID} NOT NULL,
        name VARCHAR(120) NOT NULL,
        category ${WORD} NOT NULL,
        state ${WORD} NOT NULL,
        created_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY merchant_name (name),
        CONSTRAINT merchant_state CHECK (state IN ('active', 'suspended', 'ended'))
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE programme_merchant (
        programme_id ${ID} NOT NULL,
        merchant_id ${ID} NOT NULL,
        PRIMARY KEY (programme_id, merchant_id),
        CONSTRAINT programme_merchant_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
        CONSTRAINT programme_merchant_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id)
      )`);
    await db.query(`
      CREATE TABLE outlet (
        id ${ID} NOT NULL,
        merchant_id ${ID} NOT NULL,
        name VARCHAR(120) NOT NULL,
        address VARCHAR(200) NOT NULL,
        created_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY outlet_name (merchant_id, name),
        KEY outlet_newest (merchant_id, id),
        CONSTRAINT outlet_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    // outlet_id is null for staff who may act at every outlet of the merchant.
    await db.query(`
      CREATE TABLE merchant_staff (
        operator_id ${ID} NOT NULL,
        merchant_id ${ID} NOT NULL,
        outlet_id ${ID} NULL,
        role ${WORD} NOT NULL,
        PRIMARY KEY (operator_id),
        KEY merchant_staff_merchant (merchant_id),
        CONSTRAINT merchant_staff_operator FOREIGN KEY (operator_id) REFERENCES operator (id),
        CONSTRAINT merchant_staff_merchant_row FOREIGN KEY (merchant_id) REFERENCES merchant (id),
        CONSTRAINT merchant_staff_outlet FOREIGN KEY (outlet_id) REFERENCES outlet (id),
        CONSTRAINT merchant_staff_role CHECK (role IN ('owner', 'cashier'))
      )`);
    // Two clocks on a voucher: use_until (the offer's own last day) and use_days (days from purchase, today being day 1).
    await db.query(`
      CREATE TABLE offer (
        id ${ID} NOT NULL,
        programme_id ${ID} NOT NULL,
        merchant_id ${ID} NOT NULL,
        title VARCHAR(120) NOT NULL,
        description VARCHAR(2000) NOT NULL,
        price BIGINT NOT NULL,
        sale_from DATETIME(3) NOT NULL,
        sale_to DATETIME(3) NOT NULL,
        limit_count INT NULL,
        limit_period ${WORD} NOT NULL,
        use_until DATE NULL,
        use_days INT NULL,
        lapse_policy ${WORD} NOT NULL,
        state ${WORD} NOT NULL,
        created_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        KEY offer_of_programme (programme_id, state, id),
        KEY offer_newest (programme_id, id),
        KEY offer_by_price (programme_id, state, price, id),
        KEY offer_of_merchant (merchant_id, id),
        CONSTRAINT offer_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
        CONSTRAINT offer_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id),
        CONSTRAINT offer_price CHECK (price BETWEEN 0 AND 9007199254740991),
        CONSTRAINT offer_limit CHECK (limit_count IS NULL OR limit_count >= 1),
        CONSTRAINT offer_limit_period CHECK (limit_period IN ('ever', 'month', 'day')),
        CONSTRAINT offer_sale CHECK (sale_from < sale_to),
        CONSTRAINT offer_use CHECK (use_days IS NULL OR use_days >= 1),
        CONSTRAINT offer_clock CHECK (use_until IS NOT NULL OR use_days IS NOT NULL),
        CONSTRAINT offer_lapse CHECK (lapse_policy IN ('refund', 'forfeit')),
        CONSTRAINT offer_state CHECK (state IN ('draft', 'on_sale', 'paused', 'ended'))
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE offer_outlet (
        offer_id ${ID} NOT NULL,
        outlet_id ${ID} NOT NULL,
        PRIMARY KEY (offer_id, outlet_id),
        CONSTRAINT offer_outlet_offer FOREIGN KEY (offer_id) REFERENCES offer (id),
        CONSTRAINT offer_outlet_outlet FOREIGN KEY (outlet_id) REFERENCES outlet (id)
      )`);
    // Apart from the offer, so that a rush on the stock never waits for, or blocks, an edit of the offer.
    await db.query(`
      CREATE TABLE offer_stock (
        offer_id ${ID} NOT NULL,
        remaining INT NOT NULL,
        PRIMARY KEY (offer_id),
        CONSTRAINT offer_stock_offer FOREIGN KEY (offer_id) REFERENCES offer (id),
        CONSTRAINT offer_stock_left CHECK (remaining >= 0)
      )`);
    // limit_slot is 1..limit_count within the offer's period and null when the purchase does not count (no limit, or
    // cancelled): the unique key is what keeps a member within the limit.
    await db.query(`
      CREATE TABLE redemption (
        id ${ID} NOT NULL,
        programme_id ${ID} NOT NULL,
        offer_id ${ID} NOT NULL,
        member_id ${ID} NOT NULL,
        merchant_id ${ID} NOT NULL,
        points BIGINT NOT NULL,
        limit_period VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        limit_slot INT NULL,
        transfer_id ${TRANSFER_ID} NULL,
        redeemed_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY redemption_limit (member_id, offer_id, limit_period, limit_slot),
        KEY redemption_of_member (member_id, id),
        CONSTRAINT redemption_offer FOREIGN KEY (offer_id) REFERENCES offer (id),
        CONSTRAINT redemption_member FOREIGN KEY (member_id) REFERENCES member (id),
        CONSTRAINT redemption_points CHECK (points >= 0),
        CONSTRAINT redemption_slot CHECK (limit_slot IS NULL OR limit_slot >= 1)
      )`);
    // One voucher for each redemption, under the redemption's id. The code itself is never stored: it is derived from
    // the id with a key, and found by its keyed hash.
    await db.query(`
      CREATE TABLE voucher (
        id ${ID} NOT NULL,
        code_hash BINARY(32) NOT NULL,
        state ${WORD} NOT NULL,
        valid_until DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY voucher_code (code_hash),
        KEY voucher_lapsing (state, valid_until),
        CONSTRAINT voucher_redemption FOREIGN KEY (id) REFERENCES redemption (id),
        CONSTRAINT voucher_state CHECK (state IN ('unused', 'used', 'cancelled', 'lapsed'))
      )`);
    // active is 1, or null when undone: the unique key is what keeps a voucher from being used twice.
    await db.query(`
      CREATE TABLE verification (
        id ${ID} NOT NULL,
        voucher_id ${ID} NOT NULL,
        merchant_id ${ID} NOT NULL,
        outlet_id ${ID} NOT NULL,
        operator_id ${ID} NOT NULL,
        request_number VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        transfer_id ${TRANSFER_ID} NULL,
        verified_at DATETIME(3) NOT NULL,
        undone_at DATETIME(3) NULL,
        undone_by ${ID} NULL,
        active TINYINT NULL DEFAULT 1,
        PRIMARY KEY (id),
        UNIQUE KEY verification_once (voucher_id, active),
        UNIQUE KEY verification_request (merchant_id, request_number),
        KEY verification_of_outlet (outlet_id, verified_at),
        KEY verification_of_merchant (merchant_id, verified_at),
        CONSTRAINT verification_voucher FOREIGN KEY (voucher_id) REFERENCES voucher (id),
        CONSTRAINT verification_outlet FOREIGN KEY (outlet_id) REFERENCES outlet (id),
        CONSTRAINT verification_active CHECK ((active IS NULL) = (undone_at IS NOT NULL))
      )`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

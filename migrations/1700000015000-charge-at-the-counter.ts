import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const TRANSFER_ID = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const REQUEST_NUMBER = 'VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin';
const MAX = '9007199254740991';

/** Cards shown at the counter, points charged there, and what of them is refunded. */
export class ChargeAtTheCounter1700000015000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // One row for each time that a card was shown: the use of its discount. discount is what was agreed at that moment.
    await db.query(`
      CREATE TABLE card_scan (
        id ${ID} NOT NULL,
        programme_id ${ID} NOT NULL,
        merchant_id ${ID} NOT NULL,
        outlet_id ${ID} NOT NULL,
        operator_id ${ID} NOT NULL,
        card_id ${ID} NOT NULL,
        member_id ${ID} NOT NULL,
        contract_id ${ID} NOT NULL,
        request_number ${REQUEST_NUMBER} NOT NULL,
        discount VARCHAR(100) NULL,
        bill_fen BIGINT NULL,
        scanned_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY card_scan_request (merchant_id, request_number),
        KEY card_scan_of_merchant (merchant_id, scanned_at),
        KEY card_scan_of_outlet (outlet_id, scanned_at),
        CONSTRAINT card_scan_card FOREIGN KEY (card_id) REFERENCES card (id),
        CONSTRAINT card_scan_member FOREIGN KEY (member_id) REFERENCES member (id),
        CONSTRAINT card_scan_outlet FOREIGN KEY (outlet_id) REFERENCES outlet (id),
        CONSTRAINT card_scan_contract FOREIGN KEY (contract_id) REFERENCES contract (id),
        CONSTRAINT card_scan_bill CHECK (bill_fen IS NULL OR bill_fen BETWEEN 1 AND ${MAX})
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    // A card that was shown once pays once: charge_of_scan. A hold has passed by the clock as soon as hold_until is over;
    // the word 'lapsed' is written later.
    await db.query(`
      CREATE TABLE charge (
        id ${ID} NOT NULL,
        programme_id ${ID} NOT NULL,
        merchant_id ${ID} NOT NULL,
        outlet_id ${ID} NOT NULL,
        operator_id ${ID} NOT NULL,
        member_id ${ID} NOT NULL,
        scan_id ${ID} NOT NULL,
        request_number ${REQUEST_NUMBER} NOT NULL,
        bill_fen BIGINT NULL,
        points BIGINT NOT NULL,
        rate_fen INT NOT NULL,
        state ${WORD} NOT NULL,
        hold_until DATETIME(3) NULL,
        refunded BIGINT NOT NULL DEFAULT 0,
        transfer_id ${TRANSFER_ID} NULL,
        charged_at DATETIME(3) NOT NULL,
        decided_at DATETIME(3) NULL,
        PRIMARY KEY (id),
        UNIQUE KEY charge_request (merchant_id, request_number),
        UNIQUE KEY charge_of_scan (scan_id),
        UNIQUE KEY charge_transfer (transfer_id),
        KEY charge_of_member (member_id, id),
        KEY charge_held (member_id, state, hold_until),
        KEY charge_lapsing (state, hold_until),
        KEY charge_of_merchant (merchant_id, charged_at),
        KEY charge_of_outlet (outlet_id, charged_at),
        CONSTRAINT charge_scan FOREIGN KEY (scan_id) REFERENCES card_scan (id),
        CONSTRAINT charge_member FOREIGN KEY (member_id) REFERENCES member (id),
        CONSTRAINT charge_outlet FOREIGN KEY (outlet_id) REFERENCES outlet (id),
        CONSTRAINT charge_bill CHECK (bill_fen IS NULL OR bill_fen BETWEEN 1 AND ${MAX}),
        CONSTRAINT charge_points CHECK (points BETWEEN 1 AND ${MAX}),
        CONSTRAINT charge_state CHECK (state IN ('held', 'posted', 'declined', 'lapsed')),
        CONSTRAINT charge_hold CHECK (state = 'posted' OR hold_until IS NOT NULL),
        CONSTRAINT charge_posted CHECK ((state = 'posted') = (transfer_id IS NOT NULL)),
        CONSTRAINT charge_decided CHECK ((state IN ('posted', 'declined')) = (decided_at IS NOT NULL)),
        CONSTRAINT charge_refunded CHECK (refunded BETWEEN 0 AND points),
        CONSTRAINT charge_refunded_posted CHECK (refunded = 0 OR state = 'posted')
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE charge_refund (
        id ${ID} NOT NULL,
        charge_id ${ID} NOT NULL,
        merchant_id ${ID} NOT NULL,
        outlet_id ${ID} NOT NULL,
        operator_id ${ID} NOT NULL,
        request_number ${REQUEST_NUMBER} NOT NULL,
        points BIGINT NOT NULL,
        transfer_id ${TRANSFER_ID} NOT NULL,
        refunded_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY charge_refund_request (merchant_id, request_number),
        UNIQUE KEY charge_refund_transfer (transfer_id),
        KEY charge_refund_of_charge (charge_id, id),
        KEY charge_refund_of_merchant (merchant_id, refunded_at),
        KEY charge_refund_of_outlet (outlet_id, refunded_at),
        CONSTRAINT charge_refund_charge FOREIGN KEY (charge_id) REFERENCES charge (id),
        CONSTRAINT charge_refund_points CHECK (points BETWEEN 1 AND ${MAX})
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    // Up to how many points a counter may charge without asking the member first; a member without a row has the usual.
    await db.query(`
      CREATE TABLE member_charge_limit (
        member_id ${ID} NOT NULL,
        points BIGINT NOT NULL,
        PRIMARY KEY (member_id),
        CONSTRAINT member_charge_limit_member FOREIGN KEY (member_id) REFERENCES member (id),
        CONSTRAINT member_charge_limit_points CHECK (points BETWEEN 0 AND ${MAX})
      )`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

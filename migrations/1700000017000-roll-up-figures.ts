import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const MONTH = 'CHAR(7) CHARACTER SET ascii COLLATE ascii_bin';

export class RollUpFigures1700000017000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // How far the figures follow the sealed postings. The one row is made by the first run.
    await db.query(`
      CREATE TABLE figure_mark (
        id TINYINT NOT NULL,
        seal_number BIGINT NOT NULL,
        as_of DATETIME(3) NULL,
        PRIMARY KEY (id)
      )`);
    // What came about in a month. The row with merchant_id '' counts everything of a union's members, the others what
    // of it belongs to one merchant. held and in_vouchers are changes: their sum up to a month is what there was then.
    await db.query(`
      CREATE TABLE figure_month (
        programme_id ${ID} NOT NULL,
        merchant_id ${ID} NOT NULL,
        month ${MONTH} NOT NULL,
        union_id ${ID} NOT NULL,
        issued BIGINT NOT NULL,
        redeemed BIGINT NOT NULL,
        verified BIGINT NOT NULL,
        charged BIGINT NOT NULL,
        expired BIGINT NOT NULL,
        forfeited BIGINT NOT NULL,
        held BIGINT NOT NULL,
        in_vouchers BIGINT NOT NULL,
        scans BIGINT NOT NULL,
        discounts BIGINT NOT NULL,
        discounted_fen BIGINT NOT NULL,
        PRIMARY KEY (programme_id, merchant_id, month, union_id)
      )`);
    await db.query(`
      CREATE TABLE figure_offer_month (
        programme_id ${ID} NOT NULL,
        month ${MONTH} NOT NULL,
        offer_id ${ID} NOT NULL,
        union_id ${ID} NOT NULL,
        redemptions BIGINT NOT NULL,
        points BIGINT NOT NULL,
        PRIMARY KEY (programme_id, month, offer_id, union_id)
      )`);
    // What a member holds, and in which union it is counted: merchant_id '' for her points, else for the points that lie
    // in unused vouchers of that merchant. No foreign keys, so that counting never waits for whoever changes a member.
    await db.query(`
      CREATE TABLE figure_holding (
        member_id ${ID} NOT NULL,
        programme_id ${ID} NOT NULL,
        merchant_id ${ID} NOT NULL,
        union_id ${ID} NOT NULL,
        held BIGINT NOT NULL,
        in_vouchers BIGINT NOT NULL,
        PRIMARY KEY (member_id, programme_id, merchant_id)
      )`);
    // What is to be counted and is no posting: written by whoever commits it, deleted by the run that counts it.
    await db.query(`
      CREATE TABLE figure_uncounted (
        kind ${WORD} NOT NULL,
        id ${ID} NOT NULL,
        PRIMARY KEY (kind, id)
      )`);
    for (const [name, when, condition, kind] of [
      ['member_moved', 'UPDATE ON member', 'NEW.union_id <> OLD.union_id', 'move'],
      ['gift_redeemed', 'INSERT ON redemption', 'NEW.points = 0', 'gift'],
      ['card_scanned', 'INSERT ON card_scan', 'TRUE', 'scan'],
      [
        'voucher_cancelled',
        'UPDATE ON voucher',
        "NEW.state = 'cancelled' AND OLD.state <> 'cancelled'",
        'cancellation',
      ],
    ]) {
      await db.query(`
        CREATE TRIGGER ${name} AFTER ${when} FOR EACH ROW
        IF ${condition} THEN INSERT IGNORE INTO figure_uncounted (kind, id) VALUES ('${kind}', NEW.id); END IF`);
    }
    await db.query("INSERT INTO figure_uncounted (kind, id) SELECT 'scan', id FROM card_scan");
    await db.query("INSERT INTO figure_uncounted (kind, id) SELECT 'gift', id FROM redemption WHERE points = 0");
    await db.query(
      "INSERT INTO figure_uncounted (kind, id) SELECT 'cancellation', id FROM voucher WHERE state = 'cancelled'",
    );
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
/** "operator:<id>" or "api-token:<id>". */
const ACTOR = 'VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin';

/** Offers that are reviewed, that are for some members only, whose stock comes later, and whose codes the merchant brings. */
export class LetOffersSayMore1700000013000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE programme_policy ADD COLUMN review_offers BOOLEAN NOT NULL DEFAULT FALSE');
    // Branches and tags are lists as JSON, null where everybody may buy: they are read with the offer, never searched.
    await db.query('ALTER TABLE offer DROP CONSTRAINT offer_state');
    await db.query(`
      ALTER TABLE offer
        ADD COLUMN code_source ${WORD} NOT NULL DEFAULT 'made',
        ADD COLUMN eligible_union_ids TEXT NULL,
        ADD COLUMN eligible_tags TEXT NULL,
        ADD COLUMN submitted_by ${ACTOR} NULL,
        ADD COLUMN submitted_at DATETIME(3) NULL,
        ADD COLUMN return_reason VARCHAR(500) NULL,
        ADD CONSTRAINT offer_state CHECK (state IN ('draft', 'in_review', 'on_sale', 'paused', 'ended')),
        ADD CONSTRAINT offer_code_source CHECK (code_source IN ('made', 'pool')),
        ADD CONSTRAINT offer_pool_lapse CHECK (code_source = 'made' OR lapse_policy = 'forfeit'),
        ADD CONSTRAINT offer_submitted CHECK ((submitted_by IS NULL) = (submitted_at IS NULL)),
        ADD CONSTRAINT offer_in_review CHECK (state <> 'in_review' OR submitted_by IS NOT NULL)`);
    // Releases from next_release_at on are not yet counted in remaining; codes up to codes_taken are sold.
    await db.query(`
      ALTER TABLE offer_stock
        ADD COLUMN next_release_at DATETIME(3) NULL,
        ADD COLUMN codes_taken INT NOT NULL DEFAULT 0,
        ADD KEY offer_stock_release (next_release_at)`);
    await db.query(`
      CREATE TABLE offer_release (
        offer_id ${ID} NOT NULL,
        release_at DATETIME(3) NOT NULL,
        count INT NOT NULL,
        PRIMARY KEY (offer_id, release_at),
        CONSTRAINT offer_release_offer FOREIGN KEY (offer_id) REFERENCES offer (id),
        CONSTRAINT offer_release_count CHECK (count >= 1)
      )`);
    // The merchant's own codes in the order in which they are sold: numbers run from 1 without a gap.
    await db.query(`
      CREATE TABLE offer_code (
        offer_id ${ID} NOT NULL,
        number INT NOT NULL,
        code_hash BINARY(32) NOT NULL,
        code_cipher VARBINARY(600) NOT NULL,
        imported_at DATETIME(3) NOT NULL,
        PRIMARY KEY (offer_id, number),
        UNIQUE KEY offer_code_once (offer_id, code_hash),
        CONSTRAINT offer_code_offer FOREIGN KEY (offer_id) REFERENCES offer (id)
      )`);
    // The unique key is what keeps a code from being sold twice.
    await db.query(`
      CREATE TABLE redemption_code (
        redemption_id ${ID} NOT NULL,
        offer_id ${ID} NOT NULL,
        number INT NOT NULL,
        PRIMARY KEY (redemption_id),
        UNIQUE KEY redemption_code_once (offer_id, number),
        CONSTRAINT redemption_code_redemption FOREIGN KEY (redemption_id) REFERENCES redemption (id),
        CONSTRAINT redemption_code_code FOREIGN KEY (offer_id, number) REFERENCES offer_code (offer_id, number)
      )`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Discounts that can be counted: how many per cent a contract takes off, and what that came to at each scan. */
export class CountDiscounts1700000018000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE contract
        ADD COLUMN discount_percent INT NULL,
        ADD CONSTRAINT contract_discount CHECK
          (discount_percent IS NULL OR (discount IS NOT NULL AND discount_percent BETWEEN 1 AND 99))`);
    // The percent is what was agreed at that moment. The bill is the one before the discount, of which whole fen are
    // taken off; what part of a fen is left over is the member's to pay.
    await db.query(`
      ALTER TABLE card_scan
        ADD COLUMN discount_percent INT NULL,
        ADD COLUMN discount_given_fen BIGINT GENERATED ALWAYS AS (bill_fen * discount_percent DIV 100) STORED,
        ADD CONSTRAINT card_scan_discount CHECK
          (discount_percent IS NULL OR (discount IS NOT NULL AND discount_percent BETWEEN 1 AND 99))`);
    // Nothing to count for the past: until now a discount was words only.
    await db.query('ALTER TABLE figure_month ADD COLUMN discount_given_fen BIGINT NOT NULL DEFAULT 0');
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

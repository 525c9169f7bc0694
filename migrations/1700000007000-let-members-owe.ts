import type { MigrationInterface, QueryRunner } from 'typeorm';

const MAX = '9007199254740991';

export class LetMembersOwe1700000007000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE account
        DROP CONSTRAINT account_kind,
        DROP CONSTRAINT account_balance_kept,
        DROP CONSTRAINT account_no_overdraft`);
    // What a member owes is the balance of an account below zero; that it ends at zero keeps anybody from paying too much.
    await db.query(`
      ALTER TABLE account
        ADD CONSTRAINT account_kind CHECK (kind IN
          ('member', 'merchant', 'issuance', 'vouchers', 'breakage', 'prizes', 'owed', 'written_off')),
        ADD CONSTRAINT account_balance_kept CHECK ((kind IN ('member', 'owed')) = (balance IS NOT NULL)),
        ADD CONSTRAINT account_no_overdraft CHECK
          (balance IS NULL OR balance BETWEEN IF(kind = 'owed', -${MAX}, 0) AND IF(kind = 'owed', 0, ${MAX}))`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const TEXT_TABLE = 'DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci';

/** What competitions ask of firms and people: the kind of firm that a union stands for, and the skill of its members. */
export class DescribeFirms1700000027000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE firm (
        union_id ${ID} NOT NULL,
        firm_type ${WORD} NOT NULL,
        ownership ${WORD} NOT NULL,
        trade VARCHAR(40) NOT NULL,
        employees INT NOT NULL,
        described_at DATETIME(3) NOT NULL,
        PRIMARY KEY (union_id),
        CONSTRAINT firm_union FOREIGN KEY (union_id) REFERENCES union_node (id),
        CONSTRAINT firm_of_type CHECK (firm_type IN ('specialised', 'little_giant', 'other')),
        CONSTRAINT firm_ownership CHECK (ownership IN ('state', 'private', 'foreign', 'mixed', 'public')),
        CONSTRAINT firm_employees CHECK (employees >= 1)
      ) ${TEXT_TABLE}`);
    // One row for each level that a member was known to reach in a trade: 1 is 初级工, 5 is 高级技师. cause_id: what gave
    // it, e.g. the award of a competition. Trades are told apart sign by sign, as conditions compare them.
    await db.query(`
      CREATE TABLE member_skill (
        id ${ID} NOT NULL,
        member_id ${ID} NOT NULL,
        trade VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
        level TINYINT NOT NULL,
        since DATE NOT NULL,
        source ${WORD} NOT NULL,
        cause_id ${ID} NULL,
        recorded_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY member_skill_once (member_id, trade, level),
        CONSTRAINT member_skill_member FOREIGN KEY (member_id) REFERENCES member (id),
        CONSTRAINT member_skill_level CHECK (level BETWEEN 1 AND 5),
        CONSTRAINT member_skill_source CHECK (source IN ('declared', 'competition', 'import'))
      ) ${TEXT_TABLE}`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

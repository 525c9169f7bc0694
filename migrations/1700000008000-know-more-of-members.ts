import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const ACTOR = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';

export class KnowMoreOfMembers1700000008000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // Days of the year as MMDD, so that those whose birthday or anniversary it is are found without reading everybody.
    await db.query(`
      ALTER TABLE member
        ADD COLUMN union_joined_on DATE NULL AFTER joined_on,
        ADD COLUMN birth_month_day SMALLINT
          GENERATED ALWAYS AS (MONTH(birth_date) * 100 + DAYOFMONTH(birth_date)) STORED,
        ADD COLUMN joined_month_day SMALLINT
          GENERATED ALWAYS AS (MONTH(joined_on) * 100 + DAYOFMONTH(joined_on)) STORED,
        ADD COLUMN union_joined_month_day SMALLINT
          GENERATED ALWAYS AS (MONTH(union_joined_on) * 100 + DAYOFMONTH(union_joined_on)) STORED,
        ADD KEY member_birth_month_day (birth_month_day, id),
        ADD KEY member_joined_month_day (joined_month_day, id),
        ADD KEY member_union_joined_month_day (union_joined_month_day, id),
        ADD KEY member_updated (updated_at, id)`);
    // Tags are told apart sign by sign, as rules compare them: with the usual collation "vip" would be "VIP".
    await db.query(`
      CREATE TABLE member_tag (
        member_id ${ID} NOT NULL,
        tag VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
        created_at DATETIME(3) NOT NULL,
        PRIMARY KEY (member_id, tag),
        KEY member_tag_members (tag, member_id),
        CONSTRAINT member_tag_member FOREIGN KEY (member_id) REFERENCES member (id)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE member_child (
        id ${ID} NOT NULL,
        member_id ${ID} NOT NULL,
        birth_date DATE NOT NULL,
        name_hint VARCHAR(20) NULL,
        state ${WORD} NOT NULL,
        consented_at DATETIME(3) NOT NULL,
        confirmed_by ${ACTOR} NULL,
        confirmed_at DATETIME(3) NULL,
        PRIMARY KEY (id),
        KEY member_child_born (birth_date, id),
        KEY member_child_of (member_id),
        CONSTRAINT member_child_member FOREIGN KEY (member_id) REFERENCES member (id),
        CONSTRAINT member_child_state CHECK (state IN ('declared', 'confirmed')),
        CONSTRAINT member_child_confirmed CHECK (
          (state = 'confirmed') = (confirmed_at IS NOT NULL) AND (state = 'confirmed') = (confirmed_by IS NOT NULL))
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    // The member that an operator is, so that nobody decides on what is her own.
    await db.query(`
      ALTER TABLE operator
        ADD COLUMN member_id ${ID} NULL,
        ADD KEY operator_member (member_id),
        ADD CONSTRAINT operator_member_row FOREIGN KEY (member_id) REFERENCES member (id)`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const TEXT_TABLE = 'DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci';

/** Who entered a competition: firms, teams and individuals, in bulk too, within quotas; and the figures of it. */
export class EnterCompetitions1700000029000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await entries(db);
    await imports(db);
    await participation(db);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

async function entries(db: QueryRunner): Promise<void> {
  // union_id: the firm, or the union of people who work in none. stage_id: where the entry begins. number: of the
  // certificate. is_firm_in keeps a firm to one entry of its own that stands.
  await db.query(`
    CREATE TABLE entry (
      id ${ID} NOT NULL,
      competition_id ${ID} NOT NULL,
      division_id ${ID} NULL,
      stage_id ${ID} NOT NULL,
      union_id ${ID} NOT NULL,
      kind ${WORD} NOT NULL,
      name VARCHAR(120) NOT NULL,
      number VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      state ${WORD} NOT NULL,
      firm_type ${WORD} NULL,
      entered_by ${WORD} NOT NULL,
      entered_at DATETIME(3) NOT NULL,
      withdrawn_by ${WORD} NULL,
      withdrawn_at DATETIME(3) NULL,
      is_firm_in BOOLEAN GENERATED ALWAYS AS (IF(kind = 'firm' AND state = 'entered', 1, NULL)) STORED,
      PRIMARY KEY (id),
      UNIQUE KEY entry_number (number),
      UNIQUE KEY entry_of_firm_once (competition_id, union_id, is_firm_in),
      KEY entry_of_competition (competition_id, id),
      KEY entry_of_stage (stage_id, id),
      KEY entry_of_union (union_id, competition_id, id),
      CONSTRAINT entry_competition FOREIGN KEY (competition_id) REFERENCES competition (id),
      CONSTRAINT entry_division FOREIGN KEY (division_id) REFERENCES competition_division (id),
      CONSTRAINT entry_stage FOREIGN KEY (stage_id) REFERENCES competition_stage (id),
      CONSTRAINT entry_union FOREIGN KEY (union_id) REFERENCES union_node (id),
      CONSTRAINT entry_kind CHECK (kind IN ('firm', 'team', 'individual')),
      CONSTRAINT entry_state CHECK (state IN ('entered', 'withdrawn')),
      CONSTRAINT entry_withdrawn CHECK
        ((state = 'withdrawn') = (withdrawn_at IS NOT NULL) AND (withdrawn_at IS NULL) = (withdrawn_by IS NULL))
    ) ${TEXT_TABLE}`);
  // One row for each time that somebody was part of an entry; left_at: withdrawn, or somebody else came in her place.
  // sex, age, skill_level: as they were known when she came in. is_in keeps a member to one entry of a competition.
  await db.query(`
    CREATE TABLE entry_member (
      id ${ID} NOT NULL,
      entry_id ${ID} NOT NULL,
      competition_id ${ID} NOT NULL,
      member_id ${ID} NOT NULL,
      role ${WORD} NOT NULL,
      sex ${WORD} NULL,
      age SMALLINT NULL,
      skill_level TINYINT NULL,
      joined_at DATETIME(3) NOT NULL,
      left_at DATETIME(3) NULL,
      is_in BOOLEAN GENERATED ALWAYS AS (IF(left_at IS NULL, 1, NULL)) STORED,
      PRIMARY KEY (id),
      UNIQUE KEY entry_member_once (competition_id, member_id, is_in),
      KEY entry_member_of_entry (entry_id, id),
      KEY entry_member_of_member (member_id, id),
      CONSTRAINT entry_member_entry FOREIGN KEY (entry_id) REFERENCES entry (id),
      CONSTRAINT entry_member_competition FOREIGN KEY (competition_id) REFERENCES competition (id),
      CONSTRAINT entry_member_member FOREIGN KEY (member_id) REFERENCES member (id),
      CONSTRAINT entry_member_role CHECK (role IN ('captain', 'member', 'substitute'))
    ) ${TEXT_TABLE}`);
  // How many entries may come from a union's branch, and how many stand.
  await db.query(`
    CREATE TABLE entry_quota (
      competition_id ${ID} NOT NULL,
      union_id ${ID} NOT NULL,
      at_most INT NOT NULL,
      entered INT NOT NULL,
      PRIMARY KEY (competition_id, union_id),
      CONSTRAINT entry_quota_competition FOREIGN KEY (competition_id) REFERENCES competition (id),
      CONSTRAINT entry_quota_union FOREIGN KEY (union_id) REFERENCES union_node (id),
      CONSTRAINT entry_quota_kept CHECK (entered >= 0 AND entered <= at_most)
    ) ${TEXT_TABLE}`);
}

async function imports(db: QueryRunner): Promise<void> {
  // Rows of one entry follow one another and make a party. parties_read, rows_done: where a run goes on that was cut off.
  // asked_at: when the import was asked for, which is when its entries count as made.
  await db.query(`
    CREATE TABLE entry_import (
      id ${ID} NOT NULL,
      competition_id ${ID} NOT NULL,
      union_id ${ID} NOT NULL,
      requested_by ${WORD} NOT NULL,
      file_name VARCHAR(200) NOT NULL,
      storage_key VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      file_sha256 BINARY(32) NOT NULL,
      state ${WORD} NOT NULL,
      parties_read INT NOT NULL DEFAULT 0,
      rows_read INT NOT NULL DEFAULT 0,
      rows_bad INT NOT NULL DEFAULT 0,
      rows_good INT NOT NULL DEFAULT 0,
      rows_done INT NOT NULL DEFAULT 0,
      entries_made INT NOT NULL DEFAULT 0,
      failure_code ${WORD} NULL,
      failure_zh VARCHAR(400) NULL,
      failure_en VARCHAR(400) NULL,
      created_at DATETIME(3) NOT NULL,
      asked_by ${WORD} NULL,
      asked_at DATETIME(3) NULL,
      finished_at DATETIME(3) NULL,
      PRIMARY KEY (id),
      KEY entry_import_of_union (union_id, competition_id, id),
      CONSTRAINT entry_import_competition FOREIGN KEY (competition_id) REFERENCES competition (id),
      CONSTRAINT entry_import_union FOREIGN KEY (union_id) REFERENCES union_node (id),
      CONSTRAINT entry_import_state CHECK (state IN ('checking', 'checked', 'importing', 'imported', 'failed')),
      CONSTRAINT entry_import_counts CHECK (rows_good <= rows_read AND rows_done <= rows_good),
      CONSTRAINT entry_import_asked CHECK ((asked_at IS NULL) = (asked_by IS NULL))
    ) ${TEXT_TABLE}`);
  // The good rows of a checked file, as ids, until they are entered: so the file itself need not be kept.
  await db.query(`
    CREATE TABLE entry_import_row (
      import_id ${ID} NOT NULL,
      row_no INT NOT NULL,
      first_row INT NOT NULL,
      member_id ${ID} NOT NULL,
      union_id ${ID} NOT NULL,
      division_id ${ID} NULL,
      role ${WORD} NOT NULL,
      name VARCHAR(120) NULL,
      PRIMARY KEY (import_id, row_no),
      UNIQUE KEY entry_import_row_member (import_id, member_id),
      CONSTRAINT entry_import_row_import FOREIGN KEY (import_id) REFERENCES entry_import (id)
    ) ${TEXT_TABLE}`);
  await db.query(`
    CREATE TABLE entry_import_problem (
      import_id ${ID} NOT NULL,
      row_no INT NOT NULL,
      number INT NOT NULL,
      heading VARCHAR(60) NOT NULL,
      code ${WORD} NOT NULL,
      message_zh VARCHAR(1000) NOT NULL,
      message_en VARCHAR(1000) NOT NULL,
      PRIMARY KEY (import_id, row_no, number),
      CONSTRAINT entry_import_problem_import FOREIGN KEY (import_id) REFERENCES entry_import (id)
    ) ${TEXT_TABLE}`);
}

async function participation(db: QueryRunner): Promise<void> {
  // How many took part, as it was counted last; the parts say by what, e.g. by sex. Of people alone no firms and entries
  // are counted.
  await db.query(`
    CREATE TABLE participation (
      competition_id ${ID} NOT NULL,
      firms INT NOT NULL,
      entries INT NOT NULL,
      members INT NOT NULL,
      counted_at DATETIME(3) NOT NULL,
      PRIMARY KEY (competition_id),
      CONSTRAINT participation_competition FOREIGN KEY (competition_id) REFERENCES competition (id)
    ) ${TEXT_TABLE}`);
  await db.query(`
    CREATE TABLE participation_part (
      competition_id ${ID} NOT NULL,
      dimension ${WORD} NOT NULL,
      value ${WORD} NOT NULL,
      firms INT NULL,
      entries INT NULL,
      members INT NOT NULL,
      PRIMARY KEY (competition_id, dimension, value),
      CONSTRAINT participation_part_whole FOREIGN KEY (competition_id) REFERENCES participation (competition_id),
      CONSTRAINT participation_part_dimension CHECK
        (dimension IN ('branch', 'firm_type', 'sex', 'age_band', 'skill_level'))
    ) ${TEXT_TABLE}`);
}

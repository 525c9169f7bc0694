import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const TEXT_TABLE = 'DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci';

/** Achievements that members declare in seasons: their texts, authors, studios and history, and how they are found. */
export class DeclareAchievements1700000034000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await achievements(db);
    await parts(db);
    await finding(db);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

async function achievements(db: QueryRunner): Promise<void> {
  // number, category_number, submitted_version, submitted_at: from the first submission on. firm_union_id: the nearest
  // firm above the declarer's union, or that union itself. ownership, firm_type: of that firm when it was submitted.
  // declared_by: who made the draft and may change it. version: the newest text; submitted_version: what others see.
  await db.query(`
    CREATE TABLE achievement (
      id ${ID} NOT NULL,
      season_id ${ID} NOT NULL,
      number INT NULL,
      kind ${WORD} NOT NULL,
      in_group ${WORD} NOT NULL,
      group_reason VARCHAR(300) NULL,
      category_number INT NULL,
      title VARCHAR(100) NOT NULL,
      field VARCHAR(40) NOT NULL,
      union_id ${ID} NOT NULL,
      firm_union_id ${ID} NOT NULL,
      declarer_id ${ID} NOT NULL,
      declared_by ${WORD} NOT NULL,
      studio_id ${ID} NULL,
      alliance_id ${ID} NULL,
      patent_number VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
      adoption ${WORD} NULL,
      effect_measured VARCHAR(2000) NULL,
      state ${WORD} NOT NULL,
      version INT NOT NULL,
      submitted_version INT NULL,
      ownership ${WORD} NULL,
      firm_type ${WORD} NULL,
      declared_at DATETIME(3) NOT NULL,
      submitted_at DATETIME(3) NULL,
      checked_at DATETIME(3) NULL,
      settled_at DATETIME(3) NULL,
      PRIMARY KEY (id),
      UNIQUE KEY achievement_number (season_id, number),
      KEY achievement_by_number (number),
      KEY achievement_of_season (season_id, id),
      KEY achievement_in_state (season_id, state, id),
      KEY achievement_of_kind (season_id, kind, in_group, id),
      KEY achievement_of_category (season_id, category_number, state, id),
      KEY achievement_of_field (field, id),
      KEY achievement_of_union (union_id, id),
      KEY achievement_of_firm (firm_union_id, id),
      KEY achievement_of_declarer (declarer_id, id),
      KEY achievement_of_maker (declared_by, state, id),
      KEY achievement_of_patent (patent_number),
      CONSTRAINT achievement_season FOREIGN KEY (season_id) REFERENCES innovation_season (id),
      CONSTRAINT achievement_category FOREIGN KEY (season_id, category_number)
        REFERENCES season_category (season_id, number),
      CONSTRAINT achievement_union FOREIGN KEY (union_id) REFERENCES union_node (id),
      CONSTRAINT achievement_firm_union FOREIGN KEY (firm_union_id) REFERENCES union_node (id),
      CONSTRAINT achievement_declarer FOREIGN KEY (declarer_id) REFERENCES member (id),
      CONSTRAINT achievement_studio_of FOREIGN KEY (studio_id) REFERENCES studio (id),
      CONSTRAINT achievement_alliance FOREIGN KEY (alliance_id) REFERENCES alliance (id),
      CONSTRAINT achievement_kind CHECK
        (kind IN ('technical', 'technique', 'method', 'proposal', 'patent', 'improvement')),
      CONSTRAINT achievement_group CHECK (in_group IN ('workers', 'professionals')),
      CONSTRAINT achievement_patent CHECK (patent_number IS NULL OR kind = 'patent'),
      CONSTRAINT achievement_adoption CHECK (adoption IS NULL
        OR (kind = 'proposal' AND adoption IN ('adopted', 'trial', 'in_use'))),
      CONSTRAINT achievement_state CHECK (state IN ('draft', 'submitted', 'eligible', 'returned', 'ineligible',
        'withdrawn', 'listed', 'honoured', 'not_honoured')),
      CONSTRAINT achievement_submitted CHECK ((number IS NULL) = (submitted_at IS NULL)
        AND (number IS NULL) = (submitted_version IS NULL) AND (number IS NULL) = (category_number IS NULL)),
      CONSTRAINT achievement_in_order CHECK
        ((state <> 'draft' OR number IS NULL) AND (state IN ('draft', 'withdrawn') OR number IS NOT NULL)),
      CONSTRAINT achievement_settled CHECK
        ((state IN ('honoured', 'not_honoured')) = (settled_at IS NOT NULL)),
      CONSTRAINT achievement_versions CHECK (version >= 1 AND submitted_version <= version)
    ) ${TEXT_TABLE}`);
  // The last number given in a season: what submissions wait for, one after the other, at their very end.
  await db.query(`
    CREATE TABLE achievement_numbering (
      season_id ${ID} NOT NULL,
      last INT NOT NULL,
      PRIMARY KEY (season_id),
      CONSTRAINT achievement_numbering_season FOREIGN KEY (season_id) REFERENCES innovation_season (id)
    ) ${TEXT_TABLE}`);
}

async function parts(db: QueryRunner): Promise<void> {
  // One for each submission, and one that is being written after the last.
  await db.query(`
    CREATE TABLE achievement_text (
      achievement_id ${ID} NOT NULL,
      version INT NOT NULL,
      title VARCHAR(100) NOT NULL,
      summary VARCHAR(500) NOT NULL,
      text TEXT NOT NULL,
      written_at DATETIME(3) NOT NULL,
      written_by ${WORD} NOT NULL,
      PRIMARY KEY (achievement_id, version),
      CONSTRAINT achievement_text_of FOREIGN KEY (achievement_id) REFERENCES achievement (id)
    ) ${TEXT_TABLE}`);
  // share: in hundredths of a percent; those of an achievement add to 10,000. skill_level: the highest when it was
  // submitted. union_id: the author's then.
  await db.query(`
    CREATE TABLE achievement_author (
      achievement_id ${ID} NOT NULL,
      number INT NOT NULL,
      member_id ${ID} NOT NULL,
      share INT NOT NULL,
      post ${WORD} NOT NULL,
      skill_level TINYINT NULL,
      union_id ${ID} NOT NULL,
      PRIMARY KEY (achievement_id, number),
      UNIQUE KEY achievement_author_once (achievement_id, member_id),
      KEY achievement_of_author (member_id, achievement_id),
      CONSTRAINT achievement_author_of FOREIGN KEY (achievement_id) REFERENCES achievement (id),
      CONSTRAINT achievement_author_member FOREIGN KEY (member_id) REFERENCES member (id),
      CONSTRAINT achievement_author_union FOREIGN KEY (union_id) REFERENCES union_node (id),
      CONSTRAINT achievement_author_post CHECK (post IN ('worker', 'professional')),
      CONSTRAINT achievement_author_share CHECK (number >= 1 AND share BETWEEN 1 AND 10000),
      CONSTRAINT achievement_author_skill CHECK (skill_level BETWEEN 1 AND 5)
    ) ${TEXT_TABLE}`);
  await db.query(`
    CREATE TABLE achievement_studio (
      achievement_id ${ID} NOT NULL,
      studio_id ${ID} NOT NULL,
      share INT NOT NULL,
      PRIMARY KEY (achievement_id, studio_id),
      KEY achievement_of_studio (studio_id, achievement_id),
      CONSTRAINT achievement_studio_whose FOREIGN KEY (achievement_id) REFERENCES achievement (id),
      CONSTRAINT achievement_studio_which FOREIGN KEY (studio_id) REFERENCES studio (id),
      CONSTRAINT achievement_studio_share CHECK (share BETWEEN 1 AND 10000)
    ) ${TEXT_TABLE}`);
  // Its history, never changed. note: JSON, what the step tells besides, e.g. what is missing.
  await db.query(`
    CREATE TABLE achievement_step (
      achievement_id ${ID} NOT NULL,
      number INT NOT NULL,
      what ${WORD} NOT NULL,
      taken_by ${WORD} NOT NULL,
      taken_at DATETIME(3) NOT NULL,
      note JSON NOT NULL,
      PRIMARY KEY (achievement_id, number),
      CONSTRAINT achievement_step_of FOREIGN KEY (achievement_id) REFERENCES achievement (id)
    ) ${TEXT_TABLE}`);
}

async function finding(db: QueryRunner): Promise<void> {
  // What an achievement that was submitted has in common with others that are nearly the same: see duplicates/bands.ts.
  await db.query(`
    CREATE TABLE achievement_band (
      band SMALLINT UNSIGNED NOT NULL,
      value INT UNSIGNED NOT NULL,
      achievement_id ${ID} NOT NULL,
      PRIMARY KEY (band, value, achievement_id)
    ) ${TEXT_TABLE}`);
  // Two characters that follow one another in its title: the words of Chinese are not told apart by spaces, and a
  // full-text index has no order, so that a deep page of it costs more than the first.
  await db.query(`
    CREATE TABLE achievement_gram (
      gram VARCHAR(2) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
      achievement_id ${ID} NOT NULL,
      PRIMARY KEY (gram, achievement_id)
    ) ${TEXT_TABLE}`);
}

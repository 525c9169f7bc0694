import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const ACTOR = 'VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin';
const NUMBER = 'VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const TEXT_TABLE = 'DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci';

/** The review of seasons: candidates of several unions, who is judged, the versions of the list of honours, honours. */
export class HonourAchievements1700000035000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await candidates(db);
    await lists(db);
    await honours(db);
    for (const table of ['panel_candidate_union', 'season_list_line', 'season_honour'])
      for (const verb of ['UPDATE', 'DELETE'] as const) await keep(db, table, verb);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

async function candidates(db: QueryRunner): Promise<void> {
  // Unions besides its own from which a candidate comes, as the firms of all authors: whoever is in conflict with one of
  // them must not judge it.
  await db.query(`
    CREATE TABLE panel_candidate_union (
      panel_id ${ID} NOT NULL,
      candidate_id ${ID} NOT NULL,
      union_id ${ID} NOT NULL,
      PRIMARY KEY (panel_id, candidate_id, union_id),
      KEY candidate_union_of (panel_id, union_id),
      CONSTRAINT candidate_union_whose FOREIGN KEY (panel_id, candidate_id) REFERENCES panel_candidate (panel_id, id),
      CONSTRAINT candidate_union_which FOREIGN KEY (union_id) REFERENCES union_node (id)
    ) ${TEXT_TABLE}`);
  // What is judged in a category, from the opening of the review on. reserve_number: the first reserve of the category
  // that its firm fitted then, from 1; null for none. strike_reason: why it was taken off; null for what was not.
  await db.query(`
    CREATE TABLE season_candidate (
      achievement_id ${ID} NOT NULL,
      season_id ${ID} NOT NULL,
      category_number INT NOT NULL,
      reserve_number INT NULL,
      strike_reason VARCHAR(300) NULL,
      struck_by ${ACTOR} NULL,
      struck_at DATETIME(3) NULL,
      PRIMARY KEY (achievement_id),
      KEY season_candidate_of (season_id, category_number),
      CONSTRAINT season_candidate_which FOREIGN KEY (achievement_id) REFERENCES achievement (id),
      CONSTRAINT season_candidate_category FOREIGN KEY (season_id, category_number)
        REFERENCES season_category (season_id, number),
      CONSTRAINT season_candidate_struck CHECK ((strike_reason IS NULL) = (struck_at IS NULL)
        AND (struck_by IS NULL) = (struck_at IS NULL)),
      CONSTRAINT season_candidate_reserve CHECK (reserve_number >= 1)
    ) ${TEXT_TABLE}`);
}

async function lists(db: QueryRunner): Promise<void> {
  // A version of the list of honours. reason: why the version before was not left to stand; null for the first. is_open,
  // never false, keeps a second version that may become final out.
  await db.query(`
    CREATE TABLE season_list (
      season_id ${ID} NOT NULL,
      version INT NOT NULL,
      state ${WORD} NOT NULL,
      reason VARCHAR(300) NULL,
      made_at DATETIME(3) NOT NULL,
      made_by ${ACTOR} NOT NULL,
      notice_id ${ID} NULL,
      settled_at DATETIME(3) NULL,
      is_open BOOLEAN GENERATED ALWAYS AS (IF(state IN ('provisional', 'in_notice'), 1, NULL)) VIRTUAL,
      PRIMARY KEY (season_id, version),
      UNIQUE KEY season_list_open_once (season_id, is_open),
      UNIQUE KEY season_list_notice (notice_id),
      CONSTRAINT season_list_season FOREIGN KEY (season_id) REFERENCES innovation_season (id),
      CONSTRAINT season_list_of_notice FOREIGN KEY (notice_id) REFERENCES notice (id),
      CONSTRAINT season_list_state CHECK (state IN ('provisional', 'in_notice', 'superseded', 'final')),
      CONSTRAINT season_list_in_order CHECK
        (version >= 1 AND (state NOT IN ('in_notice', 'final') OR notice_id IS NOT NULL)),
      CONSTRAINT season_list_reason CHECK ((version = 1) = (reason IS NULL)),
      CONSTRAINT season_list_settled CHECK ((state IN ('superseded', 'final')) = (settled_at IS NOT NULL))
    ) ${TEXT_TABLE}`);
  // place: in the ranking of the category, which was ranking_id; total: of that place. kept_for: the reserve without which
  // it would not be on the list; null for all others.
  await db.query(`
    CREATE TABLE season_list_line (
      season_id ${ID} NOT NULL,
      version INT NOT NULL,
      category_number INT NOT NULL,
      place INT NOT NULL,
      achievement_id ${ID} NOT NULL,
      grade_number INT NOT NULL,
      kept_for INT NULL,
      total BIGINT NOT NULL,
      ranking_id ${ID} NOT NULL,
      PRIMARY KEY (season_id, version, category_number, place),
      UNIQUE KEY season_list_line_once (season_id, version, achievement_id),
      CONSTRAINT season_list_line_list FOREIGN KEY (season_id, version) REFERENCES season_list (season_id, version),
      CONSTRAINT season_list_line_grade FOREIGN KEY (season_id, category_number, grade_number)
        REFERENCES season_grade (season_id, category_number, number),
      CONSTRAINT season_list_line_of FOREIGN KEY (achievement_id) REFERENCES achievement (id),
      CONSTRAINT season_list_line_ranking FOREIGN KEY (ranking_id) REFERENCES ranking (id),
      CONSTRAINT season_list_line_numbers CHECK (place >= 1 AND (kept_for IS NULL OR kept_for >= 1))
    ) ${TEXT_TABLE}`);
}

async function honours(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE TABLE season_honour (
      id ${ID} NOT NULL,
      season_id ${ID} NOT NULL,
      category_number INT NOT NULL,
      achievement_id ${ID} NOT NULL,
      list_version INT NOT NULL,
      grade_number INT NOT NULL,
      place INT NOT NULL,
      ranking_id ${ID} NOT NULL,
      honour_number ${NUMBER} NOT NULL,
      honoured_on DATE NOT NULL,
      honoured_at DATETIME(3) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY season_honour_once (achievement_id),
      UNIQUE KEY season_honour_number (honour_number),
      UNIQUE KEY season_honour_place (season_id, category_number, place),
      CONSTRAINT season_honour_line FOREIGN KEY (season_id, list_version, category_number, place)
        REFERENCES season_list_line (season_id, version, category_number, place),
      CONSTRAINT season_honour_grade FOREIGN KEY (season_id, category_number, grade_number)
        REFERENCES season_grade (season_id, category_number, number),
      CONSTRAINT season_honour_of FOREIGN KEY (achievement_id) REFERENCES achievement (id),
      CONSTRAINT season_honour_ranking FOREIGN KEY (ranking_id) REFERENCES ranking (id)
    ) ${TEXT_TABLE}`);
}

/** What a list said, and what was given for it, is written once and stays. */
async function keep(db: QueryRunner, table: string, verb: 'UPDATE' | 'DELETE'): Promise<void> {
  await db.query(`
    CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table} FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'this ${table} is fixed: ${verb} is not possible'`);
}

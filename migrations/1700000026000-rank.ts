import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const ACTOR = 'VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin';
const TABLE = 'DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci';

/** Rankings of panels: every version that was made, with its places, as it was made. */
export class Rank1700000026000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // terms: JSON, how the panel judges. measures: JSON, what normalised the scores of each judge. scores_hash: SHA-256 of the scores of which it was made. is_live, never false,
    // keeps a second version that is not superseded out.
    await db.query(`
      CREATE TABLE ranking (
        id ${ID} NOT NULL,
        panel_id ${ID} NOT NULL,
        version INT NOT NULL,
        state ${WORD} NOT NULL,
        terms TEXT NOT NULL,
        measures MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NULL,
        scores_hash BINARY(32) NOT NULL,
        candidate_count INT NOT NULL,
        score_count INT NOT NULL,
        reason VARCHAR(300) NULL,
        made_at DATETIME(3) NOT NULL,
        made_by ${ACTOR} NOT NULL,
        settled_at DATETIME(3) NULL,
        is_live BOOLEAN GENERATED ALWAYS AS (IF(state = 'superseded', NULL, 1)) VIRTUAL,
        PRIMARY KEY (id),
        UNIQUE KEY ranking_version (panel_id, version),
        UNIQUE KEY ranking_live_once (panel_id, is_live),
        CONSTRAINT ranking_panel FOREIGN KEY (panel_id) REFERENCES panel (id),
        CONSTRAINT ranking_state CHECK (state IN ('provisional', 'superseded', 'final')),
        CONSTRAINT ranking_counts CHECK (version >= 1 AND candidate_count >= 0 AND score_count >= 0),
        CONSTRAINT ranking_settled CHECK ((state = 'provisional') = (settled_at IS NULL))
      ) ${TABLE}`);
    // total: in marks, millionths of 100 for whole scales. decided_by: JSON, the tie-break that put it behind the one
    // above it. detail: JSON, the marks by criterion.
    await db.query(`
      CREATE TABLE ranking_place (
        ranking_id ${ID} NOT NULL,
        place INT NOT NULL,
        candidate_id ${ID} NOT NULL,
        total BIGINT NOT NULL,
        decided_by VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL,
        detail TEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        PRIMARY KEY (ranking_id, place),
        UNIQUE KEY place_of_candidate (ranking_id, candidate_id),
        CONSTRAINT place_ranking FOREIGN KEY (ranking_id) REFERENCES ranking (id),
        CONSTRAINT place_number CHECK (place >= 1)
      ) ${TABLE}`);
    await this.guard(db);
  }

  /** A version is never changed: only what becomes of it is written down, once. */
  private async guard(db: QueryRunner): Promise<void> {
    for (const table of ['ranking', 'ranking_place']) await forbid(db, table, 'DELETE', 'FALSE');
    await forbid(db, 'ranking_place', 'UPDATE', 'FALSE');
    const made =
      'id panel_id version terms measures scores_hash candidate_count score_count reason made_at made_by'.split(' ');
    const isKept = made.map((column) => `NEW.${column} <=> OLD.${column}`).join(' AND ');
    await forbid(db, 'ranking', 'UPDATE', `OLD.state = 'provisional' AND ${isKept}`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

/** Keeps rows of a table from a verb unless the condition holds for them. */
async function forbid(db: QueryRunner, table: string, verb: string, unless: string): Promise<void> {
  await db.query(`
    CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table} FOR EACH ROW
    IF NOT (${unless}) THEN
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'this ${table} is fixed: ${verb} is not possible any more';
    END IF`);
}

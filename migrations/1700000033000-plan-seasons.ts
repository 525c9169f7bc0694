import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const ACTOR = 'VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin';
const PREFIX = 'VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin';
const TEXT_TABLE = 'DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci';

/** Seasons of innovation: their categories and grades of honour, and the register of experts by field. */
export class PlanSeasons1700000033000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await seasons(db);
    await categories(db);
    await experts(db);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

async function seasons(db: QueryRunner): Promise<void> {
  // programme_id: in whose points honours are paid. copied_from: last year's season, with which this one is compared.
  // A season that was opened keeps opened_at for ever.
  await db.query(`
    CREATE TABLE innovation_season (
      id ${ID} NOT NULL,
      union_id ${ID} NOT NULL,
      programme_id ${ID} NULL,
      name VARCHAR(100) NOT NULL,
      year SMALLINT NOT NULL,
      about VARCHAR(2000) NOT NULL,
      state ${WORD} NOT NULL,
      declare_from DATETIME(3) NOT NULL,
      declare_until DATETIME(3) NOT NULL,
      notice_working_days INT NOT NULL,
      certificate_prefix ${PREFIX} NOT NULL,
      copied_from ${ID} NULL,
      created_at DATETIME(3) NOT NULL,
      opened_at DATETIME(3) NULL,
      reviewing_at DATETIME(3) NULL,
      final_at DATETIME(3) NULL,
      cancelled_at DATETIME(3) NULL,
      cancel_reason VARCHAR(300) NULL,
      PRIMARY KEY (id),
      UNIQUE KEY innovation_season_certificates (certificate_prefix),
      KEY innovation_season_of_union (union_id, id),
      CONSTRAINT innovation_season_union FOREIGN KEY (union_id) REFERENCES union_node (id),
      CONSTRAINT innovation_season_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
      CONSTRAINT innovation_season_copied FOREIGN KEY (copied_from) REFERENCES innovation_season (id),
      CONSTRAINT innovation_season_state CHECK
        (state IN ('draft', 'open', 'reviewing', 'in_notice', 'final', 'cancelled')),
      CONSTRAINT innovation_season_opened CHECK (state = 'cancelled' OR (state = 'draft') = (opened_at IS NULL)),
      CONSTRAINT innovation_season_reviewing CHECK
        (state = 'cancelled' OR (state IN ('draft', 'open')) = (reviewing_at IS NULL)),
      CONSTRAINT innovation_season_final CHECK ((state = 'final') = (final_at IS NOT NULL)),
      CONSTRAINT innovation_season_cancelled CHECK
        ((state = 'cancelled') = (cancelled_at IS NOT NULL) AND (cancelled_at IS NULL) = (cancel_reason IS NULL)),
      CONSTRAINT innovation_season_times CHECK (declare_from < declare_until),
      CONSTRAINT innovation_season_numbers CHECK (year BETWEEN 2000 AND 2100 AND notice_working_days BETWEEN 1 AND 60)
    ) ${TEXT_TABLE}`);
}

async function categories(db: QueryRunner): Promise<void> {
  // for_group: null for both. fields: a JSON list, null for all. criteria, judging: as its panel will have them.
  // least_total: what the last honoured must have reached, in millionths of the scale of 0 to 100. reserves: honours kept
  // for kinds of firms, a JSON list. panel_id, ranking_id: from the opening of the review, from its first ranking on.
  // reopened_for: why its scoring goes on after a ranking was made; null otherwise.
  await db.query(`
    CREATE TABLE season_category (
      season_id ${ID} NOT NULL,
      number INT NOT NULL,
      id ${ID} NOT NULL,
      name VARCHAR(60) NOT NULL,
      kind ${WORD} NOT NULL,
      for_group ${WORD} NULL,
      fields JSON NULL,
      criteria JSON NOT NULL,
      judging JSON NOT NULL,
      honours_at_most INT NOT NULL,
      least_total INT NULL,
      reserves JSON NOT NULL,
      state ${WORD} NOT NULL,
      panel_id ${ID} NULL,
      ranking_id ${ID} NULL,
      reopened_for VARCHAR(300) NULL,
      PRIMARY KEY (season_id, number),
      UNIQUE KEY season_category_id (id),
      UNIQUE KEY season_category_panel (panel_id),
      CONSTRAINT season_category_season FOREIGN KEY (season_id) REFERENCES innovation_season (id),
      CONSTRAINT season_category_of_panel FOREIGN KEY (panel_id) REFERENCES panel (id),
      CONSTRAINT season_category_ranking FOREIGN KEY (ranking_id) REFERENCES ranking (id),
      CONSTRAINT season_category_kind CHECK
        (kind IN ('technical', 'technique', 'method', 'proposal', 'patent', 'improvement')),
      CONSTRAINT season_category_group CHECK (for_group IN ('workers', 'professionals')),
      CONSTRAINT season_category_state CHECK (state IN ('planned', 'open', 'scoring', 'ranked', 'listed')),
      CONSTRAINT season_category_in_order CHECK
        ((state = 'planned' OR panel_id IS NOT NULL) AND (ranking_id IS NULL OR panel_id IS NOT NULL)
          AND (state NOT IN ('ranked', 'listed') OR ranking_id IS NOT NULL)),
      CONSTRAINT season_category_numbers CHECK (number >= 1 AND honours_at_most >= 0
        AND (least_total IS NULL OR least_total BETWEEN 0 AND 100000000))
    ) ${TEXT_TABLE}`);
  // A grade of honour and how many get it: the first places of the honoured the first grade, and so on. honour_name: as
  // the certificate says it.
  await db.query(`
    CREATE TABLE season_grade (
      season_id ${ID} NOT NULL,
      category_number INT NOT NULL,
      number INT NOT NULL,
      name VARCHAR(60) NOT NULL,
      places INT NOT NULL,
      honour_name VARCHAR(100) NOT NULL,
      gives_points TINYINT NOT NULL,
      PRIMARY KEY (season_id, category_number, number),
      CONSTRAINT season_grade_category FOREIGN KEY (season_id, category_number)
        REFERENCES season_category (season_id, number),
      CONSTRAINT season_grade_numbers CHECK (number >= 1 AND places >= 1)
    ) ${TEXT_TABLE}`);
}

async function experts(db: QueryRunner): Promise<void> {
  // removed_at: since when she is on the register no more; null for who is.
  await db.query(`
    CREATE TABLE innovation_expert (
      id ${ID} NOT NULL,
      union_id ${ID} NOT NULL,
      operator_id ${ID} NOT NULL,
      field VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
      registered_at DATETIME(3) NOT NULL,
      registered_by ${ACTOR} NOT NULL,
      removed_at DATETIME(3) NULL,
      PRIMARY KEY (id),
      UNIQUE KEY innovation_expert_once (union_id, operator_id, field),
      KEY innovation_expert_of_field (union_id, field, id),
      KEY innovation_expert_operator (operator_id),
      CONSTRAINT innovation_expert_union FOREIGN KEY (union_id) REFERENCES union_node (id),
      CONSTRAINT innovation_expert_of FOREIGN KEY (operator_id) REFERENCES operator (id)
    ) ${TEXT_TABLE}`);
}

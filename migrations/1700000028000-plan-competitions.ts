import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const PREFIX = 'VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin';
const MAX = '9007199254740991';
const TEXT_TABLE = 'DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci';

/** Skill competitions as they are planned: divisions, the tree of stages, what is judged and how, and the awards. */
export class PlanCompetitions1700000028000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await competitions(db);
    await stages(db);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

async function competitions(db: QueryRunner): Promise<void> {
  // eligibility: a condition; criteria, judging: what is judged and how in every stage that has none of its own.
  // programme_id: in whose points awards are paid. trade: what the skill level of entrants is asked and raised in.
  // budget_fen: what all subsidies add up to. A competition that was published keeps published_at for ever.
  await db.query(`
    CREATE TABLE competition (
      id ${ID} NOT NULL,
      union_id ${ID} NOT NULL,
      name VARCHAR(100) NOT NULL,
      year SMALLINT NOT NULL,
      about VARCHAR(2000) NOT NULL,
      state ${WORD} NOT NULL,
      entrant ${WORD} NOT NULL,
      team_min INT NULL,
      team_max INT NULL,
      substitutes_at_most INT NOT NULL DEFAULT 0,
      entry_from DATETIME(3) NOT NULL,
      entry_until DATETIME(3) NOT NULL,
      change_until DATETIME(3) NOT NULL,
      trade VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
      eligibility JSON NULL,
      criteria JSON NOT NULL,
      judging JSON NOT NULL,
      notice_working_days INT NOT NULL,
      programme_id ${ID} NULL,
      budget_fen BIGINT NOT NULL,
      certificate_prefix ${PREFIX} NOT NULL,
      copied_from ${ID} NULL,
      created_at DATETIME(3) NOT NULL,
      published_at DATETIME(3) NULL,
      cancelled_at DATETIME(3) NULL,
      cancel_reason VARCHAR(300) NULL,
      PRIMARY KEY (id),
      UNIQUE KEY competition_certificates (certificate_prefix),
      KEY competition_of_union (union_id, id),
      CONSTRAINT competition_union FOREIGN KEY (union_id) REFERENCES union_node (id),
      CONSTRAINT competition_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
      CONSTRAINT competition_copied FOREIGN KEY (copied_from) REFERENCES competition (id),
      CONSTRAINT competition_state CHECK (state IN ('draft', 'published', 'running', 'finished', 'cancelled')),
      CONSTRAINT competition_published CHECK
        (state = 'cancelled' OR (state = 'draft') = (published_at IS NULL)),
      CONSTRAINT competition_cancelled CHECK
        ((state = 'cancelled') = (cancelled_at IS NOT NULL) AND (cancelled_at IS NULL) = (cancel_reason IS NULL)),
      CONSTRAINT competition_entrant CHECK (entrant IN ('firm', 'team', 'individual')),
      CONSTRAINT competition_team CHECK ((entrant = 'team') = (team_min IS NOT NULL AND team_max IS NOT NULL)
        AND (team_min IS NULL) = (team_max IS NULL) AND (entrant = 'team' OR substitutes_at_most = 0)),
      CONSTRAINT competition_team_size CHECK (team_min IS NULL OR (team_min >= 2 AND team_min <= team_max)),
      CONSTRAINT competition_times CHECK (entry_from < entry_until AND entry_until <= change_until),
      CONSTRAINT competition_numbers CHECK (year BETWEEN 2000 AND 2100 AND substitutes_at_most >= 0
        AND notice_working_days >= 1 AND budget_fen BETWEEN 0 AND ${MAX})
    ) ${TEXT_TABLE}`);
  await db.query(`
    CREATE TABLE competition_division (
      id ${ID} NOT NULL,
      competition_id ${ID} NOT NULL,
      number INT NOT NULL,
      name VARCHAR(60) NOT NULL,
      trade VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
      eligibility JSON NULL,
      PRIMARY KEY (id),
      UNIQUE KEY competition_division_number (competition_id, number),
      CONSTRAINT competition_division_competition FOREIGN KEY (competition_id) REFERENCES competition (id),
      CONSTRAINT competition_division_from_one CHECK (number >= 1)
    ) ${TEXT_TABLE}`);
}

async function stages(db: QueryRunner): Promise<void> {
  // parent_id: the stage that those go on to who advance; null for the final of a division. union_id: whose heat it is.
  // advance: who goes on; wild_cards: how many more an admin may name. criteria, judging: null for the competition's.
  await db.query(`
    CREATE TABLE competition_stage (
      id ${ID} NOT NULL,
      competition_id ${ID} NOT NULL,
      number INT NOT NULL,
      division_id ${ID} NULL,
      parent_id ${ID} NULL,
      name VARCHAR(60) NOT NULL,
      level ${WORD} NOT NULL,
      round ${WORD} NOT NULL,
      union_id ${ID} NOT NULL,
      starts_on DATE NOT NULL,
      ends_on DATE NOT NULL,
      advance JSON NULL,
      wild_cards INT NOT NULL DEFAULT 0,
      is_live TINYINT NOT NULL DEFAULT 0,
      criteria JSON NULL,
      judging JSON NULL,
      state ${WORD} NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY competition_stage_number (competition_id, number),
      KEY competition_stage_of_union (union_id, id),
      CONSTRAINT competition_stage_competition FOREIGN KEY (competition_id) REFERENCES competition (id),
      CONSTRAINT competition_stage_division FOREIGN KEY (division_id) REFERENCES competition_division (id),
      CONSTRAINT competition_stage_parent FOREIGN KEY (parent_id) REFERENCES competition_stage (id),
      CONSTRAINT competition_stage_union FOREIGN KEY (union_id) REFERENCES union_node (id),
      CONSTRAINT competition_stage_level CHECK (level IN ('branch', 'city', 'province', 'nation')),
      CONSTRAINT competition_stage_round CHECK (round IN ('preliminary', 'semi_final', 'final')),
      CONSTRAINT competition_stage_state CHECK
        (state IN ('planned', 'open', 'scoring', 'ranked', 'in_notice', 'final')),
      CONSTRAINT competition_stage_days CHECK (starts_on <= ends_on),
      CONSTRAINT competition_stage_numbers CHECK (number >= 1 AND wild_cards >= 0)
    ) ${TEXT_TABLE}`);
  // What the places from_place to to_place of a stage win, each of them. honour_name: as the certificate says it; null
  // for none. skill_level: what winners are raised to in the competition's trade. payer_union_id: who pays the subsidy.
  await db.query(`
    CREATE TABLE competition_award (
      competition_id ${ID} NOT NULL,
      number INT NOT NULL,
      stage_id ${ID} NOT NULL,
      name VARCHAR(60) NOT NULL,
      honour_name VARCHAR(100) NULL,
      from_place INT NOT NULL,
      to_place INT NOT NULL,
      gives_points TINYINT NOT NULL,
      skill_level TINYINT NULL,
      subsidy_fen BIGINT NOT NULL,
      payer_union_id ${ID} NOT NULL,
      PRIMARY KEY (competition_id, number),
      KEY competition_award_of_stage (stage_id, from_place),
      CONSTRAINT competition_award_competition FOREIGN KEY (competition_id) REFERENCES competition (id),
      CONSTRAINT competition_award_stage FOREIGN KEY (stage_id) REFERENCES competition_stage (id),
      CONSTRAINT competition_award_payer FOREIGN KEY (payer_union_id) REFERENCES union_node (id),
      CONSTRAINT competition_award_places CHECK (number >= 1 AND from_place >= 1 AND from_place <= to_place),
      CONSTRAINT competition_award_skill CHECK (skill_level BETWEEN 1 AND 5),
      CONSTRAINT competition_award_subsidy CHECK (subsidy_fen BETWEEN 0 AND ${MAX})
    ) ${TEXT_TABLE}`);
}

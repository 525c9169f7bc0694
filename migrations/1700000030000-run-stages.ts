import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const ACTOR = 'VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin';
const NUMBER = 'VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const MAX = '9007199254740991';
const TEXT_TABLE = 'DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci';

/** Stages as they are run: panel, ranking and notice, who goes on, the scoreboard; what was won, and the subsidies. */
export class RunStages1700000030000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await stages(db);
    await awards(db);
    await subsidies(db);
    for (const table of ['competition_win', 'subsidy_line'])
      for (const verb of ['UPDATE', 'DELETE'] as const) await keep(db, table, verb);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

async function stages(db: QueryRunner): Promise<void> {
  // From the opening of a stage on. ranking_id: the newest version; notice_id: the newest version in public view.
  // reopened_for: why its scoring goes on after a ranking was made; null otherwise.
  await db.query(`
    CREATE TABLE stage_run (
      stage_id ${ID} NOT NULL,
      panel_id ${ID} NOT NULL,
      ranking_id ${ID} NULL,
      notice_id ${ID} NULL,
      opened_at DATETIME(3) NOT NULL,
      opened_by ${ACTOR} NOT NULL,
      reopened_for VARCHAR(300) NULL,
      final_at DATETIME(3) NULL,
      PRIMARY KEY (stage_id),
      UNIQUE KEY stage_run_panel (panel_id),
      CONSTRAINT stage_run_stage FOREIGN KEY (stage_id) REFERENCES competition_stage (id),
      CONSTRAINT stage_run_of_panel FOREIGN KEY (panel_id) REFERENCES panel (id),
      CONSTRAINT stage_run_ranking FOREIGN KEY (ranking_id) REFERENCES ranking (id),
      CONSTRAINT stage_run_notice FOREIGN KEY (notice_id) REFERENCES notice (id),
      CONSTRAINT stage_run_in_order CHECK
        ((notice_id IS NULL OR ranking_id IS NOT NULL) AND (final_at IS NULL OR notice_id IS NOT NULL))
    ) ${TEXT_TABLE}`);
  // Who goes on from a stage that is final to its parent: by the rule of the plan, or named by an admin for a reason.
  await db.query(`
    CREATE TABLE stage_advance (
      stage_id ${ID} NOT NULL,
      entry_id ${ID} NOT NULL,
      place INT NOT NULL,
      kind ${WORD} NOT NULL,
      reason VARCHAR(300) NULL,
      named_by ${ACTOR} NULL,
      advanced_at DATETIME(3) NOT NULL,
      PRIMARY KEY (stage_id, entry_id),
      UNIQUE KEY stage_advance_place (stage_id, place),
      CONSTRAINT stage_advance_stage FOREIGN KEY (stage_id) REFERENCES competition_stage (id),
      CONSTRAINT stage_advance_entry FOREIGN KEY (entry_id) REFERENCES entry (id),
      CONSTRAINT stage_advance_kind CHECK (kind IN ('rule', 'wild_card')),
      CONSTRAINT stage_advance_named CHECK
        ((kind = 'wild_card') = (reason IS NOT NULL) AND (reason IS NULL) = (named_by IS NULL))
    ) ${TEXT_TABLE}`);
  // How a live stage stands, ready to be read by thousands of phones. standings: the first hundred, as JSON. seen: of
  // which scores it was made.
  await db.query(`
    CREATE TABLE scoreboard (
      stage_id ${ID} NOT NULL,
      version INT NOT NULL,
      standings MEDIUMTEXT NOT NULL,
      candidate_count INT NOT NULL,
      scored_count INT NOT NULL,
      seen VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      made_at DATETIME(3) NOT NULL,
      PRIMARY KEY (stage_id),
      CONSTRAINT scoreboard_stage FOREIGN KEY (stage_id) REFERENCES competition_stage (id),
      CONSTRAINT scoreboard_counts CHECK (version >= 1 AND scored_count BETWEEN 0 AND candidate_count)
    ) ${TEXT_TABLE}`);
}

async function awards(db: QueryRunner): Promise<void> {
  // That an entry won an award of the plan, by its place in a ranking that is final. honour_number: of the certificate,
  // null where the award has no honour.
  await db.query(`
    CREATE TABLE competition_win (
      id ${ID} NOT NULL,
      competition_id ${ID} NOT NULL,
      award_number INT NOT NULL,
      stage_id ${ID} NOT NULL,
      entry_id ${ID} NOT NULL,
      place INT NOT NULL,
      honour_number ${NUMBER} NULL,
      won_on DATE NOT NULL,
      won_at DATETIME(3) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY competition_win_place (stage_id, place),
      UNIQUE KEY competition_win_entry (stage_id, entry_id),
      UNIQUE KEY competition_win_honour (honour_number),
      KEY competition_win_of_award (competition_id, award_number, place),
      KEY competition_win_of_entry (entry_id),
      CONSTRAINT competition_win_award FOREIGN KEY (competition_id, award_number)
        REFERENCES competition_award (competition_id, number),
      CONSTRAINT competition_win_stage FOREIGN KEY (stage_id) REFERENCES competition_stage (id),
      CONSTRAINT competition_win_of FOREIGN KEY (entry_id) REFERENCES entry (id),
      CONSTRAINT competition_win_from_one CHECK (place >= 1)
    ) ${TEXT_TABLE}`);
}

async function subsidies(db: QueryRunner): Promise<void> {
  // The payment list of a competition: one for ever. vacant_fen: what was planned for places that nobody won. That the
  // list and what is vacant make the budget, the database checks too.
  await db.query(`
    CREATE TABLE subsidy_list (
      id ${ID} NOT NULL,
      competition_id ${ID} NOT NULL,
      state ${WORD} NOT NULL,
      line_count INT NOT NULL,
      total_fen BIGINT NOT NULL,
      vacant_fen BIGINT NOT NULL,
      budget_fen BIGINT NOT NULL,
      made_at DATETIME(3) NOT NULL,
      made_by ${ACTOR} NOT NULL,
      released_at DATETIME(3) NULL,
      released_by ${ACTOR} NULL,
      PRIMARY KEY (id),
      UNIQUE KEY subsidy_list_once (competition_id),
      CONSTRAINT subsidy_list_competition FOREIGN KEY (competition_id) REFERENCES competition (id),
      CONSTRAINT subsidy_list_state CHECK (state IN ('made', 'released')),
      CONSTRAINT subsidy_list_released CHECK
        ((state = 'released') = (released_at IS NOT NULL) AND (released_at IS NULL) = (released_by IS NULL)),
      CONSTRAINT subsidy_list_two_people CHECK (released_by IS NULL OR released_by <> made_by),
      CONSTRAINT subsidy_list_is_budget CHECK (total_fen + vacant_fen = budget_fen),
      CONSTRAINT subsidy_list_numbers CHECK
        (line_count >= 0 AND total_fen BETWEEN 0 AND ${MAX} AND vacant_fen BETWEEN 0 AND ${MAX})
    ) ${TEXT_TABLE}`);
  // Names are written down as they were when the list was made.
  await db.query(`
    CREATE TABLE subsidy_line (
      list_id ${ID} NOT NULL,
      number INT NOT NULL,
      win_id ${ID} NOT NULL,
      payer_union_id ${ID} NOT NULL,
      payer VARCHAR(120) NOT NULL,
      payee VARCHAR(120) NOT NULL,
      union_name VARCHAR(120) NOT NULL,
      award VARCHAR(60) NOT NULL,
      place INT NOT NULL,
      fen BIGINT NOT NULL,
      PRIMARY KEY (list_id, number),
      UNIQUE KEY subsidy_line_win (win_id),
      CONSTRAINT subsidy_line_list FOREIGN KEY (list_id) REFERENCES subsidy_list (id),
      CONSTRAINT subsidy_line_of_win FOREIGN KEY (win_id) REFERENCES competition_win (id),
      CONSTRAINT subsidy_line_payer FOREIGN KEY (payer_union_id) REFERENCES union_node (id),
      CONSTRAINT subsidy_line_fen CHECK (number >= 1 AND fen BETWEEN 1 AND ${MAX})
    ) ${TEXT_TABLE}`);
}

/** What was won, and what is paid for it, is written once and stays. */
async function keep(db: QueryRunner, table: string, verb: 'UPDATE' | 'DELETE'): Promise<void> {
  await db.query(`
    CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table} FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'this ${table} is fixed: ${verb} is not possible'`);
}

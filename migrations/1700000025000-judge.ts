import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const ACTOR = 'VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin';
const TABLE = 'DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci';

/** Judging: panels with their criteria, judges and candidates, who judges whom, score sheets, and the scores. */
export class Judge1700000025000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await this.createPanels(db);
    await this.createJudges(db);
    await this.createCandidates(db);
    await this.createScores(db);
    await this.guard(db);
  }

  private async createPanels(db: QueryRunner): Promise<void> {
    // candidate_count, import_count and ranking_count number what is added to a panel while its row is locked.
    await db.query(`
      CREATE TABLE panel (
        id ${ID} NOT NULL,
        union_id ${ID} NOT NULL,
        kind ${WORD} NOT NULL,
        subject_id ${ID} NOT NULL,
        name VARCHAR(120) NOT NULL,
        state ${WORD} NOT NULL,
        judges_per_entry INT NOT NULL,
        judges_needed INT NOT NULL,
        blind BOOLEAN NOT NULL,
        normalise ${WORD} NOT NULL,
        aggregate ${WORD} NOT NULL,
        late ${WORD} NOT NULL,
        score_until DATETIME(3) NULL,
        tie_breaks VARCHAR(2000) NOT NULL,
        candidate_count INT NOT NULL DEFAULT 0,
        import_count INT NOT NULL DEFAULT 0,
        ranking_count INT NOT NULL DEFAULT 0,
        created_at DATETIME(3) NOT NULL,
        opened_at DATETIME(3) NULL,
        closed_at DATETIME(3) NULL,
        PRIMARY KEY (id),
        KEY panel_of_subject (kind, subject_id),
        KEY panel_of_union (union_id, id),
        CONSTRAINT panel_union FOREIGN KEY (union_id) REFERENCES union_node (id),
        CONSTRAINT panel_kind CHECK (kind IN ('stage', 'season')),
        CONSTRAINT panel_state CHECK (state IN ('preparing', 'scoring', 'closed')),
        CONSTRAINT panel_judges CHECK (judges_needed BETWEEN 1 AND judges_per_entry AND judges_per_entry <= 99),
        CONSTRAINT panel_normalise CHECK (normalise IN ('none', 'z_score')),
        CONSTRAINT panel_aggregate CHECK (aggregate IN ('mean', 'trimmed_mean', 'rank_sum')),
        CONSTRAINT panel_late CHECK (late IN ('wait', 'without')),
        CONSTRAINT panel_counts CHECK (candidate_count >= 0 AND import_count >= 0 AND ranking_count >= 0),
        CONSTRAINT panel_opened CHECK ((state = 'preparing') = (opened_at IS NULL)),
        CONSTRAINT panel_deadline CHECK (state = 'preparing' OR score_until IS NOT NULL),
        CONSTRAINT panel_closed CHECK ((state = 'closed') = (closed_at IS NOT NULL))
      ) ${TABLE}`);
    // weight: in hundredths of a percent, 10,000 in all. Scales are in thousandths.
    await db.query(`
      CREATE TABLE panel_criterion (
        panel_id ${ID} NOT NULL,
        number SMALLINT NOT NULL,
        name VARCHAR(80) COLLATE utf8mb4_bin NOT NULL,
        about VARCHAR(500) NOT NULL,
        kind ${WORD} NOT NULL,
        weight INT NOT NULL,
        scale_min INT NOT NULL,
        scale_max INT NOT NULL,
        evidence_asked VARCHAR(300) NOT NULL,
        PRIMARY KEY (panel_id, number),
        UNIQUE KEY criterion_name (panel_id, name),
        CONSTRAINT criterion_panel FOREIGN KEY (panel_id) REFERENCES panel (id),
        CONSTRAINT criterion_kind CHECK (kind IN ('judged', 'objective')),
        CONSTRAINT criterion_weight CHECK (number >= 1 AND weight BETWEEN 1 AND 10000),
        CONSTRAINT criterion_scale CHECK (scale_min < scale_max AND scale_min >= -1000000000 AND scale_max <= 1000000000)
      ) ${TABLE}`);
  }

  private async createJudges(db: QueryRunner): Promise<void> {
    // criteria: a JSON list of numbers; null for all that are judged.
    await db.query(`
      CREATE TABLE panel_judge (
        id ${ID} NOT NULL,
        panel_id ${ID} NOT NULL,
        operator_id ${ID} NOT NULL,
        criteria VARCHAR(200) NULL,
        state ${WORD} NOT NULL,
        invited_at DATETIME(3) NOT NULL,
        invited_by ${ACTOR} NOT NULL,
        answered_at DATETIME(3) NULL,
        withdrawn_at DATETIME(3) NULL,
        withdrawn_reason VARCHAR(300) NULL,
        PRIMARY KEY (id),
        UNIQUE KEY judge_of_panel (panel_id, id),
        UNIQUE KEY judge_once (panel_id, operator_id),
        KEY judge_of_operator (operator_id, id),
        CONSTRAINT judge_panel FOREIGN KEY (panel_id) REFERENCES panel (id),
        CONSTRAINT judge_operator FOREIGN KEY (operator_id) REFERENCES operator (id),
        CONSTRAINT judge_state CHECK (state IN ('invited', 'accepted', 'declined', 'withdrawn')),
        CONSTRAINT judge_answered CHECK (state NOT IN ('accepted', 'declined') OR answered_at IS NOT NULL),
        CONSTRAINT judge_withdrawn CHECK
          ((state = 'withdrawn') = (withdrawn_at IS NOT NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL))
      ) ${TABLE}`);
    await db.query(`
      CREATE TABLE judge_conflict (
        judge_id ${ID} NOT NULL,
        union_id ${ID} NOT NULL,
        reason VARCHAR(300) NOT NULL,
        declared_by ${ACTOR} NOT NULL,
        declared_at DATETIME(3) NOT NULL,
        PRIMARY KEY (judge_id, union_id),
        CONSTRAINT conflict_judge FOREIGN KEY (judge_id) REFERENCES panel_judge (id),
        CONSTRAINT conflict_union FOREIGN KEY (union_id) REFERENCES union_node (id)
      ) ${TABLE}`);
  }

  private async createCandidates(db: QueryRunner): Promise<void> {
    // counts_to: the last version of the ranking in which one who withdrew stands.
    await db.query(`
      CREATE TABLE panel_candidate (
        panel_id ${ID} NOT NULL,
        id ${ID} NOT NULL,
        union_id ${ID} NOT NULL,
        label VARCHAR(200) NOT NULL,
        evidence_of VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL,
        number INT NOT NULL,
        blind_number INT NULL,
        state ${WORD} NOT NULL,
        counts_to INT NULL,
        PRIMARY KEY (panel_id, id),
        UNIQUE KEY candidate_number (panel_id, number),
        UNIQUE KEY candidate_blind_number (panel_id, blind_number),
        KEY candidate_of_union (union_id),
        CONSTRAINT candidate_panel FOREIGN KEY (panel_id) REFERENCES panel (id),
        CONSTRAINT candidate_union FOREIGN KEY (union_id) REFERENCES union_node (id),
        CONSTRAINT candidate_numbers CHECK (number >= 1 AND (blind_number IS NULL OR blind_number >= 1)),
        CONSTRAINT candidate_state CHECK (state IN ('in', 'withdrawn')),
        CONSTRAINT candidate_counts CHECK ((state = 'withdrawn') = (counts_to IS NOT NULL))
      ) ${TABLE}`);
    await db.query(`
      CREATE TABLE panel_assignment (
        panel_id ${ID} NOT NULL,
        judge_id ${ID} NOT NULL,
        candidate_id ${ID} NOT NULL,
        PRIMARY KEY (panel_id, judge_id, candidate_id),
        KEY assignment_of_candidate (panel_id, candidate_id),
        CONSTRAINT assignment_judge FOREIGN KEY (panel_id, judge_id) REFERENCES panel_judge (panel_id, id),
        CONSTRAINT assignment_candidate FOREIGN KEY (panel_id, candidate_id) REFERENCES panel_candidate (panel_id, id)
      ) ${TABLE}`);
  }

  private async createScores(db: QueryRunner): Promise<void> {
    // number: 1, and one more for each sheet of the same that was declared void. draft: JSON, criterion to thousandths.
    // counts_from and counts_to: the versions of the ranking in which it counts. is_live, never false, keeps a second
    // sheet of a judge for a candidate out.
    await db.query(`
      CREATE TABLE panel_sheet (
        panel_id ${ID} NOT NULL,
        candidate_id ${ID} NOT NULL,
        judge_id ${ID} NOT NULL,
        number SMALLINT NOT NULL,
        state ${WORD} NOT NULL,
        draft VARCHAR(2000) NULL,
        saved_at DATETIME(3) NOT NULL,
        submitted_at DATETIME(3) NULL,
        counts_from INT NULL,
        voided_at DATETIME(3) NULL,
        voided_by ${ACTOR} NULL,
        void_reason VARCHAR(300) NULL,
        counts_to INT NULL,
        is_live BOOLEAN GENERATED ALWAYS AS (IF(state = 'void', NULL, 1)) VIRTUAL,
        PRIMARY KEY (panel_id, candidate_id, judge_id, number),
        UNIQUE KEY sheet_live_once (panel_id, candidate_id, judge_id, is_live),
        KEY sheet_of_judge (panel_id, judge_id, state),
        CONSTRAINT sheet_candidate FOREIGN KEY (panel_id, candidate_id) REFERENCES panel_candidate (panel_id, id),
        CONSTRAINT sheet_judge FOREIGN KEY (panel_id, judge_id) REFERENCES panel_judge (panel_id, id),
        CONSTRAINT sheet_number CHECK (number >= 1),
        CONSTRAINT sheet_state CHECK (state IN ('draft', 'submitted', 'void')),
        CONSTRAINT sheet_draft CHECK ((state = 'draft') = (draft IS NOT NULL)),
        CONSTRAINT sheet_submitted CHECK
          ((state = 'draft') = (submitted_at IS NULL) AND (submitted_at IS NULL) = (counts_from IS NULL)),
        CONSTRAINT sheet_void CHECK ((state = 'void') = (voided_at IS NOT NULL)
          AND (voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL)
          AND (voided_at IS NULL) = (counts_to IS NULL))
      ) ${TABLE}`);
    await db.query(`
      CREATE TABLE objective_import (
        panel_id ${ID} NOT NULL,
        number SMALLINT NOT NULL,
        file_name VARCHAR(200) NOT NULL,
        file_sha256 BINARY(32) NOT NULL,
        row_count INT NOT NULL,
        score_count INT NOT NULL,
        reason VARCHAR(300) NULL,
        counts_from INT NOT NULL,
        imported_by ${ACTOR} NOT NULL,
        imported_at DATETIME(3) NOT NULL,
        PRIMARY KEY (panel_id, number),
        CONSTRAINT import_panel FOREIGN KEY (panel_id) REFERENCES panel (id),
        CONSTRAINT import_counts CHECK (number >= 1 AND row_count >= 1 AND score_count >= 1 AND counts_from >= 1)
      ) ${TABLE}`);
    // value: in thousandths. An objective score has an empty judge_id and the number of its import as sheet_number; of
    // two for one criterion the later import counts. Rows lie in the order in which a ranking reads them, and there are
    // millions: nothing but the primary key.
    await db.query(`
      CREATE TABLE panel_score (
        panel_id ${ID} NOT NULL,
        candidate_id ${ID} NOT NULL,
        judge_id ${ID} NOT NULL,
        sheet_number SMALLINT NOT NULL,
        criterion_number SMALLINT NOT NULL,
        value INT NOT NULL,
        PRIMARY KEY (panel_id, candidate_id, judge_id, sheet_number, criterion_number),
        CONSTRAINT score_candidate FOREIGN KEY (panel_id, candidate_id) REFERENCES panel_candidate (panel_id, id)
      ) ${TABLE}`);
  }

  private async guard(db: QueryRunner): Promise<void> {
    await this.guardScores(db);
    await this.guardSetting(db);
  }

  /** A score is never changed; a sheet that was submitted can only be declared void, once. */
  private async guardScores(db: QueryRunner): Promise<void> {
    for (const table of ['panel_score', 'objective_import', 'judge_conflict']) {
      for (const verb of ['UPDATE', 'DELETE']) await forbid(db, table, verb, 'FALSE');
    }
    await forbid(db, 'panel_sheet', 'DELETE', "OLD.state = 'draft'");
    const place = 'panel_id candidate_id judge_id number';
    const submission = 'submitted_at saved_at counts_from';
    await forbid(
      db,
      'panel_sheet',
      'UPDATE',
      `NOT (${changed(place)}) AND (OLD.state = 'draft'
         OR (OLD.state = 'submitted' AND NEW.state = 'void' AND NOT (${changed(submission)})))`,
    );
  }

  /** What is judged, by whom and how is fixed from the first score on. */
  private async guardSetting(db: QueryRunner): Promise<void> {
    const settings =
      'judges_per_entry judges_needed blind normalise aggregate late tie_breaks opened_at union_id kind subject_id';
    await forbid(db, 'panel', 'DELETE', 'FALSE');
    await forbid(
      db,
      'panel',
      'UPDATE',
      `OLD.state = 'preparing' OR (NEW.state <> 'preparing' AND NOT (${changed(settings)}))`,
    );
    const stateOf = (row: string) => `(SELECT state FROM panel WHERE id = ${row}.panel_id) = 'preparing'`;
    await forbid(db, 'panel_criterion', 'INSERT', stateOf('NEW'));
    for (const verb of ['UPDATE', 'DELETE']) await forbid(db, 'panel_criterion', verb, stateOf('OLD'));
    await forbid(db, 'panel_candidate', 'DELETE', 'FALSE');
    await forbid(
      db,
      'panel_candidate',
      'UPDATE',
      `NOT (${changed('panel_id id union_id label evidence_of number')})
         AND (OLD.blind_number IS NULL OR NOT (${changed('blind_number')}))
         AND (OLD.state = 'in' OR NOT (${changed('state counts_to')}))`,
    );
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

function changed(columns: string): string {
  return columns
    .split(' ')
    .map((column) => `NOT (NEW.${column} <=> OLD.${column})`)
    .join(' OR ');
}

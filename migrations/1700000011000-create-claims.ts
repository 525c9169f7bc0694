import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const ACTOR = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const TABLE = 'DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci';

export class CreateClaims1700000011000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // identity is that of the event which the claim would record. open_identity keeps two open claims of one thing out.
    // due_on is the Beijing day by which the branch should answer; is_waiting is what its queue is read by.
    await db.query(`
      CREATE TABLE claim (
        id ${ID} NOT NULL,
        programme_id ${ID} NOT NULL,
        member_id ${ID} NOT NULL,
        event_type ${WORD} NOT NULL,
        attributes TEXT NOT NULL,
        occurred_on DATE NOT NULL,
        identity BINARY(32) NOT NULL,
        note VARCHAR(300) NULL,
        approval ${WORD} NOT NULL,
        state ${WORD} NOT NULL,
        submitted_at DATETIME(3) NOT NULL,
        due_on DATE NOT NULL,
        first_approved_by ${ACTOR} NULL,
        event_id ${ID} NULL,
        is_waiting BOOLEAN GENERATED ALWAYS AS (state IN ('submitted', 'passed')) VIRTUAL,
        open_identity BINARY(32) GENERATED ALWAYS AS
          (IF(state IN ('submitted', 'returned', 'passed'), identity, NULL)) VIRTUAL,
        PRIMARY KEY (id),
        UNIQUE KEY claim_open_once (programme_id, open_identity),
        KEY claim_of_member (member_id, id),
        KEY claim_queue (is_waiting, due_on, id),
        KEY claim_state_due (state, due_on, id),
        KEY claim_programme_queue (programme_id, is_waiting, due_on, id),
        KEY claim_programme_state (programme_id, state, due_on, id),
        KEY claim_event (event_id),
        CONSTRAINT claim_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
        CONSTRAINT claim_member FOREIGN KEY (member_id) REFERENCES member (id),
        CONSTRAINT claim_event_row FOREIGN KEY (event_id) REFERENCES activity_event (id),
        CONSTRAINT claim_approval CHECK (approval IN ('none', 'branch', 'two_levels')),
        CONSTRAINT claim_state CHECK (state IN ('submitted', 'returned', 'passed', 'approved', 'withdrawn')),
        CONSTRAINT claim_recorded CHECK ((state = 'approved') = (event_id IS NOT NULL)),
        CONSTRAINT claim_passed CHECK
          (state <> 'passed' OR (approval = 'two_levels' AND first_approved_by IS NOT NULL))
      ) ${TABLE}`);
    await db.query(`
      CREATE TABLE claim_step (
        claim_id ${ID} NOT NULL,
        number INT NOT NULL,
        action ${WORD} NOT NULL,
        actor ${ACTOR} NOT NULL,
        reason VARCHAR(300) NULL,
        taken_at DATETIME(3) NOT NULL,
        PRIMARY KEY (claim_id, number),
        CONSTRAINT claim_step_claim FOREIGN KEY (claim_id) REFERENCES claim (id),
        CONSTRAINT claim_step_action CHECK (action IN ('submitted', 'resubmitted', 'approved', 'returned', 'withdrawn')),
        CONSTRAINT claim_step_reason CHECK ((action = 'returned') = (reason IS NOT NULL))
      ) ${TABLE}`);
    // What an operator was reminded of on a day: claims of her branches that wait for her.
    await db.query(`
      CREATE TABLE claim_reminder (
        operator_id ${ID} NOT NULL,
        day DATE NOT NULL,
        waiting INT NOT NULL,
        due_soon INT NOT NULL,
        overdue INT NOT NULL,
        PRIMARY KEY (operator_id, day),
        KEY claim_reminder_day (day),
        CONSTRAINT claim_reminder_operator FOREIGN KEY (operator_id) REFERENCES operator (id),
        CONSTRAINT claim_reminder_counts CHECK (waiting >= 1 AND due_soon >= 0 AND overdue >= 0)
      ) ${TABLE}`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const ACTOR = 'VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin';
const TABLE = 'DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci';

/** Notices: provisional results in public view, their lines, and the objections to them. */
export class PublishNotices1700000021000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // first_id: the first version, which is locked for whatever is done about any of them. last_day: the Beijing day at
    // whose end the period of objections is over. is_open, never false, keeps a second open notice of a subject out.
    await db.query(`
      CREATE TABLE notice (
        id ${ID} NOT NULL,
        first_id ${ID} NOT NULL,
        version INT NOT NULL,
        union_id ${ID} NOT NULL,
        kind ${WORD} NOT NULL,
        subject_id ${ID} NOT NULL,
        title VARCHAR(120) NOT NULL,
        about VARCHAR(2000) NOT NULL,
        line_count INT NOT NULL,
        working_days INT NOT NULL,
        published_at DATETIME(3) NOT NULL,
        published_by ${ACTOR} NOT NULL,
        last_day DATE NOT NULL,
        calendar_known BOOLEAN NOT NULL,
        state ${WORD} NOT NULL,
        settled_at DATETIME(3) NULL,
        withdrawn_reason VARCHAR(300) NULL,
        is_open BOOLEAN GENERATED ALWAYS AS (IF(state = 'open', 1, NULL)) VIRTUAL,
        PRIMARY KEY (id),
        UNIQUE KEY notice_version (first_id, version),
        UNIQUE KEY notice_open_once (kind, subject_id, is_open),
        KEY notice_of_union (union_id, id),
        CONSTRAINT notice_first FOREIGN KEY (first_id) REFERENCES notice (id),
        CONSTRAINT notice_union FOREIGN KEY (union_id) REFERENCES union_node (id),
        CONSTRAINT notice_numbers CHECK (version >= 1 AND line_count >= 0 AND working_days BETWEEN 1 AND 60),
        CONSTRAINT notice_kind CHECK (kind IN ('lottery', 'ranking', 'honours', 'studio')),
        CONSTRAINT notice_state CHECK (state IN ('open', 'final', 'superseded', 'withdrawn')),
        CONSTRAINT notice_settled CHECK ((state = 'open') = (settled_at IS NULL)),
        CONSTRAINT notice_withdrawn CHECK ((state = 'withdrawn') = (withdrawn_reason IS NOT NULL))
      ) ${TABLE}`);
    await db.query(`
      CREATE TABLE notice_line (
        notice_id ${ID} NOT NULL,
        number INT NOT NULL,
        label VARCHAR(200) NOT NULL,
        detail VARCHAR(500) NOT NULL,
        member_id ${ID} NULL,
        PRIMARY KEY (notice_id, number),
        KEY notice_line_of_member (member_id, notice_id),
        CONSTRAINT notice_line_notice FOREIGN KEY (notice_id) REFERENCES notice (id),
        CONSTRAINT notice_line_member FOREIGN KEY (member_id) REFERENCES member (id)
      ) ${TABLE}`);
    // due_on: the Beijing day by which it should be decided. answered_by: the version that answers it once it is upheld.
    // waiting_line keeps a second undecided objection of a member to the same line out, or to none, which is 0.
    await db.query(`
      CREATE TABLE objection (
        id ${ID} NOT NULL,
        notice_id ${ID} NOT NULL,
        member_id ${ID} NOT NULL,
        line_number INT NULL,
        text VARCHAR(1000) NOT NULL,
        state ${WORD} NOT NULL,
        filed_at DATETIME(3) NOT NULL,
        due_on DATE NOT NULL,
        settled_at DATETIME(3) NULL,
        decided_by ${ACTOR} NULL,
        reason VARCHAR(300) NULL,
        answered_by ${ID} NULL,
        is_waiting BOOLEAN GENERATED ALWAYS AS (state = 'waiting') VIRTUAL,
        waiting_line INT GENERATED ALWAYS AS (IF(state = 'waiting', IFNULL(line_number, 0), NULL)) VIRTUAL,
        PRIMARY KEY (id),
        UNIQUE KEY objection_waiting_once (notice_id, member_id, waiting_line),
        KEY objection_of_notice (notice_id, id),
        KEY objection_queue (is_waiting, due_on, id),
        CONSTRAINT objection_notice FOREIGN KEY (notice_id) REFERENCES notice (id),
        CONSTRAINT objection_line FOREIGN KEY (notice_id, line_number) REFERENCES notice_line (notice_id, number),
        CONSTRAINT objection_member FOREIGN KEY (member_id) REFERENCES member (id),
        CONSTRAINT objection_answer FOREIGN KEY (answered_by) REFERENCES notice (id),
        CONSTRAINT objection_state CHECK (state IN ('waiting', 'upheld', 'rejected', 'withdrawn', 'moot')),
        CONSTRAINT objection_settled CHECK ((state = 'waiting') = (settled_at IS NULL)),
        CONSTRAINT objection_decided CHECK ((state IN ('upheld', 'rejected')) = (decided_by IS NOT NULL)),
        CONSTRAINT objection_reason CHECK ((decided_by IS NULL) = (reason IS NULL)),
        CONSTRAINT objection_answered CHECK (answered_by IS NULL OR state = 'upheld')
      ) ${TABLE}`);
    await this.guard(db);
  }

  /** What was published, said or decided is never changed; only the states move on, and each to its end once. */
  private async guard(db: QueryRunner): Promise<void> {
    for (const [table, verbs] of [
      ['notice', ['DELETE']],
      ['notice_line', ['UPDATE', 'DELETE']],
      ['objection', ['DELETE']],
    ] as const) {
      for (const verb of verbs) {
        await db.query(`
          CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table} FOR EACH ROW
          SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a ${table} is never changed or deleted'`);
      }
    }
    const published =
      'id first_id version union_id kind subject_id title about line_count working_days published_at published_by last_day calendar_known';
    await db.query(`
      CREATE TRIGGER notice_no_update BEFORE UPDATE ON notice FOR EACH ROW
      IF OLD.state <> 'open' OR ${changed(published)} THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'what a notice says is never changed';
      END IF`);
    const decided = 'state settled_at decided_by reason';
    await db.query(`
      CREATE TRIGGER objection_no_update BEFORE UPDATE ON objection FOR EACH ROW
      IF ${changed('id notice_id member_id line_number text filed_at due_on')} OR OLD.answered_by IS NOT NULL
        OR (OLD.state <> 'waiting' AND (${changed(decided)})) THEN
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'what an objection says is never changed';
      END IF`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

function changed(columns: string): string {
  return columns
    .split(' ')
    .map((column) => `NOT (NEW.${column} <=> OLD.${column})`)
    .join(' OR ');
}

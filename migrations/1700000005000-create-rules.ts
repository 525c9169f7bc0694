import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const TRANSFER_ID = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';

export class CreateRules1700000005000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE rule (
        id ${ID} NOT NULL,
        programme_id ${ID} NOT NULL,
        event_type ${WORD} NOT NULL,
        name VARCHAR(120) NOT NULL,
        created_at DATETIME(3) NOT NULL,
        retired_at DATETIME(3) NULL,
        PRIMARY KEY (id),
        UNIQUE KEY rule_name (programme_id, name),
        KEY rule_event_type (programme_id, event_type),
        CONSTRAINT rule_programme FOREIGN KEY (programme_id) REFERENCES programme (id)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE rule_version (
        id ${ID} NOT NULL,
        rule_id ${ID} NOT NULL,
        number INT NOT NULL,
        definition TEXT NOT NULL,
        published_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        published_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY rule_version_number (rule_id, number),
        CONSTRAINT rule_version_rule FOREIGN KEY (rule_id) REFERENCES rule (id)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE activity_event (
        id ${ID} NOT NULL,
        programme_id ${ID} NOT NULL,
        member_id ${ID} NOT NULL,
        type ${WORD} NOT NULL,
        attributes TEXT NOT NULL,
        occurred_on DATE NOT NULL,
        reference VARCHAR(100) NULL,
        identity BINARY(32) NOT NULL,
        state ${WORD} NOT NULL,
        recording_id ${ID} NOT NULL,
        recorded_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        recorded_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY activity_event_once (programme_id, identity),
        KEY activity_event_member (member_id, id),
        KEY activity_event_state (programme_id, state, id),
        KEY activity_event_of_programme (programme_id, id),
        KEY activity_event_recording (recording_id, id),
        CONSTRAINT activity_event_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
        CONSTRAINT activity_event_member_row FOREIGN KEY (member_id) REFERENCES member (id),
        CONSTRAINT activity_event_state_kept CHECK (state IN ('recorded', 'paid', 'repeated', 'no_award', 'over_budget'))
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE accrual (
        id ${ID} NOT NULL,
        event_id ${ID} NOT NULL,
        rule_id ${ID} NOT NULL,
        rule_version_id ${ID} NOT NULL,
        member_id ${ID} NOT NULL,
        occurrence VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        points BIGINT NOT NULL,
        transfer_id ${TRANSFER_ID} NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY accrual_once (rule_id, member_id, occurrence),
        UNIQUE KEY accrual_event (event_id, rule_id),
        CONSTRAINT accrual_event_row FOREIGN KEY (event_id) REFERENCES activity_event (id),
        CONSTRAINT accrual_rule_version FOREIGN KEY (rule_version_id) REFERENCES rule_version (id),
        CONSTRAINT accrual_points CHECK (points >= 1)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    for (const verb of ['UPDATE', 'DELETE']) {
      await db.query(`
        CREATE TRIGGER rule_version_no_${verb.toLowerCase()} BEFORE ${verb} ON rule_version FOR EACH ROW
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a published rule version is never changed or deleted'`);
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const TRANSFER_ID = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const ACTOR = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const TABLE = 'DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci';

export class LetRulesSayMore1700000009000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await createTables(db);
    await widenVersions(db);
    await widenEvents(db);
    await widenAccruals(db);
    await declareTypesInUse(db);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

async function createTables(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE TABLE event_type (
      id ${ID} NOT NULL,
      programme_id ${ID} NOT NULL,
      code ${WORD} NOT NULL,
      name VARCHAR(60) NOT NULL,
      area ${WORD} NOT NULL,
      claimable BOOLEAN NOT NULL,
      attributes TEXT NOT NULL,
      created_at DATETIME(3) NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY event_type_code (programme_id, code),
      CONSTRAINT event_type_programme FOREIGN KEY (programme_id) REFERENCES programme (id)
    ) ${TABLE}`);
  // What is not published yet. rule_id is empty for a rule that does not exist yet; a rule has one draft at a time.
  await db.query(`
    CREATE TABLE rule_draft (
      id ${ID} NOT NULL,
      programme_id ${ID} NOT NULL,
      rule_id ${ID} NULL,
      event_type ${WORD} NOT NULL,
      name VARCHAR(120) NOT NULL,
      definition TEXT NOT NULL,
      updated_by ${ACTOR} NOT NULL,
      created_at DATETIME(3) NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY rule_draft_rule (rule_id),
      KEY rule_draft_programme (programme_id, id),
      CONSTRAINT rule_draft_programme_row FOREIGN KEY (programme_id) REFERENCES programme (id),
      CONSTRAINT rule_draft_rule_row FOREIGN KEY (rule_id) REFERENCES rule (id)
    ) ${TABLE}`);
  // What a rule with a budget has awarded, in all (branch_id empty) and in each branch that has a budget of its own.
  await db.query(`
    CREATE TABLE rule_budget (
      rule_id ${ID} NOT NULL,
      branch_id ${ID} NOT NULL,
      awarded BIGINT NOT NULL,
      PRIMARY KEY (rule_id, branch_id),
      CONSTRAINT rule_budget_rule FOREIGN KEY (rule_id) REFERENCES rule (id),
      CONSTRAINT rule_budget_kept CHECK (awarded >= 0)
    ) ${TABLE}`);
  // What each rule that looked at an event said of it, for explaining it.
  await db.query(`
    CREATE TABLE judgement (
      event_id ${ID} NOT NULL,
      judged_at DATETIME(3) NOT NULL,
      outcomes TEXT NOT NULL,
      PRIMARY KEY (event_id),
      CONSTRAINT judgement_event FOREIGN KEY (event_id) REFERENCES activity_event (id)
    ) ${TABLE}`);
  await db.query(`
    CREATE TABLE revocation (
      id ${ID} NOT NULL,
      event_id ${ID} NOT NULL,
      programme_id ${ID} NOT NULL,
      member_id ${ID} NOT NULL,
      reason VARCHAR(300) NOT NULL,
      revoked_by ${ACTOR} NOT NULL,
      revoked_at DATETIME(3) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY revocation_event (event_id),
      CONSTRAINT revocation_event_row FOREIGN KEY (event_id) REFERENCES activity_event (id)
    ) ${TABLE}`);
  // A hand adjustment. points is what the member gains, or loses when negative.
  await db.query(`
    CREATE TABLE adjustment (
      id ${ID} NOT NULL,
      programme_id ${ID} NOT NULL,
      member_id ${ID} NOT NULL,
      points BIGINT NOT NULL,
      reason VARCHAR(300) NOT NULL,
      state ${WORD} NOT NULL,
      requested_by ${ACTOR} NOT NULL,
      requested_at DATETIME(3) NOT NULL,
      decided_by ${ACTOR} NULL,
      decided_at DATETIME(3) NULL,
      decline_reason VARCHAR(300) NULL,
      transfer_id ${TRANSFER_ID} NULL,
      PRIMARY KEY (id),
      KEY adjustment_programme (programme_id, id),
      KEY adjustment_member (member_id, id),
      CONSTRAINT adjustment_programme_row FOREIGN KEY (programme_id) REFERENCES programme (id),
      CONSTRAINT adjustment_member_row FOREIGN KEY (member_id) REFERENCES member (id),
      CONSTRAINT adjustment_moves CHECK (points <> 0),
      CONSTRAINT adjustment_state CHECK (state IN ('waiting', 'posted', 'declined')),
      CONSTRAINT adjustment_posted CHECK ((state = 'posted') = (transfer_id IS NOT NULL)),
      CONSTRAINT adjustment_two_people CHECK (decided_by IS NULL OR decided_by <> requested_by)
    ) ${TABLE}`);
  // What a programme lays down for rules, claims and corrections; a programme without a row has the defaults.
  await db.query(`
    CREATE TABLE programme_policy (
      programme_id ${ID} NOT NULL,
      overspent ${WORD} NOT NULL DEFAULT 'owe',
      adjustment_limit BIGINT NOT NULL DEFAULT 500,
      claim_due_days INT NOT NULL DEFAULT 5,
      second_publisher BOOLEAN NOT NULL DEFAULT FALSE,
      PRIMARY KEY (programme_id),
      CONSTRAINT programme_policy_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
      CONSTRAINT programme_policy_overspent CHECK (overspent IN ('owe', 'write_off')),
      CONSTRAINT programme_policy_limit CHECK (adjustment_limit >= 0),
      CONSTRAINT programme_policy_due CHECK (claim_due_days BETWEEN 1 AND 60)
    ) ${TABLE}`);
  // A day whose milestones were looked for, by programme. looked_until: members changed up to then were looked at too.
  await db.query(`
    CREATE TABLE milestone_run (
      programme_id ${ID} NOT NULL,
      day DATE NOT NULL,
      state ${WORD} NOT NULL,
      recorded INT NOT NULL DEFAULT 0,
      looked_until DATETIME(3) NOT NULL,
      finished_at DATETIME(3) NULL,
      PRIMARY KEY (programme_id, day),
      CONSTRAINT milestone_run_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
      CONSTRAINT milestone_run_state CHECK (state IN ('running', 'done'))
    ) ${TABLE}`);
  await db.query(`
    CREATE TABLE backtest (
      id ${ID} NOT NULL,
      programme_id ${ID} NOT NULL,
      requested_by ${ACTOR} NOT NULL,
      from_day DATE NOT NULL,
      until_day DATE NOT NULL,
      rules MEDIUMTEXT NOT NULL,
      state ${WORD} NOT NULL,
      events_done INT NOT NULL DEFAULT 0,
      events_of INT NULL,
      result MEDIUMTEXT NULL,
      created_at DATETIME(3) NOT NULL,
      finished_at DATETIME(3) NULL,
      PRIMARY KEY (id),
      KEY backtest_programme (programme_id, id),
      CONSTRAINT backtest_programme_row FOREIGN KEY (programme_id) REFERENCES programme (id),
      CONSTRAINT backtest_state CHECK (state IN ('waiting', 'running', 'done'))
    ) ${TABLE}`);
}

async function widenVersions(db: QueryRunner): Promise<void> {
  await db.query('DROP TRIGGER rule_version_no_update');
  await db.query('ALTER TABLE rule_version ADD COLUMN effective_at DATETIME(3) NULL');
  await db.query('UPDATE rule_version SET effective_at = published_at');
  await db.query('ALTER TABLE rule_version MODIFY COLUMN effective_at DATETIME(3) NOT NULL');
  await db.query(`
    CREATE TRIGGER rule_version_no_update BEFORE UPDATE ON rule_version FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a published rule version is never changed or deleted'`);
}

// facts: what was known of the member when the event was recorded, so that judging it again says the same.
// judgement_id: the run that judged it last; within a member the runs are in the order in which they happened.
// revocation_id: empty while the event stands, so that a revoked event can be recorded anew.
async function widenEvents(db: QueryRunner): Promise<void> {
  await db.query(`
    ALTER TABLE activity_event
      ADD COLUMN facts TEXT NULL,
      ADD COLUMN judgement_id ${ID} NULL,
      ADD COLUMN revocation_id ${ID} NOT NULL DEFAULT ''`);
  await db.query(`
    UPDATE activity_event JOIN member ON member.id = activity_event.member_id JOIN union_node ON union_node.id = member.union_id
    SET activity_event.judgement_id = IF(activity_event.state = 'recorded', NULL, activity_event.id),
      activity_event.facts = JSON_OBJECT('unionPath', union_node.path, 'sex', member.sex,
        'age', TIMESTAMPDIFF(YEAR, member.birth_date, activity_event.occurred_on),
        'serviceYears', TIMESTAMPDIFF(YEAR, member.joined_on, activity_event.occurred_on),
        'membershipYears', NULL, 'tags', JSON_ARRAY())`);
  await db.query(`
    ALTER TABLE activity_event
      MODIFY COLUMN facts TEXT NOT NULL,
      ADD UNIQUE KEY activity_event_stands_once (programme_id, identity, revocation_id),
      ADD KEY activity_event_past (programme_id, member_id, recorded_at),
      DROP KEY activity_event_once,
      DROP CONSTRAINT activity_event_state_kept`);
  await db.query(`
    ALTER TABLE activity_event ADD CONSTRAINT activity_event_state_kept CHECK (state IN
      ('recorded', 'pending', 'paid', 'repeated', 'capped', 'no_award', 'over_budget', 'revoked'))`);
}

// transfer_id is empty while the notice period of an award runs. revocation_id as on the event: what was taken back may
// be earned again.
async function widenAccruals(db: QueryRunner): Promise<void> {
  await db.query(`
    ALTER TABLE accrual
      ADD COLUMN programme_id ${ID} NULL,
      ADD COLUMN occurred_on DATE NULL,
      ADD COLUMN payable_at DATETIME(3) NULL,
      ADD COLUMN revocation_id ${ID} NOT NULL DEFAULT '',
      MODIFY COLUMN transfer_id ${TRANSFER_ID} NULL`);
  await db.query(`
    UPDATE accrual JOIN activity_event ON activity_event.id = accrual.event_id
    SET accrual.programme_id = activity_event.programme_id, accrual.occurred_on = activity_event.occurred_on,
      accrual.payable_at = activity_event.recorded_at`);
  await db.query(`
    ALTER TABLE accrual
      MODIFY COLUMN programme_id ${ID} NOT NULL,
      MODIFY COLUMN occurred_on DATE NOT NULL,
      MODIFY COLUMN payable_at DATETIME(3) NOT NULL,
      ADD UNIQUE KEY accrual_stands_once (rule_id, member_id, occurrence, revocation_id),
      ADD KEY accrual_of_day (rule_id, member_id, occurred_on),
      DROP KEY accrual_once,
      DROP FOREIGN KEY accrual_rule_version`);
  // Its index went with every accrual, and versions are never deleted.
  await db.query('ALTER TABLE accrual DROP KEY accrual_rule_version');
  // The accruals that wait for the end of a notice period. Few of many, so they are not found by indexes over all.
  await db.query(`
    CREATE TABLE pending_accrual (
      accrual_id ${ID} NOT NULL,
      event_id ${ID} NOT NULL,
      member_id ${ID} NOT NULL,
      payable_at DATETIME(3) NOT NULL,
      PRIMARY KEY (accrual_id),
      KEY pending_accrual_event (event_id),
      KEY pending_accrual_member (member_id, accrual_id),
      KEY pending_accrual_due (payable_at, accrual_id),
      CONSTRAINT pending_accrual_row FOREIGN KEY (accrual_id) REFERENCES accrual (id)
    ) ${TABLE}`);
}

/** Types that rules ask for already become declared ones, with the attributes that those rules name. */
async function declareTypesInUse(db: QueryRunner): Promise<void> {
  const rows: { programme_id: string; event_type: string; name: string; definition: string; id: string }[] =
    await db.query(`
      SELECT rule.id, rule.programme_id, rule.event_type, rule.name, rule_version.definition
      FROM rule JOIN rule_version ON rule_version.rule_id = rule.id ORDER BY rule.id, rule_version.number`);
  const types = new Map<string, { row: (typeof rows)[number]; attributes: Set<string> }>();
  for (const row of rows) {
    const key = `${row.programme_id} ${row.event_type}`;
    const type = types.get(key) ?? { row, attributes: new Set<string>() };
    types.set(key, type);
    const { award, occurrence } = JSON.parse(row.definition);
    if (award.kind === 'tiered') type.attributes.add(award.attribute);
    for (const name of occurrence.attributes ?? []) type.attributes.add(name);
  }
  for (const { row, attributes } of types.values()) {
    const declared = [...attributes].map((name) => ({ name, kind: 'text', required: true }));
    await db.query(
      `INSERT INTO event_type (id, programme_id, code, name, area, claimable, attributes, created_at, updated_at)
       VALUES (?, ?, ?, ?, 'other', FALSE, ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))`,
      [row.id, row.programme_id, row.event_type, row.name.slice(0, 60), JSON.stringify(declared)],
    );
  }
}

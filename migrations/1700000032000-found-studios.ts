import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const ACTOR = 'VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin';
const NUMBER = 'VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const EXACT = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';
const TEXT_TABLE = 'DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci';

/** Innovation studios: who is in them, how they are named, what they plan and report, and the alliances of them. */
export class FoundStudios1700000032000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await studios(db);
    await years(db);
    await namings(db);
    await alliances(db);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

async function studios(db: QueryRunner): Promise<void> {
  // union_id: the union at whose firm it is. leader_kind: the standing of whoever leads it now. is_active keeps a name to
  // one studio of a union, until that is dissolved.
  await db.query(`
    CREATE TABLE studio (
      id ${ID} NOT NULL,
      union_id ${ID} NOT NULL,
      name VARCHAR(60) NOT NULL,
      field VARCHAR(40) ${EXACT} NOT NULL,
      premises VARCHAR(200) NOT NULL,
      about VARCHAR(2000) NOT NULL,
      leader_kind ${WORD} NOT NULL,
      state ${WORD} NOT NULL,
      created_at DATETIME(3) NOT NULL,
      dissolved_at DATETIME(3) NULL,
      dissolve_reason VARCHAR(300) NULL,
      is_active BOOLEAN GENERATED ALWAYS AS (IF(state = 'active', 1, NULL)) STORED,
      PRIMARY KEY (id),
      UNIQUE KEY studio_name (union_id, name, is_active),
      KEY studio_of_field (field, id),
      CONSTRAINT studio_union FOREIGN KEY (union_id) REFERENCES union_node (id),
      CONSTRAINT studio_leader_kind CHECK (leader_kind IN ('model_worker', 'craftsman', 'skilled_worker')),
      CONSTRAINT studio_state CHECK (state IN ('active', 'dissolved')),
      CONSTRAINT studio_dissolved CHECK ((state = 'dissolved') = (dissolved_at IS NOT NULL)
        AND (dissolved_at IS NULL) = (dissolve_reason IS NULL))
    ) ${TEXT_TABLE}`);
  await db.query(`
    CREATE TABLE studio_tag (
      studio_id ${ID} NOT NULL,
      tag VARCHAR(40) ${EXACT} NOT NULL,
      PRIMARY KEY (studio_id, tag),
      KEY studio_tag_studios (tag, studio_id),
      CONSTRAINT studio_tag_studio FOREIGN KEY (studio_id) REFERENCES studio (id)
    ) ${TEXT_TABLE}`);
  // One row for each time that somebody was part of a studio. duty: of a member; a leader leads. left_reason: why a
  // leader was changed. is_in keeps a member to one studio at a time; is_leader, a studio to one leader.
  await db.query(`
    CREATE TABLE studio_member (
      id ${ID} NOT NULL,
      studio_id ${ID} NOT NULL,
      member_id ${ID} NOT NULL,
      role ${WORD} NOT NULL,
      duty VARCHAR(60) NULL,
      joined_on DATE NOT NULL,
      left_on DATE NULL,
      left_reason VARCHAR(300) NULL,
      is_in BOOLEAN GENERATED ALWAYS AS (IF(left_on IS NULL, 1, NULL)) STORED,
      is_leader BOOLEAN GENERATED ALWAYS AS (IF(left_on IS NULL AND role = 'leader', 1, NULL)) STORED,
      PRIMARY KEY (id),
      UNIQUE KEY studio_member_once (member_id, is_in),
      UNIQUE KEY studio_member_one_leader (studio_id, is_leader),
      KEY studio_member_of_studio (studio_id, id),
      CONSTRAINT studio_member_studio FOREIGN KEY (studio_id) REFERENCES studio (id),
      CONSTRAINT studio_member_member FOREIGN KEY (member_id) REFERENCES member (id),
      CONSTRAINT studio_member_role CHECK (role IN ('leader', 'member')),
      CONSTRAINT studio_member_duty CHECK ((role = 'leader') = (duty IS NULL)),
      CONSTRAINT studio_member_days CHECK (left_on IS NULL OR left_on >= joined_on),
      CONSTRAINT studio_member_reason CHECK (left_reason IS NULL OR left_on IS NOT NULL)
    ) ${TEXT_TABLE}`);
}

async function years(db: QueryRunner): Promise<void> {
  await db.query(`
    CREATE TABLE studio_year (
      studio_id ${ID} NOT NULL,
      year SMALLINT NOT NULL,
      plan VARCHAR(5000) NOT NULL,
      planned_at DATETIME(3) NOT NULL,
      planned_by ${ACTOR} NOT NULL,
      report VARCHAR(5000) NULL,
      reported_at DATETIME(3) NULL,
      reported_by ${ACTOR} NULL,
      PRIMARY KEY (studio_id, year),
      CONSTRAINT studio_year_studio FOREIGN KEY (studio_id) REFERENCES studio (id),
      CONSTRAINT studio_year_range CHECK (year BETWEEN 2000 AND 2100),
      CONSTRAINT studio_year_reported CHECK
        ((report IS NULL) = (reported_at IS NULL) AND (report IS NULL) = (reported_by IS NULL))
    ) ${TEXT_TABLE}`);
}

async function namings(db: QueryRunner): Promise<void> {
  // A list of studios that a union is about to name, in public view. notice_id: the newest version of the list.
  // term_months: for how long they are named. programme_id: in whose points their members are rewarded; null for none.
  await db.query(`
    CREATE TABLE naming_round (
      id ${ID} NOT NULL,
      union_id ${ID} NOT NULL,
      level ${WORD} NOT NULL,
      name VARCHAR(100) NOT NULL,
      term_months SMALLINT NOT NULL,
      working_days SMALLINT NOT NULL,
      programme_id ${ID} NULL,
      state ${WORD} NOT NULL,
      notice_id ${ID} NOT NULL,
      made_at DATETIME(3) NOT NULL,
      made_by ${ACTOR} NOT NULL,
      settled_at DATETIME(3) NULL,
      withdrawn_reason VARCHAR(300) NULL,
      PRIMARY KEY (id),
      UNIQUE KEY naming_round_notice (notice_id),
      KEY naming_round_of_union (union_id, id),
      KEY naming_round_in_state (state, id),
      CONSTRAINT naming_round_union FOREIGN KEY (union_id) REFERENCES union_node (id),
      CONSTRAINT naming_round_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
      CONSTRAINT naming_round_of_notice FOREIGN KEY (notice_id) REFERENCES notice (id),
      CONSTRAINT naming_round_level CHECK (level IN ('firm', 'city', 'province', 'nation')),
      CONSTRAINT naming_round_state CHECK (state IN ('in_notice', 'final', 'withdrawn')),
      CONSTRAINT naming_round_settled CHECK ((state = 'in_notice') = (settled_at IS NULL)
        AND (state = 'withdrawn') = (withdrawn_reason IS NOT NULL)),
      CONSTRAINT naming_round_numbers CHECK (term_months BETWEEN 1 AND 120 AND working_days >= 1)
    ) ${TEXT_TABLE}`);
  // From the application on. renews: the name in whose place it comes. reason: what is missing, or why it was declined or
  // withdrawn. ends_on: the last day of the term; ended_on: the last day on which the name was borne, when that is over.
  // is_pending and is_named keep a studio to one application and one name of a level at a time.
  await db.query(`
    CREATE TABLE studio_naming (
      id ${ID} NOT NULL,
      studio_id ${ID} NOT NULL,
      level ${WORD} NOT NULL,
      naming_union_id ${ID} NOT NULL,
      renews ${ID} NULL,
      statement VARCHAR(2000) NOT NULL,
      state ${WORD} NOT NULL,
      reason VARCHAR(300) NULL,
      round_id ${ID} NULL,
      applied_at DATETIME(3) NOT NULL,
      applied_by ${ACTOR} NOT NULL,
      term_months SMALLINT NULL,
      named_on DATE NULL,
      ends_on DATE NULL,
      ended_on DATE NULL,
      number ${NUMBER} NULL,
      is_pending BOOLEAN GENERATED ALWAYS AS (IF(state IN ('applied', 'returned', 'listed'), 1, NULL)) STORED,
      is_named BOOLEAN GENERATED ALWAYS AS (IF(state = 'named', 1, NULL)) STORED,
      PRIMARY KEY (id),
      UNIQUE KEY studio_naming_number (number),
      UNIQUE KEY studio_naming_pending (studio_id, level, is_pending),
      UNIQUE KEY studio_naming_named (studio_id, level, is_named),
      KEY studio_naming_of_studio (studio_id, id),
      KEY studio_naming_of_union (naming_union_id, state, id),
      KEY studio_naming_of_round (round_id, id),
      KEY studio_naming_end (is_named, ends_on),
      CONSTRAINT studio_naming_studio FOREIGN KEY (studio_id) REFERENCES studio (id),
      CONSTRAINT studio_naming_union FOREIGN KEY (naming_union_id) REFERENCES union_node (id),
      CONSTRAINT studio_naming_renews FOREIGN KEY (renews) REFERENCES studio_naming (id),
      CONSTRAINT studio_naming_round FOREIGN KEY (round_id) REFERENCES naming_round (id),
      CONSTRAINT studio_naming_level CHECK (level IN ('firm', 'city', 'province', 'nation')),
      CONSTRAINT studio_naming_state CHECK
        (state IN ('applied', 'returned', 'declined', 'listed', 'named', 'expired', 'withdrawn')),
      CONSTRAINT studio_naming_reason CHECK ((state IN ('returned', 'declined', 'withdrawn')) = (reason IS NOT NULL)),
      CONSTRAINT studio_naming_listed CHECK (state NOT IN ('listed', 'named', 'expired') OR round_id IS NOT NULL),
      CONSTRAINT studio_naming_given CHECK ((named_on IS NULL) = (number IS NULL) AND (named_on IS NULL) = (ends_on IS NULL)
        AND (named_on IS NULL) = (term_months IS NULL) AND (state NOT IN ('named', 'expired') OR named_on IS NOT NULL)
        AND (state IN ('named', 'expired', 'withdrawn') OR named_on IS NULL)),
      CONSTRAINT studio_naming_ended CHECK
        ((ended_on IS NOT NULL) = (named_on IS NOT NULL AND state IN ('expired', 'withdrawn'))),
      CONSTRAINT studio_naming_term CHECK (ends_on >= named_on)
    ) ${TEXT_TABLE}`);
  // What stood in each line of each version of a list.
  await db.query(`
    CREATE TABLE naming_line (
      notice_id ${ID} NOT NULL,
      number INT NOT NULL,
      naming_id ${ID} NOT NULL,
      PRIMARY KEY (notice_id, number),
      UNIQUE KEY naming_line_once (notice_id, naming_id),
      CONSTRAINT naming_line_notice FOREIGN KEY (notice_id, number) REFERENCES notice_line (notice_id, number),
      CONSTRAINT naming_line_naming FOREIGN KEY (naming_id) REFERENCES studio_naming (id)
    ) ${TEXT_TABLE}`);
}

async function alliances(db: QueryRunner): Promise<void> {
  // union_id: in whose branch all its studios are. Its leading studio is none of its member studios.
  await db.query(`
    CREATE TABLE alliance (
      id ${ID} NOT NULL,
      union_id ${ID} NOT NULL,
      name VARCHAR(60) NOT NULL,
      field VARCHAR(40) ${EXACT} NOT NULL,
      lead_studio_id ${ID} NOT NULL,
      founded_on DATE NOT NULL,
      state ${WORD} NOT NULL,
      ended_on DATE NULL,
      end_reason VARCHAR(300) NULL,
      created_at DATETIME(3) NOT NULL,
      is_active BOOLEAN GENERATED ALWAYS AS (IF(state = 'active', 1, NULL)) STORED,
      PRIMARY KEY (id),
      UNIQUE KEY alliance_name (union_id, name, is_active),
      KEY alliance_of_lead (lead_studio_id, id),
      CONSTRAINT alliance_union FOREIGN KEY (union_id) REFERENCES union_node (id),
      CONSTRAINT alliance_lead FOREIGN KEY (lead_studio_id) REFERENCES studio (id),
      CONSTRAINT alliance_state CHECK (state IN ('active', 'ended')),
      CONSTRAINT alliance_ended CHECK
        ((state = 'ended') = (ended_on IS NOT NULL) AND (ended_on IS NULL) = (end_reason IS NULL))
    ) ${TEXT_TABLE}`);
  // One row for each time that a studio was a member of an alliance.
  await db.query(`
    CREATE TABLE alliance_studio (
      id ${ID} NOT NULL,
      alliance_id ${ID} NOT NULL,
      studio_id ${ID} NOT NULL,
      joined_on DATE NOT NULL,
      left_on DATE NULL,
      is_in BOOLEAN GENERATED ALWAYS AS (IF(left_on IS NULL, 1, NULL)) STORED,
      PRIMARY KEY (id),
      UNIQUE KEY alliance_studio_once (alliance_id, studio_id, is_in),
      KEY alliance_studio_of_studio (studio_id, id),
      CONSTRAINT alliance_studio_alliance FOREIGN KEY (alliance_id) REFERENCES alliance (id),
      CONSTRAINT alliance_studio_studio FOREIGN KEY (studio_id) REFERENCES studio (id),
      CONSTRAINT alliance_studio_days CHECK (left_on IS NULL OR left_on >= joined_on)
    ) ${TEXT_TABLE}`);
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const ACTOR = 'VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin';
const MAX = '9007199254740991';
const TEXT_TABLE = 'DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci';

/** What innovation brings and what it is rewarded with: contracts and their funds, benefits, rewards; and its figures. */
export class RewardInnovation1700000036000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await contracts(db);
    await benefits(db);
    await lists(db);
    await rewards(db);
    await payments(db);
    await figures(db);
    for (const table of ['innovation_payment', 'reward_line'])
      for (const verb of ['UPDATE', 'DELETE'] as const) await keep(db, table, verb);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

async function contracts(db: QueryRunner): Promise<void> {
  // A collective contract on innovation of a firm's union. paid_fen: what its payments add up to. reward: JSON, a share
  // of the benefit or a table. points_part: how much of a reward is points of the programme, in hundredths of a per cent.
  await db.query(`
    CREATE TABLE innovation_contract (
      id ${ID} NOT NULL,
      union_id ${ID} NOT NULL,
      number VARCHAR(40) NOT NULL,
      name VARCHAR(100) NOT NULL,
      signed_on DATE NOT NULL,
      valid_from DATE NOT NULL,
      valid_until DATE NOT NULL,
      covered INT NOT NULL,
      fund_fen BIGINT NOT NULL,
      paid_fen BIGINT NOT NULL,
      payment_count INT NOT NULL,
      reward JSON NOT NULL,
      points_part INT NOT NULL,
      programme_id ${ID} NULL,
      state ${WORD} NOT NULL,
      recorded_at DATETIME(3) NOT NULL,
      recorded_by ${ACTOR} NOT NULL,
      ended_at DATETIME(3) NULL,
      end_reason VARCHAR(300) NULL,
      PRIMARY KEY (id),
      UNIQUE KEY innovation_contract_number (union_id, number),
      KEY innovation_contract_days (union_id, valid_from, valid_until),
      CONSTRAINT innovation_contract_union FOREIGN KEY (union_id) REFERENCES union_node (id),
      CONSTRAINT innovation_contract_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
      CONSTRAINT innovation_contract_runs CHECK (valid_from <= valid_until),
      CONSTRAINT innovation_contract_fund CHECK (fund_fen BETWEEN 1 AND ${MAX} AND paid_fen BETWEEN 0 AND fund_fen),
      CONSTRAINT innovation_contract_points CHECK
        (points_part BETWEEN 0 AND 10000 AND (points_part = 0) = (programme_id IS NULL)),
      CONSTRAINT innovation_contract_numbers CHECK (covered >= 1 AND payment_count >= 0),
      CONSTRAINT innovation_contract_state CHECK (state IN ('active', 'ended')),
      CONSTRAINT innovation_contract_ended CHECK
        ((state = 'ended') = (ended_at IS NOT NULL) AND (ended_at IS NULL) = (end_reason IS NULL))
    ) ${TEXT_TABLE}`);
}

async function benefits(db: QueryRunner): Promise<void> {
  // The economic effect of an achievement, one for each. season_id, union_id: of the achievement, which never change.
  // how: how it was reckoned. Who audits it has not claimed it, and who accepts it has done neither.
  await db.query(`
    CREATE TABLE benefit (
      id ${ID} NOT NULL,
      achievement_id ${ID} NOT NULL,
      season_id ${ID} NOT NULL,
      union_id ${ID} NOT NULL,
      state ${WORD} NOT NULL,
      period_from DATE NOT NULL,
      period_until DATE NOT NULL,
      how VARCHAR(2000) NOT NULL,
      claimed_fen BIGINT NOT NULL,
      claimed_at DATETIME(3) NOT NULL,
      claimed_by ${ACTOR} NOT NULL,
      audited_fen BIGINT NULL,
      audit_note VARCHAR(500) NULL,
      audited_at DATETIME(3) NULL,
      audited_by ${ACTOR} NULL,
      accepted_fen BIGINT NULL,
      accepted_on DATE NULL,
      accepted_at DATETIME(3) NULL,
      accepted_by ${ACTOR} NULL,
      reason VARCHAR(300) NULL,
      PRIMARY KEY (id),
      UNIQUE KEY benefit_of_achievement (achievement_id),
      KEY benefit_of_union (union_id, id),
      KEY benefit_for_figures (season_id, union_id, state, claimed_fen, audited_fen, accepted_fen),
      CONSTRAINT benefit_achievement FOREIGN KEY (achievement_id) REFERENCES achievement (id),
      CONSTRAINT benefit_season FOREIGN KEY (season_id) REFERENCES innovation_season (id),
      CONSTRAINT benefit_union FOREIGN KEY (union_id) REFERENCES union_node (id),
      CONSTRAINT benefit_state CHECK (state IN ('claimed', 'returned', 'declined', 'audited', 'accepted')),
      CONSTRAINT benefit_period CHECK (period_from <= period_until),
      CONSTRAINT benefit_audited CHECK ((state IN ('audited', 'accepted')) = (audited_fen IS NOT NULL)
        AND (audited_fen IS NULL) = (audit_note IS NULL) AND (audited_fen IS NULL) = (audited_at IS NULL)
        AND (audited_fen IS NULL) = (audited_by IS NULL)),
      CONSTRAINT benefit_accepted CHECK ((state = 'accepted') = (accepted_fen IS NOT NULL)
        AND (accepted_fen IS NULL) = (accepted_on IS NULL) AND (accepted_fen IS NULL) = (accepted_at IS NULL)
        AND (accepted_fen IS NULL) = (accepted_by IS NULL)),
      CONSTRAINT benefit_reason CHECK ((state IN ('returned', 'declined')) = (reason IS NOT NULL)),
      CONSTRAINT benefit_never_more CHECK (claimed_fen BETWEEN 1 AND ${MAX}
        AND (audited_fen IS NULL OR audited_fen BETWEEN 1 AND claimed_fen)
        AND (accepted_fen IS NULL OR accepted_fen BETWEEN 1 AND audited_fen)),
      CONSTRAINT benefit_three_people CHECK ((audited_by IS NULL OR audited_by <> claimed_by)
        AND (accepted_by IS NULL OR (accepted_by <> audited_by AND accepted_by <> claimed_by)))
    ) ${TEXT_TABLE}`);
}

async function lists(db: QueryRunner): Promise<void> {
  // Rewards that are paid together: made by one person, released or withdrawn.
  await db.query(`
    CREATE TABLE reward_list (
      id ${ID} NOT NULL,
      union_id ${ID} NOT NULL,
      state ${WORD} NOT NULL,
      reward_count INT NOT NULL,
      reward_fen BIGINT NOT NULL,
      money_fen BIGINT NOT NULL,
      points BIGINT NOT NULL,
      made_at DATETIME(3) NOT NULL,
      made_by ${ACTOR} NOT NULL,
      released_at DATETIME(3) NULL,
      released_by ${ACTOR} NULL,
      withdrawn_at DATETIME(3) NULL,
      withdrawn_by ${ACTOR} NULL,
      withdraw_reason VARCHAR(300) NULL,
      PRIMARY KEY (id),
      KEY reward_list_of_union (union_id, id),
      CONSTRAINT reward_list_union FOREIGN KEY (union_id) REFERENCES union_node (id),
      CONSTRAINT reward_list_state CHECK (state IN ('made', 'released', 'withdrawn')),
      CONSTRAINT reward_list_released CHECK
        ((state = 'released') = (released_at IS NOT NULL) AND (released_at IS NULL) = (released_by IS NULL)),
      CONSTRAINT reward_list_withdrawn CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL)
        AND (withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdraw_reason IS NULL)),
      CONSTRAINT reward_list_two_people CHECK (released_by IS NULL OR released_by <> made_by),
      CONSTRAINT reward_list_numbers CHECK (reward_count >= 1 AND reward_fen BETWEEN 1 AND ${MAX}
        AND money_fen BETWEEN 0 AND reward_fen AND points BETWEEN 0 AND ${MAX})
    ) ${TEXT_TABLE}`);
}

async function rewards(db: QueryRunner): Promise<void> {
  // The reward of an achievement, once: is_living is null for one whose list was withdrawn. number: in its list.
  // season_id, union_id: of the achievement. title: as it was. money_fen and points at their price are the reward.
  await db.query(`
    CREATE TABLE reward (
      id ${ID} NOT NULL,
      list_id ${ID} NOT NULL,
      number INT NOT NULL,
      achievement_id ${ID} NOT NULL,
      season_id ${ID} NOT NULL,
      union_id ${ID} NOT NULL,
      contract_id ${ID} NOT NULL,
      title VARCHAR(100) NOT NULL,
      benefit_fen BIGINT NOT NULL,
      reward_fen BIGINT NOT NULL,
      money_fen BIGINT NOT NULL,
      points BIGINT NOT NULL,
      programme_id ${ID} NULL,
      point_price_fen INT NULL,
      accepted_on DATE NOT NULL,
      state ${WORD} NOT NULL,
      is_living BOOLEAN GENERATED ALWAYS AS (IF(state = 'withdrawn', NULL, 1)) STORED,
      PRIMARY KEY (id),
      UNIQUE KEY reward_in_list (list_id, number),
      UNIQUE KEY reward_once (achievement_id, is_living),
      KEY reward_for_figures (season_id, union_id, state, reward_fen, money_fen, points),
      KEY reward_by_contract (contract_id, state, accepted_on, benefit_fen, reward_fen),
      CONSTRAINT reward_of_list FOREIGN KEY (list_id) REFERENCES reward_list (id),
      CONSTRAINT reward_achievement FOREIGN KEY (achievement_id) REFERENCES achievement (id),
      CONSTRAINT reward_season FOREIGN KEY (season_id) REFERENCES innovation_season (id),
      CONSTRAINT reward_union FOREIGN KEY (union_id) REFERENCES union_node (id),
      CONSTRAINT reward_contract FOREIGN KEY (contract_id) REFERENCES innovation_contract (id),
      CONSTRAINT reward_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
      CONSTRAINT reward_state CHECK (state IN ('made', 'released', 'withdrawn')),
      CONSTRAINT reward_in_points CHECK
        ((programme_id IS NULL) = (point_price_fen IS NULL) AND (points = 0 OR point_price_fen >= 1)),
      CONSTRAINT reward_adds_up CHECK (money_fen + points * COALESCE(point_price_fen, 0) = reward_fen),
      CONSTRAINT reward_numbers CHECK (number >= 1 AND benefit_fen BETWEEN 1 AND ${MAX}
        AND reward_fen BETWEEN 1 AND ${MAX} AND money_fen >= 0 AND points >= 0)
    ) ${TEXT_TABLE}`);
  // What each author has of a reward, by her share in hundredths of a per cent. payee: her name as it was.
  await db.query(`
    CREATE TABLE reward_line (
      reward_id ${ID} NOT NULL,
      number INT NOT NULL,
      member_id ${ID} NOT NULL,
      payee VARCHAR(120) NOT NULL,
      share INT NOT NULL,
      fen BIGINT NOT NULL,
      points BIGINT NOT NULL,
      PRIMARY KEY (reward_id, number),
      UNIQUE KEY reward_line_once (reward_id, member_id),
      KEY reward_line_of_member (member_id, reward_id),
      CONSTRAINT reward_line_of FOREIGN KEY (reward_id) REFERENCES reward (id),
      CONSTRAINT reward_line_member FOREIGN KEY (member_id) REFERENCES member (id),
      CONSTRAINT reward_line_numbers CHECK
        (number >= 1 AND share BETWEEN 1 AND 10000 AND fen BETWEEN 0 AND ${MAX} AND points BETWEEN 0 AND 1000000)
    ) ${TEXT_TABLE}`);
}

async function payments(db: QueryRunner): Promise<void> {
  // Payments from the fund of a contract. One that was recorded wrongly is taken back once, by an entry below zero.
  await db.query(`
    CREATE TABLE innovation_payment (
      id ${ID} NOT NULL,
      contract_id ${ID} NOT NULL,
      number INT NOT NULL,
      paid_on DATE NOT NULL,
      fen BIGINT NOT NULL,
      purpose VARCHAR(100) NOT NULL,
      reference VARCHAR(60) NOT NULL,
      reward_id ${ID} NULL,
      corrects_id ${ID} NULL,
      recorded_at DATETIME(3) NOT NULL,
      recorded_by ${ACTOR} NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY innovation_payment_number (contract_id, number),
      UNIQUE KEY innovation_payment_reference (contract_id, reference),
      UNIQUE KEY innovation_payment_reward (reward_id),
      UNIQUE KEY innovation_payment_corrects (corrects_id),
      KEY innovation_payment_days (contract_id, paid_on, fen),
      CONSTRAINT innovation_payment_contract FOREIGN KEY (contract_id) REFERENCES innovation_contract (id),
      CONSTRAINT innovation_payment_of_reward FOREIGN KEY (reward_id) REFERENCES reward (id),
      CONSTRAINT innovation_payment_corrected FOREIGN KEY (corrects_id) REFERENCES innovation_payment (id),
      CONSTRAINT innovation_payment_fen CHECK (number >= 1 AND (corrects_id IS NULL) = (fen > 0) AND fen <> 0),
      CONSTRAINT innovation_payment_kind CHECK (reward_id IS NULL OR corrects_id IS NULL)
    ) ${TEXT_TABLE}`);
}

async function figures(db: QueryRunner): Promise<void> {
  // Everything by which the entries of a season are counted, so that a season, or a branch of it, is read in one piece.
  await db.query(`
    ALTER TABLE achievement ADD KEY achievement_for_figures
      (season_id, union_id, state, kind, in_group, ownership, firm_union_id)`);
}

/** What was paid, and what was promised to whom, is written once and stays. */
async function keep(db: QueryRunner, table: string, verb: 'UPDATE' | 'DELETE'): Promise<void> {
  await db.query(`
    CREATE TRIGGER ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table} FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'this ${table} is fixed: ${verb} is not possible'`);
}

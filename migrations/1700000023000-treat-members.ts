import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
/** "operator:<id>" or "api-token:<id>". */
const ACTOR = 'VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin';

/** The treat of every month, and a limit for each member that several offers share. */
export class TreatMembers1700000023000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // What an offer's limit is counted under: null for the offer alone, else what all offers of a group name.
    await db.query(`ALTER TABLE offer ADD COLUMN limit_group ${ID} NULL`);
    await db.query(`ALTER TABLE redemption ADD COLUMN limit_group ${ID} NULL`);
    await db.query('UPDATE redemption SET limit_group = offer_id WHERE limit_slot IS NOT NULL');
    await db.query(`
      ALTER TABLE redemption
        DROP INDEX redemption_limit,
        ADD UNIQUE KEY redemption_limit (member_id, limit_group, limit_period, limit_slot),
        ADD CONSTRAINT redemption_grouped CHECK (limit_slot IS NULL OR limit_group IS NOT NULL)`);
    // opens is a time of Beijing's day, "10:00". changed_by stands for the offers where a programme reviews them.
    await db.query(`
      CREATE TABLE treat_plan (
        id ${ID} NOT NULL,
        programme_id ${ID} NOT NULL,
        name VARCHAR(40) NOT NULL,
        day_of_month TINYINT NOT NULL,
        when_rest ${WORD} NOT NULL,
        opens CHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        days_ahead TINYINT NOT NULL,
        state ${WORD} NOT NULL,
        changed_by ${ACTOR} NOT NULL,
        created_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        KEY treat_plan_of_programme (programme_id, id),
        KEY treat_plan_active (state, id),
        CONSTRAINT treat_plan_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
        CONSTRAINT treat_plan_day CHECK (day_of_month BETWEEN 1 AND 28),
        CONSTRAINT treat_plan_rest CHECK (when_rest IN ('on_the_day', 'workday_before')),
        CONSTRAINT treat_plan_ahead CHECK (days_ahead BETWEEN 0 AND 20),
        CONSTRAINT treat_plan_state CHECK (state IN ('active', 'paused'))
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE treat_plan_line (
        plan_id ${ID} NOT NULL,
        number INT NOT NULL,
        merchant_id ${ID} NOT NULL,
        outlet_id ${ID} NOT NULL,
        what VARCHAR(60) NOT NULL,
        quantity INT NOT NULL,
        PRIMARY KEY (plan_id, number),
        CONSTRAINT treat_plan_line_plan FOREIGN KEY (plan_id) REFERENCES treat_plan (id),
        CONSTRAINT treat_plan_line_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id),
        CONSTRAINT treat_plan_line_outlet FOREIGN KEY (outlet_id) REFERENCES outlet (id),
        CONSTRAINT treat_plan_line_quantity CHECK (quantity >= 1)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    // The unique key is what keeps a month from being put up twice. Its id is the limit group of its offers.
    await db.query(`
      CREATE TABLE treat_round (
        id ${ID} NOT NULL,
        plan_id ${ID} NOT NULL,
        programme_id ${ID} NOT NULL,
        month CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        name VARCHAR(40) NOT NULL,
        day DATE NOT NULL,
        opens_at DATETIME(3) NOT NULL,
        submitted_by ${ACTOR} NOT NULL,
        put_up_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY treat_round_once (plan_id, month),
        KEY treat_round_to_come (programme_id, day, id),
        KEY treat_round_day (day, id),
        CONSTRAINT treat_round_plan FOREIGN KEY (plan_id) REFERENCES treat_plan (id)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    // Either there is an offer, or a word that says why there is none.
    await db.query(`
      CREATE TABLE treat_round_line (
        round_id ${ID} NOT NULL,
        number INT NOT NULL,
        merchant_id ${ID} NOT NULL,
        outlet_id ${ID} NOT NULL,
        what VARCHAR(60) NOT NULL,
        quantity INT NOT NULL,
        offer_id ${ID} NULL,
        left_out ${WORD} NULL,
        PRIMARY KEY (round_id, number),
        UNIQUE KEY treat_round_line_offer (offer_id),
        CONSTRAINT treat_round_line_round FOREIGN KEY (round_id) REFERENCES treat_round (id),
        CONSTRAINT treat_round_line_merchant FOREIGN KEY (merchant_id) REFERENCES merchant (id),
        CONSTRAINT treat_round_line_outlet FOREIGN KEY (outlet_id) REFERENCES outlet (id),
        CONSTRAINT treat_round_line_made FOREIGN KEY (offer_id) REFERENCES offer (id),
        CONSTRAINT treat_round_line_why CHECK ((offer_id IS NULL) = (left_out IS NOT NULL)),
        CONSTRAINT treat_round_line_left_out CHECK (left_out IN ('no_contract', 'merchant_not_active'))
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const TRANSFER_ID = 'CHAR(30) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const MONTH = 'CHAR(7) CHARACTER SET ascii COLLATE ascii_bin';
const MAX = '9007199254740991';
const TEXT_TABLE = 'DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci';

/** Lotteries: what they are set up as, who has which tickets, how each was drawn, and what was won. */
export class DrawLotteries1700000022000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await setUp(db);
    await tickets(db);
    await draws(db);
    // A voucher that was won is no purchase: it cannot be cancelled for points, and forfeits when it lapses.
    await db.query('ALTER TABLE redemption ADD COLUMN is_prize TINYINT NOT NULL DEFAULT 0');
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

async function setUp(db: QueryRunner): Promise<void> {
  // terms: what a lottery of each month is made with. active_since: no draw that lay before it is made up for.
  await db.query(`
    CREATE TABLE lottery_template (
      id ${ID} NOT NULL,
      programme_id ${ID} NOT NULL,
      name VARCHAR(100) NOT NULL,
      terms JSON NOT NULL,
      state ${WORD} NOT NULL,
      active_since DATETIME(3) NOT NULL,
      created_at DATETIME(3) NOT NULL,
      PRIMARY KEY (id),
      KEY lottery_template_of_programme (programme_id, id),
      CONSTRAINT lottery_template_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
      CONSTRAINT lottery_template_state CHECK (state IN ('active', 'paused'))
    ) ${TEXT_TABLE}`);
  // month is that of the draw: one lottery a month comes from a template, however often or late the job runs.
  // trouble says why a step that is due was not taken. draw_number is the draw that it is at. given_at: when everybody
  // who was a member at the opening had tickets.
  await db.query(`
    CREATE TABLE lottery (
      id ${ID} NOT NULL,
      programme_id ${ID} NOT NULL,
      template_id ${ID} NULL,
      month ${MONTH} NOT NULL,
      name VARCHAR(100) NOT NULL,
      state ${WORD} NOT NULL,
      trouble ${WORD} NULL,
      opens_at DATETIME(3) NOT NULL,
      freezes_at DATETIME(3) NOT NULL,
      draws_at DATETIME(3) NOT NULL,
      free_tickets INT NOT NULL,
      ticket_price BIGINT NULL,
      bought_at_most INT NOT NULL,
      tickets_at_most INT NOT NULL,
      leaves_out_months INT NOT NULL,
      notice_working_days INT NOT NULL,
      collect_days INT NOT NULL,
      entropy ${WORD} NOT NULL,
      reveal_hours INT NOT NULL,
      reserved_points BIGINT NOT NULL DEFAULT 0,
      draw_number INT NOT NULL DEFAULT 1,
      opened_at DATETIME(3) NULL,
      given_at DATETIME(3) NULL,
      frozen_at DATETIME(3) NULL,
      listed_at DATETIME(3) NULL,
      ticket_count INT NULL,
      root BINARY(32) NULL,
      counted_at DATETIME(3) NULL,
      notice_id ${ID} NULL,
      final_at DATETIME(3) NULL,
      void_at DATETIME(3) NULL,
      void_reason VARCHAR(500) NULL,
      settled_at DATETIME(3) NULL,
      created_at DATETIME(3) NOT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY lottery_of_month (template_id, month),
      KEY lottery_of_programme (programme_id, id),
      KEY lottery_in_state (state, settled_at),
      CONSTRAINT lottery_programme FOREIGN KEY (programme_id) REFERENCES programme (id),
      CONSTRAINT lottery_template_row FOREIGN KEY (template_id) REFERENCES lottery_template (id),
      CONSTRAINT lottery_notice FOREIGN KEY (notice_id) REFERENCES notice (id),
      CONSTRAINT lottery_state CHECK (state IN ('draft', 'open', 'frozen', 'drawn', 'in_notice', 'final', 'void')),
      CONSTRAINT lottery_order CHECK (opens_at < freezes_at AND freezes_at < draws_at),
      CONSTRAINT lottery_entropy CHECK (entropy IN ('drand', 'reveals')),
      CONSTRAINT lottery_price CHECK (ticket_price IS NULL OR ticket_price BETWEEN 1 AND ${MAX}),
      CONSTRAINT lottery_numbers CHECK (free_tickets >= 0 AND bought_at_most >= 0 AND tickets_at_most >= 1
        AND leaves_out_months >= 0 AND notice_working_days >= 1 AND collect_days >= 1 AND reserved_points >= 0),
      CONSTRAINT lottery_counted CHECK ((root IS NULL) = (ticket_count IS NULL))
    ) ${TEXT_TABLE}`);
  // points: of each piece; what a member gets, or for a voucher what its merchant gets.
  await db.query(`
    CREATE TABLE lottery_prize (
      lottery_id ${ID} NOT NULL,
      number INT NOT NULL,
      tier INT NOT NULL,
      name VARCHAR(100) NOT NULL,
      kind ${WORD} NOT NULL,
      points BIGINT NOT NULL DEFAULT 0,
      offer_id ${ID} NULL,
      quantity INT NOT NULL,
      PRIMARY KEY (lottery_id, number),
      CONSTRAINT lottery_prize_lottery FOREIGN KEY (lottery_id) REFERENCES lottery (id),
      CONSTRAINT lottery_prize_offer FOREIGN KEY (offer_id) REFERENCES offer (id),
      CONSTRAINT lottery_prize_kind CHECK (kind IN ('points', 'voucher', 'goods')),
      CONSTRAINT lottery_prize_points CHECK (points BETWEEN 0 AND ${MAX} AND (kind <> 'points' OR points >= 1)),
      CONSTRAINT lottery_prize_of_offer CHECK ((kind = 'voucher') = (offer_id IS NOT NULL)),
      CONSTRAINT lottery_prize_quantity CHECK (quantity >= 1 AND number >= 1 AND tier >= 1)
    ) ${TEXT_TABLE}`);
  // What a rule gave a member in the month before the draw gives her tickets too.
  await db.query(`
    CREATE TABLE lottery_ticket_rule (
      lottery_id ${ID} NOT NULL,
      rule_id ${ID} NOT NULL,
      tickets INT NOT NULL,
      PRIMARY KEY (lottery_id, rule_id),
      CONSTRAINT lottery_ticket_rule_lottery FOREIGN KEY (lottery_id) REFERENCES lottery (id),
      CONSTRAINT lottery_ticket_rule_rule FOREIGN KEY (rule_id) REFERENCES rule (id),
      CONSTRAINT lottery_ticket_rule_tickets CHECK (tickets >= 1)
    ) ${TEXT_TABLE}`);
}

async function tickets(db: QueryRunner): Promise<void> {
  // Some tickets of one member, given or bought together. Clustered by lottery, so that its list is one run of pages.
  // cause: 'free', the accrual's id, or for bought ones the grant's own id. left_out says why it does not take part.
  await db.query(`
    CREATE TABLE lottery_grant (
      lottery_id ${ID} NOT NULL,
      id ${ID} NOT NULL,
      member_id ${ID} NOT NULL,
      source ${WORD} NOT NULL,
      cause ${WORD} NOT NULL,
      tickets INT NOT NULL,
      transfer_id ${TRANSFER_ID} NULL,
      left_out ${WORD} NULL,
      refunded_at DATETIME(3) NULL,
      given_at DATETIME(3) NOT NULL,
      PRIMARY KEY (lottery_id, id),
      UNIQUE KEY lottery_grant_once (lottery_id, member_id, source, cause),
      KEY lottery_grant_of_member (member_id, lottery_id),
      CONSTRAINT lottery_grant_lottery FOREIGN KEY (lottery_id) REFERENCES lottery (id),
      CONSTRAINT lottery_grant_member FOREIGN KEY (member_id) REFERENCES member (id),
      CONSTRAINT lottery_grant_source CHECK (source IN ('free', 'rule', 'bought')),
      CONSTRAINT lottery_grant_paid CHECK ((source = 'bought') = (transfer_id IS NOT NULL)),
      CONSTRAINT lottery_grant_left_out CHECK (left_out IN ('not_active', 'won_lately', 'revoked')),
      CONSTRAINT lottery_grant_tickets CHECK (tickets >= 1)
    ) ${TEXT_TABLE}`);
  // Every 256 tickets of the frozen list are a whole subtree: with these, a member's proof reads one of them.
  await db.query(`
    CREATE TABLE lottery_chunk (
      lottery_id ${ID} NOT NULL,
      number INT NOT NULL,
      first_grant_id ${ID} NOT NULL,
      first_ticket INT NOT NULL,
      hash BINARY(32) NOT NULL,
      PRIMARY KEY (lottery_id, number),
      CONSTRAINT lottery_chunk_lottery FOREIGN KEY (lottery_id) REFERENCES lottery (id)
    ) ${TEXT_TABLE}`);
}

async function draws(db: QueryRunner): Promise<void> {
  // The seed lies enciphered until the draw; its hash is public from the beginning. prizes: what is drawn again, null for
  // all. announcement: what decides the draw but for seed and entropy, as it was made public before there was any entropy.
  await db.query(`
    CREATE TABLE lottery_draw (
      lottery_id ${ID} NOT NULL,
      number INT NOT NULL,
      reason ${WORD} NOT NULL,
      seed_commitment BINARY(32) NOT NULL,
      seed_cipher VARBINARY(255) NOT NULL,
      committed_at DATETIME(3) NOT NULL,
      drand_round BIGINT NULL,
      drand_signature VARBINARY(48) NULL,
      reveal_until DATETIME(3) NULL,
      prizes JSON NULL,
      announcement LONGTEXT NULL,
      announced_at DATETIME(3) NULL,
      transcript LONGTEXT NULL,
      transcript_hash BINARY(32) NULL,
      drawn_at DATETIME(3) NULL,
      PRIMARY KEY (lottery_id, number),
      CONSTRAINT lottery_draw_lottery FOREIGN KEY (lottery_id) REFERENCES lottery (id),
      CONSTRAINT lottery_draw_reason CHECK (reason IN ('first', 'again')),
      CONSTRAINT lottery_draw_announced CHECK ((announced_at IS NULL) = (announcement IS NULL)),
      CONSTRAINT lottery_draw_drawn CHECK ((drawn_at IS NULL) = (transcript IS NULL)
        AND (transcript IS NULL OR announcement IS NOT NULL))
    ) ${TEXT_TABLE}`);
  for (const verb of ['UPDATE', 'DELETE']) {
    await db.query(`
      CREATE TRIGGER lottery_draw_no_${verb.toLowerCase()} BEFORE ${verb} ON lottery_draw FOR EACH ROW
      BEGIN
        IF OLD.transcript IS NOT NULL THEN
          SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a draw that was made is never changed or deleted';
        END IF;
      END`);
  }
  await db.query(`
    CREATE TABLE lottery_party (
      lottery_id ${ID} NOT NULL,
      draw_number INT NOT NULL,
      number INT NOT NULL,
      name VARCHAR(100) NOT NULL,
      operator_id ${ID} NOT NULL,
      commitment BINARY(32) NULL,
      committed_at DATETIME(3) NULL,
      reveal VARBINARY(64) NULL,
      revealed_at DATETIME(3) NULL,
      PRIMARY KEY (lottery_id, draw_number, number),
      UNIQUE KEY lottery_party_once (lottery_id, draw_number, operator_id),
      CONSTRAINT lottery_party_lottery FOREIGN KEY (lottery_id) REFERENCES lottery (id),
      CONSTRAINT lottery_party_operator FOREIGN KEY (operator_id) REFERENCES operator (id),
      CONSTRAINT lottery_party_committed CHECK ((commitment IS NULL) = (committed_at IS NULL)),
      CONSTRAINT lottery_party_revealed CHECK ((reveal IS NULL) = (revealed_at IS NULL)
        AND (reveal IS NULL OR commitment IS NOT NULL))
    ) ${TEXT_TABLE}`);
  // provisional in notice, then due, then paid; goods are collected or lapse. drawn_again: the draw that gave the place anew.
  await db.query(`
    CREATE TABLE lottery_win (
      id ${ID} NOT NULL,
      lottery_id ${ID} NOT NULL,
      draw_number INT NOT NULL,
      place INT NOT NULL,
      prize_number INT NOT NULL,
      ticket_index INT NOT NULL,
      grant_id ${ID} NOT NULL,
      ticket INT NOT NULL,
      member_id ${ID} NOT NULL,
      state ${WORD} NOT NULL,
      reason VARCHAR(500) NULL,
      transfer_id ${TRANSFER_ID} NULL,
      redemption_id ${ID} NULL,
      collect_until DATETIME(3) NULL,
      settled_at DATETIME(3) NULL,
      settled_by VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL,
      drawn_again INT NULL,
      PRIMARY KEY (id),
      UNIQUE KEY lottery_win_place (lottery_id, draw_number, place),
      UNIQUE KEY lottery_win_once (lottery_id, draw_number, member_id),
      KEY lottery_win_of_member (member_id, id),
      KEY lottery_win_in_state (lottery_id, state, id),
      CONSTRAINT lottery_win_prize FOREIGN KEY (lottery_id, prize_number) REFERENCES lottery_prize (lottery_id, number),
      CONSTRAINT lottery_win_draw FOREIGN KEY (lottery_id, draw_number) REFERENCES lottery_draw (lottery_id, number),
      CONSTRAINT lottery_win_grant FOREIGN KEY (lottery_id, grant_id) REFERENCES lottery_grant (lottery_id, id),
      CONSTRAINT lottery_win_state CHECK
        (state IN ('provisional', 'due', 'paid', 'to_collect', 'collected', 'lapsed', 'disqualified', 'void'))
    ) ${TEXT_TABLE}`);
}

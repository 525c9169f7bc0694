import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const DIGITS = (count: number) => `CHAR(${count}) CHARACTER SET ascii COLLATE ascii_bin`;

export class CreateCards1700000014000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE card_issuer (
        id ${ID} NOT NULL,
        union_id ${ID} NOT NULL,
        name VARCHAR(60) NOT NULL,
        prefix ${DIGITS(6)} NOT NULL,
        created_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY card_issuer_prefix (prefix),
        KEY card_issuer_union (union_id, id),
        CONSTRAINT card_issuer_union_node FOREIGN KEY (union_id) REFERENCES union_node (id)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    // last_member_id moves with the cards of each part, so a run that was cut off goes on from there. is_open is what
    // keeps an issuer to one unfinished batch. file_until is null while there is no file, and again once it was deleted.
    await db.query(`
      CREATE TABLE card_batch (
        id ${ID} NOT NULL,
        issuer_id ${ID} NOT NULL,
        union_id ${ID} NOT NULL,
        requested_by ${WORD} NOT NULL,
        state ${WORD} NOT NULL,
        last_member_id ${ID} NOT NULL DEFAULT '',
        members_seen INT NOT NULL DEFAULT 0,
        members_of INT NULL,
        cards_issued INT NOT NULL DEFAULT 0,
        cards_added INT NOT NULL DEFAULT 0,
        file_sha256 BINARY(32) NULL,
        file_until DATETIME(3) NULL,
        created_at DATETIME(3) NOT NULL,
        finished_at DATETIME(3) NULL,
        is_open TINYINT GENERATED ALWAYS AS (IF(state = 'done', NULL, 1)) STORED,
        PRIMARY KEY (id),
        UNIQUE KEY card_batch_open (issuer_id, is_open),
        KEY card_batch_of_union (union_id, id),
        KEY card_batch_file (file_until),
        CONSTRAINT card_batch_issuer FOREIGN KEY (issuer_id) REFERENCES card_issuer (id),
        CONSTRAINT card_batch_union FOREIGN KEY (union_id) REFERENCES union_node (id),
        CONSTRAINT card_batch_state CHECK (state IN ('waiting', 'running', 'done'))
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    // is_live keeps a member to one card of an issuer: a lost one counts until it is replaced or cancelled. keys_from is
    // the unix second before which every card key that was handed out is void. batch_id names the batch whose file has
    // the card; null for one that was issued singly and is in no file yet.
    await db.query(`
      CREATE TABLE card (
        id ${ID} NOT NULL,
        issuer_id ${ID} NOT NULL,
        member_id ${ID} NOT NULL,
        number ${DIGITS(16)} NOT NULL,
        state ${WORD} NOT NULL,
        replaces_id ${ID} NULL,
        batch_id ${ID} NULL,
        keys_from BIGINT NOT NULL DEFAULT 0,
        issued_by ${WORD} NOT NULL,
        issued_at DATETIME(3) NOT NULL,
        is_live TINYINT GENERATED ALWAYS AS (IF(state IN ('replaced', 'cancelled'), NULL, 1)) STORED,
        PRIMARY KEY (id),
        UNIQUE KEY card_number (number),
        UNIQUE KEY card_live (member_id, issuer_id, is_live),
        UNIQUE KEY card_replaces (replaces_id),
        KEY card_of_member (member_id, id),
        KEY card_of_batch (batch_id, id),
        CONSTRAINT card_issuer_row FOREIGN KEY (issuer_id) REFERENCES card_issuer (id),
        CONSTRAINT card_member FOREIGN KEY (member_id) REFERENCES member (id),
        CONSTRAINT card_replaced FOREIGN KEY (replaces_id) REFERENCES card (id),
        CONSTRAINT card_batch_row FOREIGN KEY (batch_id) REFERENCES card_batch (id),
        CONSTRAINT card_state CHECK (state IN ('active', 'frozen', 'lost', 'replaced', 'cancelled'))
      )`);
    await db.query(`
      CREATE TABLE card_change (
        id ${ID} NOT NULL,
        card_id ${ID} NOT NULL,
        state_before ${WORD} NOT NULL,
        state_after ${WORD} NOT NULL,
        actor ${WORD} NOT NULL,
        reason VARCHAR(200) NOT NULL,
        changed_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        KEY card_change_of_card (card_id, id),
        CONSTRAINT card_change_card FOREIGN KEY (card_id) REFERENCES card (id)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    // The codes that were used, by their MAC, for as long as they could be shown again. use_id is one for each reading.
    await db.query(`
      CREATE TABLE card_code_use (
        mac BINARY(16) NOT NULL,
        use_id ${ID} NOT NULL,
        used_at DATETIME(3) NOT NULL,
        PRIMARY KEY (mac),
        KEY card_code_use_age (used_at)
      )`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

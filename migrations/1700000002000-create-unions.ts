import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';

export class CreateUnions1700000002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // parent_path is what keeps names apart among sisters: two roots have parent_id NULL, which no unique key sees as equal.
    await db.query(`
      CREATE TABLE union_node (
        id ${ID} NOT NULL,
        parent_id ${ID} NULL,
        name VARCHAR(120) NOT NULL,
        kind ${WORD} NOT NULL,
        path VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        created_at DATETIME(3) NOT NULL,
        parent_path VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin GENERATED ALWAYS AS (LEFT(path, LENGTH(path) - 27)) STORED,
        PRIMARY KEY (id),
        UNIQUE KEY union_name (parent_path, name),
        KEY union_parent_id (parent_id, id),
        UNIQUE KEY union_path (path),
        CONSTRAINT union_parent FOREIGN KEY (parent_id) REFERENCES union_node (id)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE programme (
        id ${ID} NOT NULL,
        union_id ${ID} NOT NULL,
        name VARCHAR(120) NOT NULL,
        point_price_fen INT NOT NULL,
        points_live_days INT NOT NULL,
        undo_minutes INT NOT NULL DEFAULT 10,
        created_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY programme_name (union_id, name),
        CONSTRAINT programme_union FOREIGN KEY (union_id) REFERENCES union_node (id),
        CONSTRAINT programme_price CHECK (point_price_fen >= 0),
        CONSTRAINT programme_life CHECK (points_live_days BETWEEN 1 AND 36500)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE member (
        id ${ID} NOT NULL,
        union_id ${ID} NOT NULL,
        name VARCHAR(80) NOT NULL,
        staff_number VARCHAR(40) NULL,
        sex ${WORD} NULL,
        birth_date DATE NULL,
        joined_on DATE NULL,
        id_number_cipher VARBINARY(200) NULL,
        id_number_hash BINARY(32) NULL,
        phone_cipher VARBINARY(200) NULL,
        phone_hash BINARY(32) NULL,
        state ${WORD} NOT NULL,
        created_at DATETIME(3) NOT NULL,
        updated_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY member_id_number (id_number_hash),
        UNIQUE KEY member_phone (phone_hash),
        UNIQUE KEY member_staff_number (union_id, staff_number),
        KEY member_of_union (union_id, id),
        KEY member_by_staff_number (staff_number),
        KEY member_by_name (name),
        CONSTRAINT member_union FOREIGN KEY (union_id) REFERENCES union_node (id),
        CONSTRAINT member_state CHECK (state IN ('active', 'frozen', 'left'))
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    // rows_read counts what the check is past, rows_done what the import is past: each moves with the batch that it counts,
    // so a run that was cut off goes on from there and the figures are right.
    await db.query(`
      CREATE TABLE roster_import (
        id ${ID} NOT NULL,
        union_id ${ID} NOT NULL,
        requested_by VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        file_name VARCHAR(200) NOT NULL,
        storage_key VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        file_sha256 BINARY(32) NOT NULL,
        is_full BOOLEAN NOT NULL,
        state ${WORD} NOT NULL,
        rows_read INT NOT NULL DEFAULT 0,
        rows_done INT NOT NULL DEFAULT 0,
        rows_bad INT NOT NULL DEFAULT 0,
        members_created INT NOT NULL DEFAULT 0,
        members_updated INT NOT NULL DEFAULT 0,
        members_unchanged INT NOT NULL DEFAULT 0,
        members_missing INT NOT NULL DEFAULT 0,
        failure_code ${WORD} NULL,
        failure_zh VARCHAR(300) NULL,
        failure_en VARCHAR(300) NULL,
        created_at DATETIME(3) NOT NULL,
        finished_at DATETIME(3) NULL,
        PRIMARY KEY (id),
        KEY roster_import_union (union_id, id),
        CONSTRAINT roster_import_union_node FOREIGN KEY (union_id) REFERENCES union_node (id),
        CONSTRAINT roster_import_state CHECK (state IN ('checking', 'checked', 'importing', 'imported', 'failed'))
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE roster_problem (
        import_id ${ID} NOT NULL,
        row_no INT NOT NULL,
        number INT NOT NULL,
        heading VARCHAR(60) NOT NULL,
        code ${WORD} NOT NULL,
        message_zh VARCHAR(300) NOT NULL,
        message_en VARCHAR(300) NOT NULL,
        PRIMARY KEY (import_id, row_no, number),
        CONSTRAINT roster_problem_import FOREIGN KEY (import_id) REFERENCES roster_import (id)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE roster_missing (
        import_id ${ID} NOT NULL,
        member_id ${ID} NOT NULL,
        PRIMARY KEY (import_id, member_id),
        CONSTRAINT roster_missing_import FOREIGN KEY (import_id) REFERENCES roster_import (id),
        CONSTRAINT roster_missing_member FOREIGN KEY (member_id) REFERENCES member (id)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

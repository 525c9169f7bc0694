import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';

export class CreateIdentity1700000003000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // People who sign in with a password: union admins (door "admin") and merchant staff (door "merchant").
    await db.query(`
      CREATE TABLE operator (
        id ${ID} NOT NULL,
        door ${WORD} NOT NULL,
        login VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        name VARCHAR(80) NOT NULL,
        password_hash VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        disabled_at DATETIME(3) NULL,
        created_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        UNIQUE KEY operator_login (door, login),
        CONSTRAINT operator_door CHECK (door IN ('merchant', 'admin'))
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE admin_role (
        operator_id ${ID} NOT NULL,
        union_id ${ID} NOT NULL,
        role ${WORD} NOT NULL,
        PRIMARY KEY (operator_id, union_id, role),
        CONSTRAINT admin_role_operator FOREIGN KEY (operator_id) REFERENCES operator (id),
        CONSTRAINT admin_role_union FOREIGN KEY (union_id) REFERENCES union_node (id)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE api_token (
        id ${ID} NOT NULL,
        union_id ${ID} NOT NULL,
        name VARCHAR(80) NOT NULL,
        token_hash BINARY(32) NOT NULL,
        permissions VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        created_by ${ID} NOT NULL,
        created_at DATETIME(3) NOT NULL,
        expires_at DATETIME(3) NOT NULL,
        revoked_at DATETIME(3) NULL,
        PRIMARY KEY (id),
        UNIQUE KEY api_token_hash (token_hash),
        CONSTRAINT api_token_union FOREIGN KEY (union_id) REFERENCES union_node (id)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE wechat_binding (
        openid VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        member_id ${ID} NOT NULL,
        bound_at DATETIME(3) NOT NULL,
        PRIMARY KEY (openid),
        UNIQUE KEY wechat_binding_member (member_id),
        CONSTRAINT wechat_binding_member_row FOREIGN KEY (member_id) REFERENCES member (id)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    // subject_id: a member at the member door, an operator at the other two.
    await db.query(`
      CREATE TABLE session (
        id ${ID} NOT NULL,
        door ${WORD} NOT NULL,
        subject_id ${ID} NOT NULL,
        generation INT NOT NULL,
        device VARCHAR(200) NOT NULL,
        created_at DATETIME(3) NOT NULL,
        rotated_at DATETIME(3) NOT NULL,
        expires_at DATETIME(3) NOT NULL,
        revoked_at DATETIME(3) NULL,
        revoked_why ${WORD} NULL,
        PRIMARY KEY (id),
        KEY session_subject (subject_id, revoked_at),
        CONSTRAINT session_door CHECK (door IN ('member', 'merchant', 'admin'))
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE audit_record (
        number BIGINT NOT NULL,
        id ${ID} NOT NULL,
        actor VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        action ${WORD} NOT NULL,
        target_kind ${WORD} NOT NULL,
        target_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        union_id ${ID} NULL,
        value_before TEXT NULL,
        value_after TEXT NULL,
        recorded_at DATETIME(3) NOT NULL,
        hash BINARY(32) NOT NULL,
        PRIMARY KEY (number),
        UNIQUE KEY audit_record_id (id),
        KEY audit_record_target (target_kind, target_id, number),
        KEY audit_record_union (union_id, number),
        KEY audit_record_actor (actor, number)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE audit_head (
        id TINYINT NOT NULL,
        number BIGINT NOT NULL,
        hash BINARY(32) NOT NULL,
        PRIMARY KEY (id)
      )`);
    await db.query(`INSERT INTO audit_head (id, number, hash) VALUES (1, 0, REPEAT(CHAR(0), 32))`);
    for (const verb of ['UPDATE', 'DELETE']) {
      await db.query(`
        CREATE TRIGGER audit_record_no_${verb.toLowerCase()} BEFORE ${verb} ON audit_record FOR EACH ROW
        SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'an audit record is never changed or deleted'`);
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

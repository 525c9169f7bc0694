import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePlatform1700000001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE idempotency (
        actor VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        idempotency_key VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        operation VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        input_hash BINARY(32) NOT NULL,
        outcome TEXT NOT NULL,
        created_at DATETIME(3) NOT NULL,
        PRIMARY KEY (actor, idempotency_key)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE outbox (
        id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        job VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        payload MEDIUMTEXT NOT NULL,
        created_at DATETIME(3) NOT NULL,
        relayed_at DATETIME(3) NULL,
        PRIMARY KEY (id),
        KEY outbox_waiting (relayed_at, id)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    await db.query(`
      CREATE TABLE periodic_run (
        job VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        period VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        started_at DATETIME(3) NOT NULL,
        finished_at DATETIME(3) NULL,
        detail TEXT NULL,
        PRIMARY KEY (job, period)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

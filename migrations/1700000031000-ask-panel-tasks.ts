import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';
const ACTOR = 'VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin';
const TEXT_TABLE = 'DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci';

/** What a job is to do for a panel that is too large for a request; rankings out of date; stages that nobody comes to. */
export class AskPanelTasks1700000031000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // One at a time. input: JSON, what else was asked. A task that is done has no row; one that failed keeps it with the
    // reason until another is asked.
    await db.query(`
      CREATE TABLE panel_task (
        panel_id ${ID} NOT NULL,
        kind ${WORD} NOT NULL,
        input VARCHAR(2000) NOT NULL,
        asked_by ${ACTOR} NOT NULL,
        asked_at DATETIME(3) NOT NULL,
        done INT NOT NULL,
        total INT NOT NULL,
        failed_at DATETIME(3) NULL,
        failure_code ${WORD} NULL,
        failure_zh VARCHAR(1000) NULL,
        failure_en VARCHAR(1000) NULL,
        PRIMARY KEY (panel_id),
        CONSTRAINT panel_task_panel FOREIGN KEY (panel_id) REFERENCES panel (id),
        CONSTRAINT panel_task_kind CHECK (kind IN ('fill', 'assign', 'start', 'close', 'rank', 'disqualify')),
        CONSTRAINT panel_task_steps CHECK (done >= 0 AND total >= 0),
        CONSTRAINT panel_task_failed CHECK
          ((failed_at IS NULL) = (failure_code IS NULL) AND (failed_at IS NULL) = (failure_zh IS NULL)
           AND (failed_at IS NULL) = (failure_en IS NULL))
      ) ${TEXT_TABLE}`);
    // Whether scores have changed since the newest version of its ranking, which nobody may let stand then.
    await db.query('ALTER TABLE panel ADD COLUMN ranking_outdated BOOLEAN NOT NULL DEFAULT FALSE');
    // Why a stage was left without anybody; null for every other.
    await db.query('ALTER TABLE competition_stage ADD COLUMN vacant_reason VARCHAR(300) NULL');
    await db.query(`
      ALTER TABLE competition_stage ADD CONSTRAINT competition_stage_vacant CHECK (vacant_reason IS NULL OR state = 'final')`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

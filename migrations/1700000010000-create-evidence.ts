import type { MigrationInterface, QueryRunner } from 'typeorm';

const ID = 'CHAR(26) CHARACTER SET ascii COLLATE ascii_bin';
const WORD = 'VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin';

export class CreateEvidence1700000010000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    // free_since is from when a file has been attached to nothing: its upload, or the moment it was let go.
    await db.query(`
      CREATE TABLE evidence_file (
        id ${ID} NOT NULL,
        owner ${WORD} NOT NULL,
        file_name VARCHAR(200) NOT NULL,
        media_type ${WORD} NOT NULL,
        size INT NOT NULL,
        sha256 BINARY(32) NOT NULL,
        storage_key VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
        attached_to VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL,
        attached_at DATETIME(3) NULL,
        free_since DATETIME(3) NULL,
        uploaded_at DATETIME(3) NOT NULL,
        PRIMARY KEY (id),
        KEY evidence_file_owner (owner, free_since),
        KEY evidence_file_target (attached_to, id),
        KEY evidence_file_free (free_since, id),
        CONSTRAINT evidence_file_size CHECK (size >= 1),
        CONSTRAINT evidence_file_attached CHECK ((attached_to IS NULL) = (attached_at IS NULL)),
        CONSTRAINT evidence_file_free_or_attached CHECK ((attached_to IS NULL) = (free_since IS NOT NULL))
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
    // One row for each who ever uploaded: what is locked while that one's free files are counted.
    await db.query(`
      CREATE TABLE evidence_owner (
        owner ${WORD} NOT NULL,
        PRIMARY KEY (owner)
      ) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

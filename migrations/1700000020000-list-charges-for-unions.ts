import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A union lists the charges of a programme by their time; the states that are rare are looked for in the index alone. */
export class ListChargesForUnions1700000020000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE charge ADD KEY charge_of_programme (programme_id, charged_at, id, state)');
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

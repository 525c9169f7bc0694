import { readdir } from 'node:fs/promises';
import type { MigrationInterface } from 'typeorm';
import { createDataSource } from './data-source.ts';

const FOLDER = new URL('../../../migrations/', import.meta.url);

/** Brings a database to the newest schema, one process at a time. Returns the names of the migrations that it ran. */
export async function migrate(url: string): Promise<string[]> {
  const db = createDataSource({ url, pool: 2, entities: [], migrations: await allMigrations() });
  await db.initialize();
  const session = db.createQueryRunner();
  try {
    const [lock] = await session.query("SELECT GET_LOCK('xingfu-migrate', 60) AS held");
    if (Number(lock.held) !== 1) throw new Error('another process has been migrating this database for a minute');
    const done = await db.runMigrations({ transaction: 'none' });
    return done.map((migration) => migration.name);
  } finally {
    await session.release();
    await db.destroy();
  }
}

// Imported here and not by TypeORM's glob, whose import knows no TypeScript where another loader than tsx is at work.
async function allMigrations(): Promise<(new () => MigrationInterface)[]> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.ts')).sort();
  const modules = await Promise.all(files.map((file) => import(new URL(file, FOLDER).href)));
  return modules.flatMap((module) => Object.values(module) as (new () => MigrationInterface)[]);
}

import { DataSource } from 'typeorm';
import { entities } from '../../src/entities.ts';
import { createDataSource } from '../../src/platform/db/data-source.ts';
import { migrate } from '../../src/platform/db/migrate.ts';

/** The URL of a database of this name on the server that DATABASE_URL names. */
export function databaseUrl(name: string): string {
  const url = new URL(process.env.DATABASE_URL ?? missing());
  url.pathname = `/${name}`;
  return url.toString();
}

function missing(): never {
  throw new Error('DATABASE_URL is not set: run the tests with script/test, or after `. .data/services.env`');
}

/** Makes an empty database of this name anew and migrates it by the real migrations. */
export async function createDatabase(name: string): Promise<void> {
  await dropDatabase(name);
  await onServer((server) =>
    server.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`),
  );
  await migrate(databaseUrl(name));
}

export async function dropDatabase(name: string): Promise<void> {
  await onServer((server) => server.query(`DROP DATABASE IF EXISTS \`${name}\``));
}

async function onServer(work: (server: DataSource) => Promise<unknown>): Promise<void> {
  const url = new URL(process.env.DATABASE_URL ?? missing());
  url.pathname = '/';
  const server = new DataSource({ type: 'mysql', url: url.toString() });
  await server.initialize();
  try {
    await work(server);
  } finally {
    await server.destroy();
  }
}

/** Opens a migrated database as the program does. */
export async function openDatabase(name: string, pool = 10): Promise<DataSource> {
  return createDataSource({ url: databaseUrl(name), pool, entities }).initialize();
}

const HEADS = ['seal_head', 'audit_head'];
const MANY = 1_000;

/** The tables that tests fill. Where a trigger keeps rows from being deleted, a table is truncated. */
interface Tables {
  deleted: string[];
  truncated: string[];
}

const tablesOf = new WeakMap<DataSource, Tables>();

/** Empties every table that has rows and sets the heads of the hash chains back to their beginning. */
export async function emptyDatabase(db: DataSource): Promise<void> {
  const { deleted, truncated } = tablesOf.get(db) ?? (await readTables(db));
  const filled = await countRows(db, [...deleted, ...truncated]);
  // TRUNCATE makes a new file, which takes several times as long as deleting a few rows.
  const large = deleted.filter((name) => filled.get(name) === MANY);
  const session = db.createQueryRunner();
  try {
    await session.query('SET FOREIGN_KEY_CHECKS = 0');
    for (const name of [...truncated, ...large])
      if (filled.has(name)) await session.query(`TRUNCATE TABLE \`${name}\``);
    await session.query('BEGIN');
    for (const name of deleted) if (filled.has(name)) await session.query(`DELETE FROM \`${name}\``);
    for (const head of HEADS) await session.query(`UPDATE ${head} SET number = 0, hash = REPEAT(CHAR(0), 32)`);
    await session.query('COMMIT');
    await session.query('SET FOREIGN_KEY_CHECKS = 1');
  } finally {
    await session.release();
  }
}

async function readTables(db: DataSource): Promise<Tables> {
  const names: { name: string }[] = await db.query(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND table_name NOT IN ('schema_migration', ?)`,
    [HEADS],
  );
  const triggers: { Table: string; Event: string }[] = await db.query('SHOW TRIGGERS');
  const kept = new Set(triggers.filter((trigger) => trigger.Event === 'DELETE').map((trigger) => trigger.Table));
  const all = names.map((row) => row.name);
  const tables = { deleted: all.filter((name) => !kept.has(name)), truncated: all.filter((name) => kept.has(name)) };
  tablesOf.set(db, tables);
  return tables;
}

/** The tables that have rows, with how many, up to MANY. */
async function countRows(db: DataSource, tables: readonly string[]): Promise<Map<string, number>> {
  const rows: { name: string; n: string }[] = await db.query(
    tables
      .map((name) => `SELECT '${name}' AS name, COUNT(*) AS n FROM (SELECT 1 FROM \`${name}\` LIMIT ${MANY}) some`)
      .join(' UNION ALL '),
  );
  return new Map(rows.map(({ name, n }) => [name, Number(n)] as const).filter(([, n]) => n > 0));
}

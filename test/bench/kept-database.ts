/** Databases that take minutes to build, and are kept for later runs. */
import { createConnection } from 'mysql2/promise';
import { migrate } from '../../src/platform/db/migrate.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { createDatabase, databaseUrl } from '../support/database.ts';
import { openDeps } from './setting.ts';

/** Opens the database of this name. Builds it when it is not there, or was not finished: `what` says in words what it holds. */
export async function keptDatabase(
  database: string,
  { what, mark }: { what: string; mark: string },
  build: (deps: Deps) => Promise<void>,
): Promise<Deps> {
  if (await isBuilt(database, mark)) return openDeps(database);
  console.log(`Building ${what} in ${database}; later runs use it again ...`);
  await createDatabase(database);
  const deps = await openDeps(database);
  try {
    await build(deps);
    await deps.db.query("INSERT INTO periodic_run (job, period, started_at) VALUES (?, 'once', ?)", [mark, new Date()]);
    return deps;
  } catch (error) {
    await deps.db.destroy();
    throw error;
  }
}

async function isBuilt(database: string, mark: string): Promise<boolean> {
  const connection = await createConnection(databaseUrl(database)).catch(() => undefined);
  if (!connection) return false;
  const [found] = await connection
    .query<never[]>('SELECT 1 FROM periodic_run WHERE job = ?', [mark])
    .catch(() => [[]])
    .finally(() => connection.end());
  if (found.length > 0) await migrate(databaseUrl(database));
  return found.length > 0;
}

import { createDatabase } from './database.ts';
import { databaseName } from './deps.ts';

/** One migrated database for each Vitest worker, made anew for each run. */
export default async function setup(): Promise<void> {
  for (const worker of [1, 2]) await createDatabase(databaseName(worker));
}

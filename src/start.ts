import { entities } from './entities.ts';
import { systemClock } from './platform/clock.ts';
import { readConfig } from './platform/config.ts';
import { createDataSource } from './platform/db/data-source.ts';
import type { Deps } from './platform/deps.ts';
import { createLog } from './platform/log.ts';
import { startTracing } from './platform/tracing/start-tracing.ts';
import { traceStatements } from './platform/tracing/trace-statements.ts';

/**
 * What every process of the program begins with: configuration, log, an open database, and a tracer where
 * traces are wanted and `service` gives the process a name for them. Prints what is missing and exits when it cannot.
 */
export async function start(service?: string): Promise<Deps> {
  try {
    const config = readConfig(process.env);
    const tracer = service === undefined ? undefined : await startTracing(config, service);
    const db = createDataSource({
      url: config.databaseUrl,
      standbys: config.databaseStandbys,
      pool: config.dbPool,
      entities,
    });
    if (tracer) traceStatements(db, tracer);
    await db.initialize().catch((error) => {
      const { hostname, port, pathname } = new URL(config.databaseUrl);
      throw new Error(
        `The database ${pathname.slice(1)} at ${hostname}:${port || 3306} (DATABASE_URL) does not open: ${error.message}`,
      );
    });
    return { config, db, clock: systemClock, log: createLog(config.logLevel), tracer };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

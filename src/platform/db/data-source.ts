import { DataSource, type MigrationInterface } from 'typeorm';
import { type ServerAddress, serversDriver } from './servers.ts';

type Options = {
  url: string;
  pool: number;
  /** Other servers with the same data, to go to when that of the URL is gone. */
  standbys?: readonly ServerAddress[];
  entities: (new () => object)[];
  migrations?: (new () => MigrationInterface)[] | string[];
};

/**
 * A TypeORM data source for MySQL or MariaDB with the settings that the whole program relies on: UTC on the wire, READ
 * COMMITTED (a read after a lock sees what the lock waited for), and BIGINT as number while it is safe to be one.
 */
export function createDataSource({ url, pool, standbys = [], entities, migrations = [] }: Options): DataSource {
  return new DataSource({
    type: 'mysql',
    url,
    timezone: 'Z',
    charset: 'utf8mb4_unicode_ci',
    isolationLevel: 'READ COMMITTED',
    supportBigNumbers: true,
    bigNumberStrings: false,
    dateStrings: ['DATE'],
    // A QueryFailedError has the stack of whoever waited; a second one, kept for every statement, is for nothing.
    trace: false,
    poolSize: pool,
    ...(standbys.length > 0 && { driver: serversDriver(standbys) }),
    extra: { connectTimeout: 10_000, enableKeepAlive: true },
    entities,
    migrations,
    migrationsTableName: 'schema_migration',
    synchronize: false,
  });
}

import { createDataSource } from './src/platform/db/data-source.ts';

/** The data source that TypeORM's own command line finds: `npx tsx node_modules/typeorm/cli.js migration:show -d ormconfig.ts`. */
export default createDataSource({
  url: process.env.DATABASE_URL ?? '',
  pool: 2,
  entities: [],
  migrations: ['migrations/*.ts'],
});

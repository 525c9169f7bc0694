import { databaseUrl } from './database-url.ts';
import { migrate } from './platform/db/migrate.ts';

/** `npm run migrate`: brings the database at DATABASE_URL to the newest schema. */
const done = await migrate(databaseUrl());
console.log(done.length === 0 ? 'The database is up to date.' : `Migrated: ${done.join(', ')}`);

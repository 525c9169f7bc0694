import { migrate } from './platform/db/migrate.ts';

/** `npm run migrate`: brings the database at DATABASE_URL to the newest schema. */
const done = await migrate(process.env.DATABASE_URL ?? '');
console.log(done.length === 0 ? 'The database is up to date.' : `Migrated: ${done.join(', ')}`);

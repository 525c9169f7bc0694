import { databaseUrl } from './database-url.ts';
import { auditLine, verifyAudit } from './identity/audit.ts';
import { createDataSource } from './platform/db/data-source.ts';

/** `npm run audit:verify`: checks the chain of the audit trail at DATABASE_URL; exits with 1 when it does not hold. */
const db = await createDataSource({ url: databaseUrl(), pool: 1, entities: [] }).initialize();
const check = await verifyAudit(db);
await db.destroy();
console.log(auditLine(check));
process.exitCode = check.broken ? 1 : 0;

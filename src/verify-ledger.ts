import { databaseUrl } from './database-url.ts';
import { verificationLine, verifyLedger } from './ledger/verify.ts';
import { createDataSource } from './platform/db/data-source.ts';

/** `npm run ledger:verify`: checks the ledger at DATABASE_URL; exits with 1 when it is not coherent. */
const db = await createDataSource({ url: databaseUrl(), pool: 2, entities: [] }).initialize();
const verification = await verifyLedger(db);
await db.destroy();
for (const difference of verification.differences) console.log(difference);
console.log(verificationLine(verification));
process.exitCode = verification.differences.length === 0 ? 0 : 1;

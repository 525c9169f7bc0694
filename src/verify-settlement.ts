import { databaseUrl } from './database-url.ts';
import { entities } from './entities.ts';
import { statementVerificationLine, verifyStatement } from './marketplace/settlement/verify-statement.ts';
import { createDataSource } from './platform/db/data-source.ts';

/** `npm run settlement:verify -- ID`: recomputes a statement from the ledger at DATABASE_URL; exits with 1 on a difference. */
const id = process.argv[2] ?? '';
const db = await createDataSource({ url: databaseUrl(), pool: 2, entities }).initialize();
const verification = await verifyStatement(db, id);
await db.destroy();
if (verification) {
  for (const difference of verification.differences) console.log(difference);
  console.log(statementVerificationLine(verification));
} else {
  console.log(`There is no statement ${id || '(give its id: npm run settlement:verify -- ID)'}`);
}
process.exitCode = verification?.differences.length === 0 ? 0 : 1;

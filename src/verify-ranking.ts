import { databaseUrl } from './database-url.ts';
import { entities } from './entities.ts';
import { rankingVerificationLine, verifyRanking } from './judging/ranking/verify-ranking.ts';
import { createDataSource } from './platform/db/data-source.ts';

/** `npm run ranking:verify -- ID`: makes a version of a ranking again from the scores at DATABASE_URL; exits with 1 on a difference. */
const id = process.argv[2] ?? '';
const db = await createDataSource({ url: databaseUrl(), pool: 2, entities }).initialize();
const verification = await verifyRanking(db, id);
await db.destroy();
if (verification) {
  for (const difference of verification.differences) console.log(difference);
  console.log(rankingVerificationLine(verification));
} else {
  console.log(`There is no version of a ranking ${id || '(give its id: npm run ranking:verify -- ID)'}`);
}
process.exitCode = verification?.differences.length === 0 ? 0 : 1;

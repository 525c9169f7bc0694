// A process of its own for the measurement of memory: runs jobs of one roster import and prints its peak in megabytes.
import { systemClock } from '../../../src/platform/clock.ts';
import { createLog } from '../../../src/platform/log.ts';
import { checkRosterWork } from '../../../workers/jobs/check-roster.ts';
import { importRosterWork } from '../../../workers/jobs/import-roster.ts';
import { openDatabase } from '../../support/database.ts';
import { testConfig } from '../../support/deps.ts';

const [database, importId, ...jobs] = process.argv.slice(2) as [string, string, ...string[]];
const db = await openDatabase(database, 2);
const deps = { config: testConfig(database), db, clock: systemClock, log: createLog('silent') };
for (const { definition, run } of [checkRosterWork, importRosterWork]) {
  if (!jobs.includes(definition.name)) continue;
  await run(deps, { importId }, async () => {});
  await db.query("UPDATE roster_import SET state = 'importing' WHERE id = ? AND state = 'checked'", [importId]);
}
await db.destroy();
process.stdout.write(String(process.resourceUsage().maxRSS / 1024));

/**
 * `npm run simulate -- --seed N --steps N [--clients N] [--members N]`: plays a year by the seed and checks the laws
 * after each batch. Exits with 1 at the first law that is not kept, and says how to see the same again.
 */
import { parseArgs } from 'node:util';
import { createLog } from '../../src/platform/log.ts';
import { useServices } from '../bench/setting.ts';
import { TestClock } from '../support/clock.ts';
import { createDatabase, dropDatabase, openDatabase } from '../support/database.ts';
import { testConfig } from '../support/deps.ts';
import { Failure } from './failure.ts';
import { reportLines } from './report.ts';
import { simulate, turnsOf } from './run.ts';

/** More would only wait for each other in the database. */
const MOST_CONNECTIONS = 40;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    steps: { type: 'string', default: '20000' },
    clients: { type: 'string' },
    members: { type: 'string' },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000_000));
const steps = Number(values.steps);
const clients = Number(values.clients ?? Math.ceil(turnsOf(steps) / 2));
const members = Number(values.members ?? Math.min(4_000, Math.max(300, Math.ceil(steps / 50))));

useServices();
const database = `xingfu_simulation_${process.pid}`;
await createDatabase(database);
const db = await openDatabase(database, Math.min(clients + 6, MOST_CONNECTIONS));
const deps = { config: testConfig(database), db, clock: new TestClock(), log: createLog('silent') };
console.log(`seed ${seed}, ${steps} steps, ${clients} clients, ${members} members`);
const began = performance.now();
try {
  const report = await simulate(deps, { seed, steps, clients, members, tell: console.log });
  console.log(reportLines(report, performance.now() - began).join('\n'));
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await db.destroy();
  await dropDatabase(database);
}

/**
 * `npm run chaos -- [--rounds N] [--seed N] [--only FAULT] [--galera]`: real processes under load, and in each round a
 * fault; all have their turn in an order that the seed decides. It has a MariaDB and a Redis of its own. Exits with 1 at
 * the first round after which the database is not what clients were told.
 */
import { parseArgs } from 'node:util';
import { leave, makeMachine } from './machine.ts';
import { table } from './report.ts';
import type { Rounds } from './rounds.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string' },
    galera: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000_000));
const machine = makeMachine();
// A terminal's Ctrl-C comes more than once, from npm as well.
process.on('SIGINT', () => void leave(machine).then(() => process.exit(130)));
process.on('SIGTERM', () => void leave(machine).then(() => process.exit(143)));

let rounds: Rounds | undefined;
try {
  const { prepare } = values.galera ? await import('./cluster-town.ts') : await import('./single-town.ts');
  const count = Number(values.rounds ?? (values.galera ? 14 : 100));
  console.log(`seed ${seed}, ${count} rounds${values.galera ? ', three nodes of Galera' : ''}`);
  const town = await prepare(machine, seed, values.only);
  rounds = town.rounds;
  for (let i = 0; i < count && town.rounds.differences.length === 0; i++) await town.playOne();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  if (rounds && rounds.played.length > 0) console.log(`\n${table(rounds.played)}`);
  if (rounds && rounds.differences.length > 0) process.exitCode = 1;
  if (process.exitCode)
    console.error(`to see it again: npm run chaos -- --seed ${seed}${values.galera ? ' --galera' : ''}`);
  await leave(machine);
}
// Connections that are kept open for the next request would keep this process too.
process.exit();

/**
 * `npm run bench [-- NAME] [--seconds N]`: measures one shape of load against its references, or all of them one after
 * the other. One ends with a line of JSON; all are written to RESULTS.md. Exits with 1 when something could not be
 * measured: a request failed, the ledger is not coherent, commits are not durable. An aim that is missed is said, and
 * no failure.
 */
import { parseArgs } from 'node:util';
import { BENCHES } from './benches.ts';
import { print } from './report.ts';
import { runAll } from './run-all.ts';
import { useServices } from './setting.ts';

const FULL_SECONDS = 5;

const { positionals, values } = parseArgs({ allowPositionals: true, options: { seconds: { type: 'string' } } });
const [name] = positionals;
const bench = BENCHES.find((one) => one.name === name);
const seconds = Number(values.seconds ?? FULL_SECONDS);

if ((name !== undefined && !bench) || !(seconds > 0)) {
  console.log('npm run bench [-- NAME] [--seconds N]\n');
  for (const one of BENCHES) console.log(`  ${one.name.padEnd(15)} ${one.about}`);
  process.exitCode = 1;
} else {
  try {
    useServices();
    if (bench) print(await bench.run({ seconds, short: values.seconds !== undefined }));
    else await runAll(values.seconds);
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}

/**
 * `npm run bench -- NAME [--seconds N]`: measures one shape of load against its references and ends with one line of
 * JSON. Without NAME: lists the benches. Exits with 1 when nothing could be measured: a request failed, the ledger is
 * not coherent, commits are not durable. Whether the aims were met is in the JSON.
 */
import { parseArgs } from 'node:util';
import { accrueBulk } from './accrue-bulk.ts';
import { achievements } from './achievements.ts';
import { backtest } from './backtest.ts';
import type { Bench } from './bench.ts';
import { cardBatch } from './card-batch.ts';
import { charges } from './charge.ts';
import { draw } from './draw.ts';
import { duplicates } from './duplicates.ts';
import { entryImport } from './entry-import.ts';
import { ranking } from './ranking.ts';
import { redeemHot } from './redeem-hot.ts';
import { redeemSpread } from './redeem-spread.ts';
import { print } from './report.ts';
import { rules } from './rules.ts';
import { scoreboard } from './scoreboard.ts';
import { useServices } from './setting.ts';
import { settleMonth } from './settle.ts';
import { statementPages } from './statement.ts';
import { treatRush } from './treat-rush.ts';
import { verifyVouchers } from './verify.ts';

const BENCHES: Bench[] = [
  redeemSpread,
  redeemHot,
  verifyVouchers,
  accrueBulk,
  rules,
  backtest,
  statementPages,
  settleMonth,
  charges,
  cardBatch,
  treatRush,
  draw,
  entryImport,
  ranking,
  scoreboard,
  achievements,
  duplicates,
];
const FULL_SECONDS = 6;

const { positionals, values } = parseArgs({ allowPositionals: true, options: { seconds: { type: 'string' } } });
const bench = BENCHES.find(({ name }) => name === positionals[0]);
const seconds = Number(values.seconds ?? FULL_SECONDS);

if (!bench || !(seconds > 0)) {
  console.log('npm run bench -- NAME [--seconds N]\n');
  for (const { name, about } of BENCHES) console.log(`  ${name.padEnd(14)} ${about}`);
  process.exitCode = positionals.length === 0 ? 0 : 1;
} else {
  try {
    useServices();
    print(await bench.run({ seconds, short: values.seconds !== undefined }));
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}

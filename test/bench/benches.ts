/** Every bench, in the order in which all of them run: the hot path first, what takes long last. */
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
import { rules } from './rules.ts';
import { scaleLedger } from './scale-ledger.ts';
import { scaleProcesses } from './scale-processes.ts';
import { scoreboard } from './scoreboard.ts';
import { settleMonth } from './settle.ts';
import { statementPages } from './statement.ts';
import { treatRush } from './treat-rush.ts';
import { verifyVouchers } from './verify.ts';

export const BENCHES: readonly Bench[] = [
  redeemSpread,
  redeemHot,
  verifyVouchers,
  scaleProcesses,
  scaleLedger,
  statementPages,
  charges,
  treatRush,
  scoreboard,
  achievements,
  duplicates,
  draw,
  cardBatch,
  settleMonth,
  accrueBulk,
  rules,
  backtest,
  entryImport,
  ranking,
];

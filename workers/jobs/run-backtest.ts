import type { Job } from '../../src/platform/jobs.ts';
import { runBacktest } from '../../src/rules/backtest/run-backtest.ts';
import { backtestDefinition } from '../../src/rules/job-definitions.ts';

export const runBacktestWork: Job<{ backtestId: string }> = {
  definition: backtestDefinition,
  concurrency: 1,
  run: (deps, { backtestId }, progress) => runBacktest(deps, backtestId, progress),
};

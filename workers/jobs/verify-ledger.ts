import { z } from 'zod';
import { verificationLine, verifyLedger } from '../../src/ledger/verify.ts';
import { recordRun } from '../../src/platform/db/periodic-run.ts';
import type { Job } from '../../src/platform/jobs.ts';

/**
 * The nightly verification; how many differences it found is kept for the metrics. Each is told as an error, in a line
 * of its own: somebody must look before the shops open.
 */
export const verifyLedgerJob: Job<object> = {
  definition: { name: 'verify-ledger', payload: z.object({}) },
  concurrency: 1,
  async run({ db, clock, log }) {
    const startedAt = clock.now();
    const verification = await verifyLedger(db);
    const { accounts, transfers, differences } = verification;
    const detail = { accounts, transfers, differences: differences.length };
    await recordRun(db, { job: 'verify-ledger', startedAt, finishedAt: clock.now(), detail });
    for (const difference of differences) log.error({ difference }, 'the ledger is not coherent');
    log.info(verificationLine(verification));
  },
};

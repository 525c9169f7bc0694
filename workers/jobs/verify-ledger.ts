import { z } from 'zod';
import { verificationLine, verifyLedger } from '../../src/ledger/verify.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** The nightly verification. A difference is told as an error, line by line: somebody must look before the shops open. */
export const verifyLedgerJob: Job<object> = {
  definition: { name: 'verify-ledger', payload: z.object({}) },
  concurrency: 1,
  async run({ db, log }) {
    const verification = await verifyLedger(db);
    for (const difference of verification.differences) log.error({ difference }, 'the ledger is not coherent');
    log.info(verificationLine(verification));
  },
};

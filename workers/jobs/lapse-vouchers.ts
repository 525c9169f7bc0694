import { z } from 'zod';
import { lapseVouchers } from '../../src/marketplace/lapse-vouchers.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** Lapses unused vouchers whose last day is over, by the policy of their offers. */
export const lapseVouchersJob: Job<object> = {
  definition: { name: 'lapse-vouchers', payload: z.object({}) },
  concurrency: 1,
  async run(deps, _payload, progress) {
    const lapsed = await lapseVouchers(deps, progress);
    if (lapsed > 0) deps.log.info({ lapsed }, 'vouchers lapsed');
  },
};

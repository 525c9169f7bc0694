import { z } from 'zod';
import { auditLine, verifyAudit } from '../../src/identity/audit.ts';
import { recordRun } from '../../src/platform/db/periodic-run.ts';
import type { Job } from '../../src/platform/jobs.ts';

/** The nightly verification of the audit trail; whether its chain holds is kept for the metrics. */
export const verifyAuditJob: Job<object> = {
  definition: { name: 'verify-audit', payload: z.object({}) },
  concurrency: 1,
  async run({ db, clock, log }) {
    const startedAt = clock.now();
    const check = await verifyAudit(db);
    const detail = { records: check.sound, differences: check.broken ? 1 : 0 };
    await recordRun(db, { job: 'verify-audit', startedAt, finishedAt: clock.now(), detail });
    if (check.broken) log.error(check.broken, auditLine(check));
    else log.info(auditLine(check));
  },
};

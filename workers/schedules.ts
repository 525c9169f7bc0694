import type { Queue } from 'bullmq';
import type { Deps } from '../src/platform/deps.ts';
import { describeError } from '../src/platform/describe-error.ts';
import type { Job } from '../src/platform/jobs.ts';
import type { Queues } from '../src/platform/queue.ts';
import { advanceInnovationJob } from './jobs/advance-innovation.ts';
import { advanceLotteriesJob } from './jobs/advance-lotteries.ts';
import { advanceStagesJob } from './jobs/advance-stages.ts';
import { closeMonthsJob } from './jobs/close-months.ts';
import { countParticipationJob } from './jobs/count-participation.ts';
import { expireLotsJob } from './jobs/expire-lots.ts';
import { findMilestonesJob } from './jobs/find-milestones.ts';
import { lapseHoldsJob } from './jobs/lapse-holds.ts';
import { lapseVouchersJob } from './jobs/lapse-vouchers.ts';
import { makeScoreboardsJob } from './jobs/make-scoreboards.ts';
import { payDueJob } from './jobs/pay-due.ts';
import { prepareLotteriesJob } from './jobs/prepare-lotteries.ts';
import { putUpTreatsJob } from './jobs/put-up-treats.ts';
import { releaseStockJob } from './jobs/release-stock.ts';
import { remindOfClaimsJob } from './jobs/remind-of-claims.ts';
import { rollUpFiguresJob } from './jobs/roll-up-figures.ts';
import { sealTransfersJob } from './jobs/seal-transfers.ts';
import { sweepCardsJob } from './jobs/sweep-cards.ts';
import { sweepEvidenceJob } from './jobs/sweep-evidence.ts';
import { sweepStatementFilesJob } from './jobs/sweep-statement-files.ts';
import { verifyAuditJob } from './jobs/verify-audit.ts';
import { verifyLedgerJob } from './jobs/verify-ledger.ts';
import { watchPrepaidJob } from './jobs/watch-prepaid.ts';
import { type Repeated, repeat } from './repeat.ts';

/** When a periodic job is woken: by a cron pattern in Beijing's time, or every so many milliseconds. */
export interface Schedule {
  readonly name: string;
  readonly job: Job<unknown>;
  readonly when: { readonly pattern: string } | { readonly every: number };
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** Every schedule of the platform. A wake-up says nothing: the job finds in the database what is due. */
export const schedules: readonly Schedule[] = [
  { name: 'seal-transfers', job: sealTransfersJob, when: { every: 5 * SECOND } },
  { name: 'roll-up-figures', job: rollUpFiguresJob, when: { every: 3 * MINUTE } },
  { name: 'expire-lots', job: expireLotsJob, when: { every: 10 * MINUTE } },
  { name: 'expire-lots-of-the-day', job: expireLotsJob, when: { pattern: '5 0 * * *' } },
  { name: 'lapse-holds', job: lapseHoldsJob, when: { every: MINUTE } },
  { name: 'lapse-vouchers', job: lapseVouchersJob, when: { every: 10 * MINUTE } },
  { name: 'release-stock', job: releaseStockJob, when: { every: MINUTE } },
  // That of 00:15 does the day; the others find it done, or make up for one that failed or a contract signed late.
  { name: 'put-up-treats', job: putUpTreatsJob, when: { pattern: '15 * * * *' } },
  { name: 'pay-due', job: payDueJob, when: { pattern: '10 0 * * *' } },
  // That of 00:20 does the day; the others find it done, or make up for one that failed.
  { name: 'find-milestones', job: findMilestonesJob, when: { pattern: '20 * * * *' } },
  { name: 'verify-ledger', job: verifyLedgerJob, when: { pattern: '30 3 * * *' } },
  { name: 'verify-audit', job: verifyAuditJob, when: { pattern: '40 3 * * *' } },
  { name: 'remind-of-claims', job: remindOfClaimsJob, when: { pattern: '30 8 * * *' } },
  { name: 'sweep-evidence', job: sweepEvidenceJob, when: { pattern: '15 4 * * *' } },
  { name: 'sweep-statement-files', job: sweepStatementFilesJob, when: { pattern: '25 4 * * *' } },
  { name: 'sweep-cards', job: sweepCardsJob, when: { every: 5 * MINUTE } },
  // That of the settlement day closes the month; the others find it closed, or make up for one that failed.
  { name: 'close-months', job: closeMonthsJob, when: { pattern: '5 1-23 * * *' } },
  { name: 'watch-prepaid', job: watchPrepaidJob, when: { pattern: '50 * * * *' } },
  { name: 'count-participation', job: countParticipationJob, when: { every: 10 * MINUTE } },
  { name: 'prepare-lotteries', job: prepareLotteriesJob, when: { every: MINUTE } },
  { name: 'advance-lotteries', job: advanceLotteriesJob, when: { every: MINUTE } },
  { name: 'advance-stages', job: advanceStagesJob, when: { every: MINUTE } },
  { name: 'advance-innovation', job: advanceInnovationJob, when: { every: MINUTE } },
  { name: 'make-scoreboards', job: makeScoreboardsJob, when: { every: 2 * SECOND } },
];

const CHECK_PAUSE_MS = MINUTE;

/**
 * Makes the schedulers of these jobs in Redis those of the list: new ones are added, changed ones changed, others
 * removed. Then wakes every scheduled job once, for what fell due while nothing woke it.
 */
export async function applySchedules(queues: Queues, jobs: readonly Job<unknown>[], list = schedules): Promise<void> {
  for (const [queue, { definition }] of queuesOf(queues, jobs)) {
    const ofJob = schedulesOf(definition.name, list);
    const wanted = new Set(ofJob.map((schedule) => schedule.name));
    for (const { key } of await queue.getJobSchedulers()) {
      if (!wanted.has(key)) await queue.removeJobScheduler(key);
    }
    for (const { name, when } of ofJob) {
      await queue.upsertJobScheduler(name, { ...when, tz: 'Asia/Shanghai' }, { name: definition.name, data: {} });
    }
    // Of several processes that start together one wakes the job.
    if (ofJob.length > 0) await queue.add(definition.name, {}, { deduplication: { id: 'at-start' } });
  }
}

/**
 * Applies the schedules again when some are not there, because Redis was wiped, or wait for an instant that lies too far
 * ahead, because the clock of a process had jumped there. Returns how many they were.
 */
export async function restoreSchedules(
  queues: Queues,
  jobs: readonly Job<unknown>[],
  list = schedules,
): Promise<number> {
  let lost = 0;
  for (const [queue, { definition }] of queuesOf(queues, jobs)) {
    const known = new Map((await queue.getJobSchedulers()).map(({ key, next }) => [key, next ?? 0]));
    for (const { name, when } of schedulesOf(definition.name, list)) {
      const next = known.get(name);
      if (next !== undefined && next <= Date.now() + farthest(when)) continue;
      if (next !== undefined) await queue.removeJobScheduler(name);
      lost += 1;
    }
  }
  if (lost > 0) await applySchedules(queues, jobs, list);
  return lost;
}

/** How far ahead the next turn may lie, in milliseconds. No pattern of the list pauses for longer than a day. */
function farthest(when: Schedule['when']): number {
  return MINUTE + ('every' in when ? when.every : DAY);
}

/** Applies the schedules now, and looks every minute whether they still stand. */
export async function startSchedules({ log }: Deps, queues: Queues, jobs: readonly Job<unknown>[]): Promise<Repeated> {
  await applySchedules(queues, jobs);
  const failed = (error: unknown) => log.error({ error: describeError(error) }, 'the schedules could not be checked');
  return repeat(CHECK_PAUSE_MS, () => restoreSchedules(queues, jobs), failed);
}

function queuesOf(queues: Queues, jobs: readonly Job<unknown>[]): (readonly [Queue, Job<unknown>])[] {
  return jobs.map((job) => [queues.get(job.definition.name), job]);
}

function schedulesOf(job: string, list: readonly Schedule[]): Schedule[] {
  return list.filter((schedule) => schedule.job.definition.name === job);
}

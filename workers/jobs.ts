import type { Job } from '../src/platform/jobs.ts';
import { accrueWork } from './jobs/accrue.ts';
import { advanceInnovationJob } from './jobs/advance-innovation.ts';
import { advanceLotteriesJob } from './jobs/advance-lotteries.ts';
import { advanceStagesJob } from './jobs/advance-stages.ts';
import { assignJudgesWork } from './jobs/assign-judges.ts';
import { checkEntriesWork } from './jobs/check-entries.ts';
import { checkRosterWork } from './jobs/check-roster.ts';
import { closeMonthsJob } from './jobs/close-months.ts';
import { countParticipationJob } from './jobs/count-participation.ts';
import { expireLotsJob } from './jobs/expire-lots.ts';
import { findMilestonesJob } from './jobs/find-milestones.ts';
import { importEntriesWork } from './jobs/import-entries.ts';
import { importRosterWork } from './jobs/import-roster.ts';
import { issueCardsWork } from './jobs/issue-cards.ts';
import { lapseHoldsJob } from './jobs/lapse-holds.ts';
import { lapseVouchersJob } from './jobs/lapse-vouchers.ts';
import { makeScoreboardsJob } from './jobs/make-scoreboards.ts';
import { makeStatementFilesWork } from './jobs/make-statement-files.ts';
import { payDueJob } from './jobs/pay-due.ts';
import { payWaitingWork } from './jobs/pay-waiting.ts';
import { prepareLotteriesJob } from './jobs/prepare-lotteries.ts';
import { putUpTreatsJob } from './jobs/put-up-treats.ts';
import { releaseStockJob } from './jobs/release-stock.ts';
import { remindOfClaimsJob } from './jobs/remind-of-claims.ts';
import { rollUpFiguresJob } from './jobs/roll-up-figures.ts';
import { runBacktestWork } from './jobs/run-backtest.ts';
import { runStageWork } from './jobs/run-stage.ts';
import { sealTransfersJob } from './jobs/seal-transfers.ts';
import { sweepCardsJob } from './jobs/sweep-cards.ts';
import { sweepEvidenceJob } from './jobs/sweep-evidence.ts';
import { sweepStatementFilesJob } from './jobs/sweep-statement-files.ts';
import { verifyAuditJob } from './jobs/verify-audit.ts';
import { verifyLedgerJob } from './jobs/verify-ledger.ts';
import { watchPrepaidJob } from './jobs/watch-prepaid.ts';

/** Every kind of background work. What is not named here is not done. */
export const jobs: readonly Job<unknown>[] = [
  checkRosterWork,
  importRosterWork,
  sealTransfersJob,
  expireLotsJob,
  verifyLedgerJob,
  verifyAuditJob,
  accrueWork,
  payWaitingWork,
  payDueJob,
  runBacktestWork,
  findMilestonesJob,
  remindOfClaimsJob,
  lapseVouchersJob,
  lapseHoldsJob,
  releaseStockJob,
  putUpTreatsJob,
  rollUpFiguresJob,
  sweepEvidenceJob,
  issueCardsWork,
  sweepCardsJob,
  closeMonthsJob,
  makeStatementFilesWork,
  sweepStatementFilesJob,
  watchPrepaidJob,
  checkEntriesWork,
  importEntriesWork,
  assignJudgesWork,
  runStageWork,
  advanceStagesJob,
  makeScoreboardsJob,
  countParticipationJob,
  advanceInnovationJob,
  prepareLotteriesJob,
  advanceLotteriesJob,
];

import type { DataSource } from 'typeorm';
import { beijingDay } from '../platform/clock.ts';
import { enqueue } from '../platform/db/outbox.ts';
import { inTransaction } from '../platform/db/transaction.ts';
import { findMilestonesDefinition } from '../rules/job-definitions.ts';
import { askUntil, type Client, jobLate } from './client.ts';

/** A day's search for milestones, as the admin door shows it. */
export interface MilestoneRun {
  day: string;
  state: 'RUNNING' | 'DONE';
  /** How many milestones it found. */
  recorded: number;
}

// The day's search is at twenty past midnight.
const DUE_MS = 30 * 60_000;
const JOB_SECONDS = 60;

/**
 * Wakes the job that finds the milestones of the day, as every start of the job process does. That of a server which was
 * empty when it started found no programme, and the next hour is long for somebody who is trying it out.
 */
export async function wakeMilestones(db: DataSource): Promise<void> {
  await inTransaction(db, (tx) => enqueue(tx, findMilestonesDefinition, {}, new Date()));
}

/** The latest search of a programme, once it is done and that of today. Throws when that takes more than a minute. */
export async function todaysMilestones(admin: Client, programmeId: string): Promise<MilestoneRun> {
  const latest = async () => {
    const { milestoneRuns } = await admin.ask<{ milestoneRuns: { nodes: MilestoneRun[] } }>(
      'query ($programmeId: Id!) { milestoneRuns(programmeId: $programmeId, first: 1) { nodes { day state recorded } } }',
      { programmeId },
    );
    return milestoneRuns.nodes[0];
  };
  const today = beijingDay(new Date(Date.now() - DUE_MS));
  const isDone = (run: MilestoneRun | undefined) => run?.state === 'DONE' && run.day >= today;
  const run = await askUntil(latest, isDone, JOB_SECONDS);
  if (!run || !isDone(run)) throw new Error(jobLate(`人生节点 milestones ${today}`, JOB_SECONDS));
  return run;
}

/** What work costs the machine: processor time by process, and what the database writes. */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { DataSource } from 'typeorm';
import type { Server } from './server.ts';

// Linux counts processor time in hundredths of a second, whatever the machine.
const TICKS_A_SECOND = 100;

/** Processor time that a process has used so far, in seconds. NaN where the system does not tell. */
export function cpuSeconds(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  } catch {
    return Number.NaN;
  }
}

/** Counters that only grow. */
export interface Costs {
  at: number;
  apiSeconds: number;
  databaseSeconds: number;
  /** Of all cores, by everything. */
  busySeconds: number;
  redoBytes: number;
  statements: number;
}

/** Where the counters stand. */
export async function readCosts(db: DataSource, apis: readonly Server[]): Promise<Costs> {
  const status: { Variable_name: string; Value: string }[] = await db.query(
    "SHOW GLOBAL STATUS WHERE Variable_name IN ('Innodb_os_log_written', 'Innodb_lsn_current', 'Questions')",
  );
  const values = new Map(status.map(({ Variable_name: name, Value }) => [name, Number(Value)]));
  return {
    at: performance.now(),
    apiSeconds: apis.reduce((sum, api) => sum + cpuSeconds(api.pid), 0),
    databaseSeconds: cpuSeconds(await databasePid(db)),
    busySeconds: cpus().reduce((sum, { times }) => sum + (times.user + times.sys + times.nice + times.irq) / 1000, 0),
    redoBytes: values.get('Innodb_lsn_current') ?? values.get('Innodb_os_log_written') ?? Number.NaN,
    statements: values.get('Questions') ?? Number.NaN,
  };
}

async function databasePid(db: DataSource): Promise<number> {
  const [{ file }] = await db.query('SELECT @@pid_file AS file');
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return Number.NaN;
  }
}

/** What came between two looks at the counters, for each of so many pieces of work. */
export function costsOfOne(before: Costs, after: Costs, count: number) {
  const microseconds = (seconds: number) => (seconds * 1_000_000) / count;
  return {
    apiMicroseconds: microseconds(after.apiSeconds - before.apiSeconds),
    databaseMicroseconds: microseconds(after.databaseSeconds - before.databaseSeconds),
    coresBusy: ((after.busySeconds - before.busySeconds) * 1000) / (after.at - before.at),
    redoBytes: (after.redoBytes - before.redoBytes) / count,
    statements: (after.statements - before.statements) / count,
  };
}

/** The parent's end of the process that judges events; see rules-child.ts. */
import type { Deps } from '../../src/platform/deps.ts';
import { Child } from './child.ts';
import type { Judged, Order } from './rules-child.ts';

export class Judge {
  peakRssMb = 0;
  private judged = 0;
  private statements = 0;

  private constructor(private readonly child: Child<Order, unknown>) {}

  static async start(database: string): Promise<Judge> {
    const child = new Child<Order, unknown>('rules-child.ts');
    await child.ask({ database });
    return new Judge(child);
  }

  /** Judges these events and returns the rate per second. */
  async judge(eventIds: string[]): Promise<number> {
    const { elapsedMs, statements, peakRssMb } = (await this.child.ask({ eventIds })) as Judged;
    this.peakRssMb = peakRssMb;
    this.judged += eventIds.length;
    this.statements += statements;
    return (eventIds.length * 1000) / elapsedMs;
  }

  /** How many statements so many events cost on the average. */
  statementsFor(events: number): number {
    return (this.statements * events) / this.judged;
  }

  close(): void {
    this.child.close();
  }
}

/** Fails unless every event was judged and none waits for budget. Says in a line what became of them. */
export async function requireAllJudged({ db }: Deps): Promise<string> {
  const rows: { state: string; n: string }[] = await db.query(
    'SELECT state, COUNT(*) AS n FROM activity_event GROUP BY state ORDER BY state',
  );
  const states = rows.map(({ state, n }) => `${n} ${state}`).join(', ');
  if (rows.some(({ state }) => state === 'recorded' || state === 'over_budget')) {
    throw new Error(`not every event was judged: ${states}`);
  }
  const [awards] = await db.query('SELECT COUNT(*) AS n FROM accrual');
  const events = rows.reduce((sum, { n }) => sum + Number(n), 0);
  return `${(Number(awards.n) / events).toFixed(2)} awards an event; events by state: ${states}`;
}

/** The parent's end of the process that runs back-tests; see backtest-child.ts. */
import { addDays, beijingDay } from '../../src/platform/clock.ts';
import { insertRows } from '../../src/platform/db/sql.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';
import { pointsFromSql } from '../../src/platform/points.ts';
import { Backtest } from '../../src/rules/backtest/backtest.entity.ts';
import { rulesInForce } from '../../src/rules/queries.ts';
import type { Order, Replayed } from './backtest-child.ts';
import { Child } from './child.ts';

export class Replayer {
  peakRssMb = 0;

  private constructor(private readonly child: Child<Order, unknown>) {}

  static async start(database: string): Promise<Replayer> {
    const child = new Child<Order, unknown>('backtest-child.ts');
    await child.ask({ database });
    return new Replayer(child);
  }

  /** Runs a back-test and returns how many milliseconds it took. */
  async run(backtestId: string): Promise<number> {
    const { elapsedMs, peakRssMb } = (await this.child.ask({ backtestId })) as Replayed;
    this.peakRssMb = peakRssMb;
    return elapsedMs;
  }

  close(): void {
    this.child.close();
  }
}

/** A year, and a day to spare for a run that goes on past midnight. */
const DAYS_BACK = 366;

/** Asks for a back-test of the rules in force over the year that ends today, as `requestBacktest` does. Returns its id. */
export async function askForBacktest({ db, clock }: Deps, programmeId: string): Promise<string> {
  const now = clock.now();
  const today = beijingDay(now);
  const rules = (await rulesInForce(db.manager, [programmeId], now)).map((rule) => ({ ...rule, isDraft: false }));
  const id = newId();
  await insertRows(
    db.manager,
    'backtest',
    ['id', 'programme_id', 'requested_by', 'from_day', 'until_day', 'rules', 'state', 'created_at'],
    [[id, programmeId, 'system:bench', addDays(today, -DAYS_BACK), today, JSON.stringify(rules), 'waiting', now]],
  );
  return id;
}

/** Fails unless a back-test has found so many events, and for them, to the point, what they were really paid. */
export async function requireSameAsPaid({ db }: Deps, backtestId: string, events: number): Promise<void> {
  const { result } = await db.manager.findOneByOrFail(Backtest, { id: backtestId });
  const [{ paid }] = await db.query('SELECT SUM(points) AS paid FROM accrual');
  const found = { events: result?.events, points: result?.points, paid: result?.paid };
  if (found.events !== events || found.points !== pointsFromSql(paid) || found.paid !== pointsFromSql(paid)) {
    throw new Error(`${paid} points were paid for ${events} events; the back-test found ${JSON.stringify(found)}`);
  }
}

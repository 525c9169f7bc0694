/**
 * The way the references "naive" run: hand-written SQL on mysql2, one transaction for each act, without HTTP, over as
 * many connections as serve it best. Statements are prepared once for each connection, and a transaction begins with its
 * first statement, so that no round trip is spent on BEGIN.
 */
import { type Connection, createConnection } from 'mysql2/promise';
import { newTally, rateOf, type Tally } from '../tally.ts';

/** One act, committed. Returns undefined when it was accepted, else the code of the refusal. */
export type Act = (connection: Connection) => Promise<string | undefined>;

const SIZES = [16, 32, 64];
const RETRYABLE = new Set([1213, 1205, 1062]);

export class Crew {
  private constructor(private readonly connections: readonly Connection[]) {}

  static async open(url: string): Promise<Crew> {
    const connections = await Promise.all(Array.from({ length: Math.max(...SIZES) }, () => connect(url)));
    return new Crew(connections);
  }

  /** Does an act over and over for so many seconds, or as long as there is one, on so many connections at once. */
  async run(size: number, seconds: number, nextAct: () => Act | undefined): Promise<Tally> {
    const tally = newTally();
    const start = performance.now();
    const until = start + seconds * 1000;
    await Promise.all(
      this.connections.slice(0, size).map(async (connection) => {
        for (let act = nextAct(); act && performance.now() < until; act = nextAct())
          await count(tally, connection, act);
      }),
    );
    tally.elapsedMs = performance.now() - start;
    return tally;
  }

  /** Tries a few numbers of connections and returns the one at which most acts are accepted. */
  async bestSize(seconds: number, nextAct: () => Act | undefined): Promise<number> {
    await this.run(SIZES[0]!, seconds, nextAct);
    const rates: { size: number; rate: number }[] = [];
    for (const size of SIZES) rates.push({ size, rate: rateOf(await this.run(size, seconds, nextAct)) });
    return rates.sort((a, b) => b.rate - a.rate)[0]!.size;
  }

  async close(): Promise<void> {
    await Promise.all(this.connections.map((connection) => connection.end()));
  }
}

async function connect(url: string): Promise<Connection> {
  const connection = await createConnection({
    uri: url,
    timezone: 'Z',
    supportBigNumbers: true,
    dateStrings: ['DATE'],
  });
  await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
  await connection.query('SET SESSION autocommit = 0');
  return connection;
}

async function count(tally: Tally, connection: Connection, act: Act): Promise<void> {
  for (;;) {
    try {
      const code = await act(connection);
      if (code === undefined) tally.accepted += 1;
      else tally.refused[code] = (tally.refused[code] ?? 0) + 1;
      return;
    } catch (error) {
      await connection.rollback();
      if (RETRYABLE.has((error as { errno?: number }).errno ?? 0)) continue;
      tally.errors += 1;
      tally.firstError ??= String(error);
      return;
    }
  }
}

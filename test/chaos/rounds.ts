import { Books } from './books.ts';
import { check, untilDone } from './check.ts';
import { type Service, Watch } from './client.ts';
import { Load } from './load.ts';
import { until } from './machine.ts';
import { duration, type Round } from './report.ts';
import type { World } from './world.ts';

const CLIENTS = 16;
/** Requests that are answered before a fault, and after it, in a round. */
const BEFORE = 60;
const AFTER = 60;
/** So many that were not cut are sent again as well. */
const REPEATED = 10;

/** Plays rounds against a service: load, a fault amid it, quiet, and the books held against the database. */
export class Rounds {
  readonly played: Round[] = [];
  private readonly books = new Books();
  private readonly service: Service;
  private readonly load: Load;

  constructor(
    private readonly world: World,
    origins: readonly string[],
    /** Where the database is looked at when a round is over: at each of its nodes. */
    private readonly views: () => Promise<readonly World[]> = async () => [world],
  ) {
    this.service = { world, origins, watch: new Watch() };
    this.load = new Load(this.service, this.books, CLIENTS);
  }

  get differences(): readonly string[] {
    return this.books.differences;
  }

  /** Plays a round. Throws when a fault does not pass, or a client is told what no client should be. */
  async play(kind: string, strike: (watch: () => Watch) => Promise<void>): Promise<Round> {
    const { books, service, load } = this;
    const known = books.differences.length;
    books.beginRound();
    load.start();
    try {
      await Promise.race([this.strikeAmidLoad(strike), load.running]);
    } catch (error) {
      throw new Error(`${kind}: ${(error as Error).message} (${told(service.watch)})`, { cause: error });
    }
    await load.stop();
    const { watch } = service;
    const settled = [...books.settled];
    const cut = settled.filter(({ cuts }) => cuts > 0);
    const again = [...cut, ...settled.filter(({ cuts }) => cuts === 0).slice(-REPEATED)];
    await Promise.all(again.map((one) => load.repeat(one)));
    const doneMs = await untilDone(this.world, books);
    for (const view of await this.views()) await check(view, books);
    const round: Round = {
      kind,
      awayMs: watch.awayMs,
      waitedMs: Math.max(0, ...cut.map(({ waitedMs }) => waitedMs)),
      doneMs,
      answered: settled.length,
      refused: books.refused,
      cut: cut.length,
      repeated: again.length,
      differences: books.differences.length - known,
    };
    this.played.push(round);
    this.tell(round, watch);
    return round;
  }

  private async strikeAmidLoad(strike: (watch: () => Watch) => Promise<void>): Promise<void> {
    await this.untilAnswered(BEFORE);
    this.service.watch = new Watch();
    await strike(() => this.service.watch);
    await this.untilAnswered(AFTER);
  }

  private untilAnswered(count: number): Promise<void> {
    const before = this.books.settled.length;
    return until('requests are answered', () => this.books.settled.length - before >= count);
  }

  private tell({ kind, ...round }: Round, watch: Watch): void {
    console.log(
      `${String(this.played.length).padStart(3)}  ${kind.padEnd(26)}  away ${duration(round.awayMs).padStart(7)}  ` +
        `cut ${String(round.cut).padStart(3)} of ${String(round.answered).padStart(5)}  ` +
        `jobs done after ${duration(round.doneMs).padStart(7)}  differences ${round.differences}  ${told(watch)}`,
    );
    for (const difference of this.books.differences.slice(this.books.differences.length - round.differences))
      console.log(`     ${difference}`);
  }
}

/** Why requests failed, and how often. */
const told = ({ reasons }: Watch) => [...reasons].map(([reason, times]) => `${reason} ${times}`).join(', ');

/**
 * The load client: a process of its own, so that it can use a core of its own. It keeps a fixed number of connections
 * busy, one request at a time on each, from bodies that are ready but for the key; what it costs, it costs all servers
 * alike. `LoadClient` starts it and tells it what to do; the rest of the file runs in the child.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, type Dispatcher } from 'undici';
import { newTally, type Tally } from './tally.ts';

/** What is asked of a server, over and over. */
export interface Target {
  /** The servers that the connections are dealt to. */
  origins: readonly string[];
  path: string;
  query: string;
  /** How the body of an accepted answer begins. */
  accepted: string;
  /** Each connection's own callers and variables, or one deck that all connections draw from at random. */
  decks: Deck[];
  connections: number;
}

export interface Deck {
  /** Values of the Authorization header. */
  callers: string[];
  /** Variables beside `key`, as JSON without the braces: '"offerId":"…"'. */
  variables: string[];
  /** Whether each entry of `variables` is sent once, in order, and no more; else both are drawn at random for ever. */
  once: boolean;
}

/** When a round ends: after some time, or after a number of requests. */
export type Extent = { seconds: number } | { requests: number };

type Order = { add: string; target: Target } | { run: string; extent: Extent };

/** The parent's end of a load client. */
export class LoadClient {
  private readonly child: ChildProcess = fork(fileURLToPath(import.meta.url), {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
  });

  /** Makes a target known under a name. */
  async add(name: string, target: Target): Promise<void> {
    await this.ask({ add: name, target });
  }

  /** Puts load on a target and returns what came of it. A deck that is sent once goes on where it stopped. */
  async run(name: string, extent: Extent): Promise<Tally> {
    return (await this.ask({ run: name, extent })) as Tally;
  }

  close(): void {
    this.child.disconnect();
  }

  private ask(order: Order): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.child.once('exit', () => reject(new Error('the load client has ended')));
      this.child.once('message', (answer) => {
        this.child.removeAllListeners('exit');
        resolve(answer);
      });
      this.child.send(order);
    });
  }
}

/** One round on a target: what the connections share. */
interface Round {
  tally: Tally;
  /** Whether another request may be sent. */
  more(): boolean;
  ended(): void;
}

/** One connection: sends a request, reads the answer, and again, as long as the round goes on. */
class Connection implements Dispatcher.DispatchHandler {
  private readonly client: Client;
  private readonly head: string;
  private sent = 0;
  private status = 0;
  private body = '';
  private round!: Round;

  constructor(
    private readonly target: Target,
    origin: string,
    private readonly deck: Deck,
  ) {
    this.client = new Client(origin, { pipelining: 1 });
    this.head = `{"query":${JSON.stringify(target.query)},"variables":{`;
  }

  start(round: Round): void {
    this.round = round;
    this.next();
  }

  private next(): void {
    const { callers, variables, once } = this.deck;
    const used = once && this.sent >= variables.length;
    if (used || !this.round.more()) {
      this.round.ended();
      return;
    }
    const own = once ? variables[this.sent] : pick(variables);
    this.sent += 1;
    this.client.dispatch(
      {
        method: 'POST',
        path: this.target.path,
        headers: ['content-type', 'application/json', 'authorization', pick(callers)],
        body: `${this.head}"key":"${randomUUID()}"${own ? `,${own}` : ''}}}`,
      },
      this,
    );
  }

  onRequestStart(): void {
    this.body = '';
  }

  onResponseStart(_: unknown, status: number): void {
    this.status = status;
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.body += chunk.toString();
  }

  onResponseEnd(): void {
    const { tally } = this.round;
    if (this.status === 200 && this.body.startsWith(this.target.accepted)) tally.accepted += 1;
    else this.count(tally);
    this.next();
  }

  onResponseError(_: unknown, error: Error): void {
    const { tally } = this.round;
    tally.errors += 1;
    tally.firstError ??= String(error);
    this.next();
  }

  private count(tally: Tally): void {
    const code = refusalCode(this.body);
    if (code) tally.refused[code] = (tally.refused[code] ?? 0) + 1;
    else {
      tally.errors += 1;
      tally.firstError ??= `${this.status} ${this.body.slice(0, 500)}`;
    }
  }
}

function refusalCode(body: string): string | undefined {
  try {
    const { data, errors } = JSON.parse(body);
    return errors ? undefined : (Object.values(data)[0] as { code?: string }).code;
  } catch {
    return undefined;
  }
}

const pick = (list: readonly string[]) => list[Math.floor(Math.random() * list.length)]!;

function runRound(connections: readonly Connection[], extent: Extent): Promise<Tally> {
  return new Promise((resolve) => {
    const tally = newTally();
    const start = performance.now();
    let open = connections.length;
    let left = 'requests' in extent ? extent.requests : Number.POSITIVE_INFINITY;
    const until = 'seconds' in extent ? start + extent.seconds * 1000 : Number.POSITIVE_INFINITY;
    const round: Round = {
      tally,
      more: () => left-- > 0 && performance.now() < until,
      ended: () => {
        open -= 1;
        if (open > 0) return;
        tally.elapsedMs = performance.now() - start;
        resolve(tally);
      },
    };
    for (const connection of connections) connection.start(round);
  });
}

function serve(): void {
  const targets = new Map<string, Connection[]>();
  process.on('message', async (order: Order) => {
    if ('add' in order) {
      const { connections, decks, origins } = order.target;
      const made = Array.from(
        { length: connections },
        (_, i) => new Connection(order.target, origins[i % origins.length]!, decks[i % decks.length]!),
      );
      targets.set(order.add, made);
      process.send!('added');
    } else process.send!(await runRound(targets.get(order.run)!, order.extent));
  });
  process.on('disconnect', () => process.exit());
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.send) serve();

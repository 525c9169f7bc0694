/** What other members notice of a rush: how long they wait for their balance. */
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'undici';

const BALANCE = JSON.stringify({ query: '{ accounts { balance } }' });
const SHOWN = '{"data":{"accounts":[{"balance":';
/** Few and slow enough to be no load, many enough for a 99th percentile of a few seconds. */
const CONNECTIONS = 8;
const PAUSE_MS = 10;

/** Asks for balances from `start` until `stop`, a few at a time. */
export class BalanceProbe {
  private readonly clients: Client[];
  private asking: Promise<number[]>[] = [];
  private isOver = false;

  constructor(
    origin: string,
    private readonly callers: readonly string[],
  ) {
    this.clients = Array.from({ length: CONNECTIONS }, () => new Client(origin, { pipelining: 1 }));
  }

  start(): void {
    this.isOver = false;
    this.asking = this.clients.map((client) => this.askOn(client));
  }

  /** Resolves with how long each answer took, in milliseconds. */
  async stop(): Promise<number[]> {
    this.isOver = true;
    return (await Promise.all(this.asking)).flat();
  }

  /** How long answers take while nothing else is asked. */
  async idle(seconds: number): Promise<number[]> {
    this.start();
    await pause(seconds * 1000);
    return this.stop();
  }

  async close(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.close()));
  }

  private async askOn(client: Client): Promise<number[]> {
    const times: number[] = [];
    while (!this.isOver) {
      const authorization = this.callers[Math.floor(Math.random() * this.callers.length)]!;
      const start = performance.now();
      const { body } = await client.request({
        method: 'POST',
        path: '/graphql/member',
        headers: { 'content-type': 'application/json', authorization },
        body: BALANCE,
      });
      const text = await body.text();
      times.push(performance.now() - start);
      if (!text.startsWith(SHOWN)) throw new Error(`no balance: ${text.slice(0, 300)}`);
      await pause(PAUSE_MS);
    }
    return times;
  }
}

/** The value below which 99 of 100 lie. */
export function p99(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
}

/** A client as it should be: what got no answer it sends again with the same key, to whichever server answers. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Request, Settled } from './books.ts';
import { authorizationOf, type World } from './world.ts';

/** How long a client waits for an answer, in milliseconds, before it takes the request for lost. */
const PATIENCE_MS = 15_000;
const PAUSE_MS = 100;

/** When the service was away: from the first failure to the first success of a request that was sent after it. */
export class Watch {
  firstFailure: number | undefined;
  backAt: number | undefined;
  answered = 0;
  failed = 0;
  readonly reasons = new Map<string, number>();

  failure(reason: string): void {
    this.failed += 1;
    this.firstFailure ??= performance.now();
    this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
  }

  success(sentAt: number): void {
    this.answered += 1;
    if (this.firstFailure !== undefined && sentAt >= this.firstFailure) this.backAt ??= performance.now();
  }

  /** In milliseconds; 0 when nothing failed. */
  get awayMs(): number {
    return this.firstFailure === undefined ? 0 : (this.backAt ?? performance.now()) - this.firstFailure;
  }
}

/** The balancer's view: the servers in the order in which they are tried. */
export interface Service {
  world: World;
  origins: readonly string[];
  /** That of the round. */
  watch: Watch;
}

/** Sends a request until it is answered. */
export async function settle(service: Service, request: Request, first: number): Promise<Settled> {
  let failedAt: number | undefined;
  for (let cuts = 0; ; cuts++) {
    const sentAt = performance.now();
    try {
      const answer = await sendOnce(service, request, first + cuts);
      service.watch.success(sentAt);
      return { request, answer, cuts, waitedMs: failedAt === undefined ? 0 : performance.now() - failedAt };
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      failedAt ??= performance.now();
      service.watch.failure(error.message);
      await pause(PAUSE_MS);
    }
  }
}

/** Nobody knows what became of the request. */
class NoAnswer extends Error {}

/** As a balancer does, it goes to the next server when one takes no connections: nothing has been sent then. */
async function sendOnce({ world, origins }: Service, request: Request, first: number): Promise<string> {
  for (let tries = 1; ; tries++) {
    try {
      return await sendTo(origins[(first + tries) % origins.length]!, world, request);
    } catch (error) {
      if (!(error instanceof NoAnswer) || error.message !== 'ECONNREFUSED' || tries === origins.length) throw error;
    }
  }
}

async function sendTo(origin: string, world: World, { person, query, variables }: Request): Promise<string> {
  let text: string;
  try {
    const response = await fetch(`${origin}/graphql/${person.door}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: authorizationOf(world, person) },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    text = await response.text();
  } catch (error) {
    const { name, cause } = error as { name: string; cause?: { code?: string } };
    throw new NoAnswer(cause?.code ?? name);
  }
  const { data, errors } = JSON.parse(text);
  if (errors) {
    const { code } = errors[0].extensions;
    if (code === 'UNAVAILABLE' || code === 'INTERNAL') throw new NoAnswer(code);
    throw new Error(`a client was told ${text}`);
  }
  return JSON.stringify(Object.values(data)[0]);
}

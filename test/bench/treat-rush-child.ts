/**
 * The load client of the bench `treat-rush`: a process of its own, as load.ts is for the others. Every member asks once,
 * in order, each with the token of her own; as soon as a connection has its answer it asks for the next member.
 */
import { randomUUID } from 'node:crypto';
import { Client } from 'undici';
import { answer } from './child.ts';
import { newTally, type Tally } from './tally.ts';

export interface Setup {
  origin: string;
  /** Values of the Authorization header, one for each member. */
  callers: string[];
  connections: number;
}

/** What it is told first, and then for which offer the first so many members ask. */
export type Order = Setup | { offerId: string; members: number };

const TAKE = JSON.stringify(`mutation Take($key: String!, $offerId: Id!) {
  redeem(key: $key, offerId: $offerId) { ... on Redemption { id voucher { code } } ... on Refusal { code } }
}`);
const TAKEN = '{"data":{"redeem":{"id":"';

let callers: string[];
let clients: Client[];

function ask(client: Client, caller: string, offerId: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let body = '';
    client.dispatch(
      {
        method: 'POST',
        path: '/graphql/member',
        headers: ['content-type', 'application/json', 'authorization', caller],
        body: `{"query":${TAKE},"variables":{"key":"${randomUUID()}","offerId":"${offerId}"}}`,
      },
      {
        onRequestStart: () => {},
        onResponseStart: () => {},
        onResponseData: (_, chunk) => {
          body += chunk.toString();
        },
        onResponseEnd: () => resolve(body),
        onResponseError: (_, error) => reject(error),
      },
    );
  });
}

function count(tally: Tally, body: string): void {
  if (body.startsWith(TAKEN)) tally.accepted += 1;
  else {
    const code = /"code":"([A-Z_]+)"/.exec(body)?.[1];
    if (code && body.startsWith('{"data":')) tally.refused[code] = (tally.refused[code] ?? 0) + 1;
    else fail(tally, body.slice(0, 500));
  }
}

function fail(tally: Tally, error: unknown): void {
  tally.errors += 1;
  tally.firstError ??= String(error);
}

async function rush(offerId: string, members: number): Promise<Tally> {
  const tally = newTally();
  const start = performance.now();
  let next = 0;
  await Promise.all(
    clients.map(async (client) => {
      while (next < members) {
        const caller = callers[next++]!;
        await ask(client, caller, offerId).then(
          (body) => count(tally, body),
          (error) => fail(tally, error),
        );
      }
    }),
  );
  tally.elapsedMs = performance.now() - start;
  return tally;
}

answer(async (order: Order) => {
  if ('offerId' in order) return rush(order.offerId, order.members);
  callers = order.callers;
  clients = Array.from({ length: order.connections }, () => new Client(order.origin, { pipelining: 1 }));
  return 'ready';
});

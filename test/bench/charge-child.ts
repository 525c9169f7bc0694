/**
 * The load client of the bench `charge`: a process of its own, as load.ts is for the others. Each connection has a till
 * and serves one member after another there: it makes the phone's code, sends the scan, and charges against what came
 * back.
 */
import { randomUUID } from 'node:crypto';
import { Client } from 'undici';
import { makeVisit, type Phones, type Till } from './charge-visit.ts';
import { answer } from './child.ts';
import { newTally, type Tally } from './tally.ts';

export interface Setup {
  origin: string;
  phones: Phones;
  /** By name: where the connections stand in a round, as many tills for each as there are connections. */
  tills: Record<string, Till[]>;
}

/** What it is told first, and then at which tills to serve for how long. A visit that has begun is finished. */
export type Order = Setup | { at: string; seconds: number };

const SCAN = `mutation Scan($key: String!, $outletId: Id!, $code: String!) {
  scanCard(requestNumber: $key, outletId: $outletId, code: $code) {
    ... on CardScan { id memberName discount }
    ... on Refusal { code }
  }
}`;
const CHARGE = `mutation Charge($key: String!, $scanId: Id!, $billFen: Fen!) {
  chargeCard(requestNumber: $key, scanId: $scanId, billFen: $billFen) {
    ... on Charge { state id points }
    ... on Refusal { code }
  }
}`;
const SCANNED = '{"data":{"scanCard":{"id":"';
const CHARGED = '{"data":{"chargeCard":{"state":"POSTED"';
const ID_LENGTH = 26;

let setup: Setup;
let clients: Client[];

/** Sends a mutation and resolves with the body of its answer. */
function send(client: Client, caller: string, query: string, variables: object): Promise<string> {
  return new Promise((resolve, reject) => {
    let body = '';
    client.dispatch(
      {
        method: 'POST',
        path: '/graphql/merchant',
        headers: ['content-type', 'application/json', 'authorization', caller],
        body: JSON.stringify({ query, variables: { key: randomUUID(), ...variables } }),
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

/** One member at a till. Returns the answer that ended the visit, whichever it was. */
async function serve(client: Client, { caller, outletId }: Till): Promise<string> {
  const { code, billFen } = makeVisit(setup.phones);
  const scanned = await send(client, caller, SCAN, { outletId, code });
  if (!scanned.startsWith(SCANNED)) return scanned;
  const scanId = scanned.slice(SCANNED.length, SCANNED.length + ID_LENGTH);
  return send(client, caller, CHARGE, { scanId, billFen });
}

function count(tally: Tally, body: string): void {
  if (body.startsWith(CHARGED)) tally.accepted += 1;
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

async function serveAll(tills: readonly Till[], seconds: number): Promise<Tally> {
  const tally = newTally();
  const start = performance.now();
  const until = start + seconds * 1000;
  await Promise.all(
    clients.map(async (client, i) => {
      while (performance.now() < until) {
        await serve(client, tills[i]!).then(
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
  if ('at' in order) return serveAll(setup.tills[order.at]!, order.seconds);
  setup = order;
  const [tills] = Object.values(order.tills);
  clients = tills!.map(() => new Client(order.origin, { pipelining: 1 }));
  return 'ready';
});

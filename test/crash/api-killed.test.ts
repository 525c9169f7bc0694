import { expect, test } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { newId } from '../../src/platform/ids.ts';
import { tokenFor } from '../support/api.ts';
import { ask } from '../support/client.ts';
import { processEnvironment } from '../support/environment.ts';
import { aMarket } from '../support/market.ts';
import { type Running, startProcess } from '../support/process.ts';

const REDEEM = `mutation ($key: String!, $offerId: Id!) {
  redeem(key: $key, offerId: $offerId) { ... on Redemption { id } ... on Refusal { code } }
}`;

const ROUNDS = 3;
const CLIENTS = 64;

async function doorOf(api: Running): Promise<string> {
  const line = await api.line(/^Xingfu listens/);
  return /http:\S+\/graphql\/member/.exec(line)![0];
}

test('an API that is killed in a rush loses no redemption that it acknowledged and makes none twice', async () => {
  const market = await aMarket({ memberCount: 40, earned: 100_000, at: new Date().toISOString() });
  const { deps, memberIds } = market;
  const offers = await Promise.all(Array.from({ length: 5 }, () => market.offer({ price: 3, stock: 100_000 })));
  const tokens = await Promise.all(memberIds.map((id) => tokenFor({ ...deps, clock: systemClock }, 'member', id)));
  const acknowledged = new Map<string, string>();
  const cutOff: { key: string; offerId: string; token: string }[] = [];

  const send = async (url: string, request: (typeof cutOff)[number]) => {
    const { key, offerId, token } = request;
    try {
      const answer = await ask(url, { query: REDEEM, variables: { key, offerId }, token });
      expect(answer.errors).toEqual([]);
      const { id } = answer.data.redeem;
      expect(acknowledged.get(key) ?? id).toBe(id);
      acknowledged.set(key, id);
      return true;
    } catch (error) {
      // fetch throws a TypeError when the connection is cut: nobody knows what became of the request.
      if (!(error instanceof TypeError)) throw error;
      cutOff.push(request);
      return false;
    }
  };

  for (let round = 0; round < ROUNDS; round++) {
    const api = startProcess('src/main.ts', processEnvironment());
    const url = await doorOf(api);
    const unanswered = cutOff.splice(0);
    for (const request of unanswered) expect(await send(url, request)).toBe(true);
    const before = acknowledged.size;
    const clients = Array.from({ length: CLIENTS }, async (_, i) => {
      const token = tokens[i % tokens.length]!;
      while (await send(url, { key: newId(), offerId: offers[i % 5]!, token })) {
        // Until the connection is cut. The one that makes the round long enough pulls the plug.
        if (acknowledged.size - before >= 300) void api.end('SIGKILL');
      }
    });
    await Promise.all(clients);
    expect(cutOff.length).toBeGreaterThan(0);
  }
  const api = startProcess('src/main.ts', processEnvironment());
  const url = await doorOf(api);
  for (const request of cutOff.splice(0)) expect(await send(url, request)).toBe(true);

  const rows: { id: string }[] = await deps.db.query('SELECT id FROM redemption');
  const made = new Set(rows.map((row) => row.id));
  expect(made.size).toBe(acknowledged.size);
  for (const id of acknowledged.values()) expect(made.has(id)).toBe(true);
  const left = (await Promise.all(offers.map(market.stock))).reduce((sum, stock) => sum + stock, 0);
  expect(left).toBe(500_000 - made.size);
  expect(await market.moved('vouchers')).toBe(3 * made.size);
  await expect(deps).toHaveCoherentLedger();
}, 120_000);

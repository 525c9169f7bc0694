import { execFile } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { startApi, type TestApi, tokenFor } from '../../support/api.ts';
import { type TestDeps, testDeps } from '../../support/deps.ts';
import { aDrawWorld } from '../draw-world.ts';
import { aPrize } from '../world.ts';

const run = promisify(execFile);

const PROOFS = `query ($lotteryId: Id!, $after: String) {
  ticketProofs(lotteryId: $lotteryId, first: 2, after: $after) {
    nodes { index ticket holder proof } pageInfo { hasNextPage endCursor }
  }
}`;
const DRAWS = `query ($lotteryId: Id!) {
  lotteryDraws(lotteryId: $lotteryId) { number commitment drandRound announcement transcript transcriptHash }
  lotteryWinners(lotteryId: $lotteryId) { nodes { place name unionName tier prizeName ticket } }
}`;

let deps: TestDeps;
let api: TestApi;

beforeAll(async () => {
  deps = await testDeps();
  // Behind a proxy, so that a test can come from an address of its own.
  api = await startApi({ ...deps, config: { ...deps.config, trustProxy: '127.0.0.1' } });
});
afterAll(() => api.close());

async function anApi() {
  const world = await aDrawWorld({ memberCount: 8, earned: 100 });
  /** An access token of the first member at the hour that the world has come to. */
  const token = () => {
    deps.clock.set(world.deps.clock.now().toISOString());
    return tokenFor(deps, 'member', world.memberIds[0]!);
  };
  const directory = await mkdtemp(join(tmpdir(), 'xingfu-draw-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const keep = async (name: string, content: string) => {
    const path = join(directory, name);
    await writeFile(path, content);
    return path;
  };
  return { world, token, keep };
}

test('anyone can download a transcript and the verifier, which says yes to it and to a member’s own ticket', async () => {
  const { world, token: tokenNow, keep } = await anApi();
  const lotteryId = await world.inNotice({ prizes: [aPrize({ quantity: 3 })], freeTickets: 3 });
  const token = await tokenNow();
  const { data } = await api.ask('member', DRAWS, { variables: { lotteryId }, token });
  const [draw] = data.lotteryDraws;
  const answer = await fetch(`${api.url}${draw.transcript}`);
  const transcript = await answer.text();
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(createHash('sha256').update(transcript).digest('hex')).toBe(draw.transcriptHash);
  expect(data.lotteryWinners.nodes.map(({ ticket }: { ticket: string }) => ticket)).toEqual(
    JSON.parse(transcript).winners.map(({ ticket }: { ticket: string }) => ticket),
  );
  expect(data.lotteryWinners.nodes[0].name).toBe('测*员');

  const verifier = await keep('verify-draw.mjs', await (await fetch(`${api.url}/lotteries/verify-draw.mjs`)).text());
  const record = await keep('transcript.json', transcript);
  await run(process.execPath, [verifier, record]);

  const first = await api.ask('member', PROOFS, { variables: { lotteryId }, token });
  const { nodes, pageInfo } = first.data.ticketProofs;
  expect(pageInfo.hasNextPage).toBe(true);
  const rest = await api.ask('member', PROOFS, { variables: { lotteryId, after: pageInfo.endCursor }, token });
  const all = [...nodes, ...rest.data.ticketProofs.nodes];
  expect(all).toHaveLength(3);
  for (const proof of all) {
    await run(process.execPath, [verifier, record, '--ticket', await keep('ticket.json', JSON.stringify(proof))]);
  }
  const stolen = await keep('ticket.json', JSON.stringify({ ...all[0], ticket: all[1].ticket }));
  await expect(run(process.execPath, [verifier, record, '--ticket', stolen])).rejects.toThrow();
  const changed = await keep('changed.json', transcript.replace('"place":1,', '"place":2,'));
  await expect(run(process.execPath, [verifier, changed])).rejects.toThrow();
});

test('before the draw there is the announcement, and no transcript; of another programme’s lottery there is nothing', async () => {
  const { world, token: tokenNow } = await anApi();
  const lotteryId = await world.frozen();
  const token = await tokenNow();
  const { data } = await api.ask('member', DRAWS, { variables: { lotteryId }, token });
  const [draw] = data.lotteryDraws;
  expect(draw).toMatchObject({ number: 1, transcript: null, transcriptHash: null });
  expect(JSON.parse(draw.announcement).source.parties).toHaveLength(3);
  expect(data.lotteryWinners.nodes).toEqual([]);
  for (const path of [`${lotteryId}/draws/1`, `${lotteryId}/draws/2`, `${newId()}/draws/1`, 'x/draws/1']) {
    expect((await fetch(`${api.url}/lotteries/${path}/transcript.json`)).status).toBe(404);
  }
  const stranger = await api.ask('member', DRAWS, { variables: { lotteryId: newId() }, token });
  expect(stranger.data).toEqual({ lotteryDraws: [], lotteryWinners: { nodes: [] } });
});

test('a transcript is kept by caches for ever, and an address that asks too often is told to wait', async () => {
  const { world } = await anApi();
  const lotteryId = await world.inNotice();
  const url = `${api.url}/lotteries/${lotteryId}/draws/1/transcript.json`;
  const answer = await fetch(url);
  expect(answer.headers.get('cache-control')).toContain('immutable');
  const again = await fetch(url, { headers: { 'if-none-match': answer.headers.get('etag')! } });
  expect(again.status).toBe(304);
  const headers = {
    'x-forwarded-for': `2001:db8::${randomInt(0x10000).toString(16)}:${randomInt(0x10000).toString(16)}`,
  };
  const statuses = await Promise.all(Array.from({ length: 150 }, async () => (await fetch(url, { headers })).status));
  expect(statuses.filter((status) => status === 429)).toHaveLength(30);
  expect((await fetch(url)).status).toBe(200);
});

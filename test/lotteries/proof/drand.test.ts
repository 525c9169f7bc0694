import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { afterEach, expect, test } from 'vitest';
import { sha256, uint64 } from '../../../src/lotteries/proof/bytes.ts';
import { type DrandRound, flawOfRound, QUICKNET, roundAt, timeOfRound } from '../../../src/lotteries/proof/drand.ts';
import { fetchRound } from '../../../src/lotteries/proof/fetch-round.ts';
import { ROUND } from './world.ts';

test('a round that quicknet signed has no flaw', () => {
  expect(flawOfRound(ROUND)).toBeUndefined();
});

/** The round as someone signs it who has not the key of quicknet. */
function signedByAnother(round: number): DrandRound {
  const { shortSignatures } = bls12_381;
  const secret = new Uint8Array(32).fill(5);
  const point = shortSignatures.sign(shortSignatures.hash(sha256(uint64(round))), secret);
  const signature = shortSignatures.Signature.toHex(point);
  return { ...ROUND, round, signature, randomness: sha256(Buffer.from(signature, 'hex')).toString('hex') };
}

const withSignature = (signature: string): DrandRound => ({
  ...ROUND,
  signature,
  randomness: sha256(Buffer.from(signature, 'hex')).toString('hex'),
});
const negated = bls12_381.shortSignatures.Signature.fromHex(ROUND.signature).negate().toHex();

test.each<[string, DrandRound]>([
  ['another round', { ...ROUND, round: ROUND.round + 1 }],
  ['a round that is none', { ...ROUND, round: 0 }],
  ['another chain', { ...ROUND, chain: '0'.repeat(64) }],
  ['other randomness', { ...ROUND, randomness: '0'.repeat(64) }],
  ['the signature of another key', signedByAnother(ROUND.round)],
  ['the negated signature', withSignature(negated)],
  ['the point at infinity', withSignature(`c0${'00'.repeat(47)}`)],
  ['no point of the curve', withSignature('ff'.repeat(48))],
  ['one bit changed', withSignature(ROUND.signature.replace(/b$/, 'a'))],
  ['capital letters', { ...ROUND, signature: ROUND.signature.toUpperCase() }],
  ['a short signature', withSignature(ROUND.signature.slice(2))],
])('a round is refused with %s', (_, round) => {
  expect(flawOfRound(round)).toEqual(expect.any(String));
});

test('the first round at an instant or after it', () => {
  expect(timeOfRound(1)).toEqual(new Date(QUICKNET.genesis * 1000));
  expect(timeOfRound(ROUND.round)).toEqual(new Date('2023-09-15T11:00:03.000Z'));
  expect(roundAt(new Date('2023-09-15T11:00:03.000Z'))).toBe(ROUND.round);
  expect(roundAt(new Date('2023-09-15T11:00:00.001Z'))).toBe(ROUND.round);
  expect(roundAt(new Date('2023-09-15T11:00:03.001Z'))).toBe(ROUND.round + 1);
  expect(roundAt(new Date('2000-01-01T00:00:00.000Z'))).toBe(1);
});

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** A relay that answers every request with this; undefined: it never does. */
async function relay(status: number, body: string | undefined): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url!);
    if (body !== undefined) response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const json = ({ round, signature, randomness }: DrandRound) => JSON.stringify({ round, signature, randomness });

test('relays are asked in turn until one gives the round as quicknet signed it, whatever the others say', async () => {
  const missing = await relay(404, '{"error":"not found"}');
  const silent = await relay(200, undefined);
  const broken = await relay(200, '<html>portal</html>');
  const forging = await relay(200, json(signedByAnother(ROUND.round)));
  const honest = await relay(200, json(ROUND));
  const unasked = await relay(200, json(ROUND));
  const relays = [missing, silent, broken, forging, honest, unasked];
  const fetched = await fetchRound(
    relays.map(({ url }) => url),
    ROUND.round,
    { timeoutMs: 300 },
  );
  expect(fetched).toEqual({ ok: true, round: ROUND });
  expect(honest.asked).toEqual([`/${QUICKNET.chain}/public/${ROUND.round}`]);
  expect(relays.map(({ asked }) => asked.length)).toEqual([1, 1, 1, 1, 1, 0]);
});

test('when no relay helps, it is told of each why', async () => {
  const closed = 'http://127.0.0.1:1';
  const early = await relay(425, '');
  const fetched = await fetchRound([closed, early.url], ROUND.round, { timeoutMs: 300 });
  expect(fetched).toEqual({
    ok: false,
    failures: [
      { relay: closed, why: expect.any(String) },
      { relay: early.url, why: 'HTTP 425' },
    ],
  });
  expect(await fetchRound([], ROUND.round, { timeoutMs: 300 })).toEqual({ ok: false, failures: [] });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCardCodes } from '../../src/cards/read-card-code.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { makeCardCode } from '../support/card-code.ts';
import { aMember, aProgramme } from '../unions/tree.ts';
import { aCardWorld, keyOf } from './world.ts';

const CODES = 10_000;
const AT_ONCE = 250;
const START = Date.parse('2026-08-03T02:00:00.000Z');

/** A code on its way to a till: by whose phone, made when (in seconds from the start), how wrong, shown when. */
const showing = fc.record({
  phone: fc.nat({ max: 3 }),
  madeAt: fc.nat({ max: 600 }),
  // Few nonces, so that many codes are the very same.
  nonce: fc.nat({ max: 2 }),
  delay: fc.integer({ min: -40, max: 75 }),
  flaw: fc.constantFrom('none', 'none', 'none', 'none', 'changed', 'random', 'foreign'),
  position: fc.nat({ max: 84 }),
});

test('of 10,000 random, replayed and forged codes none is accepted twice, none after its time, and no good one is refused', async () => {
  const world = await aCardWorld();
  const { deps, eastWorks, programmeId, west } = world;
  const holders = [{ memberId: world.memberId, cardId: world.cardId }];
  for (let i = 1; i < 4; i++) {
    const memberId = await aMember(deps, eastWorks, { name: `会员${i}` });
    holders.push({ memberId, cardId: await world.issue(memberId) });
  }
  const foreign = await aProgramme(deps, west, '西市积分');
  const keys = await Promise.all(holders.map(({ memberId, cardId }) => keyOf(deps, memberId, cardId)));

  const shown = fc
    .sample(showing, { numRuns: CODES, seed: 20260803 })
    .map((one) => {
      const key = keys[one.phone]!;
      const made = new Date(START + one.madeAt * 1000);
      const code = makeCardCode(key, one.flaw === 'foreign' ? foreign : programmeId, made, Buffer.alloc(8, one.nonce));
      return { ...one, at: Math.max(0, one.madeAt + one.delay), text: spoilt(code, one.flaw, one.position) };
    })
    .sort((a, b) => a.at - b.at);

  const used = new Set<string>();
  const counts = { accepted: 0, used: 0, late: 0, early: 0, refused: 0 };
  for (let from = 0; from < CODES; from += AT_ONCE) {
    const part = shown.slice(from, from + AT_ONCE);
    const at = part[0]!.at;
    const now = new Date(START + at * 1000);
    const outcomes = await inTransaction(deps.db, (tx) =>
      readCardCodes(
        tx,
        deps.config,
        part.map(({ text }) => text),
        now,
      ),
    );
    for (const [i, outcome] of outcomes.entries()) {
      const { text, flaw, madeAt, phone } = part[i]!;
      const answer = outcome.ok ? 'accepted' : outcome.refusal.code;
      if (flaw === 'changed' || flaw === 'random') {
        expect(answer).toBe('CARD_CODE_REFUSED');
        counts.refused += 1;
      } else if (madeAt - at > 30) {
        expect(answer).toBe('CLOCK_SKEW');
        counts.early += 1;
      } else if (at - madeAt > 60) {
        expect(answer).toBe('CARD_CODE_EXPIRED');
        counts.late += 1;
      } else if (flaw === 'foreign') {
        expect(answer).toBe('CARD_CODE_REFUSED');
        counts.refused += 1;
      } else if (used.has(text)) {
        expect(answer).toBe('CARD_CODE_USED');
        counts.used += 1;
      } else {
        expect(outcome).toEqual({ ok: true, value: { ...holders[phone], programmeId } });
        used.add(text);
        counts.accepted += 1;
      }
    }
  }
  // Each kind came up often, so the law was tried on each.
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(300);
  expect(counts.accepted).toBe(used.size);
});

function spoilt(code: string, flaw: string, position: number): string {
  const bytes = Buffer.from(code, 'base64url');
  if (flaw === 'changed') bytes[position] = bytes[position]! ^ 0x10;
  if (flaw === 'random') bytes.fill(position, 1);
  return bytes.toString('base64url');
}

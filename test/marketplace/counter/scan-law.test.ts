import fc from 'fast-check';
import { expect, test } from 'vitest';
import { handOutKey } from '../../../src/cards/hand-out-key.ts';
import type { StaffCaller } from '../../../src/identity/caller.ts';
import { scanCard } from '../../../src/marketplace/counter/scan-card.ts';
import { newId } from '../../../src/platform/ids.ts';
import { type KeyOnPhone, makeCardCode } from '../../support/card-code.ts';
import { aProgramme } from '../../support/ledger.ts';
import { memberCaller } from '../support.ts';
import { aCounter } from './world.ts';

const CODES = 10_000;
const AT_ONCE = 500;
const SENT_AGAIN = 20;
const START = Date.parse('2026-08-03T02:00:00.000Z');

interface Showing {
  phone: number;
  madeAt: number;
  nonce: number;
  delay: number;
  flaw: Flaw;
  noise: Uint8Array;
  till: number;
  process: number;
}

type Flaw = 'none' | 'changed' | 'random' | 'forged' | 'foreign';

/** A code on its way to a till: of whose phone, made when by its clock (in seconds from the start), how wrong, shown when and where. */
const showing: fc.Arbitrary<Showing> = fc.record({
  phone: fc.nat({ max: 3 }),
  madeAt: fc.nat({ max: 600 }),
  // Few nonces, so that many codes are the very same.
  nonce: fc.nat({ max: 2 }),
  // Below zero: the phone's clock is fast. Above: the code is old, or the clock slow.
  delay: fc.integer({ min: -60, max: 90 }),
  flaw: fc.constantFrom<Flaw>('none', 'none', 'none', 'none', 'none', 'changed', 'random', 'forged', 'foreign'),
  noise: fc.uint8Array({ minLength: 85, maxLength: 85 }),
  till: fc.nat({ max: 3 }),
  // Which of two API processes gets it.
  process: fc.nat({ max: 1 }),
});

test('of 10,000 card codes at tills of two merchants none is accepted twice, none after its time, and no good one is refused', async () => {
  const counter = await aCounter({ memberCount: 4, earned: 0 });
  const { deps, programmeId, memberIds } = counter;
  const phones = await Promise.all(
    memberIds.map(async (id) => (await handOutKey(deps, memberCaller(id), counter.cardOf(id)))!),
  );
  const { programmeId: foreign } = await aProgramme(deps);
  const tills = [
    { caller: counter.cashier, outletId: counter.outletId },
    { caller: counter.colleague, outletId: counter.otherOutletId },
    ...(await tillsOfAnotherMerchant(counter)),
  ];
  // Two processes share nothing but the database.
  const processes = [deps, { ...deps }];

  const shown = fc
    .sample(showing, { numRuns: CODES, seed: 20260803 })
    .map((one) => {
      const code = codeOf(one, phones, one.flaw === 'foreign' ? foreign : programmeId);
      return {
        ...one,
        at: Math.max(0, one.madeAt + one.delay),
        asked: { requestNumber: newId(), code, billFen: null },
      };
    })
    .sort((a, b) => a.at - b.at);
  const scan = ({ asked, till }: (typeof shown)[number], process: number) => {
    const { caller, outletId } = tills[till]!;
    return scanCard(processes[process]!, caller, { ...asked, outletId });
  };

  const accepted = new Set<string>();
  const counts: Record<string, number> = {};
  for (let from = 0; from < CODES; from += AT_ONCE) {
    const wave = shown.slice(from, from + AT_ONCE);
    const { at } = wave[0]!;
    deps.clock.set(new Date(START + at * 1000).toISOString());
    const outcomes = await Promise.all(wave.map((one) => scan(one, one.process)));
    // What a till sends again, now to the other process, gets the answer that it got.
    const again = await Promise.all(wave.slice(0, SENT_AGAIN).map((one) => scan(one, 1 - one.process)));
    expect(again).toEqual(outcomes.slice(0, SENT_AGAIN));
    for (const [i, outcome] of outcomes.entries()) {
      const { code } = wave[i]!.asked;
      const answer = outcome.ok ? 'accepted' : outcome.refusal.code;
      counts[answer] = (counts[answer] ?? 0) + 1;
      const expected = whatIsWrong(wave[i]!, at);
      if (expected !== undefined) expect(answer).toBe(expected);
      else if (answer === 'accepted') {
        expect(accepted.has(code)).toBe(false);
        accepted.add(code);
      } else expect(answer).toBe('CARD_CODE_USED');
    }
    // Of equal ones any may come first, but one of them does.
    const good = wave.filter((one) => whatIsWrong(one, at) === undefined);
    expect(good.filter(({ asked }) => !accepted.has(asked.code))).toEqual([]);
  }

  // Each answer came up often, so the law was tried on each.
  const answers = ['CARD_CODE_EXPIRED', 'CARD_CODE_REFUSED', 'CARD_CODE_USED', 'CLOCK_SKEW', 'accepted'];
  expect(Object.keys(counts).sort()).toEqual(answers);
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(300);
  expect(counts.accepted).toBe(accepted.size);
  const [stored] = await deps.db.query(
    `SELECT (SELECT COUNT(*) FROM card_scan) AS scans, (SELECT COUNT(*) FROM card_code_use) AS uses,
            (SELECT COUNT(DISTINCT operator_id) FROM card_scan) AS cashiers`,
  );
  expect(Object.values(stored).map(Number)).toEqual([accepted.size, accepted.size, tills.length]);
});

function codeOf({ phone, madeAt, nonce, flaw, noise }: Showing, phones: readonly KeyOnPhone[], programmeId: string) {
  // A forger knows the card's id, and has another card's key.
  const key = flaw === 'forged' ? { ...phones[phone]!, key: phones[(phone + 1) % phones.length]!.key } : phones[phone]!;
  const code = makeCardCode(key, programmeId, new Date(START + madeAt * 1000), Buffer.alloc(8, nonce));
  if (flaw === 'random') return Buffer.from(noise).toString('base64url');
  if (flaw !== 'changed') return code;
  const bytes = Buffer.from(code, 'base64url');
  const position = noise[0]! % bytes.length;
  bytes[position] = bytes[position]! ^ 0x10;
  return bytes.toString('base64url');
}

/** What a till must be told of a code; undefined for one that is good, unless it was used. */
function whatIsWrong({ flaw, madeAt }: Showing, at: number): string | undefined {
  if (flaw === 'changed' || flaw === 'random' || flaw === 'forged') return 'CARD_CODE_REFUSED';
  if (madeAt - at > 30) return 'CLOCK_SKEW';
  if (at - madeAt > 60) return 'CARD_CODE_EXPIRED';
  return flaw === 'foreign' ? 'CARD_CODE_REFUSED' : undefined;
}

/** Two tills of a second merchant under contract. */
async function tillsOfAnotherMerchant({ deps, programmeId, cashier }: Awaited<ReturnType<typeof aCounter>>) {
  const [merchantId, outletId, now] = [newId(), newId(), deps.clock.now()];
  await deps.db.query(
    "INSERT INTO merchant (id, name, category, state, created_at) VALUES (?, '另一商户', 'dining', 'active', ?)",
    [merchantId, now],
  );
  await deps.db.query(
    "INSERT INTO outlet (id, merchant_id, name, address, created_at) VALUES (?, ?, '三店', '丙路3号', ?)",
    [outletId, merchantId, now],
  );
  await deps.db.query('INSERT INTO programme_merchant VALUES (?, ?)', [programmeId, merchantId]);
  await deps.db.query(
    `INSERT INTO contract (id, programme_id, merchant_id, number, from_day, settlement, signed_by, signed_at)
     VALUES (?, ?, ?, 'HT-2', '2020-01-01', 'postpaid', 'system', ?)`,
    [newId(), programmeId, merchantId, now],
  );
  return [1, 2].map(() => {
    const operatorId = newId();
    const caller: StaffCaller = { ...cashier, actor: `operator:${operatorId}`, operatorId, merchantId };
    return { caller, outletId };
  });
}

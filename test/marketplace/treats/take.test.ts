import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lapseVouchers } from '../../../src/marketplace/lapse-vouchers.ts';
import { redeem } from '../../../src/marketplace/redeem.ts';
import { putUpTreats } from '../../../src/marketplace/treats/put-up-treats.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted, tally } from '../../support/market.ts';
import { refusal, rowsIn, statements } from '../support.ts';
import { aTreat, OPENS } from './world.ts';

/** A treat whose round is put up, at the very instant at which it opens. */
async function anOpenTreat(given: Parameters<typeof aTreat>[0] = {}) {
  const treat = await aTreat(given);
  treat.deps.clock.set('2026-08-12T00:00:00.000Z');
  await putUpTreats(treat.deps);
  treat.deps.clock.set(OPENS);
  const [tea, coffee] = (await treat.offers()) as [string, string];
  return { ...treat, tea, coffee };
}

describe('a treat', () => {
  test('opens at its minute and not a millisecond before, and is over with its day', async () => {
    const { deps, buy, memberIds, tea } = await anOpenTreat();
    const [ann, bob] = memberIds as [string, string];
    deps.clock.set('2026-08-15T01:59:59.999Z');
    expect(refusal(await buy(ann, tea))).toBe('SALE_NOT_OPEN');
    deps.clock.set(OPENS);
    accepted(await buy(ann, tea));
    deps.clock.set('2026-08-15T16:00:00.000Z');
    expect(refusal(await buy(bob, tea))).toBe('SALE_OVER');
  });

  test('is one for each member in the whole round; who gives it back unused may take another', async () => {
    const { buy, cancel, memberIds, tea, coffee, stock } = await anOpenTreat();
    const [ann] = memberIds as [string];
    const cup = accepted(await buy(ann, tea));
    expect(refusal(await buy(ann, coffee))).toBe('LIMIT_REACHED');
    expect(refusal(await buy(ann, tea))).toBe('LIMIT_REACHED');
    accepted(await cancel(ann, cup));
    accepted(await buy(ann, coffee));
    expect(refusal(await buy(ann, tea))).toBe('LIMIT_REACHED');
    expect([await stock(tea), await stock(coffee)]).toEqual([3, 1]);
  });

  test('can be taken again in the next month', async () => {
    const { deps, buy, memberIds, tea, rounds } = await anOpenTreat();
    accepted(await buy(memberIds[0]!, tea));
    deps.clock.set('2026-09-15T03:00:00.000Z');
    await putUpTreats(deps);
    const september = (await rounds())[1]!;
    accepted(await buy(memberIds[0]!, september.lines[0]!.offerId!));
  });

  test('is used at its own outlet, moves no points, and lapses unused with its day', async () => {
    const { deps, buy, verify, memberIds, tea, otherOutletId, voucherState } = await anOpenTreat();
    const [used, forgotten] = [accepted(await buy(memberIds[0]!, tea)), accepted(await buy(memberIds[1]!, tea))];
    expect(refusal(await verify(used, { outletId: otherOutletId }))).toContain('WRONG_OUTLET');
    accepted(await verify(used));
    deps.clock.set('2026-08-15T16:00:00.000Z');
    expect(await lapseVouchers(deps)).toBe(1);
    expect([await voucherState(used), await voucherState(forgotten)]).toEqual(['used', 'lapsed']);
    expect(await rowsIn(deps, 'transfer')).toBe(0);
    await expect(deps).toHaveCoherentLedger();
  });
});

describe('a rush', () => {
  test('of members on two machines, each asking for every offer at once, gives each one at most and the stock exactly', async () => {
    const { deps, memberIds, tea, coffee, stock } = await anOpenTreat({ memberCount: 40 });
    const machines = [deps, { ...deps }];
    const asks = memberIds.flatMap((memberId, i) =>
      [tea, coffee, tea].map((offerId, j) =>
        redeem(machines[(i + j) % 2]!, { actor: `member:${memberId}`, memberId, key: newId(), offerId }),
      ),
    );
    const counts = tally(await Promise.all(asks));
    expect(counts.accepted).toBe(5);
    expect(counts.LIMIT_REACHED! + counts.SOLD_OUT!).toBe(115);
    expect([await stock(tea), await stock(coffee)]).toEqual([0, 0]);
    const [{ members }] = await deps.db.query('SELECT COUNT(DISTINCT member_id) AS members FROM redemption');
    expect(Number(members)).toBe(5);
    expect(await rowsIn(deps, 'voucher')).toBe(5);
  });

  test('keeps the outcome of each key, whether it was given or refused', async () => {
    const { memberIds, buy, cancel, tea } = await anOpenTreat({ memberCount: 4 });
    const [ann, bob, cid, dan] = memberIds as [string, string, string, string];
    const cup = await buy(ann, tea, 'ann-00001');
    for (const other of [bob, cid]) accepted(await buy(other, tea));
    const late = await buy(dan, tea, 'dan-00001');
    expect(refusal(late)).toBe('SOLD_OUT');
    expect(refusal(await buy(ann, tea, 'ann-00002'))).toBe('LIMIT_REACHED');
    // A cup comes back: the old key still tells what became of it, and a new one gets the cup.
    accepted(await cancel(ann, accepted(cup)));
    expect(await buy(dan, tea, 'dan-00001')).toEqual(late);
    expect(await buy(ann, tea, 'ann-00001')).toEqual(cup);
    accepted(await buy(dan, tea));
  });

  test('costs the ones who come too late no lock: nothing of the stock, the limits or the accounts is held for them', async () => {
    const { deps, memberIds, buy, tea } = await anOpenTreat({ memberCount: 5 });
    for (const memberId of memberIds.slice(0, 3)) accepted(await buy(memberId, tea));
    const sent = await statements(deps, async () => {
      expect(refusal(await buy(memberIds[3]!, tea))).toBe('SOLD_OUT');
      expect(refusal(await buy(memberIds[0]!, tea))).toBe('LIMIT_REACHED');
    });
    expect(sent.filter((sql) => /FOR UPDATE|LOCK IN SHARE MODE/.test(sql))).toEqual([]);
    const writes = sent.filter((sql) => /^\s*(INSERT|UPDATE|DELETE)/.test(sql));
    expect(writes.every((sql) => sql.startsWith('INSERT INTO idempotency'))).toBe(true);
  });

  test('is right about who gets none while others hold the last cup: one who asks after a cup came back is not refused', async () => {
    const cups = fc.integer({ min: 1, max: 4 });
    const moves = fc.array(fc.record({ member: fc.nat({ max: 4 }), act: fc.constantFrom('tea', 'coffee', 'back') }), {
      maxLength: 14,
    });
    const treat = await aTreat({ memberCount: 5 });
    const { deps, memberIds, buy, cancel } = treat;
    deps.clock.set('2026-08-12T00:00:00.000Z');
    await putUpTreats(deps);
    deps.clock.set(OPENS);
    const offers = await treat.offers();
    await fc.assert(
      fc.asyncProperty(cups, cups, moves, async (teas, coffees, sequence) => {
        for (const table of ['voucher', 'redemption']) await deps.db.query(`DELETE FROM ${table}`);
        const left = [teas, coffees];
        for (const [i, offerId] of offers.entries())
          await deps.db.query('UPDATE offer_stock SET remaining = ? WHERE offer_id = ?', [left[i], offerId]);
        const held = new Map<string, { id: string; of: number }>();
        for (const { member, act } of sequence) {
          const memberId = memberIds[member]!;
          const mine = held.get(memberId);
          if (act === 'back') {
            if (!mine) continue;
            accepted(await cancel(memberId, mine.id));
            held.delete(memberId);
            left[mine.of]! += 1;
            continue;
          }
          const of = act === 'tea' ? 0 : 1;
          const outcome = await buy(memberId, offers[of]!);
          const expected = mine ? 'LIMIT_REACHED' : left[of] === 0 ? 'SOLD_OUT' : 'accepted';
          expect(outcome.ok ? 'accepted' : outcome.refusal.code).toBe(expected);
          if (!outcome.ok) continue;
          held.set(memberId, { id: outcome.value, of });
          left[of]! -= 1;
        }
      }),
      { numRuns: 12 },
    );
  });
});

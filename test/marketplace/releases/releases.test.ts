import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addStock } from '../../../src/marketplace/add-stock.ts';
import { redeem } from '../../../src/marketplace/redeem.ts';
import { cancelRelease } from '../../../src/marketplace/releases/cancel-release.ts';
import { releaseAllDue } from '../../../src/marketplace/releases/release-due.ts';
import { scheduleRelease } from '../../../src/marketplace/releases/schedule-release.ts';
import { newId } from '../../../src/platform/ids.ts';
import { countQueries } from '../../support/count-queries.ts';
import { accepted, aMarket, tally } from '../../support/market.ts';
import { adminOf, audited, data, memberCaller, refusal } from '../support.ts';

const NOON = new Date('2026-08-03T04:00:00.000Z');
const seconds = (count: number) => new Date(NOON.getTime() + count * 1000);

/** A market an hour or two before noon in Beijing, with an offer that has nothing left. */
async function aQueue({ memberCount = 2 } = {}) {
  const market = await aMarket({ memberCount });
  const { deps, unionId } = market;
  const admin = adminOf(`/${unionId}/`);
  const offerId = await market.offer({ stock: 0, price: 1 });
  const schedule = (releaseAt: Date, count: number, by = admin, id = offerId) =>
    scheduleRelease(deps, by, newId(), { offerId: id, releaseAt, count });
  const cancel = (releaseAt: Date, by = admin) => cancelRelease(deps, by, newId(), { offerId, releaseAt });
  const add = (count: number) => addStock(deps, admin, newId(), { offerId, count });
  /** What a member sees, and what is still to come. */
  const shown = async () =>
    (
      await data(
        deps,
        memberCaller(market.memberIds[0]!),
        `{ offer(id: "${offerId}") { remaining releases { releaseAt count } } }`,
      )
    ).offer;
  return { ...market, admin, offerId, schedule, cancelRelease: cancel, add, shown };
}

describe('a release', () => {
  test('is in the stock from its very instant on, for buyers and for the eye, and the next one is shown', async () => {
    const { deps, schedule, buy, memberIds, offerId, shown, stock } = await aQueue();
    accepted(await schedule(NOON, 2));
    accepted(await schedule(seconds(3600), 5));
    deps.clock.set('2026-08-03T03:59:59.999Z');
    expect(refusal(await buy(memberIds[0]!, offerId))).toBe('SOLD_OUT');
    expect(await shown()).toEqual({
      remaining: 0,
      releases: [
        { releaseAt: NOON.toISOString(), count: 2 },
        { releaseAt: seconds(3600).toISOString(), count: 5 },
      ],
    });
    deps.clock.set(NOON.toISOString());
    expect(await shown()).toMatchObject({ remaining: 2, releases: [{ count: 5 }] });
    accepted(await buy(memberIds[0]!, offerId));
    expect(await stock(offerId)).toBe(1);
    expect(await shown()).toMatchObject({ remaining: 1, releases: [{ count: 5 }] });
    await expect(deps).toHaveCoherentLedger();
  });

  test('at noon, with buyers on two machines and the job awake, sells exactly what was released', async () => {
    const { deps, schedule, memberIds, offerId, stock } = await aQueue({ memberCount: 200 });
    accepted(await schedule(NOON, 25));
    accepted(await schedule(seconds(-1), 10));
    const machines = [deps, { ...deps }];
    const buyAll = () =>
      memberIds.map((memberId, i) =>
        redeem(machines[i % 2]!, { actor: `member:${memberId}`, memberId, key: newId(), offerId }),
      );
    expect(tally(await Promise.all(buyAll()))).toEqual({ SOLD_OUT: 200 });
    deps.clock.set(NOON.toISOString());
    const bought = buyAll();
    await Promise.all([releaseAllDue(deps), releaseAllDue(deps)]);
    expect(tally(await Promise.all(bought))).toEqual({ accepted: 35, SOLD_OUT: 165 });
    expect(await stock(offerId)).toBe(0);
    expect(await releaseAllDue(deps)).toBe(0);
    await expect(deps).toHaveCoherentLedger();
  });

  test('that fell due while everybody was refused is counted all the same, once', async () => {
    const { deps, admin, schedule, memberIds, buy, offer, stock } = await aQueue();
    const offerId = await offer({ stock: 0, price: 1001 });
    accepted(await schedule(NOON, 3, admin, offerId));
    deps.clock.set(seconds(1).toISOString());
    expect(refusal(await buy(memberIds[0]!, offerId))).toBe('NOT_ENOUGH_POINTS');
    expect(await stock(offerId)).toBe(3);
    expect(await releaseAllDue(deps)).toBe(0);
    expect(refusal(await buy(memberIds[0]!, offerId))).toBe('NOT_ENOUGH_POINTS');
    expect(await stock(offerId)).toBe(3);
  });

  test('is left to the next buyer or the job by one who is refused before anything is locked', async () => {
    const { deps, schedule, memberIds, buy, offerId, stock, shown } = await aQueue();
    accepted(await schedule(NOON, 3));
    deps.clock.set(seconds(1).toISOString());
    await deps.db.query("UPDATE member SET state = 'frozen' WHERE id = ?", [memberIds[0]]);
    expect(refusal(await buy(memberIds[0]!, offerId))).toBe('MEMBER_NOT_ACTIVE');
    expect(await stock(offerId)).toBe(0);
    expect(await shown()).toMatchObject({ remaining: 3, releases: [] });
    accepted(await buy(memberIds[1]!, offerId));
    expect(await stock(offerId)).toBe(2);
    expect(await releaseAllDue(deps)).toBe(0);
  });

  test('costs a purchase no statement more, neither while it lies ahead nor when it falls due', async () => {
    const { deps, schedule, memberIds, buy, offer, offerId, add } = await aQueue();
    const plain = await offer({ price: 1 });
    // The first purchase of all makes accounts.
    accepted(await buy(memberIds[0]!, plain));
    const base = await countQueries(deps.db, () => buy(memberIds[0]!, plain));
    accepted(await add(5));
    accepted(await schedule(NOON, 3));
    expect(await countQueries(deps.db, () => buy(memberIds[0]!, offerId))).toBe(base);
    deps.clock.set(seconds(1).toISOString());
    expect(await countQueries(deps.db, () => buy(memberIds[0]!, offerId))).toBe(base);
  });

  test('never adds twice, whatever is scheduled, cancelled, bought, added and waked in between', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('pass' as const), by: fc.integer({ min: 0, max: 20 }) }),
      fc.record({
        kind: fc.constant('schedule' as const),
        at: fc.integer({ min: 1, max: 30 }),
        count: fc.integer({ min: 1, max: 3 }),
      }),
      fc.record({ kind: fc.constant('cancel' as const), at: fc.integer({ min: 1, max: 30 }) }),
      fc.record({ kind: fc.constant('add' as const), count: fc.integer({ min: -2, max: 2 }) }),
      fc.record({ kind: fc.constantFrom('buy' as const, 'wake' as const) }),
    );
    const { deps, offer, memberIds, buy, admin, schedule } = await aQueue();
    const [memberId] = memberIds as [string];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        deps.clock.set(NOON.toISOString());
        const offerId = await offer({ stock: 0, price: 0 });
        const releases = new Map<number, number>();
        let [now, moved] = [0, 0];
        const left = () => [...releases].reduce((sum, [at, count]) => sum + (at <= now ? count : 0), moved);
        for (const one of steps) {
          if (one.kind === 'pass') {
            now += one.by;
            deps.clock.set(seconds(now).toISOString());
          } else if (one.kind === 'schedule') {
            const [at, isTaken] = [now + one.at, releases.has(now + one.at)];
            expect((await schedule(seconds(at), one.count, admin, offerId)).ok).toBe(!isTaken);
            if (!isTaken) releases.set(at, one.count);
          } else if (one.kind === 'cancel') {
            const releaseAt = seconds(now + one.at);
            const { ok } = await cancelRelease(deps, admin, newId(), { offerId, releaseAt });
            expect(ok).toBe(releases.delete(now + one.at));
          } else if (one.kind === 'add') {
            const { ok } = await addStock(deps, admin, newId(), { offerId, count: one.count });
            expect(ok).toBe(left() + one.count >= 0);
            if (ok) moved += one.count;
          } else if (one.kind === 'buy') {
            const { ok } = await buy(memberId, offerId);
            expect(ok).toBe(left() > 0);
            if (ok) moved -= 1;
          } else await releaseAllDue(deps);
        }
        await releaseAllDue(deps);
        const [row] = await deps.db.query('SELECT remaining FROM offer_stock WHERE offer_id = ?', [offerId]);
        expect(row.remaining).toBe(left());
      }),
      { numRuns: 15 },
    );
  });
});

describe('planning releases', () => {
  test('is refused out of range, in the past, after the sale, twice for an instant, and for a pool', async () => {
    const { deps, schedule, offer, admin, offerId, unionId } = await aQueue();
    const at = async (...given: Parameters<typeof schedule>) => refusal(await schedule(...given));
    expect(await at(NOON, 0)).toBe('STOCK_OUT_OF_RANGE at count');
    expect(await at(NOON, 10_000_001)).toBe('STOCK_OUT_OF_RANGE at count');
    expect(await at(deps.clock.now(), 1)).toBe('RELEASE_WINDOW at releaseAt');
    expect(await at(new Date('2099-01-01T00:00:00.000Z'), 1)).toBe('RELEASE_WINDOW at releaseAt');
    expect(await at(NOON, 1, adminOf(`/${newId()}/`))).toBe('OFFER_UNKNOWN at offerId');
    expect(await at(NOON, 1, adminOf(`/${unionId}/`, ['offers:read']))).toBe('OFFER_UNKNOWN at offerId');
    const pool = await offer({ code_source: 'pool', lapse_policy: 'forfeit', stock: 0 });
    expect(await at(NOON, 1, admin, pool)).toBe('STOCK_OF_POOL at offerId');
    accepted(await schedule(NOON, 1));
    expect(await at(NOON, 2)).toBe('RELEASE_TAKEN at releaseAt');
    for (let i = 1; i < 100; i++) accepted(await schedule(seconds(i), 1));
    expect(await at(seconds(101), 1)).toBe('RELEASES_OUT_OF_RANGE at releaseAt');
    await deps.db.query("UPDATE offer SET state = 'ended' WHERE id = ?", [offerId]);
    expect(await at(seconds(101), 1)).toBe('OFFER_ENDED at offerId');
  });

  test('is refused at an instant that a machine with a faster clock has counted past, so nothing is counted again', async () => {
    const { deps, schedule, memberIds, buy, offerId, stock } = await aQueue();
    accepted(await schedule(NOON, 3));
    deps.clock.set(seconds(1).toISOString());
    accepted(await buy(memberIds[0]!, offerId));
    deps.clock.set(seconds(-10).toISOString());
    expect(refusal(await schedule(seconds(-5), 1))).toBe('RELEASE_WINDOW at releaseAt');
    expect(refusal(await schedule(NOON, 1))).toBe('RELEASE_WINDOW at releaseAt');
    accepted(await schedule(seconds(5), 1));
    deps.clock.set(seconds(6).toISOString());
    await releaseAllDue(deps);
    expect(await stock(offerId)).toBe(3);
  });

  test('can be taken back until it is out', async () => {
    const { deps, schedule, cancelRelease: cancel, shown, stock, offerId } = await aQueue();
    for (const [at, count] of [
      [0, 1],
      [10, 2],
      [20, 4],
    ] as const)
      accepted(await schedule(seconds(at), count));
    expect(refusal(await cancel(seconds(1)))).toBe('RELEASE_UNKNOWN at releaseAt');
    accepted(await cancel(NOON));
    deps.clock.set(seconds(10).toISOString());
    expect(refusal(await cancel(seconds(10)))).toBe('RELEASE_UNKNOWN at releaseAt');
    accepted(await cancel(seconds(20)));
    expect(await shown()).toEqual({ remaining: 2, releases: [] });
    deps.clock.set(seconds(30).toISOString());
    await releaseAllDue(deps);
    expect(await stock(offerId)).toBe(2);
    const planned = (await audited(deps)).filter((action) => action.endsWith('Release'));
    expect(planned).toEqual([...Array(3).fill('scheduleRelease'), ...Array(2).fill('cancelRelease')]);
  });

  test('is open at the door, in instants', async () => {
    const { deps, admin, offerId } = await aQueue();
    const at = NOON.toISOString();
    const call = (name: string, more: string) =>
      data(
        deps,
        admin,
        `mutation { ${name}(key: "${newId()}", offerId: "${offerId}", releaseAt: "${at}" ${more}) {
          ... on Offer { remaining releases { releaseAt count } } ... on Refusal { code } } }`,
      );
    expect(await call('scheduleRelease', ', count: 2500')).toEqual({
      scheduleRelease: { remaining: 0, releases: [{ releaseAt: at, count: 2500 }] },
    });
    expect(await call('cancelRelease', '')).toEqual({ cancelRelease: { remaining: 0, releases: [] } });
    expect(await call('cancelRelease', '')).toEqual({ cancelRelease: { code: 'RELEASE_UNKNOWN' } });
  });
});

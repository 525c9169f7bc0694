import { describe, expect, test } from 'vitest';
import { addOutlet } from '../../src/marketplace/add-outlet.ts';
import { createOffer, type NewOffer } from '../../src/marketplace/create-offer.ts';
import { joinProgramme } from '../../src/marketplace/join-programme.ts';
import { merchantsOfProgramme, outletsOfMerchant } from '../../src/marketplace/merchant-queries.ts';
import { type OffersWanted, offersOfProgramme, offersOnSale } from '../../src/marketplace/offer-queries.ts';
import { redemptionsOfMember, redemptionsOfOffer } from '../../src/marketplace/redemption-queries.ts';
import { setMerchantState } from '../../src/marketplace/set-merchant-state.ts';
import { counterTotals, verificationsOf } from '../../src/marketplace/verification-queries.ts';
import { newId } from '../../src/platform/ids.ts';
import { points } from '../../src/platform/points.ts';
import { accepted, aMarket } from '../support/market.ts';
import { aCity, aMerchant, anOfferOnSale, offerInput, walk } from './support.ts';

const byId = (one: { id: string }) => one.id;

async function aStreet() {
  const city = await aCity();
  const { deps, cityAdmin, eastProgrammeId, westProgrammeId } = city;
  const shop = await aMerchant(deps, cityAdmin, eastProgrammeId);
  accepted(await joinProgramme(deps, cityAdmin, newId(), { ...shop, programmeId: westProgrammeId }));
  const input = (fields: Partial<NewOffer> = {}) => offerInput({ ...shop, programmeId: eastProgrammeId }, fields);
  const sell = (fields: Partial<NewOffer> = {}) => anOfferOnSale(deps, cityAdmin, input(fields));
  const shelves = [{ programmeId: eastProgrammeId }, { programmeId: westProgrammeId }];
  const wanted = (fields: Partial<OffersWanted> = {}): OffersWanted => ({
    shelves,
    order: 'newest',
    now: deps.clock.now(),
    ...fields,
  });
  const list = async (fields: Partial<OffersWanted> = {}) =>
    (await offersOnSale(deps.db.manager, wanted(fields), { first: 100, after: undefined })).items.map(byId);
  return { ...city, ...shop, input, sell, wanted, list };
}

describe('offers on sale', () => {
  test('show what active merchants sell in the given programmes now or soon, and nothing else', async () => {
    const { deps, cityAdmin, input, sell, list, merchantId, westProgrammeId, eastProgrammeId } = await aStreet();
    const now = await sell();
    const west = await sell({ programmeId: westProgrammeId });
    const soon = await sell({ saleFrom: new Date('2026-08-10T04:00:00.000Z') });
    const over = await sell({ saleTo: new Date('2026-08-04T00:00:00.000Z') });
    accepted(await createOffer(deps, cityAdmin, newId(), input()));
    for (const state of ['paused', 'ended']) {
      await deps.db.query('UPDATE offer SET state = ? WHERE id = ?', [state, await sell()]);
    }
    expect(await list()).toEqual([over, soon, west, now]);
    deps.clock.set('2026-08-04T00:00:00.000Z');
    expect(await list()).toEqual([soon, west, now]);
    expect(await list({ shelves: [{ programmeId: eastProgrammeId }] })).toEqual([soon, now]);
    expect(await list({ shelves: [] })).toEqual([]);
    accepted(await setMerchantState(deps, cityAdmin, newId(), { merchantId, state: 'suspended' }));
    expect(await list()).toEqual([]);
  });

  test('can be narrowed to a category and to what each programme’s points can pay', async () => {
    const { deps, cityAdmin, sell, list, eastProgrammeId, westProgrammeId } = await aStreet();
    const gym = await aMerchant(deps, cityAdmin, eastProgrammeId, '健身房');
    await deps.db.query("UPDATE merchant SET category = 'fitness' WHERE id = ?", [gym.merchantId]);
    const [gift, cheap, dear] = [await sell({ price: points(0) }), await sell(), await sell({ price: points(101) })];
    const west = await sell({ programmeId: westProgrammeId });
    const training = await sell({ merchantId: gym.merchantId, outletIds: [gym.outletId] });
    expect(await list({ category: 'fitness' })).toEqual([training]);
    expect(await list({ category: 'dining' })).toEqual([west, dear, cheap, gift]);
    expect(await list({ category: 'travel' })).toEqual([]);
    const shelves = [
      { programmeId: eastProgrammeId, highestPrice: 100 },
      { programmeId: westProgrammeId, highestPrice: 99 },
    ];
    expect(await list({ shelves })).toEqual([training, cheap, gift]);
  });

  test.each(['newest', 'price'] as const)(
    'are walked whole and without repeats by %s while offers are added',
    async (order) => {
      const { deps, sell, wanted, list, eastProgrammeId, westProgrammeId } = await aStreet();
      const programmes = [eastProgrammeId, westProgrammeId];
      for (let i = 0; i < 13; i++) await sell({ programmeId: programmes[i % 2]!, price: points((i * 5) % 3) });
      const before = await list({ order });
      const seen = await walk(
        4,
        (page) => offersOnSale(deps.db.manager, wanted({ order }), page),
        byId,
        () => sell({ price: points(1) }),
      );
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.filter((id) => before.includes(id))).toEqual(before);
    },
  );

  test('are ordered by price, the older first where it is the same', async () => {
    const { sell, list, westProgrammeId } = await aStreet();
    const dear = await sell({ price: points(300) });
    const older = await sell({ price: points(20) });
    const younger = await sell({ price: points(20), programmeId: westProgrammeId });
    const gift = await sell({ price: points(0) });
    expect(await list({ order: 'price' })).toEqual([gift, older, younger, dear]);
  });
});

test('an admin’s lists are walked whole and without repeats', async () => {
  const { deps, cityAdmin, sell, merchantId, eastProgrammeId } = await aStreet();
  for (let i = 0; i < 6; i++) {
    await sell();
    await addOutlet(deps, cityAdmin, newId(), { merchantId, name: `${i}店`, address: '乙路' });
    await aMerchant(deps, cityAdmin, eastProgrammeId, `商户${i}`);
  }
  const { manager } = deps.db;
  const lists = [
    await walk(3, (page) => offersOfProgramme(manager, eastProgrammeId, page), byId),
    await walk(3, (page) => merchantsOfProgramme(manager, eastProgrammeId, page), byId),
    await walk(3, (page) => outletsOfMerchant(manager, { merchantId }, page), byId),
  ];
  expect(lists.map((ids) => new Set(ids).size)).toEqual([6, 7, 7]);
  expect(lists[0]).toEqual(lists[0]!.toSorted().reverse());
  expect(lists[1]).toEqual(lists[1]!.toSorted().reverse());
  expect(lists[2]).toEqual(lists[2]!.toSorted());
});

test('redemptions of a member and of an offer are walked whole and without repeats while more are made', async () => {
  const market = await aMarket({ memberCount: 2, earned: 10_000 });
  const [mine, others] = market.memberIds as [string, string];
  const [tea, coffee] = [await market.offer({ stock: 100 }), await market.offer({ stock: 100 })];
  const made: { id: string; memberId: string; offerId: string }[] = [];
  const buy = async (memberId: string, offerId: string) =>
    made.push({ id: accepted(await market.buy(memberId, offerId)), memberId, offerId });
  for (let i = 0; i < 7; i++) {
    await buy(mine, i % 2 ? tea : coffee);
    await buy(others, tea);
  }
  const before = [...made].reverse();
  const { manager } = market.deps.db;
  const more = () => buy(mine, tea);
  const ofMine = await walk(2, (page) => redemptionsOfMember(manager, mine, page), byId, more);
  expect(ofMine).toEqual(before.filter((one) => one.memberId === mine).map(byId));
  const ofTea = await walk(3, (page) => redemptionsOfOffer(manager, tea, page), byId, more);
  const known = before.filter((one) => one.offerId === tea).map(byId);
  expect(ofTea.filter((id) => known.includes(id))).toEqual(known);
  expect(new Set(ofTea).size).toBe(ofTea.length);
});

describe('the counter of a day', () => {
  test('counts from midnight to midnight in Beijing, each outlet and all, without what was undone', async () => {
    const market = await aMarket({ memberCount: 1, earned: 10_000 });
    const { deps, merchantId, outletId, otherOutletId } = market;
    const offerId = await market.offer({ stock: 100 });
    await deps.db.query('INSERT INTO offer_outlet VALUES (?, ?)', [offerId, otherOutletId]);
    const use = async (at: string, outlet = outletId) => {
      const redemption = accepted(await market.buy(market.memberIds[0]!, offerId));
      deps.clock.set(at);
      return accepted(await market.verify(redemption, { outletId: outlet }));
    };
    await use('2026-08-03T15:59:59.999Z');
    const first = await use('2026-08-03T16:00:00.000Z');
    const elsewhere = await use('2026-08-04T10:00:00.000Z', otherOutletId);
    const undone = await use('2026-08-04T15:59:59.999Z');
    accepted(await market.undo(undone));
    await use('2026-08-04T16:00:00.000Z');
    const day = (outlet: string | null) => ({ merchantId, outletId: outlet, day: '2026-08-04' });
    const list = (outlet: string | null) =>
      walk(2, (page) => verificationsOf(deps.db.manager, day(outlet), page), byId);
    expect(await list(null)).toEqual([undone, elsewhere, first]);
    expect(await list(outletId)).toEqual([undone, first]);
    expect(await list(otherOutletId)).toEqual([elsewhere]);
    expect(await counterTotals(deps.db.manager, day(null))).toEqual({ count: 2, points: 200 });
    expect(await counterTotals(deps.db.manager, day(otherOutletId))).toEqual({ count: 1, points: 100 });
    const foreign = { ...day(outletId), merchantId: newId() };
    expect(await counterTotals(deps.db.manager, foreign)).toEqual({ count: 0, points: 0 });
    expect((await verificationsOf(deps.db.manager, foreign, { first: 5, after: undefined })).items).toEqual([]);
  });

  test('is walked whole and without repeats when many were used in one millisecond and more come in', async () => {
    const market = await aMarket({ memberCount: 1, earned: 10_000 });
    const { deps, merchantId } = market;
    const offerId = await market.offer({ stock: 100 });
    const use = async () => accepted(await market.verify(accepted(await market.buy(market.memberIds[0]!, offerId))));
    const made: string[] = [];
    for (let i = 0; i < 9; i++) {
      if (i % 4 === 0) deps.clock.advance({ seconds: 1 });
      made.push(await use());
    }
    const day = { merchantId, outletId: null, day: '2026-08-03' };
    const seen = await walk(
      2,
      (page) => verificationsOf(deps.db.manager, day, page),
      byId,
      async () => {
        deps.clock.advance({ seconds: 1 });
        await use();
      },
    );
    expect(seen).toEqual(made.toReversed());
  });
});

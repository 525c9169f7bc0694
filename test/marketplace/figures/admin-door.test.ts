import { graphql } from 'graphql';
import { beforeAll, expect, test } from 'vitest';
import { buildDoorSchema } from '../../../src/doors.ts';
import type { AdminCaller } from '../../../src/identity/caller.ts';
import { rollUpFigures } from '../../../src/marketplace/figures/roll-up-figures.ts';
import { newId } from '../../../src/platform/ids.ts';
import { countQueries } from '../../support/count-queries.ts';
import { accepted } from '../../support/market.ts';
import { adminOf, contextOf } from '../support.ts';
import { aCityWithFigures, type City, fullScans, readsOf } from './world.ts';

let schema: Awaited<ReturnType<typeof buildDoorSchema>>;
beforeAll(async () => {
  schema = await buildDoorSchema('admin', { production: true });
});

const READER = ['figures:read', 'unions:read', 'merchants:read', 'offers:read'];
const ROW =
  'issued redeemed verified charged expired held inVouchers outstandingFen scans discounts discountedFen discountGivenFen';
const FIGURES = `query ($programmeId: Id!, $unionId: Id, $from: String!, $until: String!, $by: FigureGrouping!, $first: Int, $after: String) {
  figures(programmeId: $programmeId, unionId: $unionId, from: $from, until: $until, by: $by) {
    asOf total { ${ROW} } rows(first: $first, after: $after) { nodes { month union { id } category merchant { id } ${ROW} } pageInfo { hasNextPage endCursor } } } }`;
const TOP = `query ($programmeId: Id!, $unionId: Id, $from: String!, $until: String!) {
  topOffers(programmeId: $programmeId, unionId: $unionId, from: $from, until: $until) {
    asOf offers { offer { id title } redemptions points } } }`;

async function ask(city: City, caller: AdminCaller, source: string, variables: Record<string, unknown> = {}) {
  const variableValues = { programmeId: city.programmeId, from: '2026-06', until: '2026-07', ...variables };
  return graphql({ schema, source, variableValues, contextValue: contextOf(city.deps, caller) });
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
async function data(...asked: Parameters<typeof ask>): Promise<any> {
  const answer = await ask(...asked);
  expect(answer.errors).toBeUndefined();
  return answer.data;
}

/**
 * Ann in the east's street buys dining twice and uses it once; Bob in the west buys travel, in July. The rollups hold it
 * all.
 */
async function aStory() {
  const city = await aCityWithFigures({ memberCount: 2 });
  const { deps, memberIds } = city;
  const [ann, bob] = memberIds as [string, string];
  await city.moveTo(ann, city.streetId);
  await city.moveTo(bob, city.westId);
  await city.credit([ann, bob], 100);
  const tea = await city.offerOf(0, { price: 30 });
  const trip = await city.offerOf(1, { price: 60 });
  accepted(await city.verify(accepted(await city.buy(ann, tea)), city.stalls[0]));
  accepted(await city.buy(ann, tea));
  deps.clock.set('2026-07-02T02:00:00.000Z');
  accepted(await city.buy(bob, trip));
  await rollUpFigures(deps);
  const admin = (unionPath: string) => adminOf(unionPath, READER);
  return {
    city,
    tea,
    trip,
    cityAdmin: admin(`/${city.cityId}/`),
    eastAdmin: admin(`/${city.cityId}/${city.eastId}/`),
    westAdmin: admin(`/${city.cityId}/${city.westId}/`),
    stranger: admin(`/${city.elsewhereId}/`),
  };
}

test('by month: what came about in each, and what was outstanding at its end', async () => {
  const { city, cityAdmin } = await aStory();
  const { figures } = await data(city, cityAdmin, FIGURES, { by: 'MONTH', until: '2026-08' });
  expect(figures.asOf).toBe('2026-07-02T02:00:00.000Z');
  expect(figures.rows.nodes).toMatchObject([
    { month: '2026-06', issued: 200, redeemed: 60, verified: 30, held: 140, inVouchers: 30, outstandingFen: 1700 },
    { month: '2026-07', issued: 0, redeemed: 60, verified: 0, held: 80, inVouchers: 90, outstandingFen: 1700 },
    { month: '2026-08', issued: 0, redeemed: 0, verified: 0, held: 80, inVouchers: 90, outstandingFen: 1700 },
  ]);
  expect(figures.total).toMatchObject({ issued: 200, redeemed: 120, held: 80, inVouchers: 90, outstandingFen: 1700 });
});

test('a period that begins later still knows what was outstanding before', async () => {
  const { city, cityAdmin } = await aStory();
  const { figures } = await data(city, cityAdmin, FIGURES, { by: 'MONTH', from: '2026-07' });
  expect(figures.rows.nodes).toMatchObject([{ month: '2026-07', issued: 0, redeemed: 60, held: 80, inVouchers: 90 }]);
  expect(figures.total).toMatchObject({ issued: 0, redeemed: 60, held: 80, inVouchers: 90 });
});

test('by branch: the unions below sum up what lies below them', async () => {
  const { city, cityAdmin } = await aStory();
  const top = await data(city, cityAdmin, FIGURES, { by: 'BRANCH' });
  expect(top.figures.rows.nodes).toMatchObject([
    { union: { id: city.eastId }, issued: 100, redeemed: 60, verified: 30, held: 40, inVouchers: 30 },
    { union: { id: city.westId }, issued: 100, redeemed: 60, verified: 0, held: 40, inVouchers: 60 },
  ]);
  await city.moveTo(city.memberIds[0]!, city.eastId);
  await city.credit([city.memberIds[0]!], 7);
  await rollUpFigures(city.deps);
  const together = await data(city, cityAdmin, FIGURES, { by: 'BRANCH' });
  expect(together.figures.rows.nodes).toMatchObject([{ issued: 107, held: 47, inVouchers: 30 }, { issued: 100 }]);
  const below = await data(city, cityAdmin, FIGURES, { by: 'BRANCH', unionId: city.eastId });
  expect(below.figures.rows.nodes).toMatchObject([
    { union: { id: city.eastId }, issued: 7, redeemed: 0, held: 47, inVouchers: 30 },
    { union: { id: city.streetId }, issued: 100, redeemed: 60, held: 0, inVouchers: 0 },
  ]);
  expect(below.figures.total).toMatchObject({ issued: 107, redeemed: 60 });
});

test('by category and by merchant: what has no merchant is null', async () => {
  const { city, cityAdmin } = await aStory();
  const [dining, travel] = city.merchantIds;
  const none = { issued: null, expired: null, held: null };
  const byMerchant = await data(city, cityAdmin, FIGURES, { by: 'MERCHANT' });
  expect(byMerchant.figures.rows.nodes).toMatchObject([
    { merchant: { id: dining }, redeemed: 60, verified: 30, inVouchers: 30, outstandingFen: 300, ...none },
    { merchant: { id: travel }, redeemed: 60, verified: 0, inVouchers: 60, outstandingFen: 600, ...none },
  ]);
  const byCategory = await data(city, cityAdmin, FIGURES, { by: 'CATEGORY', from: '2026-07' });
  expect(byCategory.figures.rows.nodes).toMatchObject([
    { category: 'DINING', redeemed: 0, inVouchers: 30, ...none },
    { category: 'TRAVEL', redeemed: 60, inVouchers: 60, ...none },
  ]);
});

test('the admin of a district sees her part, and nothing by naming another', async () => {
  const { city, eastAdmin, westAdmin, tea, trip } = await aStory();
  for (const by of ['MONTH', 'BRANCH', 'CATEGORY', 'MERCHANT']) {
    const { figures } = await data(city, westAdmin, FIGURES, { by });
    expect(figures.total).toMatchObject({ issued: 100, redeemed: 60, verified: 0 });
  }
  const merchants = await data(city, westAdmin, FIGURES, { by: 'MERCHANT' });
  expect(merchants.figures.rows.nodes).toMatchObject([{ merchant: { id: city.merchantIds[1] }, redeemed: 60 }]);
  const above = await data(city, westAdmin, FIGURES, { by: 'BRANCH', unionId: city.cityId });
  expect(above.figures.total).toMatchObject({ issued: 100 });
  expect(above.figures.rows.nodes).toHaveLength(1);
  expect(await data(city, westAdmin, FIGURES, { by: 'BRANCH', unionId: city.eastId })).toEqual({ figures: null });
  const top = async (admin: AdminCaller) => (await data(city, admin, TOP)).topOffers.offers;
  expect(await top(eastAdmin)).toMatchObject([{ offer: { id: tea }, redemptions: 2, points: 60 }]);
  expect(await top(westAdmin)).toMatchObject([{ offer: { id: trip }, redemptions: 1, points: 60 }]);
  expect(await data(city, westAdmin, TOP, { unionId: city.eastId })).toEqual({ topOffers: null });
});

test('a programme that has nothing to do with the branch answers like one that is not there', async () => {
  const { city, stranger, cityAdmin } = await aStory();
  expect(await data(city, stranger, FIGURES, { by: 'MONTH' })).toEqual({ figures: null });
  expect(await data(city, stranger, TOP)).toEqual({ topOffers: null });
  expect(await data(city, cityAdmin, FIGURES, { by: 'MONTH', programmeId: newId() })).toEqual({ figures: null });
  expect(await data(city, cityAdmin, FIGURES, { by: 'MONTH', unionId: newId() })).toEqual({ figures: null });
  const without = adminOf(`/${city.cityId}/`, ['ledger:read']);
  expect((await ask(city, without, FIGURES, { by: 'MONTH' })).errors?.[0]?.extensions.code).toBe('UNAUTHORIZED');
});

test('offers are told by how often they were bought, within the period', async () => {
  const { city, cityAdmin, tea, trip } = await aStory();
  const top = async (variables = {}) => (await data(city, cityAdmin, TOP, variables)).topOffers.offers;
  expect(await top()).toMatchObject([
    { offer: { id: tea }, redemptions: 2, points: 60 },
    { offer: { id: trip }, redemptions: 1, points: 60 },
  ]);
  expect(await top({ from: '2026-07' })).toMatchObject([{ offer: { id: trip } }]);
});

test('pages hold what they were asked for', async () => {
  const { city, cityAdmin } = await aStory();
  for (const [by, count] of Object.entries({ MONTH: 2, BRANCH: 2, CATEGORY: 2, MERCHANT: 2 })) {
    const first = await data(city, cityAdmin, FIGURES, { by, first: 1 });
    const { endCursor, hasNextPage } = first.figures.rows.pageInfo;
    const rest = await data(city, cityAdmin, FIGURES, { by, first: 1, after: endCursor });
    expect({ by, hasNextPage, count }).toEqual({ by, hasNextPage: true, count: 1 + rest.figures.rows.nodes.length });
    expect(rest.figures.rows.pageInfo.hasNextPage).toBe(false);
    expect(rest.figures.rows.nodes).not.toEqual(first.figures.rows.nodes);
  }
});

test('a period that is none is an error with a place', async () => {
  const { city, cityAdmin } = await aStory();
  for (const period of [
    { from: '2026-13', until: '2027-01' },
    { from: '2026-08', until: '2026-07' },
    { from: '2010-01', until: '2026-07' },
    { from: '2026-08-01', until: '2026-08-02' },
  ]) {
    const { errors } = await ask(city, cityAdmin, FIGURES, { by: 'MONTH', ...period });
    expect(errors?.[0]?.extensions.code).toBe('PERIOD_MALFORMED');
  }
});

test('before the first run there are no figures, and no instant for them', async () => {
  const city = await aCityWithFigures({ memberCount: 1, earned: 100 });
  const { figures } = await data(city, adminOf(`/${city.cityId}/`, READER), FIGURES, { by: 'MONTH' });
  expect(figures).toMatchObject({ asOf: null, total: { issued: 0, held: 0 } });
});

test('figures are read from the rollups by their key, in as many statements for many rows as for few', async () => {
  const { city, cityAdmin } = await aStory();
  const { db } = city.deps;
  const asked = (by: string, first: number) => ask(city, cityAdmin, FIGURES, { by, first });
  // Those of other programmes and of later months lie beside.
  const rows = Array.from({ length: 3000 }, (_, i) => [
    i % 2 === 0 ? newId() : city.programmeId,
    i % 4 < 2 ? '' : city.merchantIds[i % 2]!,
    i % 2 === 0 ? '2026-06' : `2${String(100 + (i % 900)).padStart(3, '0')}-0${1 + (i % 9)}`,
    newId(),
    ...Array.from({ length: 12 }, () => 1),
  ]);
  await db.query('INSERT INTO figure_month VALUES ?', [rows]);
  const offers = rows.map(([programme, , month, unionId]) => [programme, month, newId(), unionId, 1, 1]);
  await db.query('INSERT INTO figure_offer_month VALUES ?', [offers]);
  for (const by of ['MONTH', 'BRANCH', 'CATEGORY', 'MERCHANT']) {
    expect(await countQueries(db, () => asked(by, 2))).toBe(await countQueries(db, () => asked(by, 1)));
    const reads = await readsOf(city.deps, () => asked(by, 100));
    expect(reads.some(({ sql }) => /\b(transfer|account|redemption|posting|card_scan)\b/.test(sql))).toBe(false);
    expect(await fullScans(city.deps, reads, ['figure_month'])).toEqual([]);
  }
  const reads = await readsOf(city.deps, () => ask(city, cityAdmin, TOP));
  expect(await fullScans(city.deps, reads, ['figure_offer_month'])).toEqual([]);
});

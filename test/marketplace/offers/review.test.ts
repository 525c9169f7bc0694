import { describe, expect, test } from 'vitest';
import type { AdminCaller } from '../../../src/identity/caller.ts';
import { changeOffer } from '../../../src/marketplace/change-offer.ts';
import { createOffer } from '../../../src/marketplace/create-offer.ts';
import { endOffer } from '../../../src/marketplace/end-offer.ts';
import { approveOffer } from '../../../src/marketplace/offers/approve-offer.ts';
import { returnOffer } from '../../../src/marketplace/offers/return-offer.ts';
import { submitOffer } from '../../../src/marketplace/offers/submit-offer.ts';
import { withdrawOffer } from '../../../src/marketplace/offers/withdraw-offer.ts';
import { pauseOffer } from '../../../src/marketplace/pause-offer.ts';
import { putOnSale } from '../../../src/marketplace/put-on-sale.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted, tally } from '../../support/market.ts';
import { aCity, adminOf, aMerchant, audited, data, offerInput, refusal } from '../support.ts';

const REVIEWER = ['offers:read', 'offers:write', 'offers:approve'];

async function aReview({ isDemanded = true } = {}) {
  const city = await aCity();
  const { deps, eastAdmin, eastProgrammeId: programmeId, cityId, eastId } = city;
  const shop = await aMerchant(deps, eastAdmin, programmeId);
  if (isDemanded)
    await deps.db.query('INSERT INTO programme_policy (programme_id, review_offers) VALUES (?, TRUE)', [programmeId]);
  const reviewer = adminOf(`/${cityId}/${eastId}/`, REVIEWER);
  const other = adminOf(`/${cityId}/${eastId}/`, REVIEWER);
  const offerId = accepted(await createOffer(deps, eastAdmin, newId(), offerInput({ ...shop, programmeId })));
  const step =
    (use: typeof submitOffer) =>
    (by: AdminCaller = reviewer) =>
      use(deps, by, newId(), { offerId });
  const sendBack = (by: AdminCaller, reason = '图片与说明不符') => returnOffer(deps, by, newId(), { offerId, reason });
  const row = async () => (await deps.db.query('SELECT * FROM offer WHERE id = ?', [offerId]))[0];
  return {
    ...city,
    ...shop,
    programmeId,
    offerId,
    reviewer,
    other,
    submit: step(submitOffer),
    withdraw: step(withdrawOffer),
    approve: step(approveOffer),
    putOnSale: step(putOnSale),
    pause: step(pauseOffer),
    end: step(endOffer),
    sendBack,
    row,
  };
}

describe('the review of an offer', () => {
  test('puts a draft on sale by two persons, and each step is audited', async () => {
    const { deps, submit, approve, reviewer, other, row } = await aReview();
    accepted(await submit(reviewer));
    expect(await row()).toMatchObject({ state: 'in_review', submitted_by: reviewer.actor });
    accepted(await approve(other));
    expect(await row()).toMatchObject({ state: 'on_sale' });
    expect((await audited(deps)).slice(-2)).toEqual(['submitOffer', 'approveOffer']);
  });

  test('cannot be passed by where the programme demands it, though a paused offer goes back on sale directly', async () => {
    const review = await aReview();
    const { reviewer, other } = review;
    expect(refusal(await review.putOnSale(reviewer))).toBe('REVIEW_NEEDED at offerId');
    accepted(await review.submit(reviewer));
    for (const by of [reviewer, other]) expect(refusal(await review.putOnSale(by))).toBe('OFFER_IN_REVIEW at offerId');
    accepted(await review.approve(other));
    accepted(await review.pause(reviewer));
    accepted(await review.putOnSale(reviewer));
    expect((await review.row()).state).toBe('on_sale');
  });

  test('is open to a programme that does not demand it, and one person alone may still put on sale', async () => {
    const { submit, withdraw, putOnSale: sell, row } = await aReview({ isDemanded: false });
    accepted(await submit());
    expect(refusal(await sell())).toBe('OFFER_IN_REVIEW at offerId');
    accepted(await withdraw());
    accepted(await sell());
    expect((await row()).state).toBe('on_sale');
  });

  test('is never done by who submitted, nor by a token of that person', async () => {
    const { deps, submit, approve, sendBack, reviewer, row } = await aReview();
    accepted(await submit(reviewer));
    const tokenId = newId();
    await deps.db.query(
      `INSERT INTO api_token (id, name, token_hash, permissions, union_id, created_by, created_at, expires_at)
       SELECT ?, 'HR', UNHEX(SHA2('x', 256)), '[]', id, ?, NOW(), '2099-01-01' FROM union_node LIMIT 1`,
      [tokenId, reviewer.operatorId],
    );
    const token = { ...reviewer, actor: `api-token:${tokenId}`, operatorId: null };
    for (const by of [reviewer, token]) {
      expect(refusal(await approve(by))).toBe('SECOND_PERSON_NEEDED at offerId');
      expect(refusal(await sendBack(by))).toBe('SECOND_PERSON_NEEDED at offerId');
    }
    expect((await row()).state).toBe('in_review');
  });

  test('returns a draft with a reason, which is gone once it is submitted again', async () => {
    const { deps, submit, sendBack, reviewer, other, row, offerId } = await aReview();
    accepted(await submit(reviewer));
    for (const reason of ['', ' ', 'a\nb', '长'.repeat(501)])
      expect(refusal(await sendBack(other, reason))).toBe('REASON_MALFORMED at reason');
    accepted(await sendBack(other));
    expect(await row()).toMatchObject({ state: 'draft', return_reason: '图片与说明不符' });
    accepted(await changeOffer(deps, reviewer, newId(), { offerId, description: '大杯' }));
    accepted(await submit(reviewer));
    expect(await row()).toMatchObject({ state: 'in_review', return_reason: null });
    expect(refusal(await sendBack(reviewer))).toBe('SECOND_PERSON_NEEDED at offerId');
  });

  test('sees the offer as it is: nothing changes meanwhile, unless it is withdrawn', async () => {
    const { deps, submit, withdraw, approve, pause, other, outletId, row, offerId } = await aReview();
    expect(refusal(await withdraw())).toBe('OFFER_NOT_IN_REVIEW at offerId');
    accepted(await submit());
    const change = (fields: object) => changeOffer(deps, other, newId(), { offerId, ...fields });
    expect(refusal(await change({ description: '新' }))).toBe('OFFER_IN_REVIEW at offerId');
    accepted(await change({ outletIds: [outletId] }));
    expect(refusal(await submit(other))).toBe('OFFER_IN_REVIEW at offerId');
    expect(refusal(await pause())).toBe('OFFER_NOT_ON_SALE at offerId');
    accepted(await withdraw());
    accepted(await change({ description: '新' }));
    expect(refusal(await approve(other))).toBe('OFFER_NOT_IN_REVIEW at offerId');
    expect(await row()).toMatchObject({ state: 'draft', description: '新' });
  });

  test('does not sell what cannot be sold: a sale that is over, a suspended merchant, an offer that ended', async () => {
    const { deps, submit, approve, end, other, merchantId } = await aReview();
    accepted(await submit());
    await deps.db.query("UPDATE merchant SET state = 'suspended' WHERE id = ?", [merchantId]);
    expect(refusal(await approve(other))).toBe('MERCHANT_NOT_ACTIVE at offerId');
    await deps.db.query("UPDATE merchant SET state = 'active' WHERE id = ?", [merchantId]);
    deps.clock.set('2026-09-01T00:00:00.000Z');
    expect(refusal(await approve(other))).toBe('SALE_OVER at saleTo');
    accepted(await end());
    expect(refusal(await approve(other))).toBe('OFFER_NOT_IN_REVIEW at offerId');
    expect(refusal(await submit())).toBe('OFFER_ENDED at offerId');
  });

  test('is not for another branch, nor for one who may only write', async () => {
    const { submit, approve, sendBack, westAdmin, eastAdmin, cityId, row } = await aReview();
    expect(refusal(await submit(westAdmin))).toBe('OFFER_UNKNOWN at offerId');
    accepted(await submit());
    for (const by of [westAdmin, eastAdmin, adminOf(`/${cityId}/${newId()}/`, REVIEWER)]) {
      expect(refusal(await approve(by))).toBe('OFFER_UNKNOWN at offerId');
      expect(refusal(await sendBack(by))).toBe('OFFER_UNKNOWN at offerId');
    }
    expect((await row()).state).toBe('in_review');
  });

  test('is decided once, however many decide at the same instant', async () => {
    const { deps, submit, approve, sendBack, cityId, eastId } = await aReview();
    accepted(await submit());
    const others = Array.from({ length: 6 }, () => adminOf(`/${cityId}/${eastId}/`, REVIEWER));
    const outcomes = await Promise.all(others.map((by, i) => (i % 2 ? approve(by) : sendBack(by))));
    expect(tally(outcomes)).toEqual({ accepted: 1, OFFER_NOT_IN_REVIEW: 5 });
    const decided = (await audited(deps)).filter((action) => ['approveOffer', 'returnOffer'].includes(action));
    expect(decided).toHaveLength(1);
  });
});

test('the door lists what waits for review and shows who submitted it and why it came back', async () => {
  const { deps, reviewer, other, programmeId, offerId } = await aReview();
  const act = async (by: AdminCaller, name: string, more = '') =>
    (
      await data(
        deps,
        by,
        `mutation { ${name}(key: "${newId()}", offerId: "${offerId}" ${more}) {
          ... on Offer { state submittedBy submittedAt returnReason } ... on Refusal { code } } }`,
      )
    )[name];
  const waiting = async () =>
    (await data(deps, other, `{ offers(programmeId: "${programmeId}", state: IN_REVIEW) { nodes { id } } }`)).offers
      .nodes;
  expect(await waiting()).toEqual([]);
  expect(await act(reviewer, 'submitOffer')).toEqual({
    state: 'IN_REVIEW',
    submittedBy: reviewer.actor,
    submittedAt: deps.clock.now().toISOString(),
    returnReason: null,
  });
  expect(await waiting()).toEqual([{ id: offerId }]);
  expect(await act(other, 'returnOffer', ', reason: "价格过高"')).toMatchObject({
    state: 'DRAFT',
    returnReason: '价格过高',
  });
  expect(await act(reviewer, 'withdrawOffer')).toEqual({ code: 'OFFER_NOT_IN_REVIEW' });
  expect(await act(reviewer, 'submitOffer')).toMatchObject({ state: 'IN_REVIEW', returnReason: null });
  expect(await act(other, 'approveOffer')).toMatchObject({ state: 'ON_SALE' });
});

import { afterAll, expect, test } from 'vitest';
import type { AdminCaller } from '../../../src/identity/caller.ts';
import { createOffer } from '../../../src/marketplace/create-offer.ts';
import { setPictures } from '../../../src/marketplace/offers/set-pictures.ts';
import { putOnSale } from '../../../src/marketplace/put-on-sale.ts';
import { newId } from '../../../src/platform/ids.ts';
import { pdf } from '../../evidence/files.ts';
import { emptyDisk, filesOf, receive } from '../../evidence/world.ts';
import { testDeps } from '../../support/deps.ts';
import { members } from '../../support/ledger.ts';
import { accepted } from '../../support/market.ts';
import { aCity, adminOf, aMerchant, audited, data, memberCaller, offerInput, refusal } from '../support.ts';

afterAll(async () => emptyDisk(await testDeps()));

async function aShopWindow() {
  const city = await aCity();
  const { deps, eastAdmin, eastProgrammeId: programmeId } = city;
  const shop = await aMerchant(deps, eastAdmin, programmeId);
  const offerId = accepted(await createOffer(deps, eastAdmin, newId(), offerInput({ ...shop, programmeId })));
  const set = (evidenceIds: readonly string[], by: AdminCaller = eastAdmin) =>
    setPictures(deps, by, newId(), { offerId, evidenceIds });
  const attached = async (): Promise<string[]> =>
    (await deps.db.query('SELECT id FROM evidence_file WHERE attached_to = ? ORDER BY id', [`offer:${offerId}`])).map(
      (row: { id: string }) => row.id,
    );
  return { ...city, offerId, set, attached };
}

test('up to nine pictures of one’s own are tied to an offer, others are let go, and all of it is audited', async () => {
  const { deps, set, attached, eastAdmin } = await aShopWindow();
  const files = await filesOf(deps, eastAdmin.actor, 10);
  expect(refusal(await set(files))).toBe('EVIDENCE_COUNT at evidenceIds');
  expect(await attached()).toEqual([]);
  accepted(await set(files.slice(0, 9)));
  expect(await attached()).toEqual(files.slice(0, 9));
  accepted(await set([files[8]!, files[9]!]));
  expect(await attached()).toEqual([files[8]!, files[9]!]);
  accepted(await set([]));
  expect(await attached()).toEqual([]);
  expect((await audited(deps)).filter((action) => action === 'setOfferPictures')).toHaveLength(3);
});

test('another admin keeps the pictures that are there and adds her own, at their place in the list', async () => {
  const { deps, set, attached, eastAdmin, cityId } = await aShopWindow();
  const second = adminOf(`/${cityId}/`);
  const [first] = await filesOf(deps, eastAdmin.actor, 1);
  const [mine] = await filesOf(deps, second.actor, 1);
  const [strange] = await filesOf(deps, 'operator:STRANGER', 1);
  accepted(await set([first!]));
  accepted(await set([first!, mine!], second));
  expect(await attached()).toEqual([first, mine].sort());
  expect(refusal(await set([first!, mine!, strange!], second))).toBe('EVIDENCE_UNKNOWN at evidenceIds.2');
  expect(await attached()).toEqual([first, mine].sort());
});

test('what phones cannot show is refused at its place, and nothing changes', async () => {
  const { deps, set, attached, eastAdmin } = await aShopWindow();
  const [picture] = await filesOf(deps, eastAdmin.actor, 1);
  const paper = accepted(await receive(deps, eastAdmin.actor, '合同.pdf', pdf()));
  expect(refusal(await set([picture!, paper]))).toBe('PICTURE_TYPE_REFUSED at evidenceIds.1');
  expect(await attached()).toEqual([]);
});

test('an offer of another branch, in review or ended keeps its pictures', async () => {
  const { deps, set, offerId, westAdmin, eastAdmin } = await aShopWindow();
  expect(refusal(await set([], westAdmin))).toBe('OFFER_UNKNOWN at offerId');
  await deps.db.query("UPDATE offer SET state = 'in_review', submitted_by = ?, submitted_at = NOW() WHERE id = ?", [
    eastAdmin.actor,
    offerId,
  ]);
  expect(refusal(await set([]))).toBe('OFFER_IN_REVIEW at offerId');
  await deps.db.query("UPDATE offer SET state = 'ended' WHERE id = ?", [offerId]);
  expect(refusal(await set([]))).toBe('OFFER_ENDED at offerId');
});

test('admins and members get addresses at which the pictures can be read', async () => {
  const { deps, set, offerId, eastAdmin, eastId } = await aShopWindow();
  const files = await filesOf(deps, eastAdmin.actor, 2);
  accepted(await set(files));
  accepted(await putOnSale(deps, eastAdmin, newId(), { offerId }));
  const [memberId] = await members(deps.db, eastId, 1);
  const query = `{ offer(id: "${offerId}") { pictures { id url } } }`;
  for (const caller of [eastAdmin, memberCaller(memberId!)]) {
    const { pictures } = (await data(deps, caller, query)).offer;
    expect(pictures.map((picture: { id: string }) => picture.id)).toEqual(files);
    for (const { id, url } of pictures) expect(url).toMatch(new RegExp(`^/evidence/${id}\\?until=\\d+&signature=`));
  }
});

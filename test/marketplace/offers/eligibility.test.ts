import { describe, expect, test } from 'vitest';
import { changeOffer } from '../../../src/marketplace/change-offer.ts';
import { createOffer, type NewOffer } from '../../../src/marketplace/create-offer.ts';
import { isEligible } from '../../../src/marketplace/offers/eligibility.ts';
import { newId } from '../../../src/platform/ids.ts';
import { countQueries } from '../../support/count-queries.ts';
import { members } from '../../support/ledger.ts';
import { accepted, aMarket, tally } from '../../support/market.ts';
import { aCity, aMerchant, data, memberCaller, offerInput, refusal, statements } from '../support.ts';

/** A market whose union has two branches below it, with a member in each. */
async function aMarketOfBranches() {
  const market = await aMarket({ memberCount: 1 });
  const { deps, unionId } = market;
  const branch = async () => {
    const id = newId();
    await deps.db.query(
      "INSERT INTO union_node (id, parent_id, name, kind, path, created_at) VALUES (?, ?, ?, 'grassroots', ?, NOW())",
      [id, unionId, id, `/${unionId}/${id}/`],
    );
    const [memberId] = await members(deps.db, id, 1);
    return { id, memberId: memberId! };
  };
  const [crew, ground] = [await branch(), await branch()];
  await market.credit([crew.memberId, ground.memberId], 1000);
  const tag = (memberId: string, name: string) =>
    deps.db.query('INSERT INTO member_tag (member_id, tag, created_at) VALUES (?, ?, NOW())', [memberId, name]);
  return { ...market, crew, ground, top: market.memberIds[0]!, tag };
}

describe('who may buy', () => {
  test('is decided by branch: members of it and below, none beside it', async () => {
    const { buy, offer, crew, ground, top, unionId, balance, stock } = await aMarketOfBranches();
    const offerId = await offer({ eligible_union_ids: JSON.stringify([crew.id]) });
    accepted(await buy(crew.memberId, offerId));
    for (const memberId of [ground.memberId, top]) {
      expect(refusal(await buy(memberId, offerId))).toBe('NOT_ELIGIBLE');
      expect(await balance(memberId)).toBe(1000);
    }
    expect(await stock(offerId)).toBe(9);
    const forAll = await offer({ eligible_union_ids: JSON.stringify([unionId]) });
    for (const memberId of [ground.memberId, top]) accepted(await buy(memberId, forAll));
  });

  test('is decided by tag: one of those asked, and the branch besides where both are asked', async () => {
    const { buy, offer, crew, ground, top, tag } = await aMarketOfBranches();
    await tag(crew.memberId, '劳模');
    await tag(ground.memberId, '困难职工');
    const byTag = await offer({ eligible_tags: '["困难职工","劳模"]' });
    accepted(await buy(crew.memberId, byTag));
    accepted(await buy(ground.memberId, byTag));
    expect(refusal(await buy(top, byTag))).toBe('NOT_ELIGIBLE');
    const both = await offer({ eligible_tags: '["劳模"]', eligible_union_ids: JSON.stringify([ground.id]) });
    for (const memberId of [crew.memberId, ground.memberId, top]) {
      expect(refusal(await buy(memberId, both))).toBe('NOT_ELIGIBLE');
    }
    await tag(ground.memberId, '劳模');
    accepted(await buy(ground.memberId, both));
  });

  test('no branch is taken for another whose id it contains', () => {
    const offer = { eligibleUnionIds: ['B'], eligibleTags: null };
    expect(isEligible(offer, '/A/AB/', [])).toBe(false);
    expect(isEligible(offer, '/A/B/C/', [])).toBe(true);
  });

  test('costs a batch one statement where tags are asked, and none where they are not', async () => {
    const { deps, buy, offer, crew, tag } = await aMarketOfBranches();
    await tag(crew.memberId, '劳模');
    const plain = await offer({ price: 1 });
    const byBranch = await offer({ price: 1, eligible_union_ids: JSON.stringify([crew.id]) });
    const byTag = await offer({ price: 1, eligible_tags: '["劳模"]' });
    // The first purchase of all makes accounts.
    accepted(await buy(crew.memberId, plain));
    const base = await countQueries(deps.db, () => buy(crew.memberId, plain));
    expect(await countQueries(deps.db, () => buy(crew.memberId, byBranch))).toBe(base);
    expect(await countQueries(deps.db, () => buy(crew.memberId, byTag))).toBe(base + 1);
    const sent = await statements(deps, () => buy(crew.memberId, byBranch));
    expect(sent.filter((sql) => sql.includes('member_tag'))).toEqual([]);
  });

  test('is shown to the member in as many statements for twenty offers as for two', async () => {
    const { deps, offer, crew, ground, tag } = await aMarketOfBranches();
    await tag(crew.memberId, '劳模');
    const LIST = '{ offers(first: 50) { nodes { eligible eligibleTags pictures { url } releases { count } } } }';
    const fill = async (count: number) => {
      for (let i = 0; i < count; i++)
        await offer(i % 2 ? { eligible_union_ids: JSON.stringify([ground.id]) } : { eligible_tags: '["劳模"]' });
    };
    await fill(2);
    const look = () => data(deps, memberCaller(crew.memberId), LIST);
    const few = await countQueries(deps.db, look);
    await fill(18);
    expect(await countQueries(deps.db, look)).toBe(few);
    const { nodes } = (await look()).offers;
    expect(nodes).toHaveLength(20);
    expect(nodes[0]).toEqual({ eligible: false, eligibleTags: null, pictures: [], releases: [] });
    expect(nodes[1]).toMatchObject({ eligible: true, eligibleTags: ['劳模'] });
  });
});

describe('laying down who may buy', () => {
  async function aDraft() {
    const city = await aCity();
    const { deps, eastAdmin, eastProgrammeId: programmeId } = city;
    const shop = await aMerchant(deps, eastAdmin, programmeId);
    const create = (fields: Partial<NewOffer>) =>
      createOffer(deps, eastAdmin, newId(), offerInput({ ...shop, programmeId }, fields));
    const row = async (id: string) => (await deps.db.query('SELECT * FROM offer WHERE id = ?', [id]))[0];
    return { ...city, create, row };
  }

  test('keeps each union and tag once, and an empty list as everybody', async () => {
    const { create, row, eastId } = await aDraft();
    const id = accepted(
      await create({ eligibleUnionIds: [eastId, eastId], eligibleTags: ['劳模', '劳模', '困难职工'] }),
    );
    expect(await row(id)).toMatchObject({
      eligible_union_ids: JSON.stringify([eastId]),
      eligible_tags: '["劳模","困难职工"]',
    });
    const open = accepted(await create({ eligibleUnionIds: [], eligibleTags: [] }));
    expect(await row(open)).toMatchObject({ eligible_union_ids: null, eligible_tags: null });
  });

  test('refuses unions beside the programme and tags that are none, at their place', async () => {
    const { create, eastId, westId, cityId } = await aDraft();
    const at = async (fields: Partial<NewOffer>) => refusal(await create(fields));
    expect(await at({ eligibleUnionIds: [eastId, westId] })).toBe('UNION_UNKNOWN at eligibleUnionIds.1');
    expect(await at({ eligibleUnionIds: [cityId] })).toBe('UNION_UNKNOWN at eligibleUnionIds.0');
    expect(await at({ eligibleUnionIds: [newId()] })).toBe('UNION_UNKNOWN at eligibleUnionIds.0');
    const many = Array.from({ length: 101 }, () => newId());
    expect(await at({ eligibleUnionIds: many })).toBe('UNIONS_OUT_OF_RANGE at eligibleUnionIds');
    expect(await at({ eligibleTags: ['好', ' '] })).toBe('TAG_MALFORMED at eligibleTags.1');
    const tags = Array.from({ length: 21 }, (_, i) => `标签${i}`);
    expect(await at({ eligibleTags: tags })).toBe('TAGS_OUT_OF_RANGE at eligibleTags');
  });

  test('can change while it is a draft, and not once it was on sale', async () => {
    const { deps, create, row, eastAdmin, eastId } = await aDraft();
    const offerId = accepted(await create({}));
    const change = (fields: object) => changeOffer(deps, eastAdmin, newId(), { offerId, ...fields });
    accepted(await change({ eligibleTags: ['劳模'], eligibleUnionIds: [eastId] }));
    accepted(await change({ title: '别的' }));
    expect(await row(offerId)).toMatchObject({ eligible_tags: '["劳模"]', title: '别的' });
    accepted(await change({ eligibleTags: [] }));
    expect(await row(offerId)).toMatchObject({
      eligible_tags: null,
      eligible_union_ids: JSON.stringify([eastId]),
    });
    await deps.db.query("UPDATE offer SET state = 'on_sale' WHERE id = ?", [offerId]);
    expect(refusal(await change({ eligibleTags: ['劳模'] }))).toBe('OFFER_PUBLISHED at eligibleTags');
    accepted(await change({ eligibleUnionIds: [eastId] }));
    const outcomes = [await change({ eligibleUnionIds: null }), await change({ eligibleTags: null })];
    expect(tally(outcomes)).toEqual({ OFFER_PUBLISHED: 1, accepted: 1 });
  });
});

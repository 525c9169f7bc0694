import { afterAll, beforeAll, expect, test } from 'vitest';
import { anAdmin, twoCities } from '../identity/world.ts';
import { startApi, type TestApi, tokenFor } from '../support/api.ts';
import { codes } from '../support/client.ts';
import { countQueries } from '../support/count-queries.ts';
import { testDeps } from '../support/deps.ts';
import { aKey, aMember } from './tree.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi(await testDeps());
});

afterAll(() => api.close());

/** Two cities with a member in each, and ways to ask as an admin or as a member. */
async function aPlant() {
  const cities = await twoCities();
  const { deps, east, west, eastern } = cities;
  const clerk = await anAdmin(deps, 'clerk', [[east, 'roster-clerk']]);
  const wang = await aMember(deps, east.id, { name: '王小明', unionJoinedOn: '2013-05-04' });
  const han = await aMember(deps, west.id, { name: '韩梅梅' });
  const asAdmin = (admin: { tokens: { accessToken: string } }, query: string, variables?: Record<string, unknown>) =>
    api.ask('admin', query, { token: admin.tokens.accessToken, variables, language: 'en' });
  const memberToken = await tokenFor(deps, 'member', wang);
  const asMember = (query: string, variables?: Record<string, unknown>) =>
    api.ask('member', query, { token: memberToken, variables, language: 'zh' });
  return { ...cities, eastern, clerk, wang, han, asAdmin, asMember };
}

const TAG = `mutation ($key: String!, $tag: String!, $ids: [Id!]!) {
  tagMembers(key: $key, tag: $tag, memberIds: $ids) {
    ... on MemberTagging { tag memberIds } ... on Refusal { code at } } }`;

test('an admin tags members, finds them by the tag, and takes it back', async () => {
  const { clerk, wang, han, asAdmin } = await aPlant();
  const tagged = await asAdmin(clerk, TAG, { key: aKey(), tag: '劳模', ids: [wang] });
  expect(tagged.errors).toEqual([]);
  expect(tagged.data.tagMembers).toEqual({ tag: '劳模', memberIds: [wang] });
  const refused = await asAdmin(clerk, TAG, { key: aKey(), tag: '劳模', ids: [wang, han] });
  expect(refused.data.tagMembers).toEqual({ code: 'MEMBER_UNKNOWN', at: 'memberIds.1' });
  const list = 'query ($tag: String) { members(tag: $tag) { nodes { id tags unionJoinedOn joinedOn } } }';
  const found = await asAdmin(clerk, list, { tag: ' 劳模 ' });
  expect(found.data.members.nodes).toEqual([{ id: wang, tags: ['劳模'], unionJoinedOn: '2013-05-04', joinedOn: null }]);
  expect((await asAdmin(clerk, list, { tag: '先进' })).data.members.nodes).toEqual([]);
  const untag = `mutation ($key: String!, $ids: [Id!]!) {
    untagMembers(key: $key, tag: "劳模", memberIds: $ids) { ... on MemberTagging { tag } ... on Refusal { code } } }`;
  expect((await asAdmin(clerk, untag, { key: aKey(), ids: [wang] })).data.untagMembers).toEqual({ tag: '劳模' });
  expect((await asAdmin(clerk, list)).data.members.nodes).toMatchObject([{ id: wang, tags: [] }]);
});

test('the tags of a hundred members take no more statements than those of two', async () => {
  const { deps, east, clerk, asAdmin } = await aPlant();
  const ids: string[] = [];
  for (let i = 0; i < 100; i++) ids.push(await aMember(deps, east.id));
  await asAdmin(clerk, TAG, { key: aKey(), tag: '劳模', ids });
  const list = 'query ($first: Int) { members(tag: "劳模", first: $first) { nodes { tags } } }';
  const counted = (first: number) =>
    countQueries(deps.db, async () => {
      const { data } = await asAdmin(clerk, list, { first });
      expect(data.members.nodes).toHaveLength(first);
    });
  await counted(1);
  expect(await counted(100)).toBe(await counted(2));
});

test('an admin is linked to the member who she is, and shown so; by nobody without admins:write', async () => {
  const { east, eastern, clerk, wang, asAdmin } = await aPlant();
  const link = `mutation ($key: String!, $adminId: Id!, $memberId: Id) {
    linkAdminToMember(key: $key, adminId: $adminId, memberId: $memberId) {
      ... on Admin { id memberId roles { unionId } } ... on Refusal { code at } } }`;
  const adminId = clerk.operatorId;
  const linked = await asAdmin(eastern, link, { key: aKey(), adminId, memberId: wang });
  expect(linked.errors).toEqual([]);
  expect(linked.data.linkAdminToMember).toEqual({ id: adminId, memberId: wang, roles: [{ unionId: east.id }] });
  expect((await asAdmin(clerk, '{ me { memberId } }')).data.me).toEqual({ memberId: wang });
  expect(codes(await asAdmin(clerk, link, { key: aKey(), adminId: eastern.operatorId }))).toEqual(['UNAUTHORIZED']);
  const own = await asAdmin(eastern, link, { key: aKey(), adminId: eastern.operatorId, memberId: wang });
  expect(own.data.linkAdminToMember).toEqual({ code: 'OWN_ACCOUNT', at: 'adminId' });
  const undone = await asAdmin(eastern, link, { key: aKey(), adminId });
  expect(undone.data.linkAdminToMember).toMatchObject({ memberId: null });
});

const DECLARE = `mutation ($key: String!, $birthDate: Day!, $nameHint: String, $consent: Boolean!) {
  declareChild(key: $key, birthDate: $birthDate, nameHint: $nameHint, consent: $consent) {
    ... on Child { id birthDate nameHint state consentedAt } ... on Refusal { code message at } } }`;

const CONFIRM = `mutation ($key: String!, $id: Id!) { confirmChild(key: $key, childId: $id) {
  ... on Child { id memberId state confirmedBy confirmedAt } ... on Refusal { code } } }`;

test('a member declares a child, the union confirms it, and the member withdraws it again', async () => {
  const { deps, root, eastern, clerk, wang, asAdmin, asMember } = await aPlant();
  const child = { birthDate: '2020-05-01', nameHint: '老大', consent: true };
  const without = await asMember(DECLARE, { ...child, key: aKey(), consent: false });
  expect(without.data.declareChild).toMatchObject({ code: 'CONSENT_NEEDED', at: 'consent' });
  expect(without.data.declareChild.message).toContain('同意');
  const key = aKey();
  const declared = await asMember(DECLARE, { ...child, key });
  expect(declared.errors).toEqual([]);
  const { id } = declared.data.declareChild;
  const now = deps.clock.now().toISOString();
  const shown = { id, birthDate: '2020-05-01', nameHint: '老大', state: 'DECLARED', consentedAt: now };
  expect(declared.data.declareChild).toEqual(shown);

  const list = 'query ($id: Id!) { children(memberId: $id) { id memberId birthDate nameHint state } }';
  const { consentedAt: _, ...seen } = shown;
  expect((await asAdmin(clerk, list, { id: wang })).data.children).toEqual([{ ...seen, memberId: wang }]);
  expect(codes(await asAdmin(clerk, CONFIRM, { key: aKey(), id }))).toEqual(['UNAUTHORIZED']);
  const confirmed = await asAdmin(eastern, CONFIRM, { key: aKey(), id });
  expect(confirmed.data.confirmChild).toEqual({
    id,
    memberId: wang,
    state: 'CONFIRMED',
    confirmedBy: eastern.actor,
    confirmedAt: now,
  });

  const mine = '{ children { id state } }';
  expect((await asMember(mine)).data.children).toEqual([{ id, state: 'CONFIRMED' }]);
  const withdraw = `mutation ($key: String!, $id: Id!) {
    withdrawChild(key: $key, childId: $id) { ... on WithdrawnChild { id } ... on Refusal { code } } }`;
  expect((await asMember(withdraw, { key: aKey(), id })).data.withdrawChild).toEqual({ id });
  expect((await asMember(mine)).data.children).toEqual([]);
  // What was asked before comes again, late: the child is not there any more.
  expect((await asMember(DECLARE, { ...child, key })).data.declareChild).toMatchObject({ code: 'CHILD_UNKNOWN' });
  expect((await asAdmin(root, CONFIRM, { key: aKey(), id })).data.confirmChild).toEqual({ code: 'CHILD_UNKNOWN' });
});

test('the children of a member of another branch are not shown', async () => {
  const { deps, west, wang, asAdmin, asMember } = await aPlant();
  await asMember(DECLARE, { birthDate: '2020-05-01', consent: true, key: aKey() });
  const western = await anAdmin(deps, 'western', [[west, 'federation-admin']]);
  const { data, errors } = await asAdmin(western, 'query ($id: Id!) { children(memberId: $id) { id } }', { id: wang });
  expect(errors).toEqual([]);
  expect(data.children).toEqual([]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { receive } from '../../evidence/world.ts';
import { anAdmin as anOperator } from '../../identity/world.ts';
import { startApi, type TestApi, tokenFor } from '../../support/api.ts';
import { countQueries } from '../../support/count-queries.ts';
import { type TestDeps, testDeps } from '../../support/deps.ts';
import { accepted } from '../../unions/tree.ts';
import { aDeclaringWorld, aPerson, type SomePerson, textOf } from './world.ts';

let deps: TestDeps;
let api: TestApi;

beforeAll(async () => {
  deps = await testDeps();
  api = await startApi(deps);
});
afterAll(() => api.close());

/** The world on the clock of the API, with an admin of the province, one of the eastern works and the members at the doors. */
async function atTheDoors() {
  const world = await aDeclaringWorld();
  deps.clock.set(world.deps.clock.now().toISOString());
  const { province, eastWorks } = world;
  const chief = await anOperator(deps, 'chief', [[{ id: province, path: '' }, 'federation-admin']]);
  const clerk = await anOperator(deps, 'clerk', [[{ id: eastWorks, path: '' }, 'federation-admin']]);
  const asAdmin = (query: string, variables: object = {}, who = chief) =>
    api.ask('admin', query, { token: who.tokens.accessToken, variables: { ...variables }, language: 'zh' });
  const asMember = async ({ memberId }: SomePerson, query: string, variables: object = {}) =>
    api.ask('member', query, {
      token: await tokenFor(deps, 'member', memberId),
      variables: { ...variables },
      language: 'zh',
    });
  return { ...world, clerk, asAdmin, asMember };
}

const SHOWN = '... on Achievement { id state number } ... on Refusal { code message at }';
const DECLARE = `mutation ($key: String!, $seasonId: Id!, $achievement: AchievementInput!) {
  declareAchievement(key: $key, seasonId: $seasonId, achievement: $achievement) { ${SHOWN} } }`;
const SUBMIT = `mutation ($key: String!, $achievementId: Id!) {
  submitAchievement(key: $key, achievementId: $achievementId) { ${SHOWN} } }`;
const MINE = `{ myAchievements { nodes {
  id number kind group groupReason state title summary text field patentNumber adoption effectMeasured isOwn
  seasonId seasonName categoryName submittedAt
  authors { name staffNumber unionName share post isOwn } studios { name share } evidence { id fileName }
  steps { number what missing reason group adoption } } pageInfo { hasNextPage } } }`;

const aTechnique = (fields: object = {}) => ({
  ...{ kind: 'TECHNIQUE', title: '听音辨障', field: '设备维修', summary: '以听音判断故障。', text: '步骤一。' },
  ...{ share: 6000, post: 'WORKER' },
  ...fields,
});

test('a member declares with a colleague, submits, reads what is missing, completes it and is found eligible', async () => {
  const { season, person, asMember, asAdmin, eastWorks } = await atTheDoors();
  const colleague = await aPerson(deps, eastWorks, { name: '李雷', staffNumber: 'W2' });
  const evidenceId = accepted(await receive(deps, person.caller.actor));
  const colleagues = [{ name: '李雷', staffNumber: 'W2', share: 4000, post: 'PROFESSIONAL' }];
  const refused = await asMember(person, DECLARE, {
    ...{ key: newId(), seasonId: season.id, achievement: aTechnique({ colleagues: [{ ...colleagues[0], share: 1 }] }) },
  });
  expect(refused.data.declareAchievement).toEqual({
    ...{ code: 'SHARES_NOT_WHOLE', at: 'colleagues', message: '贡献比例合计须为 100%，现为 60.01%，请调整。' },
  });
  const achievement = aTechnique({ colleagues, evidenceIds: [evidenceId] });
  const made = await asMember(person, DECLARE, { key: newId(), seasonId: season.id, achievement });
  expect(made.errors).toEqual([]);
  const { id } = made.data.declareAchievement;
  expect((await asMember(colleague, MINE)).data.myAchievements.nodes).toEqual([]);
  const submitted = await asMember(person, SUBMIT, { key: newId(), achievementId: id });
  expect(submitted.data.submitAchievement).toEqual({ id, state: 'SUBMITTED', number: 1 });
  const returned = await asAdmin(
    `mutation ($key: String!, $achievementId: Id!, $missing: [String!]!) {
      returnAchievement(key: $key, achievementId: $achievementId, missing: $missing) { ${SHOWN} } }`,
    { key: newId(), achievementId: id, missing: ['缺少师带徒证明'] },
  );
  expect(returned.data.returnAchievement).toEqual({ id, state: 'RETURNED', number: 1 });
  const changed = await asMember(
    person,
    `mutation ($key: String!, $achievementId: Id!, $achievement: AchievementInput!) {
      changeAchievement(key: $key, achievementId: $achievementId, achievement: $achievement) {
        ... on Achievement { state text } ... on Refusal { code at } } }`,
    { key: newId(), achievementId: id, achievement: { ...achievement, text: '步骤一、二。' } },
  );
  expect(changed.data.changeAchievement).toEqual({ state: 'RETURNED', text: '步骤一、二。' });
  const seenMeanwhile = await asMember(colleague, MINE);
  expect(seenMeanwhile.data.myAchievements.nodes).toMatchObject([{ id, text: '步骤一。', isOwn: false }]);
  await asMember(person, SUBMIT, { key: newId(), achievementId: id });
  const admitted = await asAdmin(
    `mutation ($key: String!, $achievementId: Id!) {
      admitAchievement(key: $key, achievementId: $achievementId) { ${SHOWN} } }`,
    { key: newId(), achievementId: id },
  );
  expect(admitted.data.admitAchievement).toEqual({ id, state: 'ELIGIBLE', number: 1 });
  const mine = await asMember(person, MINE);
  expect(mine.errors).toEqual([]);
  expect(mine.data.myAchievements.nodes).toMatchObject([
    {
      ...{ id, number: 1, kind: 'TECHNIQUE', group: 'WORKERS', state: 'ELIGIBLE', title: '听音辨障', isOwn: true },
      ...{
        text: '步骤一、二。',
        seasonName: season.name,
        categoryName: '绝招绝技绝活',
        evidence: [{ id: evidenceId }],
      },
      authors: [
        { name: '王小明', staffNumber: 'W1', unionName: '东厂工会', share: 6000, post: 'WORKER', isOwn: true },
        { name: '李雷', share: 4000, post: 'PROFESSIONAL', isOwn: false },
      ],
      steps: [
        { number: 1, what: 'SUBMITTED', missing: [] },
        { number: 2, what: 'RETURNED', missing: ['缺少师带徒证明'] },
        { number: 3, what: 'RESUBMITTED' },
        { number: 4, what: 'ELIGIBLE' },
      ],
    },
  ]);
});

test('a clerk declares for a member, and the federation sees it with its versions, what may be the same and its history', async () => {
  const { season, person, asAdmin, asMember, clerk, declared } = await atTheDoors();
  const earlier = await declared({ title: '薄板焊接变形控制', text: textOf(1) });
  const achievement = {
    ...{ kind: 'PROPOSAL', title: '薄板焊接变形控制法', field: '焊接', summary: '减少变形。', text: textOf(1) },
    ...{ adoption: 'ADOPTED', authors: [{ memberId: person.memberId, share: 10_000, post: 'WORKER' }] },
  };
  const made = await asAdmin(
    `mutation ($key: String!, $seasonId: Id!, $declarerId: Id!, $achievement: AchievementInput!) {
      declareAchievement(key: $key, seasonId: $seasonId, declarerId: $declarerId, achievement: $achievement) { ${SHOWN} } }`,
    { key: newId(), seasonId: season.id, declarerId: person.memberId, achievement },
    clerk,
  );
  expect(made.errors).toEqual([]);
  const { id } = made.data.declareAchievement;
  const drafts = await asAdmin(
    '{ achievementDrafts { nodes { id title text { text } unsubmittedText { text } } } }',
    {},
    clerk,
  );
  expect(drafts.data.achievementDrafts.nodes).toMatchObject([
    { id, title: '薄板焊接变形控制法', unsubmittedText: null },
  ]);
  expect((await asMember(person, MINE)).data.myAchievements.nodes).toHaveLength(1);
  await asAdmin(SUBMIT, { key: newId(), achievementId: id }, clerk);
  const adopted = await asAdmin(
    `mutation ($key: String!, $achievementId: Id!) {
      changeAdoption(key: $key, achievementId: $achievementId, adoption: IN_USE, effectMeasured: "省料 5%") { ${SHOWN} } }`,
    { key: newId(), achievementId: id },
    clerk,
  );
  expect(adopted.data.changeAdoption).toMatchObject({ id });
  const seen = await asAdmin(
    `query ($id: Id!) {
      achievement(id: $id) {
        id number kind group state title field adoption effectMeasured ownership firmType firmName seasonName categoryName
        declarerId union { name } text { version title summary text } unsubmittedText { version }
        authors { memberId name unionName share post skillLevel } studios { name share } evidence { id }
        steps { number what actor adoption } }
      achievementTexts(achievementId: $id) { nodes { version title } }
      possibleDuplicates(achievementId: $id) {
        achievementId number kind title seasonName firmName textAlike titleAlike samePatent } }`,
    { id },
  );
  expect(seen.errors).toEqual([]);
  expect(seen.data.achievement).toMatchObject({
    ...{ id, number: 2, kind: 'PROPOSAL', state: 'SUBMITTED', adoption: 'IN_USE', effectMeasured: '省料 5%' },
    ...{ firmName: '东厂工会', union: { name: '东厂工会' }, text: { version: 1, title: '薄板焊接变形控制法' } },
    authors: [{ memberId: person.memberId, name: '王小明', share: 10_000, post: 'WORKER', skillLevel: null }],
    steps: [{ what: 'SUBMITTED' }, { what: 'ADOPTION_CHANGED', adoption: 'IN_USE' }],
  });
  expect(seen.data.achievementTexts.nodes).toEqual([{ version: 1, title: '薄板焊接变形控制法' }]);
  expect(seen.data.possibleDuplicates).toEqual([
    {
      ...{ achievementId: earlier, number: 1, kind: 'TECHNICAL', title: '薄板焊接变形控制', seasonName: season.name },
      ...{ firmName: '东厂工会', textAlike: 100, titleAlike: 88, samePatent: false },
    },
  ]);
  const searched = await asAdmin(
    `query ($seasonId: Id!) { achievements(seasonId: $seasonId, search: "控制法", kind: PROPOSAL) {
      nodes { id title } pageInfo { hasNextPage endCursor } } }`,
    { seasonId: season.id },
  );
  expect(searched.data.achievements).toMatchObject({
    nodes: [{ id }],
    pageInfo: { hasNextPage: false, endCursor: id },
  });
});

test('what an admin may not read is not there: drafts of members, and achievements of other branches', async () => {
  const { draft, declared, asAdmin, westWorks, season } = await atTheDoors();
  const [hidden, seen] = [accepted(await draft()), await declared()];
  const western = await anOperator(deps, 'west', [[{ id: westWorks, path: '' }, 'federation-admin']]);
  const ASK = `query ($id: Id!, $seasonId: Id!) {
    achievement(id: $id) { id } achievementTexts(achievementId: $id) { nodes { version } }
    possibleDuplicates(achievementId: $id) { title } achievements(seasonId: $seasonId) { nodes { id } } }`;
  const nothing = { achievement: null, achievementTexts: { nodes: [] }, possibleDuplicates: [] };
  const ofDraft = await asAdmin(ASK, { id: hidden, seasonId: season.id });
  expect(ofDraft.data).toEqual({ ...nothing, achievements: { nodes: [{ id: seen }] } });
  const ofWest = await asAdmin(ASK, { id: seen, seasonId: season.id }, western);
  expect(ofWest.data).toEqual({ ...nothing, achievements: { nodes: [] } });
});

test('a list asks no more of the database for many achievements than for one', async () => {
  const { declared, asAdmin, asMember, season, person } = await atTheDoors();
  const LIST = `query ($seasonId: Id!) { achievements(seasonId: $seasonId) { nodes {
    id title seasonName categoryName firmName union { name } text { text } unsubmittedText { text }
    authors { name unionName } studios { name } evidence { id } steps { what } } } }`;
  const costs = async () => {
    const ofList = await countQueries(deps.db, () => asAdmin(LIST, { seasonId: season.id }));
    return [ofList, await countQueries(deps.db, () => asMember(person, MINE))];
  };
  await declared();
  await costs();
  const before = await costs();
  for (let i = 0; i < 5; i++) await declared({ title: `成果${i}` });
  expect(await costs()).toEqual(before);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkEntries } from '../../../src/competitions/entries/import/check-entries.ts';
import { enterStaged } from '../../../src/competitions/entries/import/enter-staged.ts';
import { newId } from '../../../src/platform/ids.ts';
import { filesOf } from '../../evidence/world.ts';
import { anAdmin as anOperator } from '../../identity/world.ts';
import { startApi, type TestApi, tokenFor } from '../../support/api.ts';
import { countQueries } from '../../support/count-queries.ts';
import { type TestDeps, testDeps } from '../../support/deps.ts';
import { csv } from '../../unions/roster/files.ts';
import { accepted } from '../../unions/tree.ts';
import { aCompetition, aPerson, aScene, enter, type Scene, type SomePerson, silent, TEAMS } from './world.ts';

let deps: TestDeps;
let api: TestApi;

beforeAll(async () => {
  deps = await testDeps();
  api = await startApi(deps);
});
afterAll(() => api.close());

/** A scene on the clock of the API, with an admin of the province and one of the eastern city at the door. */
async function atTheDoors(fields = {}) {
  const scene: Scene = { ...(await aScene()), deps };
  const competitionId = await aCompetition(scene, fields);
  const { province, east } = scene;
  const clerk = await anOperator(deps, 'clerk', [[{ id: province, path: '' }, 'federation-admin']]);
  const ofEast = await anOperator(deps, 'east', [[{ id: east, path: '' }, 'federation-admin']]);
  const asAdmin = (query: string, variables: object = {}, who = clerk) =>
    api.ask('admin', query, { token: who.tokens.accessToken, variables: { ...variables }, language: 'zh' });
  const asMember = async ({ memberId }: SomePerson, query: string, variables: object = {}) =>
    api.ask('member', query, {
      token: await tokenFor(deps, 'member', memberId),
      variables: { ...variables },
      language: 'zh',
    });
  return { ...scene, competitionId, clerk, ofEast, asAdmin, asMember };
}

const MY_ENTRIES = `{ myEntries { nodes { role leftAt entry {
  id kind name number certificatePath state divisionName stageName competition { id name }
  members { nodes { id role name isOwn } } } } pageInfo { hasNextPage } } }`;

test('a member enters, sees her entry, has its certificate checked by everyone, and withdraws', async () => {
  const { competitionId, asMember, eastWorks, ...scene } = await atTheDoors();
  const person = await aPerson(scene, eastWorks, { name: '王小明' });
  const made = await asMember(
    person,
    `mutation ($key: String!, $competitionId: Id!) { enterCompetition(key: $key, competitionId: $competitionId) {
      ... on Entry { id } ... on Refusal { code message at } } }`,
    { key: newId(), competitionId },
  );
  expect(made.errors).toEqual([]);
  const { id } = made.data.enterCompetition;
  const own = await asMember(person, MY_ENTRIES);
  const [{ role, leftAt, entry }] = own.data.myEntries.nodes;
  expect({ role, leftAt }).toEqual({ role: 'MEMBER', leftAt: null });
  expect(entry).toMatchObject({
    id,
    kind: 'INDIVIDUAL',
    name: '王小明',
    state: 'ENTERED',
    divisionName: null,
    stageName: '省决赛',
    competition: { id: competitionId },
    members: { nodes: [{ role: 'MEMBER', name: '王小明', isOwn: true }] },
  });
  const certificate = await (await fetch(`${api.url}${entry.certificatePath}`)).json();
  expect(certificate).toMatchObject({ number: entry.number, name: '王*明', state: 'entered' });
  const asked = await asMember(
    person,
    'query ($number: String!) { entryCertificate(number: $number) { number organiser kind } }',
    { number: entry.number },
  );
  expect(asked.data.entryCertificate).toEqual({ number: entry.number, organiser: '省总工会', kind: 'INDIVIDUAL' });
  const withdrawn = await asMember(
    person,
    'mutation ($key: String!, $entryId: Id!) { withdrawEntry(key: $key, entryId: $entryId) { ... on Entry { state } } }',
    { key: newId(), entryId: id },
  );
  expect(withdrawn.data.withdrawEntry).toEqual({ state: 'WITHDRAWN' });
});

test('a captain enters a team and has a colleague substituted; a refusal names the place', async () => {
  const { competitionId, asMember, eastWorks, ...scene } = await atTheDoors(TEAMS);
  const people: SomePerson[] = [];
  for (let i = 0; i < 4; i++) people.push(await aPerson(scene, eastWorks));
  const [captain, one, two, three] = people as [SomePerson, SomePerson, SomePerson, SomePerson];
  const colleague = ({ name, staffNumber }: SomePerson) => ({ name, staffNumber, isSubstitute: false });
  const enterTeam = (colleagues: object[]) =>
    asMember(
      captain,
      `mutation ($key: String!, $competitionId: Id!, $colleagues: [ColleagueInput!]!) {
        enterTeam(key: $key, competitionId: $competitionId, name: "先锋队", colleagues: $colleagues) {
          ... on Entry { id members { nodes { id role name } } } ... on Refusal { code message at } } }`,
      { key: newId(), competitionId, colleagues },
    );
  const refused = await enterTeam([colleague(one), { ...colleague(two), name: '别人' }]);
  expect(refused.data.enterTeam).toMatchObject({ code: 'COLLEAGUE_UNKNOWN', at: 'colleagues.1' });
  const made = await enterTeam([colleague(one), colleague(two)]);
  expect(made.errors).toEqual([]);
  const team = made.data.enterTeam;
  const outId = team.members.nodes.find(({ name }: { name: string }) => name === two.name).id;
  const changed = await asMember(
    captain,
    `mutation ($key: String!, $entryId: Id!, $outId: Id!, $name: String!, $staffNumber: String!) {
      substituteColleague(key: $key, entryId: $entryId, outId: $outId, name: $name, staffNumber: $staffNumber) {
        ... on Entry { members { nodes { role name } } } ... on Refusal { code } } }`,
    { key: newId(), entryId: team.id, outId, name: three.name, staffNumber: three.staffNumber },
  );
  expect(changed.data.substituteColleague.members.nodes).toEqual([
    { role: 'CAPTAIN', name: captain.name },
    { role: 'MEMBER', name: one.name },
    { role: 'MEMBER', name: three.name },
  ]);
});

const ENTRIES = `query ($competitionId: Id!) { entries(competitionId: $competitionId, first: 100) { nodes {
  name number firmType stageName union { name } competition { name } members { nodes { role skillLevel member { name } } } } } }`;

test('an admin reads the entries of her branches with as many statements for many as for few, sets quotas, and reads figures', async () => {
  const { competitionId, asAdmin, ofEast, east, eastWorks, westWorks, ...scene } = await atTheDoors();
  const enterOne = async (unionId: string) => accepted(await enter(deps, await aPerson(scene, unionId), competitionId));
  await enterOne(eastWorks);
  await enterOne(westWorks);
  // A session is looked up and kept by the first request.
  await asAdmin(ENTRIES, { competitionId });
  const few = await countQueries(deps.db, () => asAdmin(ENTRIES, { competitionId }));
  for (let i = 0; i < 6; i++) await enterOne(i % 2 === 0 ? eastWorks : westWorks);
  const many = await countQueries(deps.db, () => asAdmin(ENTRIES, { competitionId }));
  expect(many).toBe(few);
  const all = await asAdmin(ENTRIES, { competitionId });
  expect(all.errors).toEqual([]);
  expect(all.data.entries.nodes).toHaveLength(8);
  const eastern = await asAdmin(ENTRIES, { competitionId }, ofEast);
  const unions = eastern.data.entries.nodes.map(({ union }: { union: { name: string } }) => union.name);
  expect(unions).toEqual(Array(4).fill('东厂工会'));
  const set = await asAdmin(
    `mutation ($key: String!, $competitionId: Id!, $unionId: Id!) {
      setEntryQuota(key: $key, competitionId: $competitionId, unionId: $unionId, atMost: 9) {
        ... on Competition { id } ... on Refusal { code } } }`,
    { key: newId(), competitionId, unionId: east },
  );
  expect(set.data.setEntryQuota).toEqual({ id: competitionId });
  const quotas = await asAdmin(
    'query ($id: Id!) { entryQuotas(competitionId: $id) { nodes { atMost entered union { name } } } }',
    { id: competitionId },
  );
  expect(quotas.data.entryQuotas.nodes).toEqual([{ atMost: 9, entered: 4, union: { name: '东市总工会' } }]);
});

test('a file of entries is uploaded, checked, imported and counted', async () => {
  const { competitionId, asAdmin, clerk, province, eastWorks, westWorks, ...scene } = await atTheDoors();
  const good = await aPerson(scene, eastWorks, { sex: 'female', birthDate: '1990-01-01' });
  const table = [
    ['姓名', '工号', '单位'],
    [good.name, good.staffNumber, '东厂工会'],
    ['无此人', 'X1', '西厂工会'],
  ];
  const address = `${api.url}/uploads/entries?competitionId=${competitionId}&unionId=${province}&fileName=a.csv`;
  const send = (authorization: string) =>
    fetch(address, { method: 'PUT', headers: { authorization }, body: csv(table) });
  expect((await send('Bearer x')).status).toBe(401);
  const sent = await send(`Bearer ${clerk.tokens.accessToken}`);
  expect(sent.status).toBe(200);
  const { importId: id } = (await sent.json()) as { importId: string };
  await checkEntries(deps, id, silent);
  const IMPORT = `query ($id: Id!) { entryImport(id: $id) {
    state rowsRead rowsGood rowsBad rowsDone entriesMade failure { code } union { name }
    problems { nodes { row heading code message } } } }`;
  const checked = await asAdmin(IMPORT, { id });
  expect(checked.errors).toEqual([]);
  expect(checked.data.entryImport).toMatchObject({
    state: 'CHECKED',
    rowsRead: 2,
    rowsGood: 1,
    problems: { nodes: [{ row: 3, heading: '姓名', code: 'NOT_ON_ROLL' }] },
  });
  const started = await asAdmin(
    'mutation ($key: String!, $id: Id!) { importEntries(key: $key, id: $id) { ... on EntryImport { state } ... on Refusal { code } } }',
    { key: newId(), id },
  );
  expect(started.data.importEntries).toEqual({ state: 'IMPORTING' });
  await enterStaged(deps, id, silent);
  expect((await asAdmin(IMPORT, { id })).data.entryImport).toMatchObject({ state: 'IMPORTED', entriesMade: 1 });
  const figures = await asAdmin(
    `query ($id: Id!, $parentId: Id!) {
      participation(competitionId: $id) { firms entries members byFirmType { firmType entries } bySex { sex members }
        byAge { ageBand members } bySkill { skillLevel members } yearBefore { members } }
      participationByBranch(competitionId: $id, parentId: $parentId) { nodes { entries union { name } } } }`,
    { id: competitionId, parentId: province },
  );
  expect(figures.errors).toEqual([]);
  expect(figures.data).toEqual({
    participation: {
      ...{ firms: 1, entries: 1, members: 1, yearBefore: null },
      byFirmType: [{ firmType: 'LITTLE_GIANT', entries: 1 }],
      bySex: [{ sex: 'female', members: 1 }],
      byAge: [{ ageBand: 'FROM_35_TO_44', members: 1 }],
      bySkill: [{ skillLevel: null, members: 1 }],
    },
    participationByBranch: { nodes: [{ entries: 1, union: { name: '东市总工会' } }] },
  });
});

test('a member and an admin hand in evidence for an entry at their doors, and each sees all of it', async () => {
  const { competitionId, asAdmin, asMember, clerk, eastWorks, ...scene } = await atTheDoors();
  const person = await aPerson(scene, eastWorks);
  const entryId = accepted(await enter(deps, person, competitionId));
  const [own] = await filesOf(deps, person.caller.actor, 1);
  const [ofAdmin] = await filesOf(deps, `operator:${clerk.operatorId}`, 1);
  const hand = (fields: string) => `mutation ($key: String!, $entryId: Id!, $evidenceIds: [Id!]!) {
    setEntryEvidence(key: $key, entryId: $entryId, evidenceIds: $evidenceIds) {
      ${fields} ... on Refusal { code at } } }`;
  const files = 'evidence { id fileName url }';
  const mine = { key: newId(), entryId, evidenceIds: [own] };
  const handed = await asMember(person, hand(`... on OwnEntry { entry { id } ${files} }`), mine);
  expect(handed.errors).toEqual([]);
  expect(handed.data.setEntryEvidence).toMatchObject({ entry: { id: entryId }, evidence: [{ id: own }] });
  const [{ url }] = handed.data.setEntryEvidence.evidence;
  expect((await fetch(`${api.url}${url}`)).status).toBe(200);
  const theirs = { key: newId(), entryId, evidenceIds: [ofAdmin] };
  const all = { evidence: [{ id: own }, { id: ofAdmin }] };
  expect((await asAdmin(hand(`... on Entry { ${files} }`), theirs)).data.setEntryEvidence).toMatchObject(all);
  const seen = await asMember(person, `{ myEntries { nodes { ${files} } } }`);
  expect(seen.data.myEntries.nodes).toMatchObject([all]);
  const notHers = { key: newId(), entryId, evidenceIds: [ofAdmin] };
  expect((await asMember(person, hand('__typename'), notHers)).data.setEntryEvidence).toMatchObject({
    ...{ code: 'EVIDENCE_UNKNOWN', at: 'evidenceIds.0' },
  });
});

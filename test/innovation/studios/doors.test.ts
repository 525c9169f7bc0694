import { afterAll, beforeAll, expect, test } from 'vitest';
import { foundAlliance } from '../../../src/innovation/alliances/found-alliance.ts';
import { withdrawName } from '../../../src/innovation/studios/naming/decide-naming.ts';
import { anAdmin as anOperator } from '../../identity/world.ts';
import { startApi, type TestApi, tokenFor } from '../../support/api.ts';
import type { Answer } from '../../support/client.ts';
import { countQueries } from '../../support/count-queries.ts';
import { type TestDeps, testDeps } from '../../support/deps.ts';
import { accepted, aKey, aMember, aUnion } from '../../unions/tree.ts';
import { aFile, aSkilledPerson, aStudio, aStudioWorld } from './world.ts';

let deps: TestDeps;
let api: TestApi;

beforeAll(async () => {
  deps = await testDeps();
  api = await startApi(deps);
});
afterAll(() => api.close());

/** The world of studios with admins of the firm and the province at the door, where it is as late as in the world. */
async function aScene() {
  const world = await aStudioWorld();
  const clerk = await anOperator(deps, 'clerk', [[{ id: world.eastWorks, path: '' }, 'programme-admin']]);
  const namer = await anOperator(deps, 'namer', [[{ id: world.province, path: '' }, 'programme-admin']]);
  const tokenNow = (door: 'admin' | 'member', subjectId: string) => {
    deps.clock.set(world.deps.clock.now().toISOString());
    return tokenFor(deps, door, subjectId);
  };
  const ask = async (query: string, variables: object = {}, who = clerk) => {
    const token = await tokenNow('admin', who.operatorId);
    return api.ask('admin', query, { token, variables: { ...variables }, language: 'zh' });
  };
  const act = async (name: string, fields: string, args: Record<string, [string, unknown]>, who = clerk) => {
    const declared = Object.entries(args).map(([arg, [type]]) => `, $${arg}: ${type}`);
    const passed = Object.keys(args).map((arg) => `, ${arg}: $${arg}`);
    const query = `mutation ($key: String!${declared.join('')}) {
      ${name}(key: $key${passed.join('')}) { ${fields} ... on Refusal { code at message } }
    }`;
    const values = Object.fromEntries(Object.entries(args).map(([arg, [, value]]) => [arg, value]));
    const { data, errors } = await ask(query, { key: aKey(), ...values }, who);
    expect(errors).toEqual([]);
    return data[name];
  };
  const asMember = async (memberId: string, query: string, variables: object = {}) => {
    const token = await tokenNow('member', memberId);
    return api.ask('member', query, { token, variables: { ...variables }, language: 'zh' });
  };
  return { ...world, clerk, namer, ask, act, asMember };
}

const id = (value: string): [string, unknown] => ['Id!', value];
const ids = (value: readonly string[]): [string, unknown] => ['[Id!]!', value];
const text = (value: string): [string, unknown] => ['String!', value];
const int = (value: number): [string, unknown] => ['Int!', value];
const level = (value: string): [string, unknown] => ['NamingLevel!', value];

const STUDIO = `... on Studio { id name field premises about tags leaderKind state peopleCount dissolveReason
  union { name } leader { name duty joinedOn evidence { fileName } } members { nodes { memberId name duty joinedOn } }
  years { year plan report planEvidence { id } reportEvidence { id } }
  namings { id level state } alliances { id name } }`;
const NAMING = `... on StudioNaming { id level state reason statement termMonths namedOn endsOn endedOn number renewsId
  roundId namingUnionName studio { name } evidence { id } }`;
const ROUND = `... on NamingRound { id level name termMonths workingDays programmeId state noticeId settledAt
  withdrawnReason unionName namings { nodes { id state } } }`;
const ALLIANCE = `... on Alliance { id name field foundedOn state endedOn endReason unionName
  lead { studioId name unionName } members { studioId name unionName joinedOn } }`;

test('an admin founds a studio at her door, fills it, changes its leader, plans and reports a year, and dissolves it', async () => {
  const { act, ask, eastWorks, clerk } = await aScene();
  const leaderId = await aMember(deps, eastWorks, { name: '王小明' });
  const evidenceIds = [await aFile(deps, { actor: `operator:${clerk.operatorId}` })];
  const described = { name: '王小明创新工作室', field: '焊接', premises: '一号厂房', about: '攻关', tags: ['女职工'] };
  const found = (leader: object) =>
    act('createStudio', STUDIO, {
      unionId: id(eastWorks),
      studio: ['StudioInput!', described],
      leader: ['StudioLeaderInput!', leader],
    });
  const refused = await found({ memberId: leaderId, kind: 'SKILLED_WORKER' });
  expect(refused).toMatchObject({
    code: 'LEADER_UNSKILLED',
    at: 'leader.kind',
    message: expect.stringContaining('高级工'),
  });
  const studio = await found({ memberId: leaderId, kind: 'MODEL_WORKER', evidenceIds });
  expect(studio).toMatchObject({
    ...described,
    ...{ leaderKind: 'MODEL_WORKER', state: 'ACTIVE', peopleCount: 1, union: { name: '东厂工会' } },
    leader: { name: '王小明', duty: null, joinedOn: '2026-03-02', evidence: [{ fileName: '证书.png' }] },
  });
  const studioId = id(studio.id);
  const nextId = await aSkilledPerson(deps, eastWorks);
  const member = { studioId, memberId: id(nextId) };
  expect(await act('addStudioMember', STUDIO, { ...member, duty: text('工艺设计') })).toMatchObject({
    peopleCount: 2,
    members: { nodes: [{ memberId: nextId, duty: '工艺设计' }] },
  });
  expect(await act('changeStudioDuty', STUDIO, { ...member, duty: text('数据分析') })).toMatchObject({
    members: { nodes: [{ duty: '数据分析' }] },
  });
  const anew: [string, unknown] = ['StudioInput!', { ...described, field: '数控', tags: [] }];
  expect(await act('describeStudio', STUDIO, { studioId, studio: anew })).toMatchObject({ field: '数控', tags: [] });
  const change = { studioId, leader: ['StudioLeaderInput!', { memberId: nextId, kind: 'SKILLED_WORKER' }] as const };
  expect(
    await act('changeStudioLeader', STUDIO, {
      ...{ ...change, leader: [...change.leader] },
      ...{ formerDuty: text('技术顾问'), reason: text('原领衔人退休') },
    }),
  ).toMatchObject({ leaderKind: 'SKILLED_WORKER', members: { nodes: [{ memberId: leaderId, duty: '技术顾问' }] } });
  expect(await act('removeStudioMember', STUDIO, { studioId, memberId: id(leaderId) })).toMatchObject({
    ...{ peopleCount: 1, members: { nodes: [] } },
  });
  const year = { studioId, year: int(2026), text: text('攻关三项。') };
  expect(await act('planStudioYear', STUDIO, year)).toMatchObject({ years: [{ year: 2026, plan: '攻关三项。' }] });
  expect(await act('reportStudioYear', STUDIO, { ...year, text: text('完成。') })).toMatchObject({
    years: [{ report: '完成。', reportEvidence: [] }],
  });
  expect(await act('dissolveStudio', STUDIO, { studioId, reason: text('车间合并') })).toMatchObject({
    ...{ state: 'DISSOLVED', dissolveReason: '车间合并', leader: null, peopleCount: 0 },
  });
  const read = 'query ($id: Id!) { studio(id: $id) { state } studios(state: DISSOLVED) { nodes { id } } }';
  expect((await ask(read, { id: studio.id })).data).toEqual({
    ...{ studio: { state: 'DISSOLVED' }, studios: { nodes: [{ id: studio.id }] } },
  });
});

test('a name goes from the application to its withdrawal at the doors of the branch and of the union that names', async () => {
  const { act, ask, namer, found, province, afterNotice } = await aScene();
  const [first, second] = [await found({ name: '甲工作室' }), await found({ name: '乙工作室' })];
  const applying = { level: level('PROVINCE'), namingUnionId: id(province), statement: text('攻关十二项') };
  const apply = (studioId: string) => act('applyForNaming', NAMING, { studioId: id(studioId), ...applying });
  const one = await apply(first);
  expect(one).toMatchObject({ state: 'APPLIED', namingUnionName: '省总工会', studio: { name: '甲工作室' } });
  const two = await apply(second);
  const third = await act('applyForNaming', NAMING, {
    ...{ ...applying, studioId: id(first), level: level('NATION') },
  });
  const of = (naming: { id: string }, reason = '材料不全') => ({ namingId: id(naming.id), reason: text(reason) });
  expect(await act('returnNaming', NAMING, of(one), namer)).toMatchObject({ state: 'RETURNED', reason: '材料不全' });
  const completed = { namingId: id(one.id), statement: text('补齐') };
  expect(await act('completeNamingApplication', NAMING, completed)).toMatchObject({ state: 'APPLIED', reason: null });
  expect(await act('withdrawNamingApplication', NAMING, of(third))).toMatchObject({ state: 'WITHDRAWN' });
  const waiting = 'query { studioNamings(state: APPLIED, level: PROVINCE) { nodes { id studio { union { name } } } } }';
  expect((await ask(waiting, {}, namer)).data.studioNamings.nodes).toMatchObject([{ id: two.id }, { id: one.id }]);
  expect((await ask(waiting)).data.studioNamings.nodes).toEqual([]);
  const terms = { name: text('拟命名名单'), termMonths: int(36), workingDays: int(5), level: level('PROVINCE') };
  const listing = { unionId: id(province), ...terms, namingIds: ids([one.id, two.id]) };
  const publish = () => act('publishNamingRound', ROUND, listing, namer);
  const voided = await publish();
  expect(voided).toMatchObject({ state: 'IN_NOTICE', unionName: '省总工会', programmeId: null });
  const calledOff = { roundId: id(voided.id), reason: text('名额调整') };
  expect(await act('withdrawNamingRound', ROUND, calledOff, namer)).toMatchObject({
    ...{ state: 'WITHDRAWN', withdrawnReason: '名额调整', namings: { nodes: [] } },
  });
  const round = await publish();
  const struck = { roundId: id(round.id), struckIds: ids([two.id]), reason: text('异议成立') };
  const revised = await act('reviseNamingRound', ROUND, struck, namer);
  expect(revised.namings.nodes).toMatchObject([
    { id: one.id, state: 'LISTED' },
    { id: two.id, state: 'DECLINED' },
  ]);
  expect(revised.noticeId).not.toBe(round.noticeId);
  await afterNotice();
  const rounds = 'query ($id: Id!) { namingRound(id: $id) { state } namingRounds(state: FINAL) { nodes { id } } }';
  expect((await ask(rounds, { id: round.id }, namer)).data).toEqual({
    ...{ namingRound: { state: 'FINAL' }, namingRounds: { nodes: [{ id: round.id }] } },
  });
  expect((await ask(rounds, { id: round.id })).data).toEqual({ namingRound: null, namingRounds: { nodes: [] } });
  expect(await act('declineNaming', NAMING, of(one), namer)).toMatchObject({ code: 'NAMING_NOT_WAITING' });
  expect(await act('withdrawStudioName', NAMING, of(one, '弄虚作假'), namer)).toMatchObject({
    ...{ state: 'WITHDRAWN', reason: '弄虚作假', termMonths: 36, endedOn: '2026-03-16' },
  });
});

test('studios ally at the door of the city above them, and the figures count it', async () => {
  const { act, ask, found, province, namer, named } = await aScene();
  const { id: lead } = await named();
  const [second, third] = [await found({ tags: ['女职工'] }), await found()];
  const founding = { unionId: id(province), name: text('焊接联盟'), field: text('焊接'), leadStudioId: id(lead) };
  const found2 = (memberIds: string[]) =>
    act('foundAlliance', ALLIANCE, { ...founding, memberStudioIds: ids(memberIds) }, namer);
  expect(await found2([lead])).toMatchObject({ code: 'ALLIANCE_WITH_ITSELF', at: 'memberStudioIds.0' });
  const alliance = await found2([second]);
  expect(alliance).toMatchObject({
    state: 'ACTIVE',
    unionName: '省总工会',
    lead: { studioId: lead, unionName: '东厂工会' },
  });
  const pair = { allianceId: id(alliance.id), studioId: id(third) };
  const joined = await act('joinAlliance', ALLIANCE, pair, namer);
  expect(joined.members.map(({ studioId }: { studioId: string }) => studioId)).toEqual([second, third]);
  const figures = `query ($unionId: Id!) { studioFigures(unionId: $unionId) {
    studios named byLevel { level named } byField { value studios named } byTag { value studios named }
    alliances alliedStudios } }`;
  expect((await ask(figures, { unionId: province }, namer)).data.studioFigures).toMatchObject({
    ...{ studios: 3, named: 1, alliances: 1, alliedStudios: 3 },
    byTag: [{ value: '女职工', studios: 1, named: 0 }],
  });
  expect((await ask(figures, { unionId: province })).data.studioFigures).toBeNull();
  const read = 'query ($id: Id!) { alliance(id: $id) { name } alliances { nodes { id } } }';
  expect((await ask(read, { id: alliance.id }, namer)).data).toEqual({
    ...{ alliance: { name: '焊接联盟' }, alliances: { nodes: [{ id: alliance.id }] } },
  });
  expect((await ask(read, { id: alliance.id })).data).toEqual({ alliance: null, alliances: { nodes: [] } });
  expect((await act('leaveAlliance', ALLIANCE, pair, namer)).members).toHaveLength(1);
  const ending = { allianceId: id(alliance.id), reason: text('目标已达成') };
  expect(await act('endAlliance', ALLIANCE, ending, namer)).toMatchObject({ state: 'ENDED', endReason: '目标已达成' });
});

const PAGE = `query ($id: Id!) { studio(id: $id) { name field premises about tags leaderKind state unionName leaderName
  peopleCount members { nodes { name duty joinedOn } } names { level number namedOn endsOn endedOn unionName }
  alliances { name field foundedOn lead { studioId name unionName } members { name } } } }`;

test('every member of the tree sees a named studio: its leader by name, the others masked, its names and alliances', async () => {
  const { asMember, admin, westWorks, eastWorks, province, found, join, named } = await aScene();
  const viewer = await aMember(deps, westWorks);
  const colleague = await aMember(deps, eastWorks, { name: '欧阳小红' });
  const leaderId = await aSkilledPerson(deps, eastWorks);
  await deps.db.query("UPDATE member SET name = '王小明' WHERE id = ?", [leaderId]);
  const leader = { memberId: leaderId, kind: 'skilled_worker' as const, evidenceIds: [] };
  const studioId = await found({ name: '王小明创新工作室', tags: ['女职工'], leader });
  accepted(await join(studioId, colleague));
  expect((await asMember(viewer, PAGE, { id: studioId })).data.studio).toBeNull();
  expect((await asMember(colleague, PAGE, { id: studioId })).data.studio).toMatchObject({ name: '王小明创新工作室' });
  await named(studioId);
  const alliance = { unionId: province, name: '焊接联盟', field: '焊接', leadStudioId: studioId };
  accepted(await foundAlliance(deps, admin, aKey(), { ...alliance, memberStudioIds: [await found({ name: '乙' })] }));
  const { data } = await asMember(viewer, PAGE, { id: studioId });
  expect(data.studio).toMatchObject({
    ...{ name: '王小明创新工作室', tags: ['女职工'], unionName: '东厂工会', leaderName: '王小明', peopleCount: 2 },
    members: { nodes: [{ name: '欧**红', duty: '工艺设计' }] },
    names: [{ level: 'PROVINCE', namedOn: '2026-03-16', endsOn: '2029-03-15', endedOn: null, unionName: '省总工会' }],
    alliances: [{ name: '焊接联盟', lead: { studioId }, members: [{ name: '乙' }] }],
  });
  const own = await asMember(colleague, '{ myStudio { name members { nodes { name } } } }');
  expect(own.data.myStudio).toEqual({ name: '王小明创新工作室', members: { nodes: [{ name: '欧阳小红' }] } });
  expect((await asMember(viewer, '{ myStudio { name } }')).data.myStudio).toBeNull();
});

test('the list of named studios is filtered by union, field, tag and level; another tree sees none of it', async () => {
  const { asMember, admin, westWorks, eastWorks, east, found, apply, publish, afterNotice, naming } = await aScene();
  const viewer = await aMember(deps, eastWorks);
  const first = await found({ name: '甲', field: '焊接', tags: ['女职工'] });
  const second = await aStudio(deps, admin, westWorks, { name: '乙', field: '数控' });
  await found({ name: '未命名' });
  const namingIds = [accepted(await apply(first)), accepted(await apply(second, {}, admin))];
  accepted(await publish(namingIds));
  const city = accepted(await apply(first, { level: 'city', namingUnionId: east }));
  accepted(await publish([city], { unionId: east, level: 'city' }));
  await afterNotice();
  const list = async (args = '', memberId = viewer) => {
    const { data } = await asMember(memberId, `{ studios${args} { nodes { name } } }`);
    return data.studios.nodes.map(({ name }: { name: string }) => name);
  };
  expect(await list()).toEqual(['乙', '甲']);
  expect(await list(`(unionId: "${eastWorks}")`)).toEqual(['甲']);
  expect(await list('(field: "数控")')).toEqual(['乙']);
  expect(await list('(tag: "女职工")')).toEqual(['甲']);
  expect(await list('(level: CITY)')).toEqual(['甲']);
  expect(await list('(level: NATION)')).toEqual([]);
  const elsewhere = await aUnion(deps, null, '外省总工会', 'province');
  const stranger = await aMember(deps, elsewhere);
  expect(await list('', stranger)).toEqual([]);
  expect(await list(`(unionId: "${eastWorks}")`, stranger)).toEqual([]);
  expect((await asMember(stranger, PAGE, { id: first })).data.studio).toBeNull();
  const withdrawn = { namingId: namingIds[1]!, reason: '弄虚作假' };
  accepted(await withdrawName(deps, admin, aKey(), withdrawn));
  expect(await naming(namingIds[1]!)).toMatchObject({ state: 'withdrawn' });
  expect(await list()).toEqual(['甲']);
  expect((await asMember(viewer, PAGE, { id: second })).data.studio).toMatchObject({ name: '乙' });
});

test('the statements of a list do not grow with its rows, nor with the people, names and alliances of its studios', async () => {
  const { ask, asMember, namer, admin, province, eastWorks, found, join, named, person } = await aScene();
  const viewer = await aMember(deps, eastWorks);
  const studioIds: string[] = [];
  for (let i = 0; i < 4; i++) {
    const studioId = await found({ tags: [`标签${i}`] });
    accepted(await join(studioId, await person()));
    studioIds.push((await named(studioId)).id);
  }
  for (let i = 0; i < 2; i++) {
    const alliance = { unionId: province, name: `联盟${i}`, field: '焊接', leadStudioId: studioIds[i]! };
    accepted(await foundAlliance(deps, admin, aKey(), { ...alliance, memberStudioIds: studioIds.slice(2) }));
  }
  const query = (first: number) =>
    `query { studios(first: ${first}) { nodes { ${STUDIO.replace('... on Studio', '').trim().slice(1, -1)} } } }`;
  const counted = (asking: () => Promise<Answer>) =>
    countQueries(deps.db, async () => expect((await asking()).errors).toEqual([]));
  const cost = (first: number) => counted(() => ask(query(first), {}, namer));
  expect(await cost(4)).toBe(await cost(1));
  for (const list of [
    'studioNamings(first: COUNT) { nodes { id studio { leader { name } } namingUnionName evidence { id } } }',
    'namingRounds(first: COUNT) { nodes { unionName namings { nodes { id studio { name tags } } } } }',
    'alliances(first: COUNT) { nodes { lead { name unionName } members { name unionName } } }',
  ]) {
    const costOfList = (first: number) => counted(() => ask(`{ ${list.replace('COUNT', String(first))} }`, {}, namer));
    expect(await costOfList(2)).toBe(await costOfList(1));
  }
  const page = (first: number) => `{ studios(first: ${first}) { nodes { name tags unionName leaderName peopleCount
    members { nodes { name } } names { unionName } alliances { lead { name unionName } members { name unionName } } } } }`;
  const shown = await asMember(viewer, page(4));
  expect(shown.data.studios.nodes).toHaveLength(4);
  const costOfPage = (first: number) => counted(() => asMember(viewer, page(first)));
  expect(await costOfPage(4)).toBe(await costOfPage(1));
});

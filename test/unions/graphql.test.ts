import { printSchema } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildDoorSchema } from '../../src/doors.ts';
import { newId } from '../../src/platform/ids.ts';
import { startApi, type TestApi, tokenFor } from '../support/api.ts';
import { codes } from '../support/client.ts';
import { countQueries } from '../support/count-queries.ts';
import { testConfig, testDeps, workerDatabase } from '../support/deps.ts';
import { WechatStandIn } from '../support/wechat-stand-in.ts';
import { aKey, aMember, aProgramme, aTree, aUnion, auditTrail } from './tree.ts';

const wechat = new WechatStandIn();
let api: TestApi;

beforeAll(async () => {
  const config = testConfig(workerDatabase(), { WECHAT_BASE_URL: await wechat.start() });
  api = await startApi({ ...(await testDeps()), config });
});

afterAll(async () => {
  await api.close();
  await wechat.stop();
});

const PERSON = { name: '王小明', staffNumber: 'E1', phone: '13812341234', idNumber: '11010119900307001X' };

/** An operator with a role over a union, signed in. */
async function aSignedInAdmin(unionId: string, role = 'federation-admin'): Promise<string> {
  const deps = await testDeps();
  const id = newId();
  await deps.db.query(
    "INSERT INTO operator (id, door, login, name, password_hash, created_at) VALUES (?, 'admin', ?, '张主席', '-', ?)",
    [id, `admin-${id}`, deps.clock.now()],
  );
  await deps.db.query('INSERT INTO admin_role (operator_id, union_id, role) VALUES (?, ?, ?)', [id, unionId, role]);
  return tokenFor(deps, 'admin', id);
}

const asAdmin = (token: string) => (query: string, variables?: Record<string, unknown>) =>
  api.ask('admin', query, { token, variables, language: 'en' });

test('a member signs in with WeChat, binds, and sees herself as the roster has her', async () => {
  const { deps, province, eastWorks } = await aTree();
  await aProgramme(deps, eastWorks, '厂积分');
  await aProgramme(deps, province, '省积分');
  const id = await aMember(deps, eastWorks, PERSON);
  const signIn = `mutation ($code: String!) {
    signInWithWechat(code: $code) { __typename ... on SessionTokens { accessToken refreshToken expiresAt }
      ... on BindingNeeded { bindingToken } ... on Refusal { code } } }`;
  const { data } = await api.ask('member', signIn, { variables: { code: wechat.loginCode('oA') } });
  expect(data.signInWithWechat).toEqual({ __typename: 'BindingNeeded', bindingToken: expect.any(String) });
  const bind = `mutation ($token: String!, $end: String!) {
    bindByStaffNumber(bindingToken: $token, staffNumber: "E1", name: "王小明", idNumberEnd: $end) {
      __typename ... on SessionTokens { accessToken } ... on Refusal { code message } } }`;
  const token = data.signInWithWechat.bindingToken;
  const wrong = await api.ask('member', bind, { variables: { token, end: '0000' }, language: 'zh' });
  expect(wrong.data.bindByStaffNumber).toMatchObject({ __typename: 'Refusal', code: 'NOT_ON_ROSTER' });
  expect(wrong.data.bindByStaffNumber.message).toContain('会员名册');
  const bound = await api.ask('member', bind, { variables: { token, end: '001X' } });
  const me = await api.ask(
    'member',
    '{ me { id name staffNumber maskedPhone state union { id name } programmes { name pointPriceFen } } }',
    { token: bound.data.bindByStaffNumber.accessToken },
  );
  expect(me.errors).toEqual([]);
  expect(me.data.me).toEqual({
    id,
    name: '王小明',
    staffNumber: 'E1',
    maskedPhone: '138****1234',
    state: 'ACTIVE',
    union: { id: eastWorks, name: '东厂工会' },
    programmes: [
      { name: '省积分', pointPriceFen: 10 },
      { name: '厂积分', pointPriceFen: 10 },
    ],
  });
  const again = await api.ask('member', signIn, { variables: { code: wechat.loginCode('oA') } });
  expect(again.data.signInWithWechat.__typename).toBe('SessionTokens');
});

test('nobody who is not signed in is anybody', async () => {
  expect(codes(await api.ask('member', '{ me { id } }'))).toEqual(['UNAUTHENTICATED']);
});

test('sign-in for development is there outside production', async () => {
  const { deps, eastWorks } = await aTree();
  await aMember(deps, eastWorks, PERSON);
  const { data } = await api.ask(
    'member',
    'mutation { developmentSignIn(staffNumber: "E1") { ... on SessionTokens { accessToken } } }',
  );
  const me = await api.ask('member', '{ me { name } }', { token: data.developmentSignIn.accessToken });
  expect(me.data.me).toEqual({ name: '王小明' });
});

test('in production nothing of sign-in for development can even be named', async () => {
  const schema = printSchema(await buildDoorSchema('member', { production: true }));
  expect(schema).toContain('signInWithWechat');
  expect(schema).not.toMatch(/development/i);
});

test('an admin walks down her branch and sees nothing beside or above it', async () => {
  const { province, east, west, eastWorks } = await aTree();
  const ask = asAdmin(await aSignedInAdmin(east));
  const tree = `query ($id: Id!) { unions { nodes { id kind children { nodes { id name } pageInfo { hasNextPage endCursor } } } }
    union(id: $id) { id parentId } }`;
  const mine = await ask(tree, { id: east });
  expect(mine.errors).toEqual([]);
  expect(mine.data).toEqual({
    unions: {
      nodes: [
        {
          id: east,
          kind: 'CITY',
          children: {
            nodes: [{ id: eastWorks, name: '东厂工会' }],
            pageInfo: { hasNextPage: false, endCursor: eastWorks },
          },
        },
      ],
    },
    union: { id: east, parentId: province },
  });
  for (const id of [province, west, newId()]) expect((await ask(tree, { id })).data.union).toBeNull();
});

test('a programme of a higher union shows its union’s name and no way down from there', async () => {
  const { deps, province, east, eastWorks } = await aTree();
  await aProgramme(deps, province, '省积分');
  const id = await aMember(deps, eastWorks);
  const ask = asAdmin(await aSignedInAdmin(east));
  const { data, errors } = await ask(
    `query ($id: Id!) { member(id: $id) { programmes { union { name children { nodes { id } } } } } programmes { nodes { id } } }`,
    { id },
  );
  expect(errors).toEqual([]);
  expect(data.member.programmes).toEqual([{ union: { name: '省总工会', children: { nodes: [] } } }]);
  expect(data.programmes.nodes).toEqual([]);
});

test('an admin makes a union and a programme, changes them, and gets refusals in her language', async () => {
  const { deps, east } = await aTree();
  const ask = asAdmin(await aSignedInAdmin(east));
  const made = await ask(
    `mutation ($id: Id!, $k1: String!, $k2: String!, $k3: String!) {
      createUnion(key: $k1, parentId: $id, name: "分厂", kind: GRASS_ROOTS) { ... on Union { id kind } }
      createProgramme(key: $k2, unionId: $id, name: "市积分", pointPriceFen: 5, pointsLiveDays: 365) {
        ... on Programme { id undoMinutes union { id } } }
      refused: createProgramme(key: $k3, unionId: $id, name: "别的", pointPriceFen: 5, pointsLiveDays: 0) {
        ... on Refusal { code message at } } }`,
    { id: east, k1: aKey(), k2: aKey(), k3: aKey() },
  );
  expect(made.errors).toEqual([]);
  expect(made.data).toMatchObject({
    createUnion: { kind: 'GRASS_ROOTS' },
    createProgramme: { undoMinutes: 10, union: { id: east } },
    refused: {
      code: 'TERM_OUT_OF_RANGE',
      message: 'pointsLiveDays must be a whole number from 1 to 36500.',
      at: 'pointsLiveDays',
    },
  });
  const changed = await ask(
    `mutation ($union: Id!, $programme: Id!, $k1: String!, $k2: String!) {
      renameUnion(key: $k1, id: $union, name: "一分厂") { ... on Union { name } }
      changeProgramme(key: $k2, id: $programme, undoMinutes: 0, name: null) {
        ... on Programme { name pointPriceFen undoMinutes } ... on Refusal { code } } }`,
    { union: made.data.createUnion.id, programme: made.data.createProgramme.id, k1: aKey(), k2: aKey() },
  );
  expect(changed.data).toEqual({
    renameUnion: { name: '一分厂' },
    changeProgramme: { name: '市积分', pointPriceFen: 5, undoMinutes: 0 },
  });
  expect((await auditTrail(deps)).map((record) => record.action)).toEqual([
    'createUnion',
    'createProgramme',
    'renameUnion',
    'changeProgramme',
  ]);
});

const MEMBERS = `query ($unionId: Id, $search: String, $state: MemberState, $first: Int) {
  members(unionId: $unionId, search: $search, state: $state, first: $first) {
    nodes { name staffNumber state joinedOn maskedPhone maskedIdNumber boundAt union { name } programmes { name union { id } } } } }`;

test('an admin finds members of her branch with their personal data masked', async () => {
  const { deps, east, eastWorks, westWorks } = await aTree();
  const id = await aMember(deps, eastWorks, PERSON);
  await aMember(deps, eastWorks, { name: '李雷', state: 'frozen' });
  await aMember(deps, westWorks, { name: '王西', staffNumber: 'W1' });
  await deps.db.query('INSERT INTO wechat_binding (openid, member_id, bound_at) VALUES (?, ?, ?)', [
    'oA',
    id,
    deps.clock.now(),
  ]);
  const ask = asAdmin(await aSignedInAdmin(east));
  const found = await ask(MEMBERS, { search: ' 王 ' });
  expect(found.errors).toEqual([]);
  expect(found.data.members.nodes).toEqual([
    {
      name: '王小明',
      staffNumber: 'E1',
      state: 'ACTIVE',
      joinedOn: null,
      maskedPhone: '138****1234',
      maskedIdNumber: '110*************1X',
      boundAt: deps.clock.now().toISOString(),
      union: { name: '东厂工会' },
      programmes: [],
    },
  ]);
  const names = async (variables: object) =>
    (await ask(MEMBERS, { ...variables })).data.members.nodes.map((node: { name: string }) => node.name);
  expect(await names({})).toEqual(['王小明', '李雷']);
  expect(await names({ state: 'FROZEN' })).toEqual(['李雷']);
  expect(await names({ unionId: westWorks })).toEqual([]);
  expect(codes(await ask(MEMBERS, { first: 101 }))).toEqual(['BAD_PAGE']);
});

test('an admin freezes, moves and unbinds a member; one of another branch learns nothing', async () => {
  const { deps, province, east, west, eastWorks, westWorks } = await aTree();
  const id = await aMember(deps, eastWorks, PERSON);
  await deps.db.query("INSERT INTO wechat_binding (openid, member_id, bound_at) VALUES ('oA', ?, NOW())", [id]);
  const act = `mutation ($id: Id!, $unionId: Id!, $k1: String!, $k2: String!, $k3: String!) {
    setMemberState(key: $k1, id: $id, state: FROZEN, reason: "核查") { ... on Member { state } ... on Refusal { code } }
    moveMember(key: $k2, id: $id, unionId: $unionId) { ... on Member { union { id } } ... on Refusal { code } }
    unbindMember(key: $k3, id: $id) { ... on Member { boundAt } ... on Refusal { code } } }`;
  const input = () => ({ id, unionId: westWorks, k1: aKey(), k2: aKey(), k3: aKey() });
  const stranger = await asAdmin(await aSignedInAdmin(west))(act, input());
  const unknown = { code: 'MEMBER_UNKNOWN' };
  expect(stranger.data).toEqual({ setMemberState: unknown, moveMember: unknown, unbindMember: unknown });
  const own = await asAdmin(await aSignedInAdmin(province))(act, input());
  expect(own.data).toEqual({
    setMemberState: { state: 'FROZEN' },
    moveMember: { union: { id: westWorks } },
    unbindMember: { boundAt: null },
  });
  const auditor = await asAdmin(await aSignedInAdmin(east, 'auditor'))(act, input());
  expect(new Set(codes(auditor))).toEqual(new Set(['UNAUTHORIZED']));
});

test('lists take no more statements for a hundred rows than for two', async () => {
  const { deps, province, east, eastWorks, westWorks } = await aTree();
  await aProgramme(deps, province, '省积分');
  await aProgramme(deps, eastWorks, '厂积分');
  for (let i = 0; i < 100; i++) {
    const unionId = i % 2 ? eastWorks : westWorks;
    await aMember(deps, unionId, { phone: `138000001${String(i).padStart(2, '0')}` });
    await aUnion(deps, east, `第${i}分厂`);
    await aProgramme(deps, i % 2 ? east : westWorks, `方案${i}`);
  }
  const ask = asAdmin(await aSignedInAdmin(province));
  const lists = [
    `query ($first: Int) { list: members(first: $first) {
      nodes { maskedPhone maskedIdNumber boundAt union { name } programmes { name union { name } } } } }`,
    'query ($first: Int) { list: programmes(first: $first) { nodes { name union { name } } } }',
    `query ($first: Int) { list: unions(first: 1) { nodes {
      children(first: 2) { nodes { children(first: $first) { nodes { children(first: 1) { nodes { name } } } } } } } } }`,
  ];
  for (const list of lists) {
    const counted = (first: number) =>
      countQueries(deps.db, async () => {
        const { data, errors } = await ask(list, { first });
        expect(errors).toEqual([]);
        expect(JSON.stringify(data).match(/"name"|"children"/g)?.length).toBeGreaterThanOrEqual(first);
      });
    // The first request looks up the session, too.
    await counted(1);
    expect(await counted(100)).toBe(await counted(2));
  }
});

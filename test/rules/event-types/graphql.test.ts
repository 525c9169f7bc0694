import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { READY_MADE } from '../../../src/rules/event-types/ready-made.ts';
import { startApi, type TestApi, tokenFor } from '../../support/api.ts';
import { testDeps } from '../../support/deps.ts';
import { aProgramme } from '../../support/ledger.ts';
import { aWorld } from '../world.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(await testDeps());
});
afterAll(() => api.close());

const TYPE = 'code name area claimable readyMade attributes { name kind required choices }';
const DECLARE = `mutation ($key: String!, $programmeId: Id!, $type: EventTypeInput!) {
  declareEventType(key: $key, programmeId: $programmeId, code: "course", type: $type) {
    ... on EventType { ${TYPE} } ... on Refusal { code at message } } }`;
const CHANGE = DECLARE.replace('declareEventType', 'changeEventType');
const LIST = `query ($programmeId: Id!) { eventTypes(programmeId: $programmeId) { ${TYPE} } }`;

/** An admin who is signed in and has a role in a union. */
async function signedIn(role = 'programme-admin') {
  const { deps, programmeId, unionId } = await aWorld();
  const id = newId();
  const operator = [id, 'admin', id, '管理员', 'none', deps.clock.now()];
  await deps.db.query('INSERT INTO operator (id, door, login, name, password_hash, created_at) VALUES (?)', [operator]);
  await deps.db.query('INSERT INTO admin_role (operator_id, union_id, role) VALUES (?)', [[id, unionId, role]]);
  const token = await tokenFor(deps, 'admin', id);
  const ask = (query: string, variables = {}) =>
    api.ask('admin', query, { variables: { key: newId(), programmeId, ...variables }, token });
  return { deps, programmeId, ask };
}

const COURSE = {
  name: '培训',
  area: 'GROWTH',
  claimable: true,
  attributes: [
    { name: '等级', kind: 'CHOICE', required: true, choices: ['初级', '中级'] },
    { name: '学时', kind: 'NUMBER', required: false },
  ],
};
const SHOWN = {
  ...COURSE,
  code: 'course',
  readyMade: false,
  attributes: [COURSE.attributes[0], { ...COURSE.attributes[1], choices: [] }],
};

test('an admin declares an event type, changes it, and finds it in the list with the ready-made ones', async () => {
  const { ask } = await signedIn();
  expect((await ask(DECLARE, { type: COURSE })).data.declareEventType).toEqual(SHOWN);
  const changed = { ...COURSE, claimable: false, attributes: [] };
  expect((await ask(CHANGE, { type: changed })).data.changeEventType).toEqual({ ...SHOWN, ...changed });
  const { eventTypes } = (await ask(LIST)).data;
  expect(eventTypes).toHaveLength(READY_MADE.length + 1);
  expect(eventTypes.at(-1)).toEqual({ ...SHOWN, ...changed });
  expect(eventTypes.find((type: { code: string }) => type.code === 'degree')).toEqual({
    code: 'degree',
    name: '学历提升',
    area: 'GROWTH',
    claimable: true,
    readyMade: true,
    attributes: [{ name: '学历层次', kind: 'CHOICE', required: true, choices: ['大专', '本科', '硕士', '博士'] }],
  });
});

test('a bad declaration is refused with its place, in the language of the reader', async () => {
  const { ask } = await signedIn();
  const type = { ...COURSE, attributes: [{ name: '等级', kind: 'CHOICE', required: true, choices: ['初级', ' '] }] };
  expect((await ask(DECLARE, { type })).data.declareEventType).toMatchObject({
    code: 'CHOICES_MALFORMED',
    at: 'attributes.0.choices.1',
    message: expect.stringContaining('选项'),
  });
});

test('who records events reads the types and cannot declare one; another programme shows none', async () => {
  const { deps, ask } = await signedIn('event-recorder');
  expect((await ask(LIST)).data.eventTypes).toHaveLength(READY_MADE.length);
  expect((await ask(DECLARE, { type: COURSE })).errors).toMatchObject([{ extensions: { code: 'UNAUTHORIZED' } }]);
  const { programmeId } = await aProgramme(deps);
  expect((await ask(LIST, { programmeId })).data.eventTypes).toEqual([]);
});

import { expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { changeEventType } from '../../../src/rules/event-types/change-event-type.ts';
import { declareEventType, type TypeToDeclare } from '../../../src/rules/event-types/declare-event-type.ts';
import type { AttributeDeclaration } from '../../../src/rules/event-types/event-type.ts';
import { eventTypesOf, findEventType } from '../../../src/rules/event-types/queries.ts';
import { READY_MADE } from '../../../src/rules/event-types/ready-made.ts';
import { aProgramme } from '../../support/ledger.ts';
import { accepted, adminOf, aWorld } from '../world.ts';

const LEVEL: AttributeDeclaration = { name: '等级', kind: 'choice', required: true, choices: ['初级', '中级'] };

async function aUnion() {
  const world = await aWorld();
  const { deps, programmeId, caller } = world;
  const course: TypeToDeclare = {
    ...{ programmeId, code: 'course', name: '培训', area: 'growth', claimable: true },
    attributes: [LEVEL, { name: '学时', kind: 'number', required: false }],
  };
  const declare = (changes: Partial<TypeToDeclare> = {}, by = caller, key = newId()) =>
    declareEventType(deps, by, key, { ...course, ...changes });
  const change = (changes: Partial<TypeToDeclare> = {}, by = caller, key = newId()) =>
    changeEventType(deps, by, key, { ...course, ...changes });
  const known = async (code = 'course') => findEventType(deps.db.manager, programmeId, code);
  const audits = async () =>
    deps.db.query(
      "SELECT action, target_id, union_id, value_before, value_after FROM audit_record WHERE target_kind = 'event_type' ORDER BY number",
    );
  return { ...world, course, declare, change, known, audits };
}

const refusal = (code: string, at: string) => ({ ok: false, refusal: { code, at } });

test('a declared type is known in its programme besides the ready-made ones, and nowhere else', async () => {
  const { deps, programmeId, unionId, course, declare, audits } = await aUnion();
  const id = accepted(await declare());
  const { programmeId: _, ...declaration } = course;
  const types = await eventTypesOf(deps.db.manager, programmeId);
  expect(types).toEqual([...READY_MADE, { ...declaration, readyMade: false }]);
  const elsewhere = await aProgramme(deps);
  expect(await eventTypesOf(deps.db.manager, elsewhere.programmeId)).toEqual(READY_MADE);
  const [audit, ...others] = await audits();
  expect(audit).toMatchObject({ action: 'declareEventType', target_id: id, union_id: unionId, value_before: null });
  expect(JSON.parse(audit.value_after)).toEqual(declaration);
  expect(others).toEqual([]);
});

const choice = (...choices: string[]): AttributeDeclaration => ({
  name: '成绩',
  kind: 'choice',
  required: true,
  choices,
});
const numbered = (count: number, text = '') => Array.from({ length: count }, (_, i) => `${text}${i}`);

test.each<[string, Partial<TypeToDeclare>, string, string]>([
  ['a code with capitals', { code: 'Course' }, 'EVENT_TYPE_MALFORMED', 'code'],
  ['a code that is too long', { code: 'c'.repeat(41) }, 'EVENT_TYPE_MALFORMED', 'code'],
  ['no name', { name: '' }, 'NAME_MALFORMED', 'name'],
  ['a name that is too long', { name: '名'.repeat(61) }, 'NAME_MALFORMED', 'name'],
  ['a name with a space at its end', { name: '培训 ' }, 'NAME_MALFORMED', 'name'],
  [
    'too many attributes',
    { attributes: numbered(21, 'a').map((name) => ({ name, kind: 'text', required: false })) },
    'ATTRIBUTES_TOO_MANY',
    'attributes',
  ],
  [
    'an attribute with a space in its name',
    { attributes: [LEVEL, { name: '学 时', kind: 'text', required: true }] },
    'ATTRIBUTE_NAME_MALFORMED',
    'attributes.1.name',
  ],
  [
    'an attribute twice',
    { attributes: [LEVEL, { name: '等级', kind: 'text', required: true }] },
    'ATTRIBUTE_REPEATED',
    'attributes.1.name',
  ],
  [
    'a choice without choices',
    { attributes: [{ name: '等级', kind: 'choice', required: true }] },
    'CHOICES_MALFORMED',
    'attributes.0.choices',
  ],
  ['a choice of nothing', { attributes: [choice()] }, 'CHOICES_MALFORMED', 'attributes.0.choices'],
  ['too many choices', { attributes: [choice(...numbered(51))] }, 'CHOICES_MALFORMED', 'attributes.0.choices'],
  [
    'too many choices in all',
    { attributes: numbered(5, '成绩').map((name) => ({ ...choice(...numbered(41)), name })) },
    'CHOICES_MALFORMED',
    'attributes.4.choices',
  ],
  [
    'a text with choices',
    { attributes: [LEVEL, { name: '课程', kind: 'text', required: true, choices: ['电工'] }] },
    'CHOICES_MALFORMED',
    'attributes.1.choices',
  ],
  ['a choice twice', { attributes: [LEVEL, choice('优', '良', '优')] }, 'CHOICES_MALFORMED', 'attributes.1.choices.2'],
  [
    'a choice twice, its accent encoded otherwise',
    { attributes: [choice('e\u0301', '\u00e9')] },
    'CHOICES_MALFORMED',
    'attributes.0.choices.1',
  ],
  ['an empty choice', { attributes: [choice('优', '')] }, 'CHOICES_MALFORMED', 'attributes.0.choices.1'],
  [
    'a choice that is too long',
    { attributes: [choice('长'.repeat(41))] },
    'CHOICES_MALFORMED',
    'attributes.0.choices.0',
  ],
])('%s: neither declared nor changed into, and the place is named', async (_, changes, code, at) => {
  const { declare, change, known, audits } = await aUnion();
  accepted(await declare());
  expect(await declare({ code: 'other', ...changes })).toMatchObject(refusal(code, at));
  expect(await change(changes)).toMatchObject(refusal(code, at));
  expect(await known('other')).toBeUndefined();
  expect(await known()).toMatchObject({ name: '培训', attributes: [LEVEL, { name: '学时' }] });
  expect(await audits()).toHaveLength(1);
});

test('the largest type there can be is kept, with its audit record', async () => {
  const { declare, change, known, audits } = await aUnion();
  const attributes = Array.from({ length: 20 }, (_, i) => ({
    ...choice(...numbered(10).map((one) => one.padStart(40, '长'))),
    name: `${i}`.padStart(30, '名'),
  }));
  accepted(await declare({ attributes }));
  accepted(await change({ attributes, claimable: false }));
  expect(await known()).toMatchObject({ attributes, claimable: false });
  expect(await audits()).toHaveLength(2);
});

test('a type declared under the code of a ready-made one stands in its place', async () => {
  const { deps, programmeId, declare, audits, memberIds, event, tryRecord } = await aUnion();
  const ready = READY_MADE.find((type) => type.code === 'honour')!;
  const granter: AttributeDeclaration = { name: '授予单位', kind: 'text', required: true };
  const honour = { code: 'honour', name: '荣誉', attributes: [...ready.attributes, granter] };
  accepted(await declare(honour));
  const types = await eventTypesOf(deps.db.manager, programmeId);
  expect(types.map((type) => type.code)).toEqual(READY_MADE.map((type) => type.code));
  expect(types.find((type) => type.code === 'honour')).toMatchObject({ ...honour, readyMade: false });
  const [audit] = await audits();
  expect(JSON.parse(audit.value_before)).toMatchObject({ code: 'honour', readyMade: true });
  expect(await tryRecord([event(memberIds[0]!, 'honour')])).toMatchObject({
    refusal: { problems: [{ code: 'ATTRIBUTE_MISSING' }] },
  });
  const given = event(memberIds[0]!, 'honour', { attributes: { 授予单位: '市总工会' } });
  expect(await tryRecord([given])).toMatchObject({ value: { recorded: 1 } });
});

test('a code is declared once, also by eight at once, the same key answering the same', async () => {
  const { declare, count, caller } = await aUnion();
  const outcomes = await Promise.all(Array.from({ length: 8 }, (_, i) => declare({ name: `培训${i}` })));
  expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
  const refused = outcomes.filter((one) => !one.ok);
  for (const one of refused) expect(one).toMatchObject(refusal('EVENT_TYPE_TAKEN', 'code'));
  expect(await count('event_type')).toBe(1);
  const first = await declare({ code: 'once' }, caller, 'key-of-the-act');
  expect(await declare({ code: 'once' }, caller, 'key-of-the-act')).toEqual(first);
  expect(await count('event_type')).toBe(2);
});

test('a programme declares a hundred types at the most', async () => {
  const { deps, programmeId, declare, count } = await aUnion();
  const now = deps.clock.now();
  const rows = numbered(99, 't').map((code) => [newId(), programmeId, code, code, 'other', false, '[]', now, now]);
  await deps.db.query(
    `INSERT INTO event_type (id, programme_id, code, name, area, claimable, attributes, created_at, updated_at) VALUES ?`,
    [rows],
  );
  accepted(await declare());
  expect(await declare({ code: 'more' })).toMatchObject(refusal('EVENT_TYPES_TOO_MANY', 'code'));
  expect(await count('event_type')).toBe(100);
});

test('types are declared and changed by who may write the rules of the programme’s union, and nobody else', async () => {
  const { unionId, declare, change, known, count } = await aUnion();
  accepted(await declare());
  const strangers = [
    adminOf(`/${newId()}/`),
    adminOf(`/${unionId}/${newId()}/`),
    adminOf(`/${unionId}/`, ['rules:read']),
  ];
  const unknown = refusal('PROGRAMME_UNKNOWN', 'programmeId');
  for (const by of strangers) {
    expect(await declare({ code: 'other' }, by)).toMatchObject(unknown);
    expect(await change({ name: '讲座' }, by)).toMatchObject(unknown);
  }
  expect(await declare({ code: 'other', programmeId: newId() })).toMatchObject(unknown);
  expect(await count('event_type')).toBe(1);
  expect(await known()).toMatchObject({ name: '培训' });
});

test('a declared type can be changed in all but its code; recorded events keep what they have', async () => {
  const { deps, declare, change, known, audits, memberIds, event, record, tryRecord, caller } = await aUnion();
  const id = accepted(await declare());
  const attributes = { 等级: '初级', 学时: 8 };
  await record(event(memberIds[0]!, 'course', { attributes }));
  const changes = { name: '讲座', area: 'culture' as const, claimable: false, attributes: [choice('优')] };
  expect(await change(changes, caller, 'key-of-the-act')).toEqual({ ok: true, value: id });
  expect(await change(changes, caller, 'key-of-the-act')).toEqual({ ok: true, value: id });
  expect(await known()).toEqual({ code: 'course', readyMade: false, ...changes });
  const [, audit, ...others] = await audits();
  expect(audit).toMatchObject({ action: 'changeEventType', target_id: id });
  expect(JSON.parse(audit.value_before)).toMatchObject({ name: '培训', attributes: [LEVEL, { name: '学时' }] });
  expect(JSON.parse(audit.value_after)).toMatchObject(changes);
  expect(others).toEqual([]);
  expect(await deps.db.query('SELECT attributes FROM activity_event')).toEqual([
    { attributes: JSON.stringify(attributes) },
  ]);
  expect(await tryRecord([event(memberIds[1]!, 'course', { attributes })])).toMatchObject({
    refusal: {
      problems: [{ code: 'ATTRIBUTE_UNKNOWN' }, { code: 'ATTRIBUTE_UNKNOWN' }, { code: 'ATTRIBUTE_MISSING' }],
    },
  });
});

test('what the programme did not declare cannot be changed, the ready-made neither', async () => {
  const { change, count } = await aUnion();
  for (const code of ['course', 'degree'])
    expect(await change({ code })).toMatchObject(refusal('EVENT_TYPE_UNKNOWN', 'code'));
  expect(await count('event_type')).toBe(0);
});

import { expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { isEventsRefusal } from '../../src/rules/event-refusals.ts';
import { declareEventType } from '../../src/rules/event-types/declare-event-type.ts';
import { recordEvents } from '../../src/rules/record-events.ts';
import { countQueries } from '../support/count-queries.ts';
import { aProgramme, members } from '../support/ledger.ts';
import { accepted, adminOf, aWorld } from './world.ts';

async function degreeWorld() {
  const world = await aWorld();
  const [ann, bob] = world.memberIds as [string, string];
  const degree = (memberId = ann, level = '本科') =>
    world.event(memberId, 'degree', { attributes: { 学历层次: level } });
  /** That a refused call left nothing but its outcome. */
  const nothingRecorded = async () => {
    for (const table of ['activity_event', 'outbox']) expect(await world.count(table)).toBe(0);
    expect(await world.count("audit_record WHERE action = 'recordEvents'")).toBe(0);
  };
  return { ...world, ann, bob, degree, nothingRecorded };
}

/** A city with a works union below it, in a province whose programme covers both; each works with one member. */
async function aProvince() {
  const world = await aWorld();
  const { deps, unionId } = world;
  const works = await Promise.all(
    ['东厂', '西厂'].map(async (name) => {
      const id = newId();
      const path = `/${unionId}/${id}/`;
      const row = [id, unionId, name, 'enterprise', path, deps.clock.now()];
      await deps.db.query('INSERT INTO union_node (id, parent_id, name, kind, path, created_at) VALUES (?)', [row]);
      const [member] = (await members(deps.db, id, 1)) as [string];
      return { id, path, member };
    }),
  );
  const [east, west] = works as [(typeof works)[0], (typeof works)[0]];
  return { ...world, east, west };
}

test('a call records its events in one transaction with one job for them and one audit record', async () => {
  const { deps, ann, bob, degree, record, event, states, outbox, count, caller, programmeId } = await degreeWorld();
  const { id, ...recording } = await record(degree(ann), event(bob, 'honour'), degree(bob, '大专'));
  expect(recording).toMatchObject({ recorded: 3, repeated: 0 });
  expect(await states(recording.eventIds)).toEqual(['recorded', 'recorded', 'recorded']);
  expect(await outbox()).toEqual([{ job: 'accrue', payload: { eventIds: recording.eventIds } }]);
  const [event1] = await deps.db.query('SELECT * FROM activity_event WHERE id = ?', [recording.eventIds[0]]);
  expect(event1).toMatchObject({
    member_id: ann,
    type: 'degree',
    attributes: '{"学历层次":"本科"}',
    occurred_on: '2026-08-03',
    recorded_by: caller.actor,
  });
  const [audit] = await deps.db.query("SELECT * FROM audit_record WHERE action = 'recordEvents'");
  expect(audit).toMatchObject({ actor: caller.actor, target_kind: 'recording', target_id: id });
  expect(JSON.parse(audit.value_after)).toEqual({ programmeId, recorded: 3, repeated: 0 });
  expect(await count("audit_record WHERE action = 'recordEvents'")).toBe(1);
});

test('an event keeps what was known of its member when it was recorded, counted to the day on which it happened', async () => {
  const { deps, ann, unionId, degree, record } = await degreeWorld();
  await deps.db.query(
    "UPDATE member SET sex = 'female', birth_date = '1990-05-02', joined_on = '2016-05-01', union_joined_on = NULL WHERE id = ?",
    [ann],
  );
  await deps.db.query("INSERT INTO member_tag (member_id, tag, created_at) VALUES (?, '劳模', ?)", [
    ann,
    deps.clock.now(),
  ]);
  await record({ ...degree(), occurredOn: '2026-05-01' });
  await deps.db.query("UPDATE member SET sex = NULL, birth_date = '1980-01-01' WHERE id = ?", [ann]);
  const [row] = await deps.db.query('SELECT facts FROM activity_event');
  expect(JSON.parse(row.facts)).toEqual({
    unionPath: `/${unionId}/`,
    sex: 'female',
    age: 35,
    serviceYears: 10,
    membershipYears: null,
    tags: ['劳模'],
  });
});

test('an event that comes again, in the same call or a later one, is counted as repeated and earns once', async () => {
  const { deps, ann, degree, record, count, outbox, event } = await degreeWorld();
  expect(await record(degree(), degree(), event(ann, 'honour', { reference: '文[2026]1' }))).toMatchObject({
    recorded: 2,
    repeated: 1,
  });
  // The reference says which event it is, whatever else is told of it.
  const again = event(ann, 'honour', { reference: '文[2026]1', occurredOn: '2026-01-01' });
  expect(await record(degree(), again)).toMatchObject({ recorded: 0, repeated: 2, eventIds: [] });
  expect(await count('activity_event')).toBe(2);
  expect(await outbox()).toHaveLength(1);
  expect(await deps.db.query('SELECT occurred_on FROM activity_event WHERE reference IS NOT NULL')).toEqual([
    { occurred_on: '2026-08-03' },
  ]);
});

test('eight calls with overlapping events at once record each event once', async () => {
  const world = await aWorld({ memberCount: 60 });
  const batches = Array.from({ length: 8 }, (_, i) => world.memberIds.slice(i * 5, i * 5 + 25));
  if (batches.length > 1) batches[1]!.reverse();
  const recordings = await Promise.all(
    batches.map((ids) => world.record(...ids.map((id) => world.event(id, 'honour')))),
  );
  expect(recordings.reduce((sum, one) => sum + one.recorded, 0)).toBe(60);
  expect(recordings.reduce((sum, one) => sum + one.repeated, 0)).toBe(8 * 25 - 60);
  expect(await world.count('activity_event')).toBe(60);
  const asked = (await world.outbox()).flatMap(({ payload }) => payload.eventIds as string[]);
  expect(new Set(asked).size).toBe(60);
  expect(asked).toHaveLength(60);
});

test('a call that is sent again with its key answers the same and records nothing more', async () => {
  const { degree, tryRecord, caller, count, outbox, bob, record } = await degreeWorld();
  await record(degree(bob));
  const first = await tryRecord([degree(), degree(bob)], caller, 'key-of-the-call');
  const second = await tryRecord([degree(), degree(bob)], caller, 'key-of-the-call');
  expect(first).toMatchObject({ ok: true, value: { recorded: 1, repeated: 1 } });
  expect(second).toEqual(first);
  expect(await count('activity_event')).toBe(2);
  expect(await outbox()).toHaveLength(2);
  expect(await tryRecord([degree()], caller, 'key-of-the-call')).toMatchObject({ refusal: { code: 'KEY_REUSED' } });
});

test('a list with bad events is refused whole and tells every bad one by its place', async () => {
  const { deps, ann, bob, degree, event, tryRecord, caller, nothingRecorded } = await degreeWorld();
  await deps.db.query("UPDATE member SET birth_date = '1990-05-01' WHERE id = ?", [ann]);
  await deps.db.query("UPDATE member SET state = 'left' WHERE id = ?", [bob]);
  const events = [
    degree(),
    { ...degree(), occurredOn: '2026-08-04' },
    { ...degree(), occurredOn: '1990-04-30' },
    { ...degree(), occurredOn: '2026-02-30' },
    { ...degree(), memberId: newId() },
    degree(bob),
    event(ann, 'dance'),
    event(ann, 'degree'),
    degree(ann, '小学'),
    { ...degree(), occurredOn: '2030-01-01', reference: '' },
    { ...degree(), attributes: { 学历层次: '本科', 院校: 'x' } },
    { ...degree(), memberId: undefined },
    { ...degree(), staffNumber: 'S0' },
    { ...degree(), memberId: undefined, staffNumber: 'nobody' },
  ];
  const refused = await tryRecord(events, caller, 'key-of-a-refusal');
  if (refused.ok || !isEventsRefusal(refused.refusal)) throw new Error('not refused as a list');
  expect(refused.refusal).toMatchObject({ code: 'EVENTS_REFUSED', at: 'events.1.occurredOn' });
  expect(Object.fromEntries(refused.refusal.problems.map(({ code, places }) => [code, places]))).toEqual({
    DAY_IN_FUTURE: ['events.1.occurredOn', 'events.9.occurredOn'],
    DAY_BEFORE_BIRTH: ['events.2.occurredOn'],
    DAY_IMPOSSIBLE: ['events.3.occurredOn'],
    MEMBER_UNKNOWN: ['events.4.memberId', 'events.13.staffNumber'],
    MEMBER_LEFT: ['events.5.memberId'],
    EVENT_TYPE_UNKNOWN: ['events.6.type'],
    ATTRIBUTE_MISSING: ['events.7.attributes'],
    ATTRIBUTE_MALFORMED: ['events.8.attributes.0'],
    REFERENCE_MALFORMED: ['events.9.reference'],
    ATTRIBUTE_UNKNOWN: ['events.10.attributes.1'],
    MEMBER_NOT_NAMED: ['events.11.memberId', 'events.12.memberId'],
  });
  const told = (code: string) =>
    refused.ok ||
    (refused.refusal as never as { problems: { code: string; message: { zh: string } }[] }).problems.find(
      (one) => one.code === code,
    )?.message.zh;
  expect(told('EVENT_TYPE_UNKNOWN')).toContain('certificate、degree、honour');
  expect(told('ATTRIBUTE_MISSING')).toContain('“学历层次”');
  expect(told('ATTRIBUTE_MALFORMED')).toContain('大专、本科、硕士、博士');
  expect(told('ATTRIBUTE_UNKNOWN')).toContain('“院校”');
  expect(await tryRecord(events, caller, 'key-of-a-refusal')).toEqual(refused);
  await nothingRecorded();
});

test('the longest refusal there can be is stored and told again', async () => {
  const { ann, event, declare, tryRecord, caller, nothingRecorded } = await degreeWorld();
  for (let i = 0; i < 25; i++) {
    const choices = Array.from({ length: 50 }, (_, c) => `${c}${'长'.repeat(38)}`);
    await declare(`t${i}`, [{ name: `${'名'.repeat(27)}${i}`, kind: 'choice', required: true, choices }]);
  }
  const events = Array.from({ length: 500 }, (_, i) => ({
    ...event(ann, `t${i % 25}`, { attributes: { [`${'名'.repeat(27)}${i % 25}`]: '短' } }),
    memberId: newId(),
    occurredOn: '2030-01-01',
    reference: '',
  }));
  const refused = await tryRecord(events, caller, 'key-of-a-refusal');
  expect(refused).toMatchObject({ ok: false, refusal: { code: 'EVENTS_REFUSED' } });
  expect(await tryRecord(events, caller, 'key-of-a-refusal')).toEqual(refused);
  await nothingRecorded();
});

test('an admin records for members of the own branch only, in the programme that covers them', async () => {
  const { deps, programmeId, east, west, event, tryRecord, count } = await aProvince();
  const eastAdmin = adminOf(east.path);
  expect(await tryRecord([event(east.member, 'honour')], eastAdmin)).toMatchObject({ value: { recorded: 1 } });
  for (const [memberId, caller] of [
    [west.member, eastAdmin],
    [newId(), eastAdmin],
    [east.member, adminOf(west.path)],
  ] as const) {
    const refused = await tryRecord([event(memberId, 'honour')], caller);
    expect(refused).toMatchObject({
      refusal: { problems: [{ code: 'MEMBER_UNKNOWN', places: ['events.0.memberId'] }] },
    });
  }
  const stranger = { programmeId, events: [event(east.member, 'honour')] };
  for (const caller of [adminOf(`/${newId()}/`), adminOf(east.path, ['events:read'])]) {
    const refused = await recordEvents(deps, caller, newId(), stranger);
    expect(refused).toMatchObject({ refusal: { code: 'PROGRAMME_UNKNOWN', at: 'programmeId' } });
  }
  const nowhere = { ...stranger, programmeId: newId() };
  expect(await recordEvents(deps, eastAdmin, newId(), nowhere)).toMatchObject({
    refusal: { code: 'PROGRAMME_UNKNOWN' },
  });
  expect(await count('activity_event')).toBe(1);
});

test('a programme does not cover members outside its branch, even for an admin of both', async () => {
  const { deps, unionId, event, tryRecord, count } = await aWorld();
  const elsewhere = newId();
  const row = [elsewhere, '别处', 'enterprise', `/${elsewhere}/`, deps.clock.now()];
  await deps.db.query('INSERT INTO union_node (id, name, kind, path, created_at) VALUES (?)', [row]);
  const [stranger] = (await members(deps.db, elsewhere, 1)) as [string];
  const both = adminOf(`/${unionId}/`);
  const caller = { ...both, grants: [...both.grants, ...adminOf(`/${elsewhere}/`).grants] };
  const refused = await tryRecord([event(stranger, 'honour')], caller);
  expect(refused).toMatchObject({ refusal: { problems: [{ code: 'MEMBER_UNKNOWN' }] } });
  expect(await count('activity_event')).toBe(0);
});

test('a staff number finds the member, in any case; one that several have must be an id', async () => {
  const { deps, east, west, event, tryRecord, caller } = await aProvince();
  const byNumber = (staffNumber: string) => ({ ...event('', 'honour'), memberId: undefined, staffNumber });
  // Both works have an S0.
  expect(await tryRecord([byNumber('S0')])).toMatchObject({
    refusal: { problems: [{ code: 'STAFF_NUMBER_AMBIGUOUS', places: ['events.0.staffNumber'] }] },
  });
  await deps.db.query("UPDATE member SET state = 'left' WHERE staff_number = 'S0' AND id <> ?", [west.member]);
  const recorded = await tryRecord([byNumber('s0')], caller);
  expect(recorded).toMatchObject({ value: { recorded: 1 } });
  expect(await deps.db.query('SELECT member_id FROM activity_event')).toEqual([{ member_id: west.member }]);
  const left = await tryRecord([byNumber('S0')], adminOf(east.path));
  expect(left).toMatchObject({ refusal: { problems: [{ code: 'MEMBER_LEFT' }] } });
});

test('an event that no rule pays can be recorded: of a ready-made type or of one of the programme', async () => {
  const { deps, ann, event, declare, record } = await degreeWorld();
  await declare('course', [
    { name: '课程', kind: 'text', required: true },
    { name: '学时', kind: 'number', required: true },
    { name: '结业日', kind: 'day', required: false },
  ]);
  const attributes = { 课程: '电工', 学时: 40, 结业日: '2026-07-31' };
  expect(await record(event(ann, 'course', { attributes }), event(ann, 'milestone.new-home'))).toMatchObject({
    recorded: 2,
  });
  const rows: { attributes: string }[] = await deps.db.query(
    "SELECT attributes FROM activity_event WHERE type = 'course'",
  );
  expect(rows.map((row) => JSON.parse(row.attributes))).toEqual([attributes]);
});

test('a type of another programme is not known', async () => {
  const { deps, ann, event, tryRecord, nothingRecorded } = await degreeWorld();
  const other = await aProgramme(deps);
  const type = { code: 'course', name: '培训', area: 'growth', claimable: false, attributes: [] } as const;
  const input = { programmeId: other.programmeId, ...type, attributes: [] };
  accepted(await declareEventType(deps, adminOf(`/${other.unionId}/`), newId(), input));
  expect(await tryRecord([event(ann, 'course')])).toMatchObject({
    refusal: { problems: [{ code: 'EVENT_TYPE_UNKNOWN', places: ['events.0.type'] }] },
  });
  await nothingRecorded();
});

test('an admin does not record what she herself did, whatever else is in the list', async () => {
  const { deps, ann, bob, degree, tryRecord, caller, nothingRecorded } = await degreeWorld();
  await deps.db.query(
    "INSERT INTO operator (id, door, login, name, password_hash, created_at, member_id) VALUES (?, 'admin', ?, '管理员', 'none', ?, ?)",
    [caller.operatorId, caller.operatorId, deps.clock.now(), bob],
  );
  expect(await tryRecord([degree(ann), degree(bob)])).toMatchObject({
    refusal: { code: 'OWN_EVENT', at: 'events.1' },
  });
  await nothingRecorded();
  expect(await tryRecord([degree(ann)])).toMatchObject({ value: { recorded: 1 } });
});

test('no events, or more than 500, are refused', async () => {
  const { ann, degree, tryRecord, nothingRecorded } = await degreeWorld();
  for (const count of [0, 501]) {
    const refused = await tryRecord(Array.from({ length: count }, () => degree(ann)));
    expect(refused).toMatchObject({ refusal: { code: 'EVENT_COUNT', at: 'events' } });
  }
  await nothingRecorded();
});

test('recording 500 events takes as many statements as recording five', async () => {
  const world = await aWorld({ memberCount: 500 });
  const honours = (count: number, occurredOn: string) => () =>
    world.record(...world.memberIds.slice(0, count).map((id) => world.event(id, 'honour', { occurredOn })));
  const forFew = await countQueries(world.deps.db, honours(5, '2026-07-01'));
  const forMany = await countQueries(world.deps.db, honours(500, '2026-07-02'));
  expect(forMany).toBe(forFew);
  expect(await world.count('activity_event')).toBe(505);
});

import { expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { publishRule } from '../../src/rules/publish-rule.ts';
import { retireRule } from '../../src/rules/retire-rule.ts';
import { accepted, adminOf, aWorld, DEGREE, fixed } from './world.ts';

test('the first publication makes the rule, each later one a version, all audited', async () => {
  const { deps, caller, publish, publishNext, unionId } = await aWorld();
  const ruleId = await publish('分会荣誉', 'honour', fixed(1000));
  expect(await publishNext(ruleId, fixed(1200))).toEqual({ ok: true, value: ruleId });
  expect(await deps.db.query('SELECT number, definition, published_by FROM rule_version ORDER BY number')).toEqual([
    { number: 1, definition: JSON.stringify(fixed(1000)), published_by: caller.actor },
    { number: 2, definition: JSON.stringify(fixed(1200)), published_by: caller.actor },
  ]);
  const audit: { value_before: string | null; value_after: string }[] = await deps.db.query(
    'SELECT action, target_id, union_id, value_before, value_after FROM audit_record ORDER BY number',
  );
  expect(audit).toMatchObject([
    { action: 'publishRule', target_id: ruleId, union_id: unionId, value_before: null },
    { action: 'publishRule', target_id: ruleId, value_before: JSON.stringify(fixed(1000)) },
  ]);
  expect(audit.map((row) => JSON.parse(row.value_after).number)).toEqual([1, 2]);
});

test('a published version cannot be changed or deleted, by nobody', async () => {
  const { deps, publish } = await aWorld();
  await publish('分会荣誉', 'honour', fixed(1000));
  await expect(deps.db.query("UPDATE rule_version SET definition = '{}'")).rejects.toThrow('never changed');
  await expect(deps.db.query('DELETE FROM rule_version')).rejects.toThrow('never changed');
  expect(await deps.db.query('SELECT definition FROM rule_version')).toEqual([
    { definition: JSON.stringify(fixed(1000)) },
  ]);
});

test('eight publications of one rule at once become eight versions without a gap', async () => {
  const { deps, publish, publishNext } = await aWorld();
  const ruleId = await publish('分会荣誉', 'honour', fixed(1000));
  const outcomes = await Promise.all(Array.from({ length: 8 }, (_, i) => publishNext(ruleId, fixed(i + 1))));
  expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
  const rows: { number: number }[] = await deps.db.query('SELECT number FROM rule_version ORDER BY number');
  expect(rows.map((row) => row.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('of eight new rules of one name at once, one is published', async () => {
  const { deps, caller, programmeId, count } = await aWorld();
  const newRule = { programmeId, name: '分会荣誉', eventType: 'honour' };
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, () => publishRule(deps, caller, newId(), { newRule, definition: fixed(1) })),
  );
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(outcomes.filter((outcome) => !outcome.ok && outcome.refusal.code === 'RULE_NAME_TAKEN')).toHaveLength(7);
  expect([await count('rule'), await count('rule_version')]).toEqual([1, 1]);
});

test.each([
  ['an unknown programme', { programmeId: newId() }, 'PROGRAMME_UNKNOWN', 'newRule.programmeId'],
  ['no name', { name: '' }, 'NAME_MALFORMED', 'newRule.name'],
  ['the name of another rule', { name: '分会荣誉' }, 'RULE_NAME_TAKEN', 'newRule.name'],
  ['an event type that is none', { eventType: '学历' }, 'EVENT_TYPE_MALFORMED', 'newRule.eventType'],
])('a new rule with %s is refused, and nothing is published', async (_, change, code, at) => {
  const { deps, caller, programmeId, publish, count } = await aWorld();
  await publish('分会荣誉', 'honour', fixed(1000));
  const newRule = { programmeId, name: '学历提升', eventType: 'degree', ...change };
  const refused = await publishRule(deps, caller, newId(), { newRule, definition: DEGREE });
  expect(refused).toMatchObject({ ok: false, refusal: { code, at } });
  expect([await count('rule'), await count('rule_version'), await count('audit_record')]).toEqual([1, 1, 1]);
});

test('a definition with a fault, or another occurrence than before, is refused, and nothing is published', async () => {
  const { deps, caller, programmeId, publish, publishNext, count } = await aWorld();
  const ruleId = await publish('学历提升', 'degree', DEGREE);
  const newRule = { programmeId, name: '分会荣誉', eventType: 'honour' };
  const zero = await publishRule(deps, caller, newId(), { newRule, definition: fixed(0) });
  expect(zero).toMatchObject({ refusal: { code: 'AWARD_OUT_OF_RANGE', at: 'award.points' } });
  for (const occurrence of [{ kind: 'event' as const }, { kind: 'values' as const, attributes: ['学校'] }]) {
    const refused = await publishNext(ruleId, { ...DEGREE, occurrence });
    expect(refused).toMatchObject({ refusal: { code: 'OCCURRENCE_FIXED', at: 'occurrence' } });
  }
  expect([await count('rule'), await count('rule_version'), await count('audit_record')]).toEqual([1, 1, 1]);
});

test('a retired rule takes no versions; retiring it again changes nothing', async () => {
  const { deps, caller, publish, publishNext, count } = await aWorld();
  const ruleId = await publish('分会荣誉', 'honour', fixed(1000));
  const retiredAt = deps.clock.now();
  expect(await retireRule(deps, caller, newId(), { ruleId })).toEqual({ ok: true, value: ruleId });
  deps.clock.advance({ days: 1 });
  accepted(await retireRule(deps, caller, newId(), { ruleId }));
  expect(await publishNext(ruleId, fixed(1))).toMatchObject({ refusal: { code: 'RULE_RETIRED' } });
  expect(await deps.db.query('SELECT retired_at FROM rule')).toEqual([{ retired_at: retiredAt }]);
  expect([await count('rule_version'), await count('audit_record')]).toEqual([1, 2]);
});

test('who may not publish in the branch learns nothing of its rules and changes nothing', async () => {
  const { deps, unionId, programmeId, publish, count } = await aWorld();
  const ruleId = await publish('分会荣誉', 'honour', fixed(1000));
  const strangers = [
    adminOf(`/${newId()}/`),
    adminOf(`/${unionId}/${newId()}/`),
    adminOf(`/${unionId}/`, ['rules:read']),
  ];
  for (const caller of strangers) {
    const next = await publishRule(deps, caller, newId(), { ruleId, definition: fixed(1) });
    expect(next).toMatchObject({ refusal: { code: 'RULE_UNKNOWN' } });
    expect(await publishRule(deps, caller, newId(), { ruleId: newId(), definition: fixed(1) })).toEqual(next);
    expect(await retireRule(deps, caller, newId(), { ruleId })).toEqual(next);
    const newRule = { programmeId, name: '学历提升', eventType: 'degree' };
    const first = await publishRule(deps, caller, newId(), { newRule, definition: DEGREE });
    expect(first).toMatchObject({ refusal: { code: 'PROGRAMME_UNKNOWN' } });
  }
  expect([await count('rule'), await count('rule_version'), await count('audit_record')]).toEqual([1, 1, 1]);
  expect(await deps.db.query('SELECT retired_at FROM rule')).toEqual([{ retired_at: null }]);
});

import { expect, test } from 'vitest';
import type { AdminCaller } from '../../src/identity/caller.ts';
import { newId } from '../../src/platform/ids.ts';
import { type RuleDraft, ruleDefinition } from '../../src/rules/definition.ts';
import { publishDraft } from '../../src/rules/publish-draft.ts';
import { retireRule } from '../../src/rules/retire-rule.ts';
import { saveDraft } from '../../src/rules/save-draft.ts';
import { accepted, adminOf, aWorld, DEGREE, fixed } from './world.ts';

async function aPublishingWorld() {
  const world = await aWorld();
  const { deps, caller, programmeId } = world;
  const draft = async (name: string, definition: RuleDraft, eventType = 'honour') =>
    accepted(await saveDraft(deps, caller, newId(), { newRule: { programmeId, name, eventType }, definition }));
  const draftNext = async (ruleId: string, definition: RuleDraft) =>
    accepted(await saveDraft(deps, caller, newId(), { ruleId, definition }));
  const tryPublish = (draftId: string, effectiveFrom?: string, by: AdminCaller = caller) =>
    publishDraft(deps, by, newId(), { draftId, effectiveFrom });
  const published = async () => [
    await world.count('rule'),
    await world.count('rule_version'),
    (await deps.db.query("SELECT id FROM audit_record WHERE action = 'publishRuleDraft'")).length,
  ];
  return { ...world, draft, draftNext, tryPublish, published };
}

const whole = (draft: RuleDraft) => ruleDefinition.parse(draft);

test('the first publication makes the rule, each later one a version, all audited; the draft is gone', async () => {
  const { deps, caller, unionId, publish, publishNext, count } = await aPublishingWorld();
  const ruleId = await publish('分会荣誉', 'honour', fixed(1000));
  expect(await publishNext(ruleId, fixed(1200))).toEqual({ ok: true, value: ruleId });
  const now = deps.clock.now();
  const version = { published_by: caller.actor, published_at: now, effective_at: now };
  expect(
    await deps.db.query(
      'SELECT number, definition, published_by, published_at, effective_at FROM rule_version ORDER BY number',
    ),
  ).toEqual([
    { number: 1, definition: JSON.stringify(whole(fixed(1000))), ...version },
    { number: 2, definition: JSON.stringify(whole(fixed(1200))), ...version },
  ]);
  const audit: { value_before: string | null; value_after: string }[] = await deps.db.query(
    `SELECT target_id, union_id, value_before, value_after FROM audit_record
     WHERE action = 'publishRuleDraft' ORDER BY number`,
  );
  expect(audit).toMatchObject([
    { target_id: ruleId, union_id: unionId, value_before: null },
    { target_id: ruleId, value_before: JSON.stringify({ number: 1, definition: whole(fixed(1000)) }) },
  ]);
  expect(audit.map((row) => JSON.parse(row.value_after))).toMatchObject([
    { number: 1, name: '分会荣誉', draftedBy: caller.actor },
    { number: 2, effectiveAt: now.toISOString() },
  ]);
  expect(await count('rule_draft')).toBe(0);
});

test('a published version cannot be changed or deleted, by nobody', async () => {
  const { deps, publish } = await aPublishingWorld();
  await publish('分会荣誉', 'honour', fixed(1000));
  await expect(deps.db.query("UPDATE rule_version SET definition = '{}'")).rejects.toThrow('never changed');
  await expect(deps.db.query('UPDATE rule_version SET effective_at = NOW()')).rejects.toThrow('never changed');
  await expect(deps.db.query('DELETE FROM rule_version')).rejects.toThrow('never changed');
  expect(await deps.db.query('SELECT definition FROM rule_version')).toEqual([
    { definition: JSON.stringify(whole(fixed(1000))) },
  ]);
});

test('a draft that eight publish at once is published once', async () => {
  const { draft, tryPublish, published } = await aPublishingWorld();
  const draftId = await draft('分会荣誉', fixed(10));
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => tryPublish(draftId)));
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(outcomes.filter((outcome) => !outcome.ok && outcome.refusal.code === 'DRAFT_UNKNOWN')).toHaveLength(7);
  expect(await published()).toEqual([1, 1, 1]);
});

test('of eight drafts of one name that are published at once, one becomes the rule', async () => {
  const { draft, tryPublish, published } = await aPublishingWorld();
  const draftIds = await Promise.all(Array.from({ length: 8 }, () => draft('分会荣誉', fixed(10))));
  const outcomes = await Promise.all(draftIds.map((draftId) => tryPublish(draftId)));
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(outcomes.filter((outcome) => !outcome.ok && outcome.refusal.code === 'RULE_NAME_TAKEN')).toHaveLength(7);
  expect(await published()).toEqual([1, 1, 1]);
});

test('a version judges from the beginning of its day in Beijing, and the one before it until then', async () => {
  const { deps, publish, draftNext, tryPublish, earn, event, memberIds, balance } = await aPublishingWorld();
  const ruleId = await publish('分会荣誉', 'honour', fixed(10));
  accepted(await tryPublish(await draftNext(ruleId, fixed(100)), '2026-08-05'));
  const [ann] = memberIds as [string];
  deps.clock.set('2026-08-04T15:59:59.999Z');
  await earn(event(ann, 'honour'));
  expect(await balance(ann)).toBe(10);
  deps.clock.set('2026-08-04T16:00:00.000Z');
  await earn(event(ann, 'honour'));
  expect(await balance(ann)).toBe(110);
});

test.each([
  ['yesterday', '2026-08-02', 'PUBLICATION_IN_PAST'],
  ['more than a year ahead', '2027-08-05', 'PUBLICATION_TOO_FAR'],
])('a publication for %s is refused, and nothing is published', async (_, day, code) => {
  const { draft, tryPublish, published, count } = await aPublishingWorld();
  const draftId = await draft('分会荣誉', fixed(10));
  expect(await tryPublish(draftId, day)).toMatchObject({ refusal: { code, at: 'effectiveFrom' } });
  expect([await published(), await count('rule_draft')]).toEqual([[0, 0, 0], 1]);
});

test('a version does not take effect before the one published last; on the same day it takes its place', async () => {
  const { deps, publish, draftNext, tryPublish, published, earn, event, memberIds, balance } = await aPublishingWorld();
  const ruleId = await publish('分会荣誉', 'honour', fixed(10));
  accepted(await tryPublish(await draftNext(ruleId, fixed(100)), '2026-08-05'));
  const draftId = await draftNext(ruleId, fixed(7));
  for (const day of [undefined, '2026-08-03', '2026-08-04']) {
    expect(await tryPublish(draftId, day)).toMatchObject({
      refusal: { code: 'PUBLICATION_BEFORE_OTHER', at: 'effectiveFrom' },
    });
  }
  expect(await published()).toEqual([1, 2, 2]);
  accepted(await tryPublish(draftId, '2026-08-05'));
  deps.clock.set('2026-08-05T02:00:00.000Z');
  await earn(event(memberIds[0]!, 'honour'));
  expect(await balance(memberIds[0]!)).toBe(7);
});

test('a rule whose period is over is refused; on its last day it is not', async () => {
  const { deps, draft, tryPublish, published } = await aPublishingWorld();
  const draftId = await draft('分会荣誉', { ...fixed(10), period: { from: null, until: '2026-08-03' } });
  deps.clock.advance({ days: 1 });
  expect(await tryPublish(draftId)).toMatchObject({
    refusal: { code: 'PERIOD_OVER', at: 'definition.period.until' },
  });
  expect(await published()).toEqual([0, 0, 0]);
  deps.clock.advance({ days: -1 });
  accepted(await tryPublish(draftId));
});

test('a draft is checked again against the event type as it is when it is published', async () => {
  const { deps, declare, draft, tryPublish, published } = await aPublishingWorld();
  await declare('essay', [{ name: '奖项', kind: 'choice', required: true, choices: ['一等', '二等'] }]);
  const tiers = [{ value: '一等', points: 10 }];
  const award = { kind: 'tiered' as const, attribute: '奖项', tiers };
  const draftId = await draft('征文', { award, occurrence: { kind: 'event' } }, 'essay');
  // Nobody can take the attribute away while a draft names it; a database that was set back by hand may lack it.
  await deps.db.query("UPDATE event_type SET attributes = '[]' WHERE code = 'essay'");
  expect(await tryPublish(draftId)).toMatchObject({
    refusal: { code: 'ATTRIBUTE_NOT_OF_TYPE', at: 'definition.award.tiered.attribute' },
  });
  expect(await published()).toEqual([0, 0, 0]);
});

test('where the policy wants a second person, who saved the draft last cannot publish it, nor can her API token', async () => {
  const { deps, unionId, programmeId, caller, draft, tryPublish, published } = await aPublishingWorld();
  await deps.db.query('INSERT INTO programme_policy (programme_id, second_publisher) VALUES (?, TRUE)', [programmeId]);
  const tokenId = newId();
  await deps.db.query(
    `INSERT INTO api_token (id, union_id, name, token_hash, permissions, created_by, created_at, expires_at)
     VALUES (?)`,
    [
      [
        tokenId,
        unionId,
        '人事系统',
        Buffer.alloc(32),
        'rules:write',
        caller.operatorId,
        deps.clock.now(),
        deps.clock.now(),
      ],
    ],
  );
  const token: AdminCaller = { ...caller, actor: `api-token:${tokenId}`, operatorId: null, sessionId: null };
  const second = adminOf(`/${unionId}/`);
  const draftId = await draft('分会荣誉', fixed(10));
  for (const by of [caller, token]) {
    expect(await tryPublish(draftId, undefined, by)).toMatchObject({ refusal: { code: 'SECOND_PERSON_NEEDED' } });
  }
  accepted(await saveDraft(deps, second, newId(), { draftId, definition: fixed(20) }));
  expect(await tryPublish(draftId, undefined, second)).toMatchObject({ refusal: { code: 'SECOND_PERSON_NEEDED' } });
  expect(await published()).toEqual([0, 0, 0]);
  accepted(await tryPublish(draftId, undefined, token));
  expect(await published()).toEqual([1, 1, 1]);
});

test('a retired rule judges no more, its versions to come included; retiring it again changes nothing', async () => {
  const { deps, caller, publish, draftNext, tryPublish, count, earn, event, memberIds, states } =
    await aPublishingWorld();
  const ruleId = await publish('分会荣誉', 'honour', fixed(1000));
  accepted(await tryPublish(await draftNext(ruleId, fixed(7)), '2026-08-04'));
  const retiredAt = deps.clock.now();
  expect(await retireRule(deps, caller, newId(), { ruleId })).toEqual({ ok: true, value: ruleId });
  const audited = await count('audit_record');
  deps.clock.advance({ days: 1 });
  accepted(await retireRule(deps, caller, newId(), { ruleId }));
  expect(await deps.db.query('SELECT retired_at FROM rule')).toEqual([{ retired_at: retiredAt }]);
  expect(await count('audit_record')).toBe(audited);
  await publish('学历提升', 'degree', DEGREE);
  expect(await states(await earn(event(memberIds[0]!, 'honour')))).toEqual(['no_award']);
});

test('who may not write rules in the branch retires none', async () => {
  const { deps, unionId, publish } = await aPublishingWorld();
  const ruleId = await publish('分会荣誉', 'honour', fixed(1000));
  for (const caller of [adminOf(`/${newId()}/`), adminOf(`/${unionId}/`, ['rules:read'])]) {
    const refused = await retireRule(deps, caller, newId(), { ruleId });
    expect(refused).toMatchObject({ refusal: { code: 'RULE_UNKNOWN' } });
    expect(await retireRule(deps, caller, newId(), { ruleId: newId() })).toEqual(refused);
  }
  expect(await deps.db.query('SELECT retired_at FROM rule')).toEqual([{ retired_at: null }]);
});

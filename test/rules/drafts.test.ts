import { expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { ruleDefinition } from '../../src/rules/definition.ts';
import { discardDraft } from '../../src/rules/discard-draft.ts';
import { publishDraft } from '../../src/rules/publish-draft.ts';
import { retireRule } from '../../src/rules/retire-rule.ts';
import { type DraftToSave, saveDraft } from '../../src/rules/save-draft.ts';
import { accepted, adminOf, aWorld, DEGREE, fixed } from './world.ts';

async function aDraftingWorld() {
  const world = await aWorld();
  const { deps, caller, programmeId } = world;
  const save = (draft: DraftToSave, by = caller) => saveDraft(deps, by, newId(), draft);
  const saveNew = async (name: string, definition = fixed(10)) =>
    accepted(await save({ newRule: { programmeId, name, eventType: 'honour' }, definition }));
  const drafts = () => deps.db.query('SELECT id, rule_id, name, definition, updated_by FROM rule_draft ORDER BY id');
  return { ...world, save, saveNew, drafts };
}

const stored = (draft: object) => JSON.stringify(ruleDefinition.parse(draft));

test('a draft of a new rule is saved, changed, and judges nothing', async () => {
  const { caller, save, saveNew, drafts, count, earn, event, memberIds, states, publish } = await aDraftingWorld();
  await publish('别的', 'honour', fixed(1, { kind: 'ever' }));
  const draftId = await saveNew('分会荣誉', fixed(1000));
  expect(accepted(await save({ draftId, name: '分会表彰', definition: fixed(1200) }))).toBe(draftId);
  expect(await drafts()).toEqual([
    { id: draftId, rule_id: null, name: '分会表彰', definition: stored(fixed(1200)), updated_by: caller.actor },
  ]);
  const events = await earn(event(memberIds[0]!, 'honour'), event(memberIds[0]!, 'honour', { reference: '二' }));
  expect(await states(events)).toEqual(['paid', 'repeated']);
  expect([await count('rule'), await count('rule_version')]).toEqual([1, 1]);
});

test('a rule has one draft: saving another puts it in its place', async () => {
  const { publish, save, drafts } = await aDraftingWorld();
  const ruleId = await publish('分会荣誉', 'honour', fixed(1000));
  const outcomes = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => save({ ruleId, definition: fixed(n) })));
  expect(new Set(outcomes.map(accepted)).size).toBe(1);
  accepted(await save({ ruleId, definition: fixed(7) }));
  expect(await drafts()).toMatchObject([{ rule_id: ruleId, name: '分会荣誉', definition: stored(fixed(7)) }]);
});

test('every save is audited with what was there before, unless nothing changes', async () => {
  const { deps, unionId, save, saveNew, drafts } = await aDraftingWorld();
  const draftId = await saveNew('分会荣誉', fixed(1000));
  const another = adminOf(`/${unionId}/`);
  accepted(await save({ draftId, definition: fixed(1000) }, another));
  accepted(await save({ draftId, definition: fixed(1200) }, another));
  expect(await drafts()).toMatchObject([{ updated_by: another.actor }]);
  const audit: { actor: string; value_before: string | null; value_after: string }[] = await deps.db.query(
    "SELECT actor, value_before, value_after FROM audit_record WHERE action = 'saveRuleDraft' ORDER BY number",
  );
  expect(audit.map((row) => [JSON.parse(row.value_before ?? 'null'), JSON.parse(row.value_after)])).toMatchObject([
    [null, { name: '分会荣誉', definition: fixed(1000) }],
    [{ definition: fixed(1000) }, { definition: fixed(1200) }],
  ]);
  expect(audit[1]!.actor).toBe(another.actor);
});

test('a draft is discarded, once; retiring a rule discards its draft', async () => {
  const { deps, caller, publish, save, saveNew, drafts } = await aDraftingWorld();
  const draftId = await saveNew('分会荣誉');
  expect(accepted(await discardDraft(deps, caller, newId(), { draftId }))).toBe(draftId);
  expect(await discardDraft(deps, caller, newId(), { draftId })).toMatchObject({ refusal: { code: 'DRAFT_UNKNOWN' } });
  const ruleId = await publish('学历提升', 'degree', DEGREE);
  accepted(await save({ ruleId, definition: DEGREE }));
  accepted(await retireRule(deps, caller, newId(), { ruleId }));
  expect(await drafts()).toEqual([]);
  expect(await save({ ruleId, definition: DEGREE })).toMatchObject({ refusal: { code: 'RULE_RETIRED' } });
});

test.each([
  ['an unknown programme', { programmeId: newId() }, 'PROGRAMME_UNKNOWN', 'newRule.programmeId'],
  ['no name', { name: '' }, 'NAME_MALFORMED', 'newRule.name'],
  ['the name of a rule', { name: '分会荣誉' }, 'RULE_NAME_TAKEN', 'newRule.name'],
  ['an event type that is none', { eventType: 'dance' }, 'EVENT_TYPE_UNKNOWN', 'newRule.eventType'],
])('a new rule with %s is refused, and nothing is saved', async (_, change, code, at) => {
  const { programmeId, publish, save, count } = await aDraftingWorld();
  await publish('分会荣誉', 'honour', fixed(1000));
  const before = await count('audit_record');
  const newRule = { programmeId, name: '学历提升', eventType: 'degree', ...change };
  expect(await save({ newRule, definition: DEGREE })).toMatchObject({ ok: false, refusal: { code, at } });
  expect([await count('rule_draft'), await count('audit_record')]).toEqual([0, before]);
});

test('a draft keeps out what does not fit the event type, and unions that the programme does not reach', async () => {
  const { deps, unionId, programmeId, save, count } = await aDraftingWorld();
  const elsewhere = newId();
  const branch = newId();
  await deps.db.query('INSERT INTO union_node (id, parent_id, name, kind, path, created_at) VALUES ?', [
    [
      [elsewhere, null, '外面', 'enterprise', `/${elsewhere}/`, deps.clock.now()],
      [branch, unionId, '里面', 'enterprise', `/${unionId}/${branch}/`, deps.clock.now()],
    ],
  ]);
  const newRule = { programmeId, name: '学历提升', eventType: 'degree' };
  const tiers = [{ value: '幼儿园', points: 1 }];
  const tiered = { ...DEGREE, award: { kind: 'tiered' as const, attribute: '学历层次', tiers } };
  expect(await save({ newRule, definition: tiered })).toMatchObject({
    refusal: { code: 'TIER_NOT_A_CHOICE', at: 'definition.award.tiered.tiers.0.value' },
  });
  const within = (...unionIds: string[]) => ({ kind: 'all', conditions: [{ kind: 'branch', unionIds }] });
  const unions = [
    [{ condition: within(branch, elsewhere) }, 'definition.condition.all.0.branches.1'],
    [{ condition: within(newId()) }, 'definition.condition.all.0.branches.0'],
    [
      { budget: { total: null, branches: [branch, elsewhere].map((id) => ({ unionId: id, points: 5 })) } },
      'definition.budget.branches.1.unionId',
    ],
  ] as const;
  for (const [change, at] of unions) {
    const refused = await save({ newRule, definition: { ...DEGREE, ...change } as typeof DEGREE });
    expect(refused).toMatchObject({ refusal: { code: 'UNION_UNKNOWN', at } });
  }
  expect(await count('rule_draft')).toBe(0);
  accepted(await save({ newRule, definition: { ...DEGREE, condition: within(unionId, branch) } }));
});

test('a published rule keeps its name and how often it pays', async () => {
  const { publish, save, drafts } = await aDraftingWorld();
  const ruleId = await publish('学历提升', 'degree', DEGREE);
  for (const occurrence of [{ kind: 'event' as const }, { kind: 'ever' as const }]) {
    expect(await save({ ruleId, definition: { ...DEGREE, occurrence } })).toMatchObject({
      refusal: { code: 'OCCURRENCE_FIXED', at: 'definition.occurrence' },
    });
  }
  expect(await drafts()).toEqual([]);
  const draftId = accepted(await save({ ruleId, definition: DEGREE }));
  expect(await save({ draftId, name: '学历', definition: DEGREE })).toMatchObject({
    refusal: { code: 'RULE_NAME_FIXED', at: 'name' },
  });
});

test('who may not write rules in the branch learns nothing of its drafts and changes nothing', async () => {
  const { deps, unionId, saveNew, save, drafts, count } = await aDraftingWorld();
  const draftId = await saveNew('分会荣誉');
  const [before, audited] = [await drafts(), await count('audit_record')];
  const strangers = [
    adminOf(`/${newId()}/`),
    adminOf(`/${unionId}/${newId()}/`),
    adminOf(`/${unionId}/`, ['rules:read']),
  ];
  for (const caller of strangers) {
    const refused = await save({ draftId, definition: fixed(1) }, caller);
    expect(refused).toMatchObject({ refusal: { code: 'DRAFT_UNKNOWN' } });
    expect(await save({ draftId: newId(), definition: fixed(1) }, caller)).toEqual(refused);
    expect(await discardDraft(deps, caller, newId(), { draftId })).toEqual(refused);
    expect(await publishDraft(deps, caller, newId(), { draftId })).toEqual(refused);
  }
  expect(await drafts()).toEqual(before);
  expect([await count('audit_record'), await count('rule')]).toEqual([audited, 0]);
});

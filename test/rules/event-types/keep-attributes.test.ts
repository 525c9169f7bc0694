import { expect, test } from 'vitest';
import { addDays, beijingDay } from '../../../src/platform/clock.ts';
import type { Outcome } from '../../../src/platform/db/idempotency.ts';
import { newId } from '../../../src/platform/ids.ts';
import type { RuleDraft } from '../../../src/rules/definition.ts';
import { discardDraft } from '../../../src/rules/discard-draft.ts';
import { changeEventType } from '../../../src/rules/event-types/change-event-type.ts';
import { declareEventType } from '../../../src/rules/event-types/declare-event-type.ts';
import type { AttributeDeclaration } from '../../../src/rules/event-types/event-type.ts';
import { findEventType } from '../../../src/rules/event-types/queries.ts';
import { publishDraft } from '../../../src/rules/publish-draft.ts';
import { retireRule } from '../../../src/rules/retire-rule.ts';
import { type DraftToSave, saveDraft } from '../../../src/rules/save-draft.ts';
import { aProgramme } from '../../support/ledger.ts';
import { accepted, adminOf, aWorld, fixed } from '../world.ts';

const LEVEL: AttributeDeclaration = { name: '等级', kind: 'choice', required: true, choices: ['初级', '中级', '高级'] };
const HOURS: AttributeDeclaration = { name: '学时', kind: 'number', required: true };

const byLevel = (...values: string[]): RuleDraft => ({
  award: { kind: 'tiered', attribute: '等级', tiers: values.map((value) => ({ value, points: 10 })) },
  occurrence: { kind: 'event' },
});

/** A programme with a declared type of two attributes. */
async function aUnion() {
  const world = await aWorld();
  const { deps, programmeId, caller, declare } = world;
  await declare('course', [LEVEL, HOURS]);
  const type = { code: 'course', name: '培训', area: 'growth', claimable: true } as const;
  const change = (...attributes: AttributeDeclaration[]) =>
    changeEventType(deps, caller, newId(), { programmeId, ...type, attributes });
  const save = async (definition: RuleDraft, name = '培训分') => {
    const draft: DraftToSave = { newRule: { programmeId, name, eventType: 'course' }, definition };
    return saveDraft(deps, caller, newId(), draft);
  };
  const attributes = async () => (await findEventType(deps.db.manager, programmeId, 'course'))?.attributes;
  return { ...world, change, save, attributes };
}

const inUse = (at: string) => ({ ok: false, refusal: { code: 'ATTRIBUTE_IN_USE', at } });
const lessChoice = (choice: string) => ({ ...LEVEL, choices: LEVEL.choices!.filter((one) => one !== choice) });

test('what the version in force names stays; the refusal tells the rule, and nothing changes', async () => {
  const { publish, change, attributes, count } = await aUnion();
  await publish('培训分', 'course', byLevel('初级'));
  const refused = await change(HOURS);
  expect(refused).toMatchObject(inUse('attributes'));
  expect(refused.ok || refused.refusal.message.zh).toContain('规则“培训分”用到了属性“等级”');
  expect(await change(HOURS, lessChoice('初级'))).toMatchObject(inUse('attributes.1.choices'));
  expect(await attributes()).toEqual([LEVEL, HOURS]);
  expect(await count("audit_record WHERE action = 'changeEventType'")).toBe(0);
  accepted(await change(lessChoice('高级')));
  expect(await attributes()).toEqual([lessChoice('高级')]);
});

test('a draft holds what it names, until it is discarded', async () => {
  const { deps, caller, save, change } = await aUnion();
  const draftId = accepted(await save(byLevel('初级')));
  expect(await change(HOURS)).toMatchObject(inUse('attributes'));
  accepted(await discardDraft(deps, caller, newId(), { draftId }));
  accepted(await change(HOURS));
});

test('a version to come holds what it names, and the one in force until it is replaced', async () => {
  const { deps, caller, publish, change } = await aUnion();
  const ruleId = await publish('培训分', 'course', byLevel('初级'));
  const draftId = accepted(await saveDraft(deps, caller, newId(), { ruleId, definition: byLevel('高级') }));
  const tomorrow = addDays(beijingDay(deps.clock.now()), 1);
  accepted(await publishDraft(deps, caller, newId(), { draftId, effectiveFrom: tomorrow }));
  for (const choice of ['初级', '高级'])
    expect(await change(lessChoice(choice), HOURS)).toMatchObject(inUse('attributes.0.choices'));
  deps.clock.advance({ days: 1 });
  expect(await change(lessChoice('高级'), HOURS)).toMatchObject(inUse('attributes.0.choices'));
  accepted(await change(lessChoice('初级'), HOURS));
});

test('a retired rule holds nothing', async () => {
  const { deps, caller, publish, change } = await aUnion();
  const ruleId = await publish('培训分', 'course', byLevel('初级'));
  accepted(await retireRule(deps, caller, newId(), { ruleId }));
  accepted(await change());
});

test('rules of another type or another programme hold nothing', async () => {
  const { deps, publish, declare, change } = await aUnion();
  await declare('lecture', [LEVEL]);
  await publish('讲座分', 'lecture', byLevel('初级'));
  const other = await aProgramme(deps);
  const caller = adminOf(`/${other.unionId}/`);
  const { programmeId } = other;
  const type = { code: 'course', name: '培训', area: 'growth', claimable: true, attributes: [LEVEL] } as const;
  accepted(await declareEventType(deps, caller, newId(), { programmeId, ...type, attributes: [LEVEL] }));
  const newRule = { programmeId, name: '培训分', eventType: 'course' };
  accepted(await saveDraft(deps, caller, newId(), { newRule, definition: byLevel('初级') }));
  accepted(await change(HOURS));
});

test('what replaces a ready-made type has all of it that rules name', async () => {
  const { deps, programmeId, caller, publish } = await aUnion();
  await publish('荣誉', 'honour', fixed(10, { kind: 'values', attributes: ['荣誉'] }));
  const honour = (...attributes: AttributeDeclaration[]) =>
    declareEventType(deps, caller, newId(), {
      ...{ programmeId, code: 'honour', name: '荣誉', area: 'dedication', claimable: false },
      attributes,
    });
  expect(await honour({ name: '荣誉', kind: 'day', required: true })).toMatchObject(inUse('attributes.0.kind'));
  expect(await honour(LEVEL)).toMatchObject(inUse('attributes'));
  accepted(await honour(LEVEL, { name: '荣誉', kind: 'text', required: true }));
});

test('a draft that names an attribute and a change that takes it away never both succeed', async () => {
  const { deps, caller, save, change, attributes } = await aUnion();
  const drafting = () => save(byLevel('初级'));
  const changing = () => change(HOURS);
  for (let round = 0; round < 10; round++) {
    const both = round % 2 === 0 ? [drafting(), changing()] : [changing(), drafting()].reverse();
    const [saved, changed] = (await Promise.all(both)) as [Outcome, Outcome];
    expect([saved.ok, changed.ok].filter(Boolean)).toHaveLength(1);
    expect(await attributes()).toEqual(saved.ok ? [LEVEL, HOURS] : [HOURS]);
    if (saved.ok) accepted(await discardDraft(deps, caller, newId(), { draftId: saved.value }));
    else accepted(await change(LEVEL, HOURS));
  }
});

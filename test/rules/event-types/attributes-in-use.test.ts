import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Condition } from '../../../src/rules/conditions.ts';
import { type RuleDraft, ruleDefinition } from '../../../src/rules/definition.ts';
import { evaluate } from '../../../src/rules/evaluate.ts';
import { attributesNamed, lostAttribute } from '../../../src/rules/event-types/attributes-in-use.ts';
import type { AttributeDeclaration, EventType } from '../../../src/rules/event-types/event-type.ts';
import { definition, judgedEvent } from '../arbitraries.ts';
import { fixed } from '../world.ts';

const LEVEL: AttributeDeclaration = { name: '等级', kind: 'choice', required: true, choices: ['初级', '中级', '高级'] };
const HOURS: AttributeDeclaration = { name: '学时', kind: 'number', required: true };
const NUMBER: AttributeDeclaration = { name: '编号', kind: 'text', required: false };
const COURSE: EventType = {
  code: 'course',
  name: '培训',
  area: 'growth',
  claimable: true,
  attributes: [LEVEL, HOURS, NUMBER],
  readyMade: false,
};

const asked = (attribute: string, ...values: (string | number)[]): Condition => ({
  kind: 'attribute',
  attribute,
  is: 'one_of',
  values,
});
const byLevel: RuleDraft = {
  award: { kind: 'tiered', attribute: '等级', tiers: [{ value: '初级', points: 1 }] },
  occurrence: { kind: 'event' },
};
const lost = (draft: RuleDraft, ...attributes: AttributeDeclaration[]) => {
  const refusal = lostAttribute([{ name: '规则甲', definition: ruleDefinition.parse(draft) }], COURSE, attributes);
  return refusal && `${refusal.code} ${refusal.at} ${refusal.message.zh.split('，')[0]}`;
};

test.each<[string, RuleDraft]>([
  ['the attribute of tiers', byLevel],
  ['the attribute of an occurrence', fixed(1, { kind: 'values', attributes: ['等级'] })],
  [
    'one asked about deep in its conditions',
    {
      ...fixed(1),
      condition: { kind: 'any', conditions: [{ kind: 'not', condition: asked('等级', '初级') }] },
    },
  ],
])('an attribute that a rule names stays, with its kind: %s', (_, draft) => {
  expect(lost(draft, HOURS, NUMBER)).toBe('ATTRIBUTE_IN_USE attributes 规则“规则甲”用到了属性“等级”');
  const text: AttributeDeclaration = { name: '等级', kind: 'text', required: true };
  expect(lost(draft, HOURS, text, NUMBER)).toBe('ATTRIBUTE_IN_USE attributes.1.kind 规则“规则甲”用到了属性“等级”');
  expect(lost(draft, LEVEL)).toBeUndefined();
});

test.each<[string, RuleDraft['award']]>([
  ['ranges', { kind: 'ranged', attribute: '学时', ranges: [{ from: 1, to: null, points: 1 }] }],
  ['units', { kind: 'per_unit', attribute: '学时', points: 1, most: 5 }],
])('the number that %s are counted by stays', (_, award) => {
  const draft: RuleDraft = { award, occurrence: { kind: 'event' } };
  expect(lost(draft, LEVEL, NUMBER)).toBe('ATTRIBUTE_IN_USE attributes 规则“规则甲”用到了属性“学时”');
  expect(lost(draft, HOURS)).toBeUndefined();
});

test('a choice that a rule names stays; another may go', () => {
  const without = (choice: string) => ({ ...LEVEL, choices: LEVEL.choices!.filter((one) => one !== choice) });
  const said = 'ATTRIBUTE_IN_USE attributes.1.choices 规则“规则甲”用到了属性“等级”的选项“初级”';
  const asking = { ...fixed(1), condition: asked('等级', '高级', '初级') };
  for (const draft of [byLevel, asking]) expect(lost(draft, HOURS, without('初级'), NUMBER)).toBe(said);
  expect(lost(byLevel, HOURS, without('高级'))).toBeUndefined();
});

test('what a type gains, or asks for from now on, takes nothing from a rule', () => {
  const more = { ...LEVEL, required: false, choices: ['技师', ...LEVEL.choices!] };
  expect(lost(byLevel, { name: '教师', kind: 'text', required: true }, more)).toBeUndefined();
});

test('a rule reads no attribute of an event but those that it names', () => {
  fc.assert(
    fc.property(definition, judgedEvent, (rule, event) => {
      const named = attributesNamed(rule);
      const left = Object.entries(event.attributes).filter(([name]) => named.has(name));
      expect(evaluate(rule, { ...event, attributes: Object.fromEntries(left) })).toEqual(evaluate(rule, event));
    }),
    { numRuns: 300 },
  );
});

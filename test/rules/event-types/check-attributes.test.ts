import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isDay } from '../../../src/platform/clock.ts';
import type { Attributes } from '../../../src/rules/attributes.ts';
import { troublesWithAttributes } from '../../../src/rules/event-types/check-attributes.ts';
import type { AttributeDeclaration, EventType } from '../../../src/rules/event-types/event-type.ts';

const typeOf = (...attributes: AttributeDeclaration[]): EventType => ({
  code: 'course',
  name: '培训',
  area: 'growth',
  claimable: true,
  attributes,
  readyMade: false,
});

const COURSE = typeOf(
  { name: '课程', kind: 'text', required: true },
  { name: '学时', kind: 'number', required: true },
  { name: '结业日', kind: 'day', required: false },
  { name: '成绩', kind: 'choice', required: false, choices: ['优', '良', '5'] },
);
const FILLED = { 课程: '电工', 学时: 40, 结业日: '2026-07-31', 成绩: '优' };

const troubles = (attributes: Attributes) =>
  troublesWithAttributes(COURSE, attributes).map(({ code, at }) => `${code} ${at}`);

test('an event with what its type asks for has no trouble, with or without what is optional', () => {
  expect(troubles(FILLED)).toEqual([]);
  expect(troubles({ 课程: '电工', 学时: 40 })).toEqual([]);
});

test.each<[string, Attributes, string[]]>([
  ['nothing given', {}, ['ATTRIBUTE_MISSING attributes', 'ATTRIBUTE_MISSING attributes']],
  ['an attribute of no declaration', { ...FILLED, 教师: '王' }, ['ATTRIBUTE_UNKNOWN attributes.4']],
  ['what every object of JavaScript has', { ...FILLED, constructor: 'x' }, ['ATTRIBUTE_UNKNOWN attributes.4']],
  ['a number as text', { ...FILLED, 学时: '40' }, ['ATTRIBUTE_MALFORMED attributes.1']],
  ['a number with a fraction', { ...FILLED, 学时: 1.5 }, ['ATTRIBUTE_MALFORMED attributes.1']],
  ['a number beyond what is exact', { ...FILLED, 学时: 2 ** 53 }, ['ATTRIBUTE_MALFORMED attributes.1']],
  ['a day that the calendar has not', { ...FILLED, 结业日: '2026-02-30' }, ['ATTRIBUTE_MALFORMED attributes.2']],
  ['a day as a number', { ...FILLED, 结业日: 20260731 }, ['ATTRIBUTE_MALFORMED attributes.2']],
  ['a choice that is none', { ...FILLED, 成绩: '差' }, ['ATTRIBUTE_MALFORMED attributes.3']],
  ['an empty text', { ...FILLED, 课程: '' }, ['ATTRIBUTE_MALFORMED attributes.0']],
  ['a text of two lines', { ...FILLED, 课程: '电\n工' }, ['ATTRIBUTE_MALFORMED attributes.0']],
  ['a text that is too long', { ...FILLED, 课程: '长'.repeat(101) }, ['ATTRIBUTE_MALFORMED attributes.0']],
  ['a name that can be none', { ...FILLED, 'a b': 'x' }, ['ATTRIBUTE_MALFORMED attributes.4']],
  [
    'too many',
    Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`a${i}`, i])),
    ['ATTRIBUTE_MALFORMED attributes'],
  ],
  [
    'several things at once',
    { 教师: '王', 成绩: '差', 课程: '电工' },
    ['ATTRIBUTE_UNKNOWN attributes.0', 'ATTRIBUTE_MISSING attributes', 'ATTRIBUTE_MALFORMED attributes.1'],
  ],
])('%s: refused with its place', (_, attributes, expected) => {
  expect(troubles(attributes)).toEqual(expected);
});

test('a number given for a text or a choice stands for its digits, and accents may be encoded either way', () => {
  expect(troubles({ 课程: 2026, 学时: 40, 成绩: 5 })).toEqual([]);
  const accented = typeOf({ name: '名', kind: 'choice', required: true, choices: ['\u00e9'] });
  expect(troublesWithAttributes(accented, { 名: 'e\u0301' })).toEqual([]);
});

test('a refusal tells what would be right', () => {
  const said = (attributes: Attributes) => troublesWithAttributes(COURSE, attributes).map(({ message }) => message.zh);
  expect(said({ ...FILLED, 成绩: '差' })).toEqual(['属性“成绩”可填：优、良、5。']);
  expect(said({ ...FILLED, 教师: '王' })).toEqual(['这类事件没有属性“教师”。可填的属性：课程、学时、结业日、成绩。']);
  expect(said({ 课程: '电工' })).toEqual(['缺少属性“学时”，这类事件必须填写，须为一个整数。']);
});

const NAMES = ['学历', '时长', 'level', 'constructor', 'toString'];
const declaration: fc.Arbitrary<AttributeDeclaration> = fc
  .record({
    name: fc.constantFrom(...NAMES),
    kind: fc.constantFrom('text', 'number', 'day', 'choice'),
    required: fc.boolean(),
  })
  .map((one) => (one.kind === 'choice' ? { ...one, choices: ['甲', '5'] } : one) as AttributeDeclaration);
const eventType = fc
  .uniqueArray(declaration, { selector: (one) => one.name, maxLength: 5 })
  .map((attributes) => typeOf(...attributes));
const value = fc.oneof(
  fc.constantFrom('甲', '5', '2026-08-15', '2026-02-30', 5),
  fc.integer(),
  fc.double(),
  fc.string({ unit: 'binary' }),
);
const anything = fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), fc.string()), value, { maxKeys: 8 });

test('the check answers for all attributes, and passes those that fill the form and no others', () => {
  fc.assert(
    fc.property(eventType, anything, (type, attributes) => {
      const names = Object.keys(attributes);
      const found = troublesWithAttributes(type, attributes);
      const places = ['attributes', ...names.map((_, i) => `attributes.${i}`)];
      for (const { at } of found) expect(places).toContain(at);
      const line = (text: string) => text.length <= 100 && /^[^\s\p{C}]([^\p{C}]*[^\s\p{C}])?$/u.test(text);
      const fills = ({ name, kind, required }: AttributeDeclaration) => {
        if (!names.includes(name)) return !required;
        const given = attributes[name]!;
        const [isNumber, text] = [Number.isSafeInteger(given), String(given)];
        if (kind === 'number') return isNumber;
        if (kind === 'day') return !isNumber && isDay(text);
        return kind === 'choice' ? ['甲', '5'].includes(text) : isNumber || (typeof given === 'string' && line(text));
      };
      const declared = type.attributes.map((one) => one.name);
      const right = names.every((name) => declared.includes(name)) && type.attributes.every(fills);
      expect(found.length === 0).toBe(right);
    }),
    { numRuns: 300 },
  );
});

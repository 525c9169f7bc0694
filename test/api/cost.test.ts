import { buildSchema, Kind, parse } from 'graphql';
import { expect, test } from 'vitest';
import { costWith, measure } from '../../src/platform/graphql/cost.ts';

const schema = buildSchema(`
  type Query { shop: Shop! shops(first: Int, after: String): ShopConnection! }
  type ShopConnection { nodes: [Shop!]! pageInfo: PageInfo! }
  type PageInfo { endCursor: String }
  type Shop { name: String! tags: [String!]! outlets: [Shop!]! near(first: Int): ShopConnection! }
`);

function measured(query: string, variables: Record<string, unknown> = {}) {
  const document = parse(query);
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)!;
  const fragments = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
  const { cost, ...rest } = measure(schema, operation, (name) => fragments.find((one) => one.name.value === name));
  return { ...rest, cost: costWith(cost, variables), isStatic: typeof cost === 'number' };
}

test.each([
  ['a field costs one', '{ shop { name } }', 2],
  ['a page counts as often as it may have items', '{ shops(first: 50) { nodes { name } } }', 1 + 50 * 2],
  ['a page without a size has the usual one', '{ shops { nodes { name } } }', 1 + 20 * 2],
  ['a list without pages counts ten times', '{ shop { outlets { name } } }', 1 + 1 + 10],
  [
    'pages in pages multiply',
    '{ shops(first: 10) { nodes { near(first: 5) { nodes { name } } } } }',
    1 + 10 * (1 + 1 + 5 * 2),
  ],
  ['introspection is free', '{ __typename __schema { types { name } } }', 0],
  ['a fragment costs what is in it, each time', '{ shop { ...F } a: shop { ...F } } fragment F on Shop { name }', 4],
])('%s', (_, query, cost) => {
  expect(measured(query)).toMatchObject({ cost, isStatic: true });
});

test('a page whose size is a variable costs what the variable says, or its default, or the usual', () => {
  const query = 'query ($n: Int = 30) { shops(first: $n) { nodes { name } } }';
  expect(measured(query)).toMatchObject({ cost: 61, isStatic: false });
  expect(measured(query, { n: 5 }).cost).toBe(11);
  expect(measured(query, { n: 1_000_000 }).cost).toBe(2_000_001);
  expect(measured(query, { n: -5 }).cost).toBe(1);
  expect(measured('query ($n: Int) { shops(first: $n) { nodes { name } } }', { n: null }).cost).toBe(41);
});

test('depth, aliases and root fields are counted through fragments', () => {
  const query = '{ a: shop { ...F } ... { b: shop { name } } } fragment F on Shop { c: outlets { d: name } }';
  expect(measured(query)).toMatchObject({ depth: 3, aliases: 4, rootFields: 2 });
});

test('a fragment inside itself, and fragments that double a thousand times, are measured in no time', () => {
  expect(measured('{ shop { ...F } } fragment F on Shop { name ...F }').depth).toBe(2);
  const chain = Array.from({ length: 1000 }, (_, i) => `fragment F${i} on Shop { ...F${i + 1} ...F${i + 1} name }`);
  expect(measured(`{ shop { ...F0 } } ${chain.join(' ')}`).cost).toBeGreaterThan(1e100);
});

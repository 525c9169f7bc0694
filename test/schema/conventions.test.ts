import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
  isScalarType,
  isUnionType,
} from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildDoorSchema, DOORS } from '../../src/doors.ts';

type Fields = Record<string, GraphQLField<unknown, unknown>>;

function objectTypes(schema: GraphQLSchema) {
  return Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith('__'));
}

function fieldsOf(type: GraphQLNamedType): Fields {
  return isObjectType(type) ? type.getFields() : {};
}

function rootFields(schema: GraphQLSchema): [string, GraphQLField<unknown, unknown>][] {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((root) =>
    root ? Object.entries(root.getFields()) : [],
  );
}

/** Names that say all there is to say. */
const PLAIN = new Set(
  `id key first after nodes pageInfo name title description address points login password currentPassword newPassword
   refreshToken staffNumber`.split(/\s+/),
);

/**
 * A field or argument needs a description unless its name and type say it all: a plain name, the name of something
 * (…Name), its id (…Id), an instant (…At), or a type that is described itself.
 */
function needsDescription(field: GraphQLField<unknown, unknown> | GraphQLArgument | GraphQLInputField): boolean {
  const type = getNamedType(field.type);
  return !(
    PLAIN.has(field.name) ||
    (type.name === 'String' && field.name.endsWith('Name')) ||
    (type.name === 'Id' && field.name.endsWith('Id')) ||
    (type.name === 'Instant' && field.name.endsWith('At')) ||
    (!isScalarType(type) && type.description)
  );
}

/** Types need a description, but for those that only hold others together. */
function typeNeedsDescription(schema: GraphQLSchema, type: GraphQLNamedType): boolean {
  const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
  return !(isRoot || type.name === 'PageInfo' || type.name.endsWith('Connection') || isUnionType(type));
}

describe.each(DOORS)('the %s door', (door) => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    schema = await buildDoorSchema(door, { production: false });
  });

  test('names a permission at every root field', () => {
    const without = rootFields(schema).filter(([, field]) => typeof field.extensions.permission !== 'string');
    expect(without.map(([name]) => name)).toEqual([]);
  });

  test('describes every root field, and every type, field and argument that does not speak for itself', () => {
    const silent: string[] = rootFields(schema)
      .filter(([, field]) => !field.description)
      .map(([name]) => name);
    for (const type of Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'))) {
      if (!type.description && typeNeedsDescription(schema, type)) silent.push(type.name);
      if (!isObjectType(type) && !isInputObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        const place = `${type.name}.${field.name}`;
        if (!field.description && needsDescription(field)) silent.push(place);
        for (const arg of 'args' in field ? field.args : [])
          if (!arg.description && needsDescription(arg)) silent.push(`${place}(${arg.name})`);
      }
    }
    expect(silent).toEqual([]);
  });

  test('gives every list in pages, or says how it is bounded', () => {
    const unbounded = objectTypes(schema).flatMap((type) =>
      Object.values(fieldsOf(type))
        .filter((field) => isListType(getNullableType(field.type)))
        .filter((field) => !(field.name === 'nodes' && type.name.endsWith('Connection')) && !field.description)
        .map((field) => `${type.name}.${field.name}`),
    );
    expect(unbounded).toEqual([]);
  });

  test('takes first and after at every connection', () => {
    const without = objectTypes(schema).flatMap((type) =>
      Object.values(fieldsOf(type))
        .filter((field) => getNamedType(field.type).name.endsWith('Connection'))
        .filter((field) => !['first', 'after'].every((name) => field.args.some((arg) => arg.name === name)))
        .map((field) => `${type.name}.${field.name}`),
    );
    expect(without).toEqual([]);
  });

  test('answers every mutation with a union that has Refusal in it, whose codes its description lists', () => {
    const wrong = Object.values(schema.getMutationType()?.getFields() ?? {}).filter((field) => {
      const type = getNamedType(field.type);
      const refuses = isUnionType(type) && type.getTypes().some((member) => /Refus/.test(member.name));
      return !refuses || !/[A-Z]{3,}(_[A-Z]+)+/.test(field.description ?? '');
    });
    expect(wrong.map((field) => field.name)).toEqual([]);
  });

  test('takes a key at every mutation that keeps an outcome', () => {
    // These three may be repeated by their nature; a verification carries the till's own request number.
    const without = Object.values(schema.getMutationType()?.getFields() ?? {})
      .filter((field) => !field.args.some((arg) => arg.name === 'key' || arg.name === 'requestNumber'))
      .map((field) => field.name)
      .filter((name) => !/^(signIn|signInWithWechat|bindBy.*|developmentSignIn|refreshSession)$/.test(name));
    expect(without).toEqual([]);
  });
});

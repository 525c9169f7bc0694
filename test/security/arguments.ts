import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import type { Door } from '../../src/identity/caller.ts';
import { newId } from '../../src/platform/ids.ts';

/** A root field of a door, as the schema has it. */
export interface RootField {
  door: Door;
  kind: 'query' | 'mutation';
  name: string;
  permission: string;
  field: GraphQLField<unknown, unknown>;
}

/** Every root field of a door's schema, queries first. */
export function rootFields(door: Door, schema: GraphQLSchema): RootField[] {
  const roots = [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const;
  return roots.flatMap(([kind, root]) =>
    Object.values(root?.getFields() ?? {}).map((field) => {
      const permission = String(field.extensions.permission);
      return { door, kind, name: field.name, permission, field };
    }),
  );
}

/** Tells the id for an argument of this name, at this place among a field's arguments: "plan.awards.payerUnionId". */
export type IdFor = (name: string, place: string) => string;

interface Asked {
  /** The id for each place that wants one; a new one, of nothing, when not said. */
  idFor?: IdFor;
  /** Values for all places of a type, instead of the plain ones. */
  values?: Readonly<Record<string, unknown>>;
  /** Whether to give what need not be given too. */
  all?: boolean;
}

/** An operation of one root field, variables that are valid in form, and whether any of `values` is among them. */
export function operationOf({ kind, field }: RootField, { idFor = newId, values = {}, all = false }: Asked = {}) {
  const isWanted = (arg: GraphQLArgument | GraphQLInputField) => all || mustBeGiven(arg);
  const wanted = field.args.filter(isWanted);
  const declared = wanted.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
  const passed = wanted.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const call = `${field.name}${passed && `(${passed})`} ${selectionOf(getNamedType(field.type))}`;
  const query = `${kind} ${declared && `(${declared})`} { ${call} }`;

  /** `within` are the input types around a place: one inside itself ends there. */
  function given(name: string, type: GraphQLInputType, place: string, within: readonly string[]): unknown {
    if (isNonNullType(type)) return given(name, type.ofType, place, within);
    if (isListType(type))
      return within.includes(getNamedType(type).name) ? [] : [given(name, type.ofType, place, within)];
    if (isEnumType(type)) return type.getValues()[0]!.name;
    if (!isInputObjectType(type))
      return type.name === 'Id' ? idFor(name, place) : (forced(name, type.name) ?? plain(name, type.name));
    if (within.includes(type.name)) return null;
    const fields = Object.values(type.getFields()).filter(isWanted);
    const inside = [...within, type.name];
    return Object.fromEntries(
      fields.map((one) => [one.name, given(one.name, one.type, `${place}.${one.name}`, inside)]),
    );
  }
  let touched = false;
  // A key that is not well formed would be refused before anything is looked at.
  const forced = (name: string, type: string) => {
    if (isKey(name) || !(type in values)) return undefined;
    touched = true;
    return values[type];
  };

  const variables = Object.fromEntries(wanted.map((arg) => [arg.name, given(arg.name, arg.type, arg.name, [])]));
  return { query, variables, touched };
}

/** The places of a root field's arguments that are ids. */
export function idPlaces(field: RootField): string[] {
  const places = new Set<string>();
  const idFor: IdFor = (_name, place) => {
    places.add(place);
    return newId();
  };
  operationOf(field, { idFor });
  return [...places];
}

/** What must be given, and every id on top of that: whose thing it is, is what is asked. */
function mustBeGiven({ type, defaultValue }: GraphQLArgument | GraphQLInputField): boolean {
  if (isNonNullType(type) && defaultValue === undefined) return true;
  return getNamedType(type).name === 'Id' && !isListType(type);
}

function selectionOf(type: GraphQLNamedType): string {
  if (isUnionType(type)) {
    const refusals = type.getTypes().filter(({ name }) => name.includes('Refus'));
    return `{ __typename ${refusals.map(({ name }) => `... on ${name} { code }`).join(' ')} }`;
  }
  if (!isObjectType(type)) return '';
  return type.getFields().nodes ? '{ nodes { __typename } }' : '{ __typename }';
}

const PLAIN: Record<string, unknown> = {
  Int: 1,
  Float: 1,
  Points: 1,
  Fen: 100,
  Score: 80,
  Boolean: true,
  Day: '2026-09-01',
  Instant: '2026-12-01T00:00:00.000Z',
};

/** Texts that are read as something. */
const TEXTS: Record<string, string> = {
  month: '2026-08',
  token: 'worthless',
  refreshToken: 'worthless',
  role: 'auditor',
  opens: '10:00',
};

const isKey = (name: string) => name === 'key' || name === 'requestNumber';

function plain(name: string, type: string): unknown {
  if (isKey(name)) return `security-${newId()}`;
  if (type === 'String') return TEXTS[name] ?? '文字';
  if (type in PLAIN) return PLAIN[type];
  throw new Error(`give PLAIN a value of the scalar ${type}`);
}

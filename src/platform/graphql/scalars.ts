import { GraphQLScalarType, Kind } from 'graphql';
import { isDay } from '../clock.ts';
import { isId } from '../ids.ts';
import { points } from '../points.ts';

function wholeNumber(value: unknown): number {
  if (typeof value !== 'number') throw new TypeError('Points is a whole number, written without quotes.');
  return points(value);
}

/** Points, as a JSON number: whole and within ±(2^53−1). */
export const PointsScalar = new GraphQLScalarType({
  name: 'Points',
  description: 'A whole number of points within ±(2^53−1), as a JSON number.',
  serialize: wholeNumber,
  parseValue: wholeNumber,
  parseLiteral: (node) => {
    if (node.kind !== Kind.INT) throw new TypeError('Points is a whole number, written without quotes.');
    return points(Number(node.value));
  },
});

function wholeFen(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new TypeError('Fen is a whole number of fen, written without quotes.');
  return value as number;
}

/** Money, as a JSON number of whole fen: sums pass the range of Int. */
export const FenScalar = new GraphQLScalarType({
  name: 'Fen',
  description: 'A whole number of fen (分, a hundredth of a yuan) within ±(2^53−1), as a JSON number.',
  serialize: wholeFen,
  parseValue: wholeFen,
  parseLiteral: (node) => wholeFen(node.kind === Kind.INT ? Number(node.value) : undefined),
});

function day(value: unknown): string {
  if (typeof value !== 'string' || !isDay(value))
    throw new TypeError('Day is a calendar day of Beijing as YYYY-MM-DD.');
  return value;
}

export const DayScalar = new GraphQLScalarType({
  name: 'Day',
  description: 'A calendar day in Beijing, YYYY-MM-DD.',
  serialize: day,
  parseValue: day,
  parseLiteral: (node) => day(node.kind === Kind.STRING ? node.value : undefined),
});

function id(value: unknown): string {
  if (typeof value !== 'string' || !isId(value))
    throw new TypeError('This is not an id that this server has given out.');
  return value;
}

/** Ids are checked for form at the door, so that no statement is ever asked for a thing that cannot be. */
export const IdScalar = new GraphQLScalarType({
  name: 'Id',
  description: 'An id given out by this server: 26 characters, ordered by time of making.',
  serialize: (value) => String(value),
  parseValue: id,
  parseLiteral: (node) => id(node.kind === Kind.STRING ? node.value : undefined),
});

/** Instants: ISO 8601 in UTC. */
export const InstantScalar = new GraphQLScalarType({
  name: 'Instant',
  description: 'An instant as ISO 8601 in UTC, e.g. 2026-08-01T04:00:00.000Z.',
  serialize: (value) => (value as Date).toISOString(),
  parseValue: instant,
  parseLiteral: (node) => instant(node.kind === Kind.STRING ? node.value : undefined),
});

function instant(value: unknown): Date {
  const time =
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(value)
      ? Date.parse(value)
      : Number.NaN;
  if (Number.isNaN(time)) throw new TypeError('Instant is ISO 8601 with a zone, e.g. 2026-08-01T04:00:00Z.');
  return new Date(time);
}

import { GraphQLScalarType, Kind } from 'graphql';

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

import { GraphQLScalarType, Kind } from 'graphql';
import { thousandthsOf } from '../score.ts';

function thousandths(value: unknown): number {
  const found = typeof value === 'number' ? thousandthsOf(value) : undefined;
  if (found === undefined) throw new TypeError('Score is a number with up to three decimals, written without quotes.');
  return found;
}

/** Scores leave and arrive as people write them, and are thousandths inside. */
export const ScoreScalar = new GraphQLScalarType({
  name: 'Score',
  description: 'A score as a JSON number with up to three decimals, e.g. 87.5.',
  serialize: (value) => (value as number) / 1000,
  parseValue: thousandths,
  parseLiteral: (node) =>
    thousandths(node.kind === Kind.INT || node.kind === Kind.FLOAT ? Number(node.value) : undefined),
});

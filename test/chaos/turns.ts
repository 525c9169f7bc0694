import type { Random } from '../simulation/random.ts';

/** Each of a list once, in an order that the seed decides, and then all of them again in another. */
export function* inTurn<T>(random: Random, list: readonly T[]): Generator<T, never> {
  for (;;) {
    const left = [...list];
    while (left.length > 0) yield* left.splice(random.below(left.length), 1);
  }
}

/** Does the same with many things, so many at a time, and resolves with what came of them, in their order. */
export async function inParallel<T, R>(
  things: readonly T[],
  atOnce: number,
  work: (thing: T, i: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const hand = async () => {
    for (let i = next++; i < things.length; i = next++) results[i] = await work(things[i]!, i);
  };
  await Promise.all(Array.from({ length: atOnce }, hand));
  return results;
}

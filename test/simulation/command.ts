import type { Outcome } from '../../src/platform/db/idempotency.ts';
import type { Deps } from '../../src/platform/deps.ts';
import type { Model } from './model.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** What every actor is given: the world, the model of it, and the numbers of the seed. */
export interface Sim {
  world: World;
  model: Model;
  random: Random;
}

/** How the model takes a command: 'ok', the code of the refusal that it must meet, or several that it may. */
export type Verdict = string | readonly string[] | undefined;

/** One thing that somebody does at a door. It is chosen by the seed alone; ids come in only when it is sent. */
export interface Command {
  /** What it is counted under. */
  kind: string;
  /** For whoever reads a failure: who does what. */
  says: string;
  /**
   * What of the model it reads or changes, see `reads` and `writes`. Where two clients touch the same at once, nobody can
   * say who comes first, and the model does not judge what they are answered.
   */
  touches(): readonly string[];
  /** What the model says must come of it, asked just before it is sent; undefined where it does not say. */
  verdict(): Verdict;
  send(process: Deps, key: string): Promise<Outcome>;
  /** Takes down in the model what was accepted. */
  accepted(id: string): void;
}

export const reads = (thing: string) => `r ${thing}`;
export const writes = (thing: string) => `w ${thing}`;

/** The things that more than one of these lists touches, when at least one of them changes it. */
export function contended(lists: readonly (readonly string[])[]): Set<string> {
  const readers = new Map<string, Set<number>>();
  const writers = new Map<string, Set<number>>();
  lists.forEach((list, i) => {
    for (const touch of list) {
      const map = touch.startsWith('w') ? writers : readers;
      const thing = touch.slice(2);
      map.set(thing, (map.get(thing) ?? new Set()).add(i));
    }
  });
  const found = new Set<string>();
  for (const [thing, clients] of writers) {
    if (new Set([...clients, ...(readers.get(thing) ?? [])]).size > 1) found.add(thing);
  }
  return found;
}

/** The value that is made at the first call; what is sent again must be the very same. */
export function made<T>(make: () => Promise<T>): () => Promise<T> {
  let first: Promise<T> | undefined;
  return () => {
    first ??= make();
    return first;
  };
}

/** `made` for what needs no waiting. */
export function fixed<T>(make: () => T): () => T {
  let first: { value: T } | undefined;
  return () => {
    first ??= { value: make() };
    return first.value;
  };
}

/** An id that nothing has. */
export const NOTHING = '00000000000000000000000000';

/** The first of these that is not undefined, or 'ok'. */
export function firstOf(...troubles: (Verdict | false | null)[]): Verdict {
  return troubles.find((trouble) => trouble !== undefined && trouble !== false && trouble !== null) || 'ok';
}

/** The number of the programme in which a member is now. */
export const programmeOf = ({ world, model }: Sim, member: number) =>
  world.unions[model.members[member]!.union]!.programme;

/** JSON that a test takes apart. */
export type Json = string | number | null | Json[] | { [key: string]: Json };

type Path = (string | number)[];

/** Every path of a value that is not the root. */
export function pathsOf(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Object.entries(value).flatMap(([key, part]) =>
    pathsOf(part, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inside : [path, ...inside];
}

/** The value at a path. */
export function at(value: Json, path: Path): Json {
  return path.reduce<Json>((part, key) => (part as Record<string, Json>)[key]!, value);
}

/** A copy in which the value at a path is what `change` makes of it; undefined takes it away. */
export function mutated(value: Json, path: Path, change: (old: Json) => Json | undefined): Json {
  const copy = structuredClone(value);
  const parent = at(copy, path.slice(0, -1)) as Record<string, Json>;
  const key = String(path.at(-1));
  const changed = change(parent[key]!);
  if (changed !== undefined) parent[key] = changed;
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return copy;
}

/** Ways to spoil a value that keep its form where they can, since the form is the first thing that is looked at. */
export function spoilings(value: Json): ((old: Json, dice: (sides: number) => number) => Json | undefined)[] {
  const always = [() => undefined, () => null, () => ({}), () => 'x', () => 7];
  if (typeof value === 'number')
    return [(n) => Number(n) + 1, (n) => Number(n) - 1, (n) => String(n), (n) => -Number(n), ...always];
  if (typeof value === 'string')
    return [
      (s, dice) => otherCharacter(String(s), dice),
      (s) => `${s}0`,
      (s) => String(s).slice(1),
      (s) => String(s).toUpperCase(),
      ...always,
    ];
  if (Array.isArray(value)) {
    return [
      (list) => (list as Json[]).slice(1),
      (list) => [...(list as Json[])].reverse(),
      (list) => [...(list as Json[]), ...(list as Json[]).slice(0, 1)],
      () => [],
      ...always,
    ];
  }
  return [(part) => ({ ...(part as object), unknown: 'x' }), ...always];
}

/** One character exchanged for another of its kind, so that hexadecimal stays hexadecimal and a digit a digit. */
function otherCharacter(text: string, dice: (sides: number) => number): string {
  const at = dice(text.length);
  const old = text[at];
  if (old === undefined) return 'x';
  const kin = ['0123456789', 'abcdef', 'GHJKMNPQRSTVWXYZ'].find((letters) => letters.includes(old)) ?? '喜乐';
  const others = [...kin].filter((letter) => letter !== old);
  return text.slice(0, at) + others[dice(others.length)] + text.slice(at + 1);
}

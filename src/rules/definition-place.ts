import { type Condition, inner } from './conditions.ts';
import type { RuleDraft } from './definition.ts';

/** A place inside a rule definition, from the outside in: ["caps", 1, "most"]. */
export type Path = readonly PropertyKey[];

/** Every condition of a tree, each before those inside it, with its place in the definition. */
export function* conditionsIn(one: Condition, path: Path = ['condition']): Generator<[Condition, Path]> {
  yield [one, path];
  for (const [i, each] of inner(one).entries()) {
    yield* conditionsIn(each, [...path, ...(one.kind === 'not' ? ['condition'] : ['conditions', i])]);
  }
}

/**
 * A place in the definition as the input of the API names it, "definition.caps.1.most". What has a kind lies there under
 * the name of the kind: the points of a fixed award under "award.fixed", a condition of `all` under "condition.all.0".
 */
export function placeInInput(draft: Pick<RuleDraft, 'award' | 'condition'>, path: Path): string {
  const [part, ...rest] = path;
  const condition = draft.condition as Condition | null | undefined;
  const named =
    part === 'award' ? awardPlace(draft.award, rest) : part === 'condition' ? conditionPlace(condition, rest) : rest;
  return ['definition', ...(part === undefined ? [] : [part]), ...named].join('.');
}

function awardPlace(award: RuleDraft['award'], rest: Path): Path {
  if (rest.length === 0) return rest;
  if (award.kind === 'fixed') return ['fixed'];
  return [award.kind === 'per_unit' ? 'perUnit' : award.kind, ...rest];
}

const LEAF_PLACES: Record<string, Path> = { attribute: ['name'], unionIds: [], tags: [] };

/** A place inside a condition as the input of the API names it: ["conditions", 0, "values"] lies under "all.0.attribute.values". */
export function conditionPlace(one: Condition | null | undefined, path: Path): Path {
  const [part, ...rest] = path;
  if (!one || part === undefined) return path;
  if (one.kind === 'all' || one.kind === 'any') {
    const [index, ...further] = rest;
    if (index === undefined) return [one.kind];
    return [one.kind, index, ...conditionPlace(one.conditions[Number(index)], further)];
  }
  if (one.kind === 'not') return ['not', ...conditionPlace(one.condition, rest)];
  const names = { attribute: 'attribute', fact: 'fact', branch: 'branches', tag: 'tags' } as const;
  return [names[one.kind], ...(LEAF_PLACES[String(part)] ?? [part]), ...rest];
}

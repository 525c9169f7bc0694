import type { RuleDefinition } from './definition.ts';
import { conditionsIn, type Path, placeInInput } from './definition-place.ts';

/** The unions that a definition names, in its condition and its budgets, each once. */
export function unionIdsOf(definition: RuleDefinition): string[] {
  return [...placesOfUnions(definition).keys()];
}

/** The same, each with the place that names it first, as the input of the API calls it. */
export function placesOfUnions(definition: RuleDefinition): Map<string, string> {
  const places = new Map<string, string>();
  const add = (id: string, path: Path) => {
    if (!places.has(id)) places.set(id, placeInInput(definition, path));
  };
  for (const [one, path] of definition.condition ? conditionsIn(definition.condition) : []) {
    if (one.kind === 'branch') for (const [i, id] of one.unionIds.entries()) add(id, [...path, 'unionIds', i]);
  }
  for (const [i, { unionId }] of definition.budget.branches.entries())
    add(unionId, ['budget', 'branches', i, 'unionId']);
  return places;
}

import { loader, type RequestContext } from '../../identity/context.ts';
import { unionLoader } from '../../unions/loaders.ts';
import type { RuleDefinition } from '../definition.ts';
import type { UnionNames } from '../phrases.ts';
import { unionIdsOf } from '../unions-of-definition.ts';

/** The names of the unions that a definition names, so that it can be put into words. */
export async function unionNamesOf(context: RequestContext, definition: RuleDefinition): Promise<UnionNames> {
  const unions = await Promise.all(unionIdsOf(definition).map((id) => loader(context, unionLoader).load(id)));
  return new Map(unions.flatMap((union) => (union ? [[union.id, union.name]] : [])));
}

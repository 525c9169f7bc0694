import { type AdminContext, loader, type RequestContext } from '../../../identity/context.ts';
import { conditionInWords } from '../../../rules/condition-in-words.ts';
import type { Condition } from '../../../rules/conditions.ts';
import { type ConditionView, conditionViews } from '../../../rules/graphql/admin-condition-views.ts';
import type { UnionNames } from '../../../rules/phrases.ts';
import { unionLoader } from '../../../unions/loaders.ts';
import { unionsAsked } from '../eligibility.ts';

/** Who may enter as a list of conditions, each before those inside it; empty for everybody. */
export async function eligibilityViews(context: AdminContext, root: Condition | null): Promise<ConditionView[]> {
  return root ? conditionViews(root, await namesIn(context, [root]), context.language) : [];
}

/** Who may enter for a person; null for everybody. */
export async function eligibilityInWords(context: RequestContext, root: Condition | null): Promise<string | null> {
  return root && conditionInWords(root, await namesIn(context, [root]))[context.language];
}

/** The names of the unions that conditions name. */
export async function namesIn(context: RequestContext, roots: readonly (Condition | null)[]): Promise<UnionNames> {
  const ids = roots.flatMap(unionsAsked);
  const unions = await Promise.all(ids.map((id) => loader(context, unionLoader).load(id)));
  return new Map(unions.flatMap((union) => (union ? [[union.id, union.name]] : [])));
}

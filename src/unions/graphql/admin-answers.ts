import type { AdminContext } from '../../identity/context.ts';
import { branchesOf } from '../../identity/queries.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { type RefusalView, refusalView } from '../../platform/graphql/refusal.ts';
import type { Result } from '../../platform/result.ts';
import { unionInScope } from '../scope.ts';

/** Shows what a mutation made or changed, read anew and only where the caller may act, or why it did nothing. */
export async function answer<T, V>(
  { language }: AdminContext,
  outcome: Outcome,
  find: (id: string) => Promise<Result<T>>,
  view: (found: T) => V,
): Promise<V | RefusalView> {
  const found = outcome.ok ? await find(outcome.value) : outcome;
  return found.ok ? view(found.value) : refusalView(found.refusal, language);
}

/** The paths that a list covers: one union's branch, or all branches in which the caller holds the permission. */
export async function branches(
  { deps, caller }: AdminContext,
  permission: string,
  unionId: string | null | undefined,
): Promise<string[]> {
  if (!unionId) return branchesOf(caller, permission);
  const found = await unionInScope(deps.db.manager, caller, permission, unionId);
  return found.ok ? [found.value.path] : [];
}

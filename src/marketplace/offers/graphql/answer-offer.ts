import type { AdminContext } from '../../../identity/context.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { answer } from '../../graphql/admin-views.ts';
import { offerInScope } from '../../scope.ts';
import { type OfferView, offerView } from './admin-views.ts';

/** What a mutation of an offer answers with: the offer read anew, for who holds the permission. */
export async function answerOffer(
  context: AdminContext,
  outcome: Outcome,
  permission: 'offers:write' | 'offers:approve' = 'offers:write',
): Promise<OfferView | RefusalView> {
  const { deps, caller } = context;
  const find = (id: string) => offerInScope(deps.db.manager, caller, permission, id);
  return answer(context, outcome, find, (found) => offerView(found.offer));
}

import { act } from '../../identity/act.ts';
import type { MemberCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { childUnknown } from './refusals.ts';

/**
 * Takes back the consent to keep a child of the member who calls, and deletes what is known of the child; what
 * milestones have paid stays paid. Resolves with the id that the child had. Refusal: CHILD_UNKNOWN.
 */
export async function withdrawChild(
  deps: Deps,
  caller: MemberCaller,
  key: string,
  input: { childId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'withdrawChild', key, input }, async (tx) => {
    const { affectedRows } = await tx.query<{ affectedRows: number }>(
      'DELETE FROM member_child WHERE id = ? AND member_id = ?',
      [input.childId, caller.memberId],
    );
    return affectedRows === 1 ? accept(input.childId) : refuse(childUnknown);
  });
}

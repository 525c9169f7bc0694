import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { wrongLine } from './form.ts';
import { LONGEST_DUTY, MOST_MEMBERS } from './limits.ts';
import { addPart, currentParts, wrongNewcomer } from './parts.ts';
import { membersTooMany } from './refusals.ts';
import { lockStudioInScope } from './scope.ts';

/** Somebody in a studio, and what she does there. */
export interface MemberWithDuty {
  studioId: string;
  memberId: string;
  duty: string;
}

/**
 * Takes a member of the branch into a studio from today (studios:write in its union), with a duty; a member is in one
 * studio at a time. Resolves with the studio's id; audited. Refusals: STUDIO_UNKNOWN, STUDIO_DISSOLVED, TEXT_LENGTH,
 * MEMBER_UNKNOWN, MEMBER_NOT_ACTIVE, ALREADY_IN_STUDIO, MEMBERS_TOO_MANY.
 */
export async function addMember(deps: Deps, caller: AdminCaller, key: string, input: MemberWithDuty): Promise<Outcome> {
  return act(deps, caller, { operation: 'addStudioMember', key, input }, async (tx, now) => {
    const { studioId, memberId, duty } = input;
    const found = await lockStudioInScope(tx, caller, studioId);
    if (!found.ok) return found;
    const { studio, union } = found.value;
    const wrong =
      wrongLine('duty', duty, LONGEST_DUTY) ?? (await wrongNewcomer(tx, union.path, { memberId, at: 'memberId' }));
    if (wrong) return refuse(wrong);
    if ((await currentParts(tx, studioId)).length >= MOST_MEMBERS) return refuse(membersTooMany);
    await addPart(tx, input, now);
    const target = { targetKind: 'studio', targetId: studioId, unionId: studio.unionId };
    const after = { memberId, duty };
    await recordAudit(tx, { actor: caller.actor, action: 'addStudioMember', ...target, after }, now);
    return accept(studioId);
  });
}

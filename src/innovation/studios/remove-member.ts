import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import type { MemberWithDuty } from './add-member.ts';
import { wrongLine } from './form.ts';
import { LONGEST_DUTY } from './limits.ts';
import { currentParts, endPart } from './parts.ts';
import { isLeader, notInStudio } from './refusals.ts';
import { lockStudioInScope, type StudioInScope } from './scope.ts';
import { StudioMember } from './studio-member.entity.ts';

/**
 * Ends a member's part in a studio today (studios:write in its union); that she was part of it stays on record. Resolves
 * with the studio's id; audited. Refusals: STUDIO_UNKNOWN, STUDIO_DISSOLVED, NOT_IN_STUDIO, IS_LEADER.
 */
export async function removeMember(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { studioId: string; memberId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'removeStudioMember', key, input }, async (tx, now) => {
    const { studioId, memberId } = input;
    const found = await lockPart(tx, caller, input);
    if (!found.ok) return found;
    const { part, studio } = found.value;
    await endPart(tx, part.id, null, now);
    const target = { targetKind: 'studio', targetId: studioId, unionId: studio.unionId };
    const before = { memberId, duty: part.duty };
    await recordAudit(tx, { actor: caller.actor, action: 'removeStudioMember', ...target, before }, now);
    return accept(studioId);
  });
}

/**
 * Gives a member of a studio another duty (studios:write in its union). Resolves with the studio's id; audited. Refusals:
 * those of `removeMember`, TEXT_LENGTH.
 */
export async function changeDuty(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: MemberWithDuty,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'changeStudioDuty', key, input }, async (tx, now) => {
    const { studioId, memberId, duty } = input;
    const found = await lockPart(tx, caller, input);
    if (!found.ok) return found;
    const wrong = wrongLine('duty', duty, LONGEST_DUTY);
    if (wrong) return refuse(wrong);
    const { part, studio } = found.value;
    await tx.update(StudioMember, { id: part.id }, { duty });
    const target = { targetKind: 'studio', targetId: studioId, unionId: studio.unionId };
    const change = { before: { memberId, duty: part.duty }, after: { memberId, duty } };
    await recordAudit(tx, { actor: caller.actor, action: 'changeStudioDuty', ...target, ...change }, now);
    return accept(studioId);
  });
}

/** The part of a member, not the leader, with its studio locked. */
async function lockPart(
  tx: Tx,
  caller: AdminCaller,
  { studioId, memberId }: { studioId: string; memberId: string },
): Promise<Result<StudioInScope & { part: StudioMember }>> {
  const found = await lockStudioInScope(tx, caller, studioId);
  if (!found.ok) return found;
  const part = (await currentParts(tx, studioId)).find((one) => one.memberId === memberId);
  if (!part) return refuse(notInStudio);
  return part.role === 'leader' ? refuse(isLeader) : accept({ ...found.value, part });
}

import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { wrongLine, wrongText } from './form.ts';
import { attachStanding, type NewLeader, wrongStanding } from './leader.ts';
import { LONGEST_DUTY, LONGEST_REASON } from './limits.ts';
import { addPart, currentParts, endPart, wrongNewcomer } from './parts.ts';
import { leaderUnchanged, reasonNeeded } from './refusals.ts';
import { lockStudioInScope, type StudioInScope } from './scope.ts';
import { Studio } from './studio.entity.ts';
import type { StudioMember } from './studio-member.entity.ts';

export interface LeaderChange {
  studioId: string;
  leader: NewLeader;
  /** What the leader before does there from now on; null when she leaves the studio. */
  formerDuty: string | null;
  reason: string;
}

/**
 * Puts a studio under another leader, for a reason (studios:write in its union); the one before becomes a member or
 * leaves. Resolves with the studio's id; audited. Refusals: STUDIO_UNKNOWN, STUDIO_DISSOLVED, REASON_NEEDED, TEXT_LENGTH,
 * LEADER_UNCHANGED, MEMBER_UNKNOWN, MEMBER_NOT_ACTIVE, ALREADY_IN_STUDIO (of another one), LEADER_UNSKILLED,
 * EVIDENCE_NEEDED, and those of `attachEvidence`.
 */
export async function changeLeader(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: LeaderChange,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'changeStudioLeader', key, input }, async (tx, now) => {
    const { studioId, leader, formerDuty, reason } = input;
    const found = await lockStudioInScope(tx, caller, studioId);
    if (!found.ok) return found;
    const { unionId, leaderKind } = found.value.studio;
    const parts = await currentParts(tx, studioId);
    const former = parts.find(({ role }) => role === 'leader')!;
    const wrong = wrongWords(input) ?? (await wrongChange(tx, found.value, former, leader));
    if (wrong) return refuse(wrong);
    const partId = await exchange(tx, parts, { former, ...input }, now);
    await tx.update(Studio, { id: studioId }, { leaderKind: leader.kind });
    const { evidenceIds } = leader;
    const attached = await attachStanding(tx, { partId, owner: caller.actor, evidenceIds }, now);
    if (!attached.ok) return attached;
    const target = { targetKind: 'studio', targetId: studioId, unionId };
    const before = { leader: { memberId: former.memberId, kind: leaderKind } };
    const change = { before, after: { leader, formerDuty, reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'changeStudioLeader', ...target, ...change }, now);
    return accept(studioId);
  });
}

function wrongWords({ reason, formerDuty }: LeaderChange): Refusal | undefined {
  if (wrongText('reason', reason, LONGEST_REASON)) return reasonNeeded;
  return formerDuty === null ? undefined : wrongLine('formerDuty', formerDuty, LONGEST_DUTY);
}

async function wrongChange(
  tx: Tx,
  { studio, union }: StudioInScope,
  former: StudioMember,
  leader: NewLeader,
): Promise<Refusal | undefined> {
  const { memberId } = leader;
  if (memberId === former.memberId) return leaderUnchanged;
  const newcomer = { memberId, at: 'leader.memberId', mayBeIn: studio.id };
  return (await wrongNewcomer(tx, union.path, newcomer)) ?? (await wrongStanding(tx, leader));
}

/** Resolves with the id of the new leader's part. */
async function exchange(
  tx: Tx,
  parts: readonly StudioMember[],
  { former, studioId, leader, formerDuty, reason }: LeaderChange & { former: StudioMember },
  now: Date,
): Promise<string> {
  await endPart(tx, former.id, reason, now);
  const own = parts.find(({ memberId }) => memberId === leader.memberId);
  if (own) await endPart(tx, own.id, null, now);
  if (formerDuty !== null) await addPart(tx, { studioId, memberId: former.memberId, duty: formerDuty }, now);
  return addPart(tx, { studioId, memberId: leader.memberId, duty: null }, now);
}

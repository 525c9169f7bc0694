import { attachEvidence } from '../../evidence/attach-evidence.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { highestSkill } from '../../unions/skill/queries.ts';
import { LEAST_SKILL } from './limits.ts';
import { leaderEvidenceNeeded, leaderUnskilled } from './refusals.ts';
import type { LeaderKind } from './studio.entity.ts';
import { leaderEvidence } from './studio-member.entity.ts';

/** Who is to lead a studio, and what entitles her. */
export interface NewLeader {
  memberId: string;
  kind: LeaderKind;
  /** Files that the admin has uploaded: at least one for a model worker or craftsman. */
  evidenceIds: readonly string[];
}

/** Refuses a leader whose standing is not proved: LEADER_UNSKILLED, EVIDENCE_NEEDED. */
export async function wrongStanding(tx: Tx, { memberId, kind, evidenceIds }: NewLeader): Promise<Refusal | undefined> {
  if (kind !== 'skilled_worker') return evidenceIds.length === 0 ? leaderEvidenceNeeded : undefined;
  const skill = (await highestSkill(tx, [memberId])).get(memberId);
  return (skill?.level ?? 0) < LEAST_SKILL ? leaderUnskilled : undefined;
}

/** Ties the files that prove a leader's standing to her part in the studio. Refusals: those of `attachEvidence`. */
export async function attachStanding(
  tx: Tx,
  { partId, owner, evidenceIds }: { partId: string; owner: string; evidenceIds: readonly string[] },
  now: Date,
): Promise<Result<void>> {
  const attached = await attachEvidence(tx, { owner, evidenceIds, to: leaderEvidence(partId) }, now);
  return attached.ok ? accept(undefined) : refuse({ ...attached.refusal, at: `leader.${attached.refusal.at}` });
}

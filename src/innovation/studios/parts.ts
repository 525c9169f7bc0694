import { IsNull } from 'typeorm';
import { type BeijingDay, beijingDay } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import type { Refusal } from '../../platform/result.ts';
import { memberStandings } from '../../unions/standing.ts';
import { alreadyInStudio, newcomerNotActive, newcomerUnknown } from './refusals.ts';
import { StudioMember } from './studio-member.entity.ts';

/** Who is part of a studio now, the leader first, then in the order of their coming. */
export async function currentParts(tx: Tx, studioId: string): Promise<StudioMember[]> {
  return tx.find(StudioMember, { where: { studioId, leftOn: IsNull() }, order: { role: 'ASC', id: 'ASC' } });
}

/**
 * Refuses a member who cannot come into a studio of the union with this path, unless she is in `mayBeIn` already; her row
 * is locked until the commit, so that nobody else takes her in meanwhile. Refusals: MEMBER_UNKNOWN, MEMBER_NOT_ACTIVE,
 * ALREADY_IN_STUDIO.
 */
export async function wrongNewcomer(
  tx: Tx,
  unionPath: string,
  { memberId, at, mayBeIn = null }: { memberId: string; at: string; mayBeIn?: string | null },
): Promise<Refusal | undefined> {
  await tx.query('SELECT id FROM member WHERE id = ? FOR UPDATE', [memberId]);
  const standing = (await memberStandings(tx, [memberId])).get(memberId);
  if (!standing?.unionPath.startsWith(unionPath)) return newcomerUnknown(at);
  if (standing.state !== 'active') return newcomerNotActive(at);
  const part = await tx.findOneBy(StudioMember, { memberId, leftOn: IsNull() });
  return part && part.studioId !== mayBeIn ? alreadyInStudio(at) : undefined;
}

/** Who comes into a studio: as its leader without a duty, else with one. */
export interface NewPart {
  studioId: string;
  memberId: string;
  /** Null for the leader. */
  duty: string | null;
}

/** Makes a member part of a studio from today; resolves with the id of her part. */
export async function addPart(tx: Tx, { studioId, memberId, duty }: NewPart, now: Date): Promise<string> {
  const id = newId();
  const role = duty === null ? 'leader' : 'member';
  await tx.insert(StudioMember, { id, studioId, memberId, role, duty, joinedOn: beijingDay(now) });
  return id;
}

/** Ends somebody's part in a studio today; of a leader who was changed, with the reason. */
export async function endPart(tx: Tx, id: string, leftReason: string | null, now: Date): Promise<void> {
  const leftOn: BeijingDay = beijingDay(now);
  await tx.update(StudioMember, { id }, { leftOn, leftReason });
}

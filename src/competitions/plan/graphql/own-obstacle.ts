import { loader, type MemberContext } from '../../../identity/context.ts';
import { beijingDay } from '../../../platform/clock.ts';
import type { Competition } from '../competition.entity.ts';
import type { Division } from '../division.entity.ts';
import { obstacle } from '../eligibility.ts';
import { askedOfEntrant, firmOfMember } from '../entrants.ts';
import { entrantLoader } from '../loaders.ts';
import { namesIn } from './eligibility-words.ts';

/**
 * Why the member who asks, or her firm where firms enter, is not eligible today for a competition, or for one of its
 * divisions; null when she is.
 */
export async function ownObstacle(
  context: MemberContext,
  competition: Competition,
  division: Division | null,
): Promise<string | null> {
  const { deps, caller, language } = context;
  const member = await loader(context, entrantLoader).load(caller.memberId);
  if (!member) throw new Error(`the member ${caller.memberId} has gone`);
  const entrant = competition.entrant === 'firm' ? firmOfMember(member) : member;
  const asked = askedOfEntrant(entrant, beijingDay(deps.clock.now()), division?.trade ?? competition.trade);
  const conditions = [competition.eligibility, division?.eligibility ?? null];
  return obstacle(conditions, asked, await namesIn(context, conditions))?.[language] ?? null;
}

import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { type Refusal, refuse } from '../../platform/result.ts';
import { memberStandings } from '../../unions/standing.ts';
import type { Post } from './author.entity.ts';
import { findColleagues, type NamedColleague } from './colleagues.ts';
import type { AchievementContent, AuthorGiven } from './content.ts';
import { MOST_AUTHORS } from './limits.ts';
import { authorsTooMany, colleagueUnknown, memberNotActive } from './refusals-content.ts';

/** What a member declares: herself as the first author, and colleagues whom she names. */
export interface OwnContent extends Omit<AchievementContent, 'authors'> {
  share: number;
  post: Post;
  colleagues: readonly (NamedColleague & Omit<AuthorGiven, 'memberId'>)[];
}

/**
 * Finds the colleagues whom a member names and goes on with them as authors after herself; a refusal of one has the place
 * "colleagues.0". Refusals: MEMBER_NOT_ACTIVE, AUTHORS_TOO_MANY, AUTHOR_UNKNOWN, and those of `then`.
 */
export async function withColleagues(
  tx: Tx,
  memberId: string,
  { share, post, colleagues, ...content }: OwnContent,
  then: (content: AchievementContent) => Promise<Outcome>,
): Promise<Outcome> {
  const standing = (await memberStandings(tx, [memberId])).get(memberId);
  if (!standing) return refuse(memberNotActive);
  if (colleagues.length >= MOST_AUTHORS) return refuse({ ...authorsTooMany, at: 'colleagues' });
  const found = await findColleagues(tx, standing.unionPath, colleagues);
  const unknown = found.indexOf(undefined);
  if (unknown >= 0) return refuse(colleagueUnknown(`colleagues.${unknown}`));
  const others = colleagues.map((one, i): AuthorGiven => ({ memberId: found[i]!, share: one.share, post: one.post }));
  const outcome = await then({ ...content, authors: [{ memberId, share, post }, ...others] });
  return outcome.ok ? outcome : refuse({ ...outcome.refusal, ...placeGiven(outcome.refusal) });
}

/** Where the trouble with an author is in what the member gave, who is the first and not among the colleagues. */
function placeGiven({ at }: Refusal): { at?: string } {
  const [, author, rest] = /^authors(?:\.(\d+)(\..*)?)?$/.exec(at ?? '') ?? [];
  if (at === 'authors') return { at: 'colleagues' };
  if (author === undefined) return {};
  return { at: author === '0' ? 'share' : `colleagues.${Number(author) - 1}${rest ?? ''}` };
}

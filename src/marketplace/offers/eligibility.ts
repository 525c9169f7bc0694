import type { EntityManager } from 'typeorm';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { isLine } from '../../unions/line.ts';
import { tagMalformed } from '../../unions/refusals.ts';
import { LONGEST_TAG, normaliseTag } from '../../unions/tags.ts';
import type { OfferTerms } from '../offer-terms.ts';
import { MOST_ELIGIBLE_TAGS, MOST_UNIONS, tagsOutOfRange, unionNotOfProgramme, unionsOutOfRange } from './refusals.ts';

/** Who may buy an offer: members of one of the branches, where there are any, with one of the tags, where there are any. */
export type Eligibility = Pick<OfferTerms, 'eligibleUnionIds' | 'eligibleTags'>;

/**
 * What is given of an eligibility as it is kept: each union and tag once, an empty list as null. The unions are of the
 * programme's branch. Refusals: UNIONS_OUT_OF_RANGE, UNION_UNKNOWN, TAGS_OUT_OF_RANGE, TAG_MALFORMED, with the place.
 */
export async function checkEligibility(
  db: EntityManager,
  programmeId: string,
  { eligibleUnionIds, eligibleTags }: Partial<Eligibility>,
): Promise<Result<Partial<Eligibility>>> {
  const unions = await checkUnions(db, programmeId, [...new Set(eligibleUnionIds ?? [])]);
  if (!unions.ok) return unions;
  const tags = checkTags([...new Set(eligibleTags?.map(normaliseTag) ?? [])]);
  if (!tags.ok) return tags;
  return accept({
    ...(eligibleUnionIds !== undefined && { eligibleUnionIds: unions.value }),
    ...(eligibleTags !== undefined && { eligibleTags: tags.value }),
  });
}

/** Whether a member may buy an offer, by the path of her union and her tags. */
export function isEligible(
  { eligibleUnionIds, eligibleTags }: Eligibility,
  unionPathOfMember: string,
  tags: readonly string[],
): boolean {
  const inBranch = eligibleUnionIds === null || eligibleUnionIds.some((id) => unionPathOfMember.includes(`/${id}/`));
  return inBranch && (eligibleTags === null || eligibleTags.some((tag) => tags.includes(tag)));
}

async function checkUnions(db: EntityManager, programmeId: string, ids: string[]): Promise<Result<string[] | null>> {
  if (ids.length === 0) return accept(null);
  if (ids.length > MOST_UNIONS) return refuse(unionsOutOfRange);
  const rows: { id: string }[] = await db.query(
    `SELECT u.id FROM programme p JOIN union_node top ON top.id = p.union_id
     JOIN union_node u ON u.path LIKE CONCAT(top.path, '%') WHERE p.id = ? AND u.id IN (?)`,
    [programmeId, ids],
  );
  const known = new Set(rows.map(({ id }) => id));
  const foreign = ids.findIndex((id) => !known.has(id));
  return foreign === -1 ? accept(ids) : refuse(unionNotOfProgramme(foreign));
}

function checkTags(tags: string[]): Result<string[] | null> {
  if (tags.length === 0) return accept(null);
  if (tags.length > MOST_ELIGIBLE_TAGS) return refuse(tagsOutOfRange);
  const malformed = tags.findIndex((tag) => !isLine(tag, LONGEST_TAG));
  return malformed === -1 ? accept(tags) : refuse({ ...tagMalformed, at: `eligibleTags.${malformed}` });
}

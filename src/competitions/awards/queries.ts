import type { EntityManager } from 'typeorm';
import { readPage } from '../../platform/db/read-page.ts';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { Win } from './win.entity.ts';

/** The cursor of a win among those of its competition. */
export function winCursor({ awardNumber, place }: Win): string {
  return `${awardNumber}.${place}`;
}

/** A page of the wins of a competition, by award and place. */
export async function winsOf(db: EntityManager, competitionId: string, page: PageRequest): Promise<Page<Win>> {
  const [award = 0, place = 0] = (page.after ?? '0.0').split('.').map(Number);
  if (!Number.isSafeInteger(award) || !Number.isSafeInteger(place)) return { items: [], hasNextPage: false };
  const rows = await db
    .createQueryBuilder(Win, 'w')
    .where('w.competitionId = :competitionId', { competitionId })
    .andWhere('(w.awardNumber > :award OR (w.awardNumber = :award AND w.place > :place))', { award, place })
    .orderBy('w.awardNumber')
    .addOrderBy('w.place')
    .limit(page.first + 1)
    .getMany();
  return pageOf(rows, page);
}

/** A page of the wins of entries that a member was part of when they were won, the newest first; the cursor is the id. */
export async function winsOfMember(db: EntityManager, memberId: string, page: PageRequest): Promise<Page<Win>> {
  const query = db
    .createQueryBuilder(Win, 'w')
    .innerJoin('entry_member', 'm', "m.entry_id = w.entry_id AND m.left_at IS NULL AND m.role <> 'substitute'")
    .where('m.member_id = :memberId', { memberId });
  return readPage(query, 'w.id', page, 'DESC');
}

import { type EntityManager, In } from 'typeorm';
import { type Page, type PageRequest, pageOf } from '../../../platform/graphql/connection.ts';
import { groupBy } from '../../../platform/group-by.ts';
import { SubsidyLine } from './line.entity.ts';
import { SubsidyList } from './list.entity.ts';

/** The payment lists of competitions by their ids; a competition that has none is absent. */
export async function listsOf(db: EntityManager, competitionIds: readonly string[]): Promise<Map<string, SubsidyList>> {
  const lists = await db.findBy(SubsidyList, { competitionId: In([...competitionIds]) });
  return new Map(lists.map((list) => [list.competitionId, list]));
}

/** The same page of the lines of each of these lists, in order, in one statement; the cursor is the number. */
export async function linesOfLists(
  db: EntityManager,
  listIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<SubsidyLine>>> {
  const after = Number(page.after ?? 0);
  if (!Number.isSafeInteger(after)) return new Map();
  // Lines are numbered without a gap, so a page of them is a range.
  const rows = await db
    .createQueryBuilder(SubsidyLine, 'l')
    .where('l.listId IN (:...listIds)', { listIds: ['', ...listIds] })
    .andWhere('l.number > :after AND l.number <= :last', { after, last: after + page.first + 1 })
    .orderBy('l.listId')
    .addOrderBy('l.number')
    .getMany();
  return new Map([...groupBy(rows, ({ listId }) => listId)].map(([id, lines]) => [id, pageOf(lines, page)]));
}

import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { type Page, type PageRequest, pageOf } from '../graphql/connection.ts';

/**
 * Reads a page of a query, which has its conditions already, in the order of a unique column that is the list's cursor:
 * the newest first with 'DESC'.
 */
export async function readPage<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  column: string,
  page: PageRequest,
  order: 'ASC' | 'DESC' = 'ASC',
): Promise<Page<T>> {
  if (page.after !== undefined)
    query.andWhere(`${column} ${order === 'ASC' ? '>' : '<'} :after`, { after: page.after });
  const rows = await query
    .orderBy(column, order)
    .limit(page.first + 1)
    .getMany();
  return pageOf(rows, page);
}

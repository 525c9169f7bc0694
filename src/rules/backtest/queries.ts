import type { EntityManager } from 'typeorm';
import type { AdminCaller } from '../../identity/caller.ts';
import { readPage } from '../../platform/db/read-page.ts';
import type { Page, PageRequest } from '../../platform/graphql/connection.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { Backtest } from './backtest.entity.ts';

/** A page of a programme's back-tests, the newest first; the cursor is the id. */
export async function backtestsOf(db: EntityManager, programmeId: string, page: PageRequest): Promise<Page<Backtest>> {
  const query = db.createQueryBuilder(Backtest, 'b').where('b.programmeId = :programmeId', { programmeId });
  return readPage(query, 'b.id', page, 'DESC');
}

/** A back-test of a programme of the admin's branch (rules:read); null when there is none of this id. */
export async function backtestInScope(db: EntityManager, caller: AdminCaller, id: string): Promise<Backtest | null> {
  const backtest = await db.findOneBy(Backtest, { id });
  if (!backtest) return null;
  const programme = await programmeInScope(db, caller, 'rules:read', backtest.programmeId);
  return programme.ok ? backtest : null;
}

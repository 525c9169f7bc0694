import type { EntityManager } from 'typeorm';
import type { AdminCaller } from '../../../identity/caller.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../../platform/result.ts';
import { type CompetitionInScope, competitionInScope } from '../../plan/scope.ts';
import { SubsidyList } from './list.entity.ts';
import { listUnknown } from './refusals.ts';

/** A payment list, and its competition. */
export interface ListInScope extends CompetitionInScope {
  list: SubsidyList;
}

/** The list, when the admin holds the permission in the union of its competition. Refusal: SUBSIDY_LIST_UNKNOWN. */
export async function listInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<ListInScope>> {
  const list = await db.findOneBy(SubsidyList, { id });
  const found = list && (await competitionInScope(db, caller, permission, list.competitionId));
  return list && found?.ok ? accept({ list, ...found.value }) : refuse(listUnknown);
}

/** `listInScope` with awards:pay and the list locked. */
export async function lockListInScope(tx: Tx, caller: AdminCaller, id: string): Promise<Result<ListInScope>> {
  await tx.query('SELECT id FROM subsidy_list WHERE id = ? FOR UPDATE', [id]);
  return listInScope(tx, caller, 'awards:pay', id);
}

import type { EntityManager } from 'typeorm';
import { type AdminCaller, mayIn } from '../../identity/caller.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { unionPath } from '../../unions/queries.ts';
import { Entry } from './entry.entity.ts';
import { EntryMember } from './entry-member.entity.ts';
import { entryUnknown } from './refusals.ts';

/** An entry, and the path of its union. */
export interface EntryInScope {
  entry: Entry;
  path: string;
}

/** The entry, when the admin holds the permission in its union. Refusal: ENTRY_UNKNOWN, for what is not there and not theirs. */
export async function entryInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<EntryInScope>> {
  const entry = await db.findOneBy(Entry, { id });
  const path = entry ? await unionPath(db, entry.unionId) : undefined;
  return entry && path !== undefined && mayIn(caller, permission, path)
    ? accept({ entry, path })
    : refuse(entryUnknown);
}

/** The entry, when the member leads it: her own, or that of the team whose captain she is. Refusal: ENTRY_UNKNOWN. */
export async function entryOfLead(db: EntityManager, memberId: string, id: string): Promise<Result<EntryInScope>> {
  const entry = await db.findOneBy(Entry, { id });
  const part = entry && (await db.findOne(EntryMember, { where: { entryId: id, memberId }, order: { id: 'DESC' } }));
  const leading = entry?.kind === 'team' ? 'captain' : 'member';
  // Who was substituted leads no more; when all is withdrawn, nobody is part of it any more.
  const leads = part?.role === leading && entry?.kind !== 'firm' && (!part.leftAt || entry?.state === 'withdrawn');
  const path = entry && leads ? await unionPath(db, entry.unionId) : undefined;
  return entry && path !== undefined ? accept({ entry, path }) : refuse(entryUnknown);
}

/**
 * Holds an entry and the terms of its competition until the commit: first the competition, as everything does that
 * enters or changes entries. Whether there is such an entry, and whose it is, its scope tells afterwards.
 */
export async function lockEntry(tx: Tx, id: string): Promise<void> {
  const [row] = await tx.query<{ competition_id: string }[]>('SELECT competition_id FROM entry WHERE id = ?', [id]);
  if (!row) return;
  await tx.query('SELECT id FROM competition WHERE id = ? LOCK IN SHARE MODE', [row.competition_id]);
  await tx.query('SELECT id FROM entry WHERE id = ? FOR UPDATE', [id]);
}

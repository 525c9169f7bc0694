import { type EntityManager, IsNull, Not } from 'typeorm';
import { type AdminCaller, mayIn } from '../../identity/caller.ts';
import { memberIdOf } from '../../identity/own-member.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { findUnions, idsOnPath, unionPath } from '../../unions/queries.ts';
import { memberStandings } from '../../unions/standing.ts';
import type { UnionNode } from '../../unions/union-node.entity.ts';
import { StudioNaming } from './naming/naming.entity.ts';
import { studioDissolved, studioUnknown } from './refusals.ts';
import { Studio } from './studio.entity.ts';
import { StudioMember } from './studio-member.entity.ts';

/** A studio that an admin may see or change, and its union. */
export interface StudioInScope {
  studio: Studio;
  union: UnionNode;
}

/** The studio, when the admin holds the permission in its union. Refusal: STUDIO_UNKNOWN. */
export async function studioInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<StudioInScope>> {
  const studio = await db.findOneBy(Studio, { id });
  const [union] = studio ? await findUnions(db, [studio.unionId]) : [];
  return studio && union && mayIn(caller, permission, union.path) ? accept({ studio, union }) : refuse(studioUnknown);
}

/**
 * `studioInScope` with studios:write, of a studio that is not dissolved, locked and as it stands now: before the members,
 * namings and alliances that a transaction locks. Refusals: STUDIO_UNKNOWN, STUDIO_DISSOLVED.
 */
export async function lockStudioInScope(tx: Tx, caller: AdminCaller, id: string): Promise<Result<StudioInScope>> {
  await lockStudios(tx, [id]);
  const found = await studioInScope(tx, caller, 'studios:write', id);
  return found.ok && found.value.studio.state === 'dissolved' ? refuse(studioDissolved) : found;
}

/** Locks studios until the transaction ends, in order of id. */
export async function lockStudios(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query('SELECT id FROM studio WHERE id IN (?) ORDER BY id FOR UPDATE', [['', ...ids]]);
}

/** The id of that one of these studios of whose people an admin is one; undefined when she is in none of them. */
export async function ownStudioAmong(
  db: EntityManager,
  caller: AdminCaller,
  studioIds: readonly string[],
): Promise<string | undefined> {
  const self = await memberIdOf(db, caller);
  const own = self === null ? null : await db.findOneBy(StudioMember, { memberId: self, leftOn: IsNull() });
  return own && studioIds.includes(own.studioId) ? own.studioId : undefined;
}

/**
 * The path of the branch whose studios a member may look at: the whole tree in which her union is, or the part of it
 * under one union; undefined for a union of another tree.
 */
export async function branchOfMember(
  db: EntityManager,
  memberId: string,
  unionId: string | undefined,
): Promise<string | undefined> {
  const standing = (await memberStandings(db, [memberId])).get(memberId);
  const [rootId] = idsOnPath(standing?.unionPath ?? '');
  if (rootId === undefined) return undefined;
  const root = `/${rootId}/`;
  const path = unionId === undefined ? root : await unionPath(db, unionId);
  return path?.startsWith(root) ? path : undefined;
}

/**
 * The studio, when it stands in the same tree as the member's union and bears or has borne a name, or is her own.
 * Refusal: STUDIO_UNKNOWN.
 */
export async function studioOfMember(db: EntityManager, memberId: string, id: string): Promise<Result<Studio>> {
  const studio = await db.findOneBy(Studio, { id });
  const branch = studio && (await branchOfMember(db, memberId, studio.unionId));
  if (!studio || !branch) return refuse(studioUnknown);
  const isPublic =
    (await db.existsBy(StudioNaming, { studioId: id, namedOn: Not(IsNull()) })) ||
    (await db.existsBy(StudioMember, { studioId: id, memberId, leftOn: IsNull() }));
  return isPublic ? accept(studio) : refuse(studioUnknown);
}

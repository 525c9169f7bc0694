import { type EntityManager, In } from 'typeorm';
import { type AdminCaller, mayIn } from '../../identity/caller.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { findUnions } from '../../unions/queries.ts';
import type { UnionNode } from '../../unions/union-node.entity.ts';
import { studioDissolved, studioUnknown } from '../studios/refusals.ts';
import { Studio } from '../studios/studio.entity.ts';
import { Alliance } from './alliance.entity.ts';
import { allianceEnded, allianceUnknown } from './refusals.ts';

/** An alliance that an admin may see or change, and its union. */
export interface AllianceInScope {
  alliance: Alliance;
  union: UnionNode;
}

/** The alliance, when the admin holds the permission in its union. Refusal: ALLIANCE_UNKNOWN. */
export async function allianceInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<AllianceInScope>> {
  const alliance = await db.findOneBy(Alliance, { id });
  const [union] = alliance ? await findUnions(db, [alliance.unionId]) : [];
  return alliance && union && mayIn(caller, permission, union.path)
    ? accept({ alliance, union })
    : refuse(allianceUnknown);
}

/**
 * `allianceInScope` with studios:write, of an alliance that has not ended, locked and as it stands now: after the studios
 * that the transaction locks. Refusals: ALLIANCE_UNKNOWN, ALLIANCE_ENDED.
 */
export async function lockAllianceInScope(tx: Tx, caller: AdminCaller, id: string): Promise<Result<AllianceInScope>> {
  await tx.query('SELECT id FROM alliance WHERE id = ? FOR UPDATE', [id]);
  const found = await allianceInScope(tx, caller, 'studios:write', id);
  return found.ok && found.value.alliance.state === 'ended' ? refuse(allianceEnded) : found;
}

/**
 * Refuses locked studios that cannot be in an alliance of the union with this path, each at its place: STUDIO_UNKNOWN
 * outside that branch, STUDIO_DISSOLVED.
 */
export async function wrongStudios(
  tx: Tx,
  unionPath: string,
  given: readonly { id: string; at: string }[],
): Promise<Refusal | undefined> {
  const found = await tx.findBy(Studio, { id: In(given.map(({ id }) => id)) });
  const studios = new Map(found.map((studio) => [studio.id, studio]));
  const unions = await findUnions(
    tx,
    found.map(({ unionId }) => unionId),
  );
  const paths = new Map(unions.map(({ id, path }) => [id, path]));
  for (const { id, at } of given) {
    const studio = studios.get(id);
    if (!studio || !paths.get(studio.unionId)!.startsWith(unionPath)) return { ...studioUnknown, at };
    if (studio.state === 'dissolved') return { ...studioDissolved, at };
  }
  return undefined;
}

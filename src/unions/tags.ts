import type { EntityManager } from 'typeorm';
import { recordAudit } from '../identity/audit.ts';
import { type AdminCaller, mayIn } from '../identity/caller.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { isLine } from './line.ts';
import { idsOnPath } from './queries.ts';
import { memberCount, memberUnknown, tagMalformed } from './refusals.ts';
import { memberStandings } from './standing.ts';

export const LONGEST_TAG = 40;
export const MOST_TAGS = 20;
export const MEMBERS_AT_ONCE = 500;

/** A tag as it is kept and compared: a letter is the same letter however its accents are encoded. */
export function normaliseTag(tag: string): string {
  return tag.normalize('NFC');
}

/** The tags of each of these members, in order; a member without a tag has no entry. */
export async function tagsOf(db: EntityManager, memberIds: readonly string[]): Promise<Map<string, string[]>> {
  if (memberIds.length === 0) return new Map();
  const rows: { member_id: string; tag: string }[] = await db.query(
    'SELECT member_id, tag FROM member_tag WHERE member_id IN (?) ORDER BY member_id, tag',
    [memberIds],
  );
  const tags = new Map<string, string[]>();
  for (const { member_id: id, tag } of rows) tags.set(id, [...(tags.get(id) ?? []), tag]);
  return tags;
}

/** A tag, and the members to whom it is to be given or from whom it is to be taken. */
export interface Tagging {
  tag: string;
  /** 1 to 500. */
  memberIds: readonly string[];
}

export interface TaggedMember {
  id: string;
  unionId: string;
  /** Where the input names the member, "memberIds.3". */
  at: string;
  /** What the member has now. */
  tags: readonly string[];
}

/**
 * The tag as it is kept and the members, each once, locked until the transaction ends: none can get a tag beside this
 * one. Every member is in a branch where the admin holds members:write.
 * Refusals: TAG_MALFORMED, MEMBER_COUNT, MEMBER_UNKNOWN with the place.
 */
export async function lockMembersToTag(
  tx: Tx,
  caller: AdminCaller,
  { tag: given, memberIds }: Tagging,
): Promise<Result<{ tag: string; members: TaggedMember[] }>> {
  const tag = normaliseTag(given);
  if (!isLine(tag, LONGEST_TAG)) return refuse(tagMalformed);
  if (memberIds.length < 1 || memberIds.length > MEMBERS_AT_ONCE) return refuse(memberCount);
  await tx.query('SELECT id FROM member WHERE id IN (?) ORDER BY id FOR UPDATE', [memberIds]);
  const standings = await memberStandings(tx, memberIds);
  const tags = await tagsOf(tx, memberIds);
  const members = new Map<string, TaggedMember>();
  for (const [i, id] of memberIds.entries()) {
    const at = `memberIds.${i}`;
    const path = standings.get(id)?.unionPath;
    if (path === undefined || !mayIn(caller, 'members:write', path)) return refuse({ ...memberUnknown, at });
    if (!members.has(id)) members.set(id, { id, unionId: idsOnPath(path).at(-1)!, at, tags: tags.get(id) ?? [] });
  }
  return accept({ tag, members: [...members.values()] });
}

/** Records a change of tags, once for each union, so that whoever looks after one of them sees it. */
export async function auditTags(
  tx: Tx,
  caller: AdminCaller,
  action: 'tagMembers' | 'untagMembers',
  { tag, members }: { tag: string; members: readonly TaggedMember[] },
  now: Date,
): Promise<void> {
  const byUnion = new Map<string, string[]>();
  for (const { id, unionId } of members) byUnion.set(unionId, [...(byUnion.get(unionId) ?? []), id]);
  for (const [unionId, memberIds] of byUnion) {
    const change = { [action === 'tagMembers' ? 'after' : 'before']: { tag, memberIds } };
    const target = { targetKind: 'union', targetId: unionId, unionId };
    await recordAudit(tx, { actor: caller.actor, action, ...target, ...change }, now);
  }
}

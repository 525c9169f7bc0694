import { act } from '../identity/act.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import { insertRows } from '../platform/db/sql.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { tagsTooMany } from './refusals.ts';
import { auditTags, lockMembersToTag, MOST_TAGS, type Tagging } from './tags.ts';

/**
 * Gives a tag to members of the admin's branches (members:write), to all of them or none; who has it keeps it; audited.
 * Resolves with the id of the first member.
 * Refusals: TAG_MALFORMED, MEMBER_COUNT; MEMBER_UNKNOWN and TAGS_TOO_MANY with the place, "memberIds.3".
 */
export async function tagMembers(deps: Deps, caller: AdminCaller, key: string, input: Tagging): Promise<Outcome> {
  return act(deps, caller, { operation: 'tagMembers', key, input }, async (tx, now) => {
    const asked = await lockMembersToTag(tx, caller, input);
    if (!asked.ok) return asked;
    const { tag, members } = asked.value;
    const untagged = members.filter((member) => !member.tags.includes(tag));
    const full = untagged.find((member) => member.tags.length >= MOST_TAGS);
    if (full) return refuse({ ...tagsTooMany, at: full.at });
    await insertRows(
      tx,
      'member_tag',
      ['member_id', 'tag', 'created_at'],
      untagged.map((member) => [member.id, tag, now]),
    );
    await auditTags(tx, caller, 'tagMembers', { tag, members: untagged }, now);
    return accept(members[0]!.id);
  });
}

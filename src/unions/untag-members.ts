import { act } from '../identity/act.ts';
import type { AdminCaller } from '../identity/caller.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept } from '../platform/result.ts';
import { auditTags, lockMembersToTag, type Tagging } from './tags.ts';

/**
 * Takes a tag from members of the admin's branches (members:write), from all of them or none; who has it not is passed
 * over; audited. Resolves with the id of the first member.
 * Refusals: TAG_MALFORMED, MEMBER_COUNT; MEMBER_UNKNOWN with the place, "memberIds.3".
 */
export async function untagMembers(deps: Deps, caller: AdminCaller, key: string, input: Tagging): Promise<Outcome> {
  return act(deps, caller, { operation: 'untagMembers', key, input }, async (tx, now) => {
    const asked = await lockMembersToTag(tx, caller, input);
    if (!asked.ok) return asked;
    const { tag, members } = asked.value;
    const tagged = members.filter((member) => member.tags.includes(tag));
    if (tagged.length > 0)
      await tx.query('DELETE FROM member_tag WHERE tag = ? AND member_id IN (?)', [tag, tagged.map(({ id }) => id)]);
    await auditTags(tx, caller, 'untagMembers', { tag, members: tagged }, now);
    return accept(members[0]!.id);
  });
}

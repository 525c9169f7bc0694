import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { studioNameIsTaken, writeTags } from './create-studio.ts';
import { checkDescription, type StudioDescription } from './description.ts';
import { tagsOfStudios } from './queries.ts';
import { studioNameTaken } from './refusals.ts';
import { lockStudioInScope } from './scope.ts';
import { Studio } from './studio.entity.ts';

/**
 * Describes a studio anew, all of it (studios:write in its union); resolves with its id; audited. Refusals:
 * STUDIO_UNKNOWN, STUDIO_DISSOLVED, TEXT_LENGTH, TAGS_TOO_MANY, STUDIO_NAME_TAKEN.
 */
export async function describeStudio(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { studioId: string; studio: StudioDescription },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'describeStudio', key, input }, async (tx, now) => {
    const { studioId } = input;
    const found = await lockStudioInScope(tx, caller, studioId);
    if (!found.ok) return found;
    const { unionId, name, field, premises, about } = found.value.studio;
    const checked = checkDescription(input.studio);
    if (!checked.ok) return checked;
    const { tags, ...description } = checked.value;
    if (await studioNameIsTaken(tx, unionId, description.name, studioId)) return refuse(studioNameTaken);
    const before = { name, field, premises, about, tags: (await tagsOfStudios(tx, [studioId])).get(studioId) ?? [] };
    await tx.update(Studio, { id: studioId }, description);
    await writeTags(tx, studioId, tags);
    const target = { targetKind: 'studio', targetId: studioId, unionId };
    const change = { before, after: checked.value };
    await recordAudit(tx, { actor: caller.actor, action: 'describeStudio', ...target, ...change }, now);
    return accept(studioId);
  });
}

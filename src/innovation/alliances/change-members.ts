import { IsNull } from 'typeorm';
import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { beijingDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { lockStudios } from '../studios/scope.ts';
import { AllianceStudio } from './alliance-studio.entity.ts';
import { MOST_MEMBER_STUDIOS } from './limits.ts';
import { allianceWithItself, memberStudiosCount, studioNotInAlliance, studioRepeated } from './refusals.ts';
import { type AllianceInScope, lockAllianceInScope, wrongStudios } from './scope.ts';

export interface StudioOfAlliance {
  allianceId: string;
  studioId: string;
}

/**
 * Takes a studio of the branch into an alliance from today (studios:write in the alliance's union). Resolves with the
 * alliance's id; audited. Refusals: ALLIANCE_UNKNOWN, ALLIANCE_ENDED, STUDIO_UNKNOWN, STUDIO_DISSOLVED,
 * ALLIANCE_WITH_ITSELF, STUDIO_REPEATED, MEMBER_STUDIOS_COUNT.
 */
export async function joinAlliance(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: StudioOfAlliance,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'joinAlliance', key, input }, async (tx, now) => {
    const { allianceId, studioId } = input;
    await lockStudios(tx, [studioId]);
    const found = await lockAllianceInScope(tx, caller, allianceId);
    if (!found.ok) return found;
    const { alliance, union } = found.value;
    const wrong =
      (await wrongStudios(tx, union.path, [{ id: studioId, at: 'studioId' }])) ??
      (await wrongMember(tx, found.value, studioId));
    if (wrong) return refuse(wrong);
    await tx.insert(AllianceStudio, { id: newId(), allianceId, studioId, joinedOn: beijingDay(now) });
    const target = { targetKind: 'alliance', targetId: allianceId, unionId: alliance.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'joinAlliance', ...target, after: { studioId } }, now);
    return accept(allianceId);
  });
}

/**
 * Lets a member studio go from an alliance today (studios:write in the alliance's union); that it was a member stays on
 * record. Resolves with the alliance's id; audited. Refusals: ALLIANCE_UNKNOWN, ALLIANCE_ENDED, STUDIO_NOT_IN_ALLIANCE.
 */
export async function leaveAlliance(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: StudioOfAlliance,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'leaveAlliance', key, input }, async (tx, now) => {
    const { allianceId, studioId } = input;
    const found = await lockAllianceInScope(tx, caller, allianceId);
    if (!found.ok) return found;
    const part = await tx.findOneBy(AllianceStudio, { allianceId, studioId, leftOn: IsNull() });
    if (!part) return refuse(studioNotInAlliance);
    await tx.update(AllianceStudio, { id: part.id }, { leftOn: beijingDay(now) });
    const target = { targetKind: 'alliance', targetId: allianceId, unionId: found.value.alliance.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'leaveAlliance', ...target, before: { studioId } }, now);
    return accept(allianceId);
  });
}

async function wrongMember(tx: Tx, { alliance }: AllianceInScope, studioId: string): Promise<Refusal | undefined> {
  if (alliance.leadStudioId === studioId) return allianceWithItself('studioId');
  const parts = await tx.findBy(AllianceStudio, { allianceId: alliance.id, leftOn: IsNull() });
  if (parts.some((part) => part.studioId === studioId)) return studioRepeated('studioId');
  return parts.length >= MOST_MEMBER_STUDIOS ? { ...memberStudiosCount, at: 'studioId' } : undefined;
}

import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { Achievement, ADOPTIONS, type Adoption } from './achievement.entity.ts';
import { LONGEST_EFFECT } from './limits.ts';
import { adoptionBackwards, notAdoptable } from './refusals.ts';
import { effectMissing, textTooLong } from './refusals-content.ts';
import { achievementInScope, lockAchievement } from './scope.ts';
import { addSteps } from './steps.ts';

export interface AdoptionGiven {
  achievementId: string;
  adoption: Adoption;
  /** Asked for what is in use. */
  effectMeasured: string | null;
}

/**
 * Writes down that the firm has taken a proposal further up: adopted, then on trial, then in use with the effect that was
 * measured (achievements:declare in the declarer's union), at any time after its submission; audited. An effect that is
 * not given stays as it was. Resolves with its id. Refusals: ACHIEVEMENT_UNKNOWN, ADOPTION_OF_NO_PROPOSAL,
 * ADOPTION_BACKWARDS, TEXT_TOO_LONG, EFFECT_MISSING.
 */
export async function changeAdoption(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: AdoptionGiven,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'changeAdoption', key, input }, async (tx, now) => {
    const { achievementId: id, adoption } = input;
    await lockAchievement(tx, id);
    const found = await achievementInScope(tx, caller, 'achievements:declare', id);
    if (!found.ok) return found;
    const { adoption: before, effectMeasured: effectBefore, unionId } = found.value;
    const effectMeasured = input.effectMeasured?.normalize('NFC').trim() || effectBefore;
    const wrong = wrongAdoption(found.value, { adoption, effectMeasured });
    if (wrong) return refuse(wrong);
    await tx.update(Achievement, { id }, { adoption, effectMeasured });
    await addSteps(tx, [id], { what: 'adoption_changed', by: caller.actor, note: { adoption } }, now);
    const target = { targetKind: 'achievement', targetId: id, unionId };
    const change = { before: { adoption: before, effectMeasured: effectBefore }, after: { adoption, effectMeasured } };
    await recordAudit(tx, { actor: caller.actor, action: 'changeAdoption', ...target, ...change }, now);
    return accept(id);
  });
}

function wrongAdoption(
  { kind, state, adoption: before }: Achievement,
  { adoption, effectMeasured }: Pick<AdoptionGiven, 'adoption' | 'effectMeasured'>,
): Refusal | undefined {
  if (kind !== 'proposal' || state === 'withdrawn' || state === 'ineligible') return notAdoptable;
  if (before !== null && ADOPTIONS.indexOf(adoption) <= ADOPTIONS.indexOf(before)) return adoptionBackwards;
  if ((effectMeasured?.length ?? 0) > LONGEST_EFFECT) return textTooLong('effectMeasured', LONGEST_EFFECT);
  return adoption === 'in_use' && effectMeasured === null ? effectMissing : undefined;
}

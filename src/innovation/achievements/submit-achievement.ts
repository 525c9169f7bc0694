import { evidenceOf } from '../../evidence/queries.ts';
import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller, MemberCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import type { Category } from '../seasons/category.entity.ts';
import { takesDeclarations } from '../seasons/category-for.ts';
import { Season } from '../seasons/season.entity.ts';
import { Achievement, achievementTarget } from './achievement.entity.ts';
import { AchievementText } from './achievement-text.entity.ts';
import { asksForEvidence, categoryIn } from './declaring.ts';
import type { Comparable } from './duplicates/bands.ts';
import { writeFinding } from './duplicates/write-finding.ts';
import { nextNumber } from './numbering.ts';
import { onRecord } from './on-record.ts';
import { authorsOf, studioSharesOf } from './queries.ts';
import { achievementFixed, completionClosed, seasonClosed } from './refusals.ts';
import { effectMissing, evidenceNeeded, patentNumberMissing, summaryMissing, textMissing } from './refusals-content.ts';
import { achievementDeclaredBy, achievementDeclaredFor, lockAchievement } from './scope.ts';
import { addSteps } from './steps.ts';
import { writeParts } from './write-achievement.ts';

/**
 * Submits a draft of the member who calls, while its season takes declarations by the server's clock, or what was
 * returned to her, before the review begins. It gets its number, and what is known of firm and authors is kept as it is
 * now. Resolves with its id. Refusals: ACHIEVEMENT_UNKNOWN, ACHIEVEMENT_FIXED, SEASON_CLOSED, COMPLETION_CLOSED,
 * CATEGORY_MISSING, SUMMARY_MISSING, TEXT_MISSING, PATENT_NUMBER_MISSING, EFFECT_MISSING, EVIDENCE_NEEDED,
 * MEMBER_NOT_ACTIVE, AUTHOR_UNKNOWN, STUDIO_OF_NO_AUTHOR, ALLIANCE_UNKNOWN.
 */
export async function submitAchievement(
  deps: Deps,
  caller: MemberCaller,
  key: string,
  input: { achievementId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'submitAchievement', key, input }, async (tx, now) => {
    await lockAchievement(tx, input.achievementId);
    const found = await achievementDeclaredBy(tx, caller.memberId, input.achievementId);
    return found.ok ? submit(tx, found.value, caller.actor, now) : found;
  });
}

/**
 * Submits what an admin declared for a member of the caller's branch (achievements:declare), likewise; audited. Refusals:
 * those of `submitAchievement`.
 */
export async function submitDeclaredFor(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { achievementId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'submitDeclaredFor', key, input }, async (tx, now) => {
    const { achievementId } = input;
    await lockAchievement(tx, achievementId);
    const found = await achievementDeclaredFor(tx, caller, achievementId);
    if (!found.ok) return found;
    const submitted = await submit(tx, found.value, caller.actor, now);
    if (!submitted.ok) return submitted;
    const target = { targetKind: 'achievement', targetId: achievementId, unionId: found.value.unionId };
    const change = { before: { state: found.value.state }, after: { state: 'submitted' } };
    await recordAudit(tx, { actor: caller.actor, action: 'submitDeclaredFor', ...target, ...change }, now);
    return submitted;
  });
}

async function submit(tx: Tx, achievement: Achievement, by: string, now: Date): Promise<Outcome> {
  const { id, seasonId, version, declarerId, kind, field } = achievement;
  const text = await tx.findOneByOrFail(AchievementText, { achievementId: id, version });
  const wrong = wrongTime(achievement, await tx.findOneByOrFail(Season, { id: seasonId }), now);
  const missing = wrong ?? wrongContent(achievement, text);
  if (missing) return refuse(missing);
  const authors = (await authorsOf(tx, [id])).get(id) ?? [];
  const studios = (await studioSharesOf(tx, [id])).get(id) ?? [];
  const record = await onRecord(tx, { authors, studios, allianceId: achievement.allianceId }, declarerId);
  if (!record.ok) return record;
  const group = achievement.groupReason === null ? record.value.group : achievement.group;
  const category = await categoryIn(tx, seasonId, { kind, group, field });
  if (!category.ok) return category;
  if (await lacksEvidence(tx, id, category.value)) return refuse(evidenceNeeded);
  await writeParts(tx, id, record.value, { studios });
  await writeFinding(tx, id, await lastFound(tx, achievement), text);
  await addSteps(tx, [id], { what: achievement.number === null ? 'submitted' : 'resubmitted', by }, now);
  const { unionId, firmUnionId, firm } = record.value;
  // Last, because from here to the commit every other submission in the season waits.
  const number = achievement.number ?? (await nextNumber(tx, seasonId));
  await tx.update(
    Achievement,
    { id },
    {
      ...{ state: 'submitted', number, group, categoryNumber: category.value.number, title: text.title },
      ...{ submittedVersion: version, submittedAt: now, unionId, firmUnionId },
      ...{ ownership: firm?.ownership ?? null, firmType: firm?.firmType ?? null },
    },
  );
  return accept(id);
}

function wrongTime({ state }: Achievement, season: Season, now: Date): Refusal | undefined {
  if (state === 'draft') return takesDeclarations(season, now) ? undefined : seasonClosed;
  if (state !== 'returned') return achievementFixed;
  return season.state === 'open' ? undefined : completionClosed;
}

function wrongContent(
  { kind, patentNumber, adoption, effectMeasured }: Achievement,
  { summary, text }: AchievementText,
): Refusal | undefined {
  if (summary === '') return summaryMissing;
  if (text === '') return textMissing;
  if (kind === 'patent' && patentNumber === null) return patentNumberMissing;
  return adoption === 'in_use' && effectMeasured === null ? effectMissing : undefined;
}

async function lacksEvidence(tx: Tx, id: string, category: Category): Promise<boolean> {
  return asksForEvidence(category) && !(await evidenceOf(tx, [achievementTarget(id)])).has(achievementTarget(id));
}

/** By what it has been found since it was submitted before; null the first time. */
async function lastFound(tx: Tx, achievement: Achievement): Promise<Comparable | null> {
  const { id: achievementId, submittedVersion: version } = achievement;
  return version === null ? null : tx.findOneByOrFail(AchievementText, { achievementId, version });
}

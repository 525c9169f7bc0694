import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller, MemberCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { Season } from '../seasons/season.entity.ts';
import { replaceEvidence } from '../studios/replace-evidence.ts';
import { Achievement, achievementTarget } from './achievement.entity.ts';
import { AchievementText } from './achievement-text.entity.ts';
import { checkContent } from './check-content.ts';
import type { AchievementContent } from './content.ts';
import { categoryIn } from './declaring.ts';
import { onRecord } from './on-record.ts';
import { type OwnContent, withColleagues } from './own-content.ts';
import { achievementFixed, completionClosed } from './refusals.ts';
import { achievementDeclaredBy, achievementDeclaredFor, lockAchievement } from './scope.ts';
import { columnsOf, writeParts, writeText } from './write-achievement.ts';

/**
 * Changes a draft of the member who calls, or what was returned to her, into what is given; all of it anew. Of what was
 * returned the text that was submitted stays as it was, and others see the new one when it is submitted. Resolves with
 * its id. Refusals: ACHIEVEMENT_UNKNOWN, ACHIEVEMENT_FIXED, COMPLETION_CLOSED, CATEGORY_MISSING, those of `checkContent`
 * and `onRecord`, those of colleagues with the place "colleagues.0", EVIDENCE_UNKNOWN, EVIDENCE_COUNT.
 */
export async function changeAchievement(
  deps: Deps,
  caller: MemberCaller,
  key: string,
  input: OwnContent & { achievementId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'changeAchievement', key, input }, async (tx, now) => {
    const { achievementId, ...given } = input;
    await lockAchievement(tx, achievementId);
    const found = await achievementDeclaredBy(tx, caller.memberId, achievementId);
    if (!found.ok) return found;
    return withColleagues(tx, caller.memberId, given, (content) =>
      change(tx, found.value, { by: caller.actor, content }, now),
    );
  });
}

/**
 * Changes what an admin declared for a member of the caller's branch (achievements:declare), likewise; audited. Refusals:
 * those of `changeAchievement`, those of authors with the place "authors.0".
 */
export async function changeDeclaredFor(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: AchievementContent & { achievementId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'changeDeclaredFor', key, input }, async (tx, now) => {
    const { achievementId, ...content } = input;
    await lockAchievement(tx, achievementId);
    const found = await achievementDeclaredFor(tx, caller, achievementId);
    if (!found.ok) return found;
    const changed = await change(tx, found.value, { by: caller.actor, content }, now);
    if (!changed.ok) return changed;
    const target = { targetKind: 'achievement', targetId: achievementId, unionId: found.value.unionId };
    const values = { before: { title: found.value.title }, after: { title: content.title } };
    await recordAudit(tx, { actor: caller.actor, action: 'changeDeclaredFor', ...target, ...values }, now);
    return changed;
  });
}

async function change(
  tx: Tx,
  achievement: Achievement,
  { by, content }: { by: string; content: AchievementContent },
  now: Date,
): Promise<Outcome> {
  const { id, seasonId, state, declarerId } = achievement;
  if (state !== 'draft' && state !== 'returned') return refuse(achievementFixed);
  const season = await tx.findOneByOrFail(Season, { id: seasonId });
  if (season.state !== 'open') return refuse(completionClosed);
  const checked = checkContent(content, declarerId, now);
  if (!checked.ok) return checked;
  const record = await onRecord(tx, checked.value, declarerId);
  if (!record.ok) return record;
  // What a checker decided of the group stands.
  const group = achievement.groupReason === null ? record.value.group : achievement.group;
  const category = await categoryIn(tx, seasonId, { ...checked.value, group });
  if (!category.ok) return category;
  const version = await writeNewText(tx, achievement, checked.value, { by, now });
  const { title, evidenceIds } = checked.value;
  await tx.update(
    Achievement,
    { id },
    { ...columnsOf(checked.value, record.value), group, version, ...(state === 'draft' && { title }) },
  );
  await writeParts(tx, id, record.value, checked.value);
  const attached = await replaceEvidence(tx, { owner: by, evidenceIds, to: achievementTarget(id) }, now);
  return attached.ok ? accept(id) : attached;
}

/** Writes the text into the version that nobody else has seen, which is a new one after each submission. */
async function writeNewText(
  tx: Tx,
  { id: achievementId, version, submittedVersion }: Achievement,
  { title, summary, text }: AchievementContent,
  { by, now }: { by: string; now: Date },
): Promise<number> {
  const newest = await tx.findOneByOrFail(AchievementText, { achievementId, version });
  if (newest.title === title && newest.summary === summary && newest.text === text) return version;
  const next = version === submittedVersion ? version + 1 : version;
  await writeText(tx, { achievementId, version: next, title, summary, text, writtenBy: by }, now);
  return next;
}

import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller, MemberCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { accept, refuse } from '../../platform/result.ts';
import { memberInScope } from '../../unions/scope.ts';
import { replaceEvidence } from '../studios/replace-evidence.ts';
import { Achievement, achievementTarget } from './achievement.entity.ts';
import { checkContent } from './check-content.ts';
import type { AchievementContent } from './content.ts';
import { categoryIn, holdSeasonToDeclare } from './declaring.ts';
import { MOST_DRAFTS } from './limits.ts';
import { onRecord } from './on-record.ts';
import { type OwnContent, withColleagues } from './own-content.ts';
import { draftsTooMany } from './refusals.ts';
import { columnsOf, writeParts, writeText } from './write-achievement.ts';

/**
 * Makes a draft of an achievement of the member who calls, and of colleagues whom she names. Nobody else knows of it
 * before it is submitted. Resolves with its id. Refusals: SEASON_UNKNOWN, SEASON_CLOSED, CATEGORY_MISSING,
 * DRAFTS_TOO_MANY, those of `checkContent` and `onRecord`, those of colleagues with the place "colleagues.0",
 * EVIDENCE_UNKNOWN, EVIDENCE_COUNT.
 */
export async function declareAchievement(
  deps: Deps,
  caller: MemberCaller,
  key: string,
  input: OwnContent & { seasonId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'declareAchievement', key, input }, async (tx, now) => {
    const { memberId } = caller;
    return withColleagues(tx, memberId, input, (content) =>
      makeDraft(tx, { seasonId: input.seasonId, declarerId: memberId, by: caller.actor, content }, now),
    );
  });
}

/**
 * Makes a draft for a member of the admin's branch (achievements:declare), likewise; audited. Refusals: MEMBER_UNKNOWN
 * and those of `declareAchievement`, those of authors with the place "authors.0".
 */
export async function declareFor(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: AchievementContent & { seasonId: string; declarerId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'declareFor', key, input }, async (tx, now) => {
    const { seasonId, declarerId, ...content } = input;
    const member = await memberInScope(tx, caller, 'achievements:declare', declarerId);
    if (!member.ok) return refuse({ ...member.refusal, at: 'declarerId' });
    const made = await makeDraft(tx, { seasonId, declarerId, by: caller.actor, content }, now);
    if (!made.ok) return made;
    const target = { targetKind: 'achievement', targetId: made.value, unionId: member.value.unionId };
    const after = { seasonId, declarerId, title: content.title, kind: content.kind };
    await recordAudit(tx, { actor: caller.actor, action: 'declareFor', ...target, after }, now);
    return made;
  });
}

interface NewDraft {
  seasonId: string;
  declarerId: string;
  /** As an actor. */
  by: string;
  content: AchievementContent;
}

async function makeDraft(tx: Tx, { seasonId, declarerId, by, content }: NewDraft, now: Date): Promise<Outcome> {
  const season = await holdSeasonToDeclare(tx, seasonId, declarerId, now);
  if (!season.ok) return season;
  const checked = checkContent(content, declarerId, now);
  if (!checked.ok) return checked;
  const record = await onRecord(tx, checked.value, declarerId);
  if (!record.ok) return record;
  // Of two that are made at once the second has waited for the declarer, and counts the first.
  const drafts = await tx.countBy(Achievement, { declaredBy: by, state: 'draft', declarerId });
  if (drafts >= MOST_DRAFTS) return refuse(draftsTooMany);
  const { group } = record.value;
  const category = await categoryIn(tx, seasonId, { ...checked.value, group });
  if (!category.ok) return category;
  const id = newId();
  const { title, summary, text, evidenceIds } = checked.value;
  await tx.insert(Achievement, {
    ...{ id, seasonId, declarerId, declaredBy: by, title, group, state: 'draft', version: 1, declaredAt: now },
    ...columnsOf(checked.value, record.value),
  });
  await writeText(tx, { achievementId: id, version: 1, title, summary, text, writtenBy: by }, now);
  await writeParts(tx, id, record.value, checked.value);
  const attached = await replaceEvidence(tx, { owner: by, evidenceIds, to: achievementTarget(id) }, now);
  return attached.ok ? accept(id) : attached;
}

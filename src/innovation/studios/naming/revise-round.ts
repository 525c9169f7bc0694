import { In } from 'typeorm';
import { act } from '../../../identity/act.ts';
import { recordAudit } from '../../../identity/audit.ts';
import type { AdminCaller } from '../../../identity/caller.ts';
import { publishNotice } from '../../../notices/publish-notice.ts';
import { upheldObjections, withdrawNotice } from '../../../notices/settle-notice.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import type { Deps } from '../../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../../platform/result.ts';
import { wrongText } from '../form.ts';
import { LONGEST_REASON } from '../limits.ts';
import { reasonNeeded } from '../refusals.ts';
import { Studio } from '../studio.entity.ts';
import { aboutList, listLines, recordLines } from './list-lines.ts';
import { StudioNaming } from './naming.entity.ts';
import { NamingLine } from './naming-line.entity.ts';
import { namingNotListed, nothingListed, objectionUnanswered } from './refusals.ts';
import { NamingRound } from './round.entity.ts';
import { lockRoundInScope, type RoundAtHand } from './scope.ts';

export interface RoundRevision {
  roundId: string;
  /** The namings that are struck from the list, as declined; none to publish it anew as the studios now are. */
  struckIds: readonly string[];
  reason: string;
}

/**
 * Publishes the next version of a round's list in notice without the namings that are struck (studios:name in its union), for a
 * reason that everybody reads; it has a period of objections of its own, and answers the objections that were upheld: a
 * studio to whose line one was upheld must be struck. Resolves with the round's id; audited. Refusals: ROUND_UNKNOWN,
 * ROUND_SETTLED, OWN_STUDIO, REASON_NEEDED, NAMING_NOT_LISTED, NOTHING_LISTED, OBJECTION_UNANSWERED.
 */
export async function reviseRound(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: RoundRevision,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'reviseNamingRound', key, input }, async (tx, now) => {
    const { roundId, struckIds, reason } = input;
    const found = await lockRoundInScope(tx, caller, roundId);
    if (!found.ok) return found;
    const { round, listed } = found.value;
    const wrong = wrongRevision(found.value, input) ?? (await unanswered(tx, found.value, struckIds));
    if (wrong) return refuse(wrong);
    await tx.update(StudioNaming, { id: In([...struckIds]) }, { state: 'declined', reason });
    const kept = await inOrderOfLines(tx, round, listed, struckIds);
    const noticeId = await publishNext(tx, round, { kept, reason, by: caller.actor }, now);
    await tx.update(NamingRound, { id: roundId }, { noticeId });
    const target = { targetKind: 'naming-round', targetId: roundId, unionId: round.unionId };
    const change = { before: { noticeId: round.noticeId }, after: { noticeId, struckIds, reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'reviseNamingRound', ...target, ...change }, now);
    return accept(roundId);
  });
}

/**
 * Withdraws a round in notice as a whole (studios:name in its union), for a reason that stays visible; its applications
 * wait for a decision again. Resolves with the round's id; audited. Refusals: ROUND_UNKNOWN, ROUND_SETTLED, OWN_STUDIO,
 * REASON_NEEDED.
 */
export async function withdrawRound(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { roundId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'withdrawNamingRound', key, input }, async (tx, now) => {
    const { roundId, reason } = input;
    const found = await lockRoundInScope(tx, caller, roundId);
    if (!found.ok) return found;
    if (wrongText('reason', reason, LONGEST_REASON)) return refuse(reasonNeeded);
    const { round, listed } = found.value;
    await withdrawNotice(tx, round.noticeId, reason, now);
    const listedIds = listed.map(({ id }) => id);
    await tx.update(StudioNaming, { id: In(listedIds) }, { state: 'applied', roundId: null });
    const withdrawn = { state: 'withdrawn' as const, settledAt: now, withdrawnReason: reason };
    await tx.update(NamingRound, { id: roundId }, withdrawn);
    const target = { targetKind: 'naming-round', targetId: roundId, unionId: round.unionId };
    const change = { before: { state: 'in_notice' }, after: { state: 'withdrawn', reason } };
    await recordAudit(tx, { actor: caller.actor, action: 'withdrawNamingRound', ...target, ...change }, now);
    return accept(roundId);
  });
}

function wrongRevision({ listed }: RoundAtHand, { struckIds, reason }: RoundRevision): Refusal | undefined {
  if (wrongText('reason', reason, LONGEST_REASON)) return reasonNeeded;
  const known = new Set(listed.map(({ id }) => id));
  const unknown = struckIds.findIndex((id) => !known.has(id));
  if (unknown >= 0) return namingNotListed(`struckIds.${unknown}`);
  return new Set(struckIds).size >= listed.length ? nothingListed : undefined;
}

/** Refuses a version that leaves a studio on the list to whose line an objection was upheld. */
async function unanswered(
  tx: Tx,
  { round, listed }: RoundAtHand,
  struckIds: readonly string[],
): Promise<Refusal | undefined> {
  const kept = new Map(listed.filter(({ id }) => !struckIds.includes(id)).map(({ id, studioId }) => [id, studioId]));
  for (const { noticeId, lineNumber: number } of await upheldObjections(tx, round.noticeId)) {
    const line = number === null ? null : await tx.findOneBy(NamingLine, { noticeId, number });
    const studioId = line && kept.get(line.namingId);
    if (studioId) return objectionUnanswered((await tx.findOneByOrFail(Studio, { id: studioId })).name);
  }
  return undefined;
}

async function inOrderOfLines(
  tx: Tx,
  { noticeId }: NamingRound,
  listed: readonly StudioNaming[],
  struckIds: readonly string[],
): Promise<string[]> {
  const kept = new Set(listed.map(({ id }) => id).filter((id) => !struckIds.includes(id)));
  const lines = await tx.find(NamingLine, { where: { noticeId }, order: { number: 'ASC' } });
  return lines.map(({ namingId }) => namingId).filter((id) => kept.has(id));
}

async function publishNext(
  tx: Tx,
  round: NamingRound,
  { kept, reason, by }: { kept: readonly string[]; reason: string; by: string },
  now: Date,
): Promise<string> {
  const { id: subjectId, unionId, name: title, workingDays, noticeId: replaces } = round;
  const about = aboutList(round, kept.length, reason);
  const lines = await listLines(tx, kept);
  const shown = { unionId, kind: 'studio' as const, subjectId, title, about, workingDays, lines };
  const noticeId = await publishNotice(tx, { ...shown, replaces, publishedBy: by }, now);
  await recordLines(tx, noticeId, kept);
  return noticeId;
}

import { In, MoreThan } from 'typeorm';
import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { Panel } from '../../judging/panels/panel.entity.ts';
import { Ranking } from '../../judging/ranking/ranking.entity.ts';
import { LONGEST_TITLE } from '../../notices/limits.ts';
import { Objection } from '../../notices/objection.entity.ts';
import { publishNotice } from '../../notices/publish-notice.ts';
import { upheldObjections } from '../../notices/settle-notice.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { LAST_PLACE } from '../plan/limits.ts';
import { Stage } from '../plan/stage.entity.ts';
import { placeLines } from './place-lines.ts';
import { objectionUnanswered, rankingOutdated, rankingPublished, stageNotRanked } from './refusals.ts';
import { lockStageInScope, runOf, type StageAtHand } from './scope.ts';
import { StageRun } from './stage-run.entity.ts';

/**
 * Puts the ranking of a stage in public view (competitions:write in its union) for as many working days as the plan
 * says; the version before, if there is one, is superseded by it and objections that were upheld are answered.
 * Resolves with the stage's id; audited. Refusals: STAGE_UNKNOWN, COMPETITION_DRAFT, COMPETITION_OVER, STAGE_BUSY,
 * STAGE_NOT_RANKED, RANKING_PUBLISHED, RANKING_OUTDATED when scores have changed since the ranking was made,
 * OBJECTION_UNANSWERED when one was upheld after the ranking was made, which it therefore cannot answer.
 */
export async function publishRanking(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { stageId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'publishRanking', key, input }, async (tx, now) => {
    const { stageId } = input;
    const found = await lockStageInScope(tx, caller, stageId);
    if (!found.ok) return found;
    const { state, unionId } = found.value.stage;
    if (state === 'in_notice') return refuse(rankingPublished);
    if (state !== 'ranked') return refuse(stageNotRanked);
    if (await isOutdated(tx, runOf(found.value))) return refuse(rankingOutdated);
    const unanswered = await objectionsSince(tx, runOf(found.value));
    if (unanswered > 0) return refuse(objectionUnanswered(unanswered));
    const noticeId = await publish(tx, found.value, caller.actor, now);
    const target = { targetKind: 'stage', targetId: stageId, unionId };
    const change = { before: { state }, after: { state: 'in_notice', noticeId } };
    await recordAudit(tx, { actor: caller.actor, action: 'publishRanking', ...target, ...change }, now);
    return accept(stageId);
  });
}

/** Whether scores have changed since the newest version of a stage's ranking was made. */
export function isOutdated(tx: Tx, { panelId }: StageRun): Promise<boolean> {
  return tx.existsBy(Panel, { id: panelId, rankingOutdated: true });
}

/** How many objections were upheld, and not answered yet, since the ranking was made. */
async function objectionsSince(tx: Tx, { rankingId, noticeId }: StageRun): Promise<number> {
  const upheld = noticeId === null ? [] : await upheldObjections(tx, noticeId);
  if (upheld.length === 0) return 0;
  const { madeAt } = await tx.findOneByOrFail(Ranking, { id: rankingId! });
  return tx.countBy(Objection, { id: In(upheld.map(({ id }) => id)), settledAt: MoreThan(madeAt) });
}

async function publish(tx: Tx, atHand: StageAtHand, publishedBy: string, now: Date): Promise<string> {
  const { stage, competition } = atHand;
  const { rankingId, noticeId: before } = runOf(atHand);
  const ranking = await tx.findOneByOrFail(Ranking, { id: rankingId! });
  const noticeId = await publishNotice(
    tx,
    {
      unionId: stage.unionId,
      kind: 'ranking',
      subjectId: stage.id,
      title: `${competition.name}｜${stage.name}名次`.slice(0, LONGEST_TITLE),
      about: aboutRanking(ranking),
      workingDays: competition.noticeWorkingDays,
      ...(before !== null && { replaces: before }),
      lines: await placeLines(tx, stage.id, ranking.id),
      publishedBy,
    },
    now,
  );
  await tx.update(StageRun, { stageId: stage.id }, { noticeId });
  await tx.update(Stage, { id: stage.id }, { state: 'in_notice' });
  return noticeId;
}

/** What whoever wants to check the list must know of the version that it shows. */
function aboutRanking({ version, reason, candidateCount, scoreCount, scoresHash }: Ranking): string {
  return [
    `共 ${candidateCount} 个参赛项，由 ${scoreCount} 项评分得出，这是第 ${version} 版名次。`,
    ...(reason === null ? [] : [`更正原因：${reason}`]),
    ...(candidateCount > LAST_PLACE ? [`此处公示前 ${LAST_PLACE} 名。`] : []),
    `评分数据 SHA-256：${scoresHash.toString('hex')}`,
  ].join('\n');
}

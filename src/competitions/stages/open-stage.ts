import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { LONGEST_NAME } from '../../judging/limits.ts';
import { addCandidates } from '../../judging/panels/add-candidates.ts';
import { createPanel } from '../../judging/panels/create-panel.ts';
import type { PanelTerms } from '../../judging/panels/terms.ts';
import { beijingDay, endOfDay, startOfDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { importsUnderWay } from '../entries/import/queries.ts';
import { Competition } from '../plan/competition.entity.ts';
import { Stage } from '../plan/stage.entity.ts';
import { unfinishedHeat } from './heats.ts';
import { readCandidates } from './read-candidates.ts';
import {
  changesStillOpen,
  entriesMissing,
  heatNotFinal,
  importUnderWay,
  stageBegun,
  stageTooEarly,
} from './refusals.ts';
import { lockStageAndCompetition, type StageAtHand } from './scope.ts';
import { StageRun } from './stage-run.entity.ts';

/**
 * Opens a stage of the admin's branch (competitions:write): makes its panel, with the criteria of the stage or the
 * competition and everybody who begins there or advanced to it; judges can be invited then. The competition is running
 * from its first stage on. Resolves with the stage's id; audited. Refusals: STAGE_UNKNOWN, COMPETITION_DRAFT,
 * COMPETITION_OVER, STAGE_BEGUN, CHANGES_STILL_OPEN, STAGE_TOO_EARLY, ADVANCE_TOO_EARLY,
 * IMPORT_UNDER_WAY, ENTRIES_MISSING.
 */
export async function openStage(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { stageId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'openStage', key, input }, async (tx, now) => {
    const { stageId } = input;
    const found = await lockStageAndCompetition(tx, caller, stageId);
    if (!found.ok) return found;
    const trouble = await troubleWith(tx, found.value, now);
    if (trouble) return refuse(trouble);
    const { stage, competition } = found.value;
    const { unionId } = stage;
    const terms = panelTerms(found.value, now);
    const panel = await createPanel(tx, { unionId, kind: 'stage', subjectId: stageId, terms }, now);
    if (!panel.ok) return panel;
    const panelId = panel.value;
    const count = await addAll(tx, panelId, stageId);
    if (count === 0) return refuse(entriesMissing);
    await tx.insert(StageRun, { stageId, panelId, openedAt: now, openedBy: caller.actor });
    await tx.update(Stage, { id: stageId }, { state: 'open' });
    await tx.update(Competition, { id: competition.id, state: 'published' }, { state: 'running' });
    const change = { before: { state: 'planned' }, after: { state: 'open', panelId, candidates: count } };
    const target = { targetKind: 'stage', targetId: stageId, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'openStage', ...target, ...change }, now);
    return accept(stageId);
  });
}

async function troubleWith(tx: Tx, { stage, competition }: StageAtHand, now: Date): Promise<Refusal | undefined> {
  if (stage.state !== 'planned') return stageBegun;
  if (now < competition.changeUntil) return changesStillOpen(inBeijing(competition.changeUntil));
  if (now < startOfDay(stage.startsOn)) return stageTooEarly(stage.startsOn);
  const heat = await unfinishedHeat(tx, stage);
  if (heat) return heatNotFinal(heat.name);
  return (await importsUnderWay(tx, competition.id)) ? importUnderWay : undefined;
}

/** "2026-04-15 00:00", in Beijing's time. */
function inBeijing(instant: Date): string {
  return new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** As the plan has them, to be scored until the end of the stage's last day, or of today where that is over. */
function panelTerms({ stage, competition }: StageAtHand, now: Date): PanelTerms {
  const criteria = stage.criteria ?? competition.criteria;
  const lastDay = now < endOfDay(stage.endsOn) ? stage.endsOn : beijingDay(now);
  return {
    ...(stage.judging ?? competition.judging),
    name: `${competition.name}｜${stage.name}`.slice(0, LONGEST_NAME),
    scoreUntil: endOfDay(lastDay),
    criteria: criteria.map(({ group: _group, ...terms }) => terms),
  };
}

async function addAll(tx: Tx, panelId: string, stageId: string): Promise<number> {
  let count = 0;
  for await (const candidates of readCandidates(tx, stageId)) {
    await addCandidates(tx, panelId, candidates);
    count += candidates.length;
  }
  return count;
}

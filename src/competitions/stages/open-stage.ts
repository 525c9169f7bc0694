import { act } from '../../identity/act.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { LONGEST_NAME } from '../../judging/limits.ts';
import { createPanel } from '../../judging/panels/create-panel.ts';
import type { PanelTerms } from '../../judging/panels/terms.ts';
import { beijingDay, endOfDay, startOfDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { importsUnderWay } from '../entries/import/queries.ts';
import { Competition } from '../plan/competition.entity.ts';
import { unfinishedHeat } from './heats.ts';
import { countCandidates } from './read-candidates.ts';
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
import { fillNowOrLater } from './stage-task.ts';

/**
 * Opens a stage of the admin's branch (competitions:write): makes its panel, with the criteria of the stage or the
 * competition and everybody who begins there or advanced to it, whom a job adds where they are more than 5,000; judges
 * can be invited then. The competition is running from its first stage on. Resolves with the stage's id; audited.
 * Refusals: STAGE_UNKNOWN, COMPETITION_DRAFT, COMPETITION_OVER, STAGE_BUSY, STAGE_BEGUN, CHANGES_STILL_OPEN,
 * STAGE_TOO_EARLY, ADVANCE_TOO_EARLY, IMPORT_UNDER_WAY, ENTRIES_MISSING.
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
    const candidates = await countCandidates(tx, stageId);
    if (candidates === 0) return refuse(entriesMissing);
    const { stage, competition } = found.value;
    const terms = panelTerms(found.value, now);
    const panel = await createPanel(tx, { unionId: stage.unionId, kind: 'stage', subjectId: stageId, terms }, now);
    if (!panel.ok) return panel;
    const run = { stageId, panelId: panel.value };
    await tx.insert(StageRun, { ...run, openedAt: now, openedBy: caller.actor });
    await tx.update(Competition, { id: competition.id, state: 'published' }, { state: 'running' });
    const filled = await fillNowOrLater(tx, run, { by: caller.actor, at: now, candidates });
    return filled.ok ? accept(stageId) : filled;
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

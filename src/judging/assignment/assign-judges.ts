import { randomInt } from 'node:crypto';
import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { enqueue } from '../../platform/db/outbox.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import type { ReportProgress } from '../../platform/jobs.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { namedJudges } from '../judges/queries.ts';
import { MOST_AT_ONCE } from '../limits.ts';
import { Panel } from '../panels/panel.entity.ts';
import { criteriaOf } from '../panels/queries.ts';
import { panelClosed } from '../panels/refusals.ts';
import { lockPanelInScope } from '../scope.ts';
import { askForTask } from '../tasks/ask-for-task.ts';
import { type ReportSteps, runTask } from '../tasks/run-task.ts';
import { assignPanel } from './assign-panel.ts';
import { assignJudgesDefinition } from './job-definitions.ts';
import { sectionsOf } from './sections.ts';

/**
 * Says who judges whom on a panel that is not closed (judging:write in its union); audited. Every candidate gets as many
 * judges of each section as the panel asks for, without conflict and with even loads; what a judge has begun or submitted
 * stays hers, as long as it is without conflict. Where there are more than 5,000 candidates a job does it, and the panel
 * shows how far it is. Resolves with the panel's id. Refusals: PANEL_UNKNOWN, PANEL_BUSY, PANEL_CLOSED, CRITERIA_OVERLAP,
 * NOT_ENOUGH_JUDGES.
 */
export async function assignJudges(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { panelId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'assignJudges', key, input }, async (tx, now) => {
    const found = await lockPanelInScope(tx, caller, input.panelId);
    if (!found.ok) return found;
    const panel = found.value;
    const isLarge = panel.candidateCount > MOST_AT_ONCE;
    const done = await (isLarge ? askForAssignment(tx, panel, caller, now) : assign(tx, panel, caller.actor, now));
    return done.ok ? accept(panel.id) : done;
  });
}

/** The work of the job assign-judges: assigns the judges of a panel that is too large for a request. */
export function assignLargePanel(deps: Deps, panelId: string, progress: ReportProgress): Promise<void> {
  return runTask(
    deps,
    panelId,
    {
      assign: async (tx, { askedBy }, report) =>
        assign(tx, await tx.findOneByOrFail(Panel, { id: panelId }), askedBy, deps.clock.now(), report),
    },
    progress,
  );
}

async function assign(tx: Tx, panel: Panel, actor: string, now: Date, report?: ReportSteps): Promise<Result<number>> {
  const seed = randomInt(2 ** 32);
  const assigned = await assignPanel(tx, panel, seed, report);
  if (!assigned.ok) return assigned;
  const target = { targetKind: 'panel', targetId: panel.id, unionId: panel.unionId };
  const after = { seed, sheets: assigned.value };
  await recordAudit(tx, { actor, action: 'assignJudges', ...target, after }, now);
  return assigned;
}

/** Refuses at once what shows without looking at the candidates. */
async function askForAssignment(tx: Tx, panel: Panel, caller: AdminCaller, now: Date): Promise<Result<void>> {
  const { id: panelId, state, candidateCount, judgesPerEntry } = panel;
  if (state === 'closed') return refuse(panelClosed);
  const judges = (await namedJudges(tx, panelId)).filter((judge) => judge.state === 'accepted');
  const sections = sectionsOf(judges, await criteriaOf(tx, panelId));
  if (!sections.ok) return sections;
  const total = candidateCount * judgesPerEntry * sections.value.length;
  await askForTask(tx, { panelId, kind: 'assign', input: {}, askedBy: caller.actor, total }, now);
  await enqueue(tx, assignJudgesDefinition, { panelId }, now);
  return accept(undefined);
}

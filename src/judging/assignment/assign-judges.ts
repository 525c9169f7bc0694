import { randomInt } from 'node:crypto';
import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { groupBy } from '../../platform/group-by.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { conflictsIn } from '../judges/conflicts.ts';
import { namedJudges } from '../judges/queries.ts';
import type { Panel } from '../panels/panel.entity.ts';
import { criteriaOf } from '../panels/queries.ts';
import { panelClosed } from '../panels/refusals.ts';
import { lockPanelInScope } from '../scope.ts';
import { balance, type ToJudge } from './balance.ts';
import { notEnoughJudges } from './refusals.ts';
import { type NamedJudge, type Section, sectionsOf } from './sections.ts';

/**
 * Says who judges whom on a panel that is not closed (judging:write in its union); audited. Every candidate gets as many
 * judges of each section as the panel asks for, without conflict and with even loads; what a judge has begun or submitted
 * stays hers, as long as it is without conflict. Resolves with the panel's id. Refusals: PANEL_UNKNOWN, PANEL_CLOSED,
 * CRITERIA_OVERLAP, NOT_ENOUGH_JUDGES.
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
    const seed = randomInt(2 ** 32);
    const assigned = await assignPanel(tx, found.value, seed);
    if (!assigned.ok) return assigned;
    const { id, unionId } = found.value;
    const target = { targetKind: 'panel', targetId: id, unionId };
    const after = { seed, sheets: assigned.value };
    await recordAudit(tx, { actor: caller.actor, action: 'assignJudges', ...target, after }, now);
    return accept(id);
  });
}

/** `assignJudges` for a panel that the transaction has locked; resolves with how many sheets there are to submit. */
export async function assignPanel(tx: Tx, panel: Panel, seed: number): Promise<Result<number>> {
  if (panel.state === 'closed') return refuse(panelClosed);
  const all = await namedJudges(tx, panel.id);
  const accepted = all.filter(({ state }) => state === 'accepted');
  const sections = sectionsOf(accepted, await criteriaOf(tx, panel.id));
  if (!sections.ok) return sections;
  const board = await loadBoard(tx, panel, all);
  const rows: [string, string, string][] = [];
  for (const section of sections.value) {
    const judges = section.judges.map(({ id }) => id);
    const candidates = keptIn(board, section, all);
    const result = balance(candidates, judges, board.conflicts, panel.judgesPerEntry, seed);
    if ('unserved' in result) {
      const { candidateId, needed, left } = result.unserved;
      const { number, label } = board.candidates.find(({ id }) => id === candidateId)!;
      return refuse(notEnoughJudges(number, label, needed, left));
    }
    for (const [candidateId, given] of result.judges) for (const id of given) rows.push([panel.id, id, candidateId]);
  }
  await rewrite(tx, panel.id, rows);
  return accept(rows.length);
}

interface CandidateRow {
  id: string;
  unionId: string;
  number: number;
  label: string;
}

/** What a panel has before it is assigned. */
interface Board {
  candidates: CandidateRow[];
  /** For each judge the unions that she must not judge. */
  conflicts: Map<string, Set<string>>;
  /** The judges who have begun or submitted a sheet, by candidate. */
  begun: Map<string, string[]>;
}

async function loadBoard(tx: Tx, { id }: Panel, judges: readonly NamedJudge[]): Promise<Board> {
  const candidates: CandidateRow[] = await tx.query(
    `SELECT id, union_id AS unionId, number, label FROM panel_candidate WHERE panel_id = ? AND state = 'in'
     ORDER BY number`,
    [id],
  );
  const conflicts = await conflictsIn(
    tx,
    id,
    judges.map((judge) => judge.id),
  );
  const sheets: { candidateId: string; judgeId: string }[] = await tx.query(
    `SELECT s.candidate_id AS candidateId, s.judge_id AS judgeId
     FROM panel_sheet s JOIN panel_judge j ON j.id = s.judge_id
     WHERE s.panel_id = ? AND (s.state = 'submitted' OR (s.state = 'draft' AND j.state = 'accepted'))
     ORDER BY s.candidate_id, s.judge_id`,
    [id],
  );
  const groups = groupBy(sheets, (sheet) => sheet.candidateId);
  const begun = new Map([...groups].map(([candidateId, ofIt]) => [candidateId, ofIt.map(({ judgeId }) => judgeId)]));
  return { candidates, conflicts, begun };
}

/** The candidates with those judges of a section, of earlier ones too, whose work on them is kept. */
function keptIn({ candidates, conflicts, begun }: Board, section: Section, all: readonly NamedJudge[]): ToJudge[] {
  const isOfSection = new Set(
    all
      .filter(({ criteria }) => criteria === null || section.criteria.every((number) => criteria.includes(number)))
      .map(({ id }) => id),
  );
  return candidates.map(({ id, unionId }) => ({
    id,
    unionId,
    kept: (begun.get(id) ?? []).filter((judge) => isOfSection.has(judge) && !conflicts.get(judge)!.has(unionId)),
  }));
}

/** Puts assignments in the place of all that there were, and drops the drafts of those who are not assigned any more. */
async function rewrite(tx: Tx, panelId: string, rows: [string, string, string][]): Promise<void> {
  await tx.query('DELETE FROM panel_assignment WHERE panel_id = ?', [panelId]);
  await insertRows(tx, 'panel_assignment', ['panel_id', 'judge_id', 'candidate_id'], rows);
  await tx.query(
    `DELETE s FROM panel_sheet s LEFT JOIN panel_assignment a ON a.panel_id = s.panel_id AND a.judge_id = s.judge_id
       AND a.candidate_id = s.candidate_id
     WHERE s.panel_id = ? AND s.state = 'draft' AND a.judge_id IS NULL`,
    [panelId],
  );
}

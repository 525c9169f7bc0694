import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { namedJudges } from '../judges/queries.ts';
import { Candidate } from '../panels/candidate.entity.ts';
import type { Panel } from '../panels/panel.entity.ts';
import { criteriaOf } from '../panels/queries.ts';
import { panelClosed } from '../panels/refusals.ts';
import type { ReportSteps } from '../tasks/run-task.ts';
import { balance, type Served, type Unserved } from './balance.ts';
import { keptIn, loadBoard } from './board.ts';
import { notEnoughJudges } from './refusals.ts';
import { sectionsOf } from './sections.ts';

const ROWS_AT_ONCE = 10_000;

/**
 * Says who judges whom on a panel that the transaction has locked, see `assignJudges`; resolves with how many sheets there
 * are to submit. Takes minutes for half a million candidates: `report` hears how many sheets are assigned. Refusals:
 * PANEL_CLOSED, CRITERIA_OVERLAP, NOT_ENOUGH_JUDGES; nothing is written then.
 */
export async function assignPanel(
  tx: Tx,
  panel: Panel,
  seed: number,
  report: ReportSteps = async () => {},
): Promise<Result<number>> {
  if (panel.state === 'closed') return refuse(panelClosed);
  const all = await namedJudges(tx, panel.id);
  const accepted = all.filter(({ state }) => state === 'accepted');
  const sections = sectionsOf(accepted, await criteriaOf(tx, panel.id));
  if (!sections.ok) return sections;
  const board = await loadBoard(tx, panel.id, all);
  const served: Iterable<Served>[] = [];
  for (const section of sections.value) {
    const judges = section.judges.map(({ id }) => id);
    const candidates = keptIn(board, section, all);
    const result = balance(candidates, judges, board.conflicts, panel.judgesPerEntry, seed);
    if ('unserved' in result) return refuse(await unservedIn(tx, panel, result.unserved));
    served.push(result.served);
  }
  return accept(await rewrite(tx, panel.id, served, report));
}

async function unservedIn(tx: Tx, { id }: Panel, { candidateId, needed, left }: Unserved): Promise<Refusal> {
  const { number, label } = await tx.findOneByOrFail(Candidate, { panelId: id, id: candidateId });
  return notEnoughJudges(number, label, needed, left);
}

/**
 * Puts assignments in the place of all that there were, and drops the drafts of those who are not assigned any more.
 * Resolves with how many there are. Rows are made as they are written, so that no more than a part of them is in memory.
 */
async function rewrite(
  tx: Tx,
  panelId: string,
  served: readonly Iterable<Served>[],
  report: ReportSteps,
): Promise<number> {
  await tx.query('DELETE FROM panel_assignment WHERE panel_id = ?', [panelId]);
  let count = 0;
  let rows: [string, string, string][] = [];
  const write = async () => {
    await insertRows(tx, 'panel_assignment', ['panel_id', 'judge_id', 'candidate_id'], rows);
    count += rows.length;
    rows = [];
    await report(count);
  };
  for (const ofSection of served) {
    for (const { candidateId, judges } of ofSection) {
      for (const judgeId of judges) rows.push([panelId, judgeId, candidateId]);
      if (rows.length >= ROWS_AT_ONCE) await write();
    }
  }
  await write();
  await tx.query(
    `DELETE s FROM panel_sheet s LEFT JOIN panel_assignment a ON a.panel_id = s.panel_id AND a.judge_id = s.judge_id
       AND a.candidate_id = s.candidate_id
     WHERE s.panel_id = ? AND s.state = 'draft' AND a.judge_id IS NULL`,
    [panelId],
  );
  return count;
}

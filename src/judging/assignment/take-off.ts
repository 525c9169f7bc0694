import type { Tx } from '../../platform/db/transaction.ts';

/** What of a panel's assignments: of a judge, of these candidates, or of that judge for these candidates. */
export interface WhatToTakeOff {
  judgeId?: string;
  candidateIds?: readonly string[];
}

/**
 * Takes judges off candidates whom they have not scored yet; what they had saved is lost. What was submitted stays, with
 * its assignment. The panel is locked.
 */
export async function takeOff(tx: Tx, panelId: string, { judgeId, candidateIds }: WhatToTakeOff): Promise<void> {
  if (candidateIds?.length === 0) return;
  const ofJudge = judgeId === undefined ? '' : 'AND a.judge_id = ?';
  const ofCandidates = candidateIds === undefined ? '' : 'AND a.candidate_id IN (?)';
  const params = [panelId, ...(judgeId === undefined ? [] : [judgeId]), ...(candidateIds ? [candidateIds] : [])];
  await tx.query(
    `DELETE a FROM panel_sheet a WHERE a.panel_id = ? ${ofJudge} ${ofCandidates} AND a.state = 'draft'`,
    params,
  );
  await tx.query(
    `DELETE a FROM panel_assignment a LEFT JOIN panel_sheet s ON s.panel_id = a.panel_id
       AND s.candidate_id = a.candidate_id AND s.judge_id = a.judge_id AND s.is_live = TRUE
     WHERE a.panel_id = ? ${ofJudge} ${ofCandidates} AND s.number IS NULL`,
    params,
  );
}

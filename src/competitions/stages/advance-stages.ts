import type { Deps } from '../../platform/deps.ts';
import { Failures } from '../../platform/failures.ts';
import type { ReportProgress } from '../../platform/jobs.ts';
import { settleStage } from './settle-stage.ts';

/**
 * Does what time brings to stages: those whose notice is over become final. One that fails keeps no other back. Resolves
 * with how many changed; throws at the end when one failed.
 */
export async function advanceStages(deps: Deps, progress?: ReportProgress): Promise<number> {
  const rows: { id: string }[] = await deps.db.query(
    `SELECT s.id FROM competition_stage s JOIN stage_run r ON r.stage_id = s.id JOIN notice n ON n.id = r.notice_id
     WHERE s.state = 'in_notice' AND n.state IN ('open', 'final') ORDER BY s.id`,
  );
  const failures = new Failures(deps.log);
  let changed = 0;
  for (const { id } of rows) {
    await failures.keep({ stageId: id }, 'a stage could not be settled', async () => {
      if (await settleStage(deps, id)) changed += 1;
    });
    await progress?.({ done: changed });
  }
  failures.throwAny('stages failed');
  return changed;
}

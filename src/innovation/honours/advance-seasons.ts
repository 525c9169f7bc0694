import type { Deps } from '../../platform/deps.ts';
import { Failures } from '../../platform/failures.ts';
import type { ReportProgress } from '../../platform/jobs.ts';
import { settleSeason } from './settle-season.ts';

/**
 * Does what time brings to seasons: those whose notice is over become final, and the notices of those that were called
 * off are withdrawn. One that fails keeps no other back. Resolves with how many changed; throws at the end when one
 * failed.
 */
export async function advanceSeasons(deps: Deps, progress?: ReportProgress): Promise<number> {
  const rows: { id: string }[] = await deps.db.query(
    `SELECT s.id FROM innovation_season s JOIN season_list l ON l.season_id = s.id AND l.is_open = TRUE
     WHERE s.state IN ('in_notice', 'cancelled') ORDER BY s.id`,
  );
  const failures = new Failures(deps.log);
  let changed = 0;
  for (const { id } of rows) {
    await failures.keep({ seasonId: id }, 'a season could not be settled', async () => {
      if (await settleSeason(deps, id)) changed += 1;
    });
    await progress?.({ done: changed });
  }
  failures.throwAny('seasons failed');
  return changed;
}

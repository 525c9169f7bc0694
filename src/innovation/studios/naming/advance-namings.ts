import type { Deps } from '../../../platform/deps.ts';
import { Failures } from '../../../platform/failures.ts';
import type { ReportProgress } from '../../../platform/jobs.ts';
import { expireNamings } from './expire-namings.ts';
import { settleRound } from './settle-round.ts';

/**
 * Does what time brings to the names of studios: rounds whose notice is over become final, and names whose term is over
 * end. A round that fails keeps no other back. Resolves with how many rounds and names changed; throws at the end when
 * one failed.
 */
export async function advanceNamings(deps: Deps, progress?: ReportProgress): Promise<number> {
  const rows: { id: string }[] = await deps.db.query(
    "SELECT id FROM naming_round WHERE state = 'in_notice' ORDER BY id",
  );
  const failures = new Failures(deps.log);
  let changed = 0;
  for (const { id } of rows) {
    await failures.keep({ namingRoundId: id }, 'a round of naming could not be settled', async () => {
      if (await settleRound(deps, id)) changed += 1;
    });
    await progress?.({ done: changed });
  }
  changed += await expireNamings(deps);
  failures.throwAny('rounds of naming failed');
  return changed;
}

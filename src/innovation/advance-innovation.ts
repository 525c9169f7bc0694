import type { Deps } from '../platform/deps.ts';
import { Failures } from '../platform/failures.ts';
import type { ReportProgress } from '../platform/jobs.ts';
import { advanceSeasons } from './honours/advance-seasons.ts';
import { advanceNamings } from './studios/naming/advance-namings.ts';

/** What time brings, part by part; each resolves with how many things it changed. */
const PARTS: Record<string, (deps: Deps, progress?: ReportProgress) => Promise<number>> = {
  namings: advanceNamings,
  seasons: advanceSeasons,
};

/**
 * Does what time brings to innovation: what was in notice becomes final, terms end. A part that fails keeps no other
 * back. Resolves with how many things changed; throws at the end when a part failed.
 */
export async function advanceInnovation(deps: Deps, progress?: ReportProgress): Promise<number> {
  const failures = new Failures(deps.log);
  let changed = 0;
  for (const [part, advance] of Object.entries(PARTS)) {
    await failures.keep({ part }, 'a part of innovation could not be advanced', async () => {
      changed += await advance(deps, progress);
    });
  }
  failures.throwAny('parts of innovation failed');
  return changed;
}

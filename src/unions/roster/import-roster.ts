import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { enqueue } from '../../platform/db/outbox.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { importRosterJob } from './job-definitions.ts';
import type { ImportState } from './queries.ts';
import { importFailed, importNotChecked, importStarted } from './refusals.ts';
import { importInScope } from './scope.ts';

const REFUSED: Partial<Record<ImportState, Refusal>> = { checking: importNotChecked, failed: importFailed };

/**
 * Starts to write a checked roster's good rows into the roll (rosters:import in the union's branch). Resolves with the
 * import's id. Refusals: IMPORT_UNKNOWN, IMPORT_NOT_CHECKED, IMPORT_FAILED, IMPORT_STARTED.
 */
export async function importRoster(deps: Deps, caller: AdminCaller, key: string, id: string): Promise<Outcome> {
  return act(deps, caller, { operation: 'importRoster', key, input: { id } }, async (tx, now) => {
    const found = await importInScope(tx, caller, id);
    if (!found.ok) return found;
    const { state, unionId, fileName } = found.value;
    const { affectedRows: started } = await tx.query<{ affectedRows: number }>(
      "UPDATE roster_import SET state = 'importing' WHERE id = ? AND state = 'checked'",
      [id],
    );
    if (started === 0) return refuse(REFUSED[state] ?? importStarted);
    await enqueue(tx, importRosterJob, { importId: id }, now);
    const target = { targetKind: 'roster-import', targetId: id, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'importRoster', ...target, after: { fileName } }, now);
    return accept(id);
  });
}

import { act } from '../../../identity/act.ts';
import { recordAudit } from '../../../identity/audit.ts';
import type { AdminCaller } from '../../../identity/caller.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import { enqueue } from '../../../platform/db/outbox.ts';
import type { Deps } from '../../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../../platform/result.ts';
import { unionPath } from '../../../unions/queries.ts';
import { lockEntryTerms, wrongTimeToEnter } from '../terms.ts';
import type { ImportState } from './entry-import.entity.ts';
import { importEntriesDefinition } from './job-definitions.ts';
import { importFailed, importNotChecked, importStarted } from './refusals.ts';
import { importInScope } from './scope.ts';

const REFUSED: Partial<Record<ImportState, Refusal>> = { checking: importNotChecked, failed: importFailed };

/**
 * Starts to enter the good rows of a checked file (competitions:write in the union's branch). The entries count as made
 * now, whenever the job gets to them. Resolves with the import's id; audited. Refusals: IMPORT_UNKNOWN,
 * IMPORT_NOT_CHECKED, IMPORT_FAILED, IMPORT_STARTED, COMPETITION_OVER, ENTRY_NOT_OPEN, ENTRY_CLOSED.
 */
export async function importEntries(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { id: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'importEntries', key, input }, async (tx, now) => {
    const { id } = input;
    const found = await importInScope(tx, caller, 'competitions:write', id);
    if (!found.ok) return found;
    const { state, unionId, competitionId, fileName } = found.value;
    const terms = await lockEntryTerms(tx, competitionId, await unionPath(tx, unionId));
    if (!terms.ok) return terms;
    const { competition } = terms.value;
    const wrong = wrongTimeToEnter(competition, competition.entrant, now);
    if (wrong && state === 'checked') return refuse(wrong);
    const { affectedRows: started } = await tx.query<{ affectedRows: number }>(
      "UPDATE entry_import SET state = 'importing', asked_by = ?, asked_at = ? WHERE id = ? AND state = 'checked'",
      [caller.actor, now, id],
    );
    if (started === 0) return refuse(REFUSED[state] ?? importStarted);
    await enqueue(tx, importEntriesDefinition, { importId: id }, now);
    const target = { targetKind: 'entry-import', targetId: id, unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'importEntries', ...target, after: { fileName } }, now);
    return accept(id);
  });
}

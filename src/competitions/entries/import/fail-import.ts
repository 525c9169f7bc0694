import type { Deps } from '../../../platform/deps.ts';
import type { Refusal } from '../../../platform/result.ts';
import type { EntryImport } from './entry-import.entity.ts';

/** Ends an import that cannot go on, with the reason for the person who uploaded the file. */
export async function failImport(
  { db, clock }: Deps,
  { id, state }: Pick<EntryImport, 'id' | 'state'>,
  { code, message }: Refusal,
): Promise<void> {
  await db.query(
    `UPDATE entry_import SET state = 'failed', failure_code = ?, failure_zh = ?, failure_en = ?, finished_at = ?
     WHERE id = ? AND state = ?`,
    [code, message.zh, message.en, clock.now(), id, state],
  );
}

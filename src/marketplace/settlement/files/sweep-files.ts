import { opendir, rm, stat } from 'node:fs/promises';
import type { Deps } from '../../../platform/deps.ts';
import { isId } from '../../../platform/ids.ts';
import { folderOf, pathOf } from './make-files.ts';

const KEPT_MS = 24 * 3_600_000;
const ROWS_AT_ONCE = 500;

/**
 * Deletes the files that no statement names and that were last written a day ago or earlier: what was left when the
 * making was cut off, and damaged ones that were made anew. Returns how many.
 */
export async function sweepStatementFiles(deps: Deps): Promise<number> {
  const before = new Date(deps.clock.now().getTime() - KEPT_MS);
  let deleted = 0;
  for await (const ids of filesWrittenBefore(deps, before)) {
    for (const id of await withoutRow(deps, ids)) {
      await rm(pathOf(deps.config, id), { force: true });
      deleted += 1;
    }
  }
  return deleted;
}

/** The ids of the files that were written before an instant, some at once. Whatever else lies in the folder is not ours. */
async function* filesWrittenBefore({ config }: Deps, instant: Date): AsyncGenerator<string[]> {
  const folder = await opendir(folderOf(config)).catch(whenMissing);
  let ids: string[] = [];
  for await (const { name } of folder ?? []) {
    const found = isId(name) && (await stat(pathOf(config, name)).catch(whenMissing));
    if (found && found.mtime < instant) ids.push(name);
    if (ids.length < ROWS_AT_ONCE) continue;
    yield ids;
    ids = [];
  }
  if (ids.length > 0) yield ids;
}

async function withoutRow({ db }: Deps, ids: readonly string[]): Promise<string[]> {
  const rows: { id: string }[] = await db.query('SELECT id FROM settlement_file WHERE id IN (?)', [ids]);
  const named = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !named.has(id));
}

function whenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../../../platform/config.ts';
import { insertRows } from '../../../platform/db/sql.ts';
import type { Deps } from '../../../platform/deps.ts';
import { newId } from '../../../platform/ids.ts';
import { SettlementStatement } from '../statement.entity.ts';
import { rowsOf } from './rows.ts';
import { type FileFormat, StatementFile } from './statement-file.entity.ts';
import { writeRows } from './write-rows.ts';

const FOLDER = 'settlement';
const FORMATS: readonly FileFormat[] = ['xlsx', 'csv'];

/** Where the files of statements lie. */
export function folderOf({ storageDir }: Config): string {
  return join(storageDir, FOLDER);
}

/** Where a file of a statement lies. */
export function pathOf(config: Config, fileId: string): string {
  return join(folderOf(config), fileId);
}

/**
 * Makes the files of a statement that are not there yet, in bounded memory however long it is. A file counts once its
 * row is written, and each format has one: of two processes that make it at once the second throws its own away.
 */
export async function makeStatementFiles(deps: Deps, statementId: string): Promise<void> {
  const { manager } = deps.db;
  const statement = await manager.findOneByOrFail(SettlementStatement, { id: statementId });
  for (const format of FORMATS) {
    if (!(await manager.existsBy(StatementFile, { statementId, format }))) await makeFile(deps, statement, format);
  }
}

async function makeFile(deps: Deps, statement: SettlementStatement, format: FileFormat): Promise<void> {
  const { config, db, clock } = deps;
  const id = newId();
  const path = pathOf(config, id);
  await mkdir(folderOf(config), { recursive: true, mode: 0o700 });
  let isKept = false;
  try {
    const written = await writeFile(
      path,
      writeRows(format, rowsOf(db.manager, statement), `结算单 ${statement.month}`),
    );
    await insertRows(
      db.manager,
      'settlement_file',
      ['id', 'statement_id', 'format', 'size', 'sha256', 'made_at'],
      [[id, statement.id, format, written.size, written.sha256, clock.now()]],
      'ON DUPLICATE KEY UPDATE id = settlement_file.id',
    );
    isKept = await db.manager.existsBy(StatementFile, { id });
  } finally {
    if (!isKept) await rm(path, { force: true });
  }
}

async function writeFile(path: string, content: ReadableStream<Uint8Array>) {
  const hash = createHash('sha256');
  let size = 0;
  async function* counted() {
    for await (const chunk of content) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  }
  await pipeline(counted, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
  return { size, sha256: hash.digest() };
}

/** A province whose firms' workers enter a competition, and the files that name them. */
import { Readable } from 'node:stream';
import { writeCompetition } from '../../src/competitions/plan/write-plan.ts';
import type { AdminCaller } from '../../src/identity/caller.ts';
import { insertRows, type SqlValue } from '../../src/platform/db/sql.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';
import { aPlan } from '../competitions/plan/world.ts';

const DAY_MS = 86_400_000;

export interface Field {
  provinceId: string;
  firmIds: string[];
  /** Those of one firm after those of another, as many in each. */
  memberIds: string[];
}

/** Inserts rows; `columns` with blanks between them. */
const insert = (deps: Deps, table: string, columns: string, rows: SqlValue[][]) =>
  inTransaction(deps.db, (tx) => insertRows(tx, table, columns.split(' '), rows));

/** Fills an empty database with so many described firms and so many workers. */
export async function seedField(deps: Deps, firms: number, workers: number): Promise<Field> {
  const now = deps.clock.now();
  const provinceId = newId();
  const firmIds = Array.from({ length: firms }, newId);
  await insert(deps, 'union_node', 'id parent_id name kind path created_at', [
    [provinceId, null, '省总工会', 'province', `/${provinceId}/`, now],
    ...firmIds.map((id, i) => [id, provinceId, firmName(i), 'enterprise', `/${provinceId}/${id}/`, now]),
  ]);
  await insert(
    deps,
    'firm',
    'union_id firm_type ownership trade employees described_at',
    firmIds.map((id, i) => [id, i % 7 === 0 ? 'little_giant' : 'specialised', 'private', '装备制造', 240, now]),
  );
  const memberIds = Array.from({ length: workers }, newId);
  for (let from = 0; from < workers; from += 20_000)
    await insert(
      deps,
      'member',
      'id union_id name staff_number sex birth_date state created_at updated_at',
      memberIds.slice(from, from + 20_000).map((id, j) => {
        const i = from + j;
        const birthDate = `${1965 + (i % 38)}-06-01`;
        return [
          id,
          firmIds[firmOf(i, workers, firms)]!,
          '职工',
          `S${i}`,
          i % 3 ? 'male' : 'female',
          birthDate,
          'active',
          now,
          now,
        ];
      }),
    );
  return { provinceId, firmIds, memberIds };
}

/** Opens a competition of individuals of the province to entries. Returns its id. */
export async function openCompetition(deps: Deps, { provinceId }: Field, number: number): Promise<string> {
  const now = deps.clock.now();
  const later = new Date(now.getTime() + DAY_MS);
  const plan = aPlan(provinceId, {
    ...{ entryFrom: new Date(now.getTime() - DAY_MS), entryUntil: later, changeUntil: later },
    ...{ trade: null, awards: [], budgetFen: 0, certificatePrefix: `B${number}` },
  });
  const id = await inTransaction(deps.db, (tx) =>
    writeCompetition(tx, { unionId: provinceId, copiedFrom: null }, plan, now),
  );
  await deps.db.query("UPDATE competition SET state = 'published', published_at = ? WHERE id = ?", [now, id]);
  return id;
}

/** Who uploads the files. */
export function clerkOf({ provinceId }: Field): AdminCaller {
  const permissions = new Set(['competitions:write']);
  const grants = [{ unionPath: `/${provinceId}/`, permissions }];
  return { door: 'admin', actor: `operator:${newId()}`, sessionId: newId(), operatorId: newId(), permissions, grants };
}

/** The workers as a csv file: name, staff number, firm. */
export function csvOf({ firmIds, memberIds }: Field): Readable {
  function* lines(): Generator<string> {
    yield '姓名,工号,单位\r\n';
    for (let i = 0; i < memberIds.length; i++)
      yield `职工,S${i},${firmName(firmOf(i, memberIds.length, firmIds.length))}\r\n`;
  }
  return Readable.from(lines(), { objectMode: false });
}

/** In which firm a worker works, both by their place. */
export function firmOf(worker: number, workers: number, firms: number): number {
  return Math.floor((worker * firms) / workers);
}

function firmName(i: number): string {
  return `第${i + 1}公司工会`;
}

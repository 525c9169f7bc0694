import { writeXlsxStream } from 'hucre/xlsx';
import type { EntityManager } from 'typeorm';
import type { SubsidyList } from './list.entity.ts';
import { linesOfLists } from './queries.ts';

const LINES_AT_ONCE = 1000;

const COLUMNS: readonly { header: string; width: number; numFmt?: string }[] = [
  { header: '序号', width: 8 },
  { header: '获奖单位或个人', width: 30 },
  { header: '所属工会', width: 30 },
  { header: '奖项', width: 16 },
  { header: '名次', width: 8 },
  { header: '出资工会', width: 30 },
  { header: '补助金额（元）', width: 16, numFmt: '#,##0.00' },
];

type Row = (string | number | null)[];

/** A payment list as .xlsx, written while its lines are read: the lines, their sum, what is vacant, and the budget. */
export function writeListFile(db: EntityManager, list: SubsidyList): ReadableStream<Uint8Array> {
  return writeXlsxStream(rowsOf(db, list), { name: '补助发放表', columns: [...COLUMNS], freezePane: { rows: 1 } });
}

async function* rowsOf(db: EntityManager, list: SubsidyList): AsyncGenerator<Row> {
  for (let after: string | undefined; ; ) {
    const page = (await linesOfLists(db, [list.id], { first: LINES_AT_ONCE, after })).get(list.id);
    for (const { number, payee, unionName, award, place, payer, fen } of page?.items ?? [])
      yield [number, payee, unionName, award, place, payer, fen / 100];
    if (!page?.hasNextPage) break;
    after = String(page.items.at(-1)!.number);
  }
  const sum = (name: string, fen: number): Row => [name, null, null, null, null, null, fen / 100];
  yield sum('合计', list.totalFen);
  if (list.vacantFen > 0) yield sum('空缺', list.vacantFen);
  yield sum('预算', list.budgetFen);
}

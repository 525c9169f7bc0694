import { type Cell, compactCell, type Table, type TableRow } from '../../unions/roster/cell.ts';
import { MOST_ROWS } from '../limits.ts';
import type { Criterion } from '../panels/criterion.entity.ts';
import { comparable } from '../panels/terms.ts';
import { unusable } from './open-table.ts';

const ROWS_BEFORE_HEADINGS = 20;
const NUMBER_HEADINGS = ['编号', '参评编号', '参赛编号', '序号', 'number'];
const BLIND_HEADINGS = ['盲号', '盲评编号', '盲评号', 'blindnumber'];

/** Where the columns of a file are. */
interface Columns {
  /** Whether candidates are named by their blind numbers. */
  blind: boolean;
  number: number;
  scores: { criterion: Criterion; column: number }[];
}

/** A row of a file of objective scores. */
export interface ScoreRow {
  /** As Excel shows it. */
  row: number;
  /** Whether `number` is a blind one. */
  blind: boolean;
  /** What stands for the candidate's number, without spaces. */
  number: string;
  /** The cells that are not empty. */
  scores: { criterion: Criterion; text: string }[];
}

/**
 * The rows of a file below its headings: one column for the number (编号) or blind number (盲号), one for each objective
 * criterion by its name; other columns are passed over, and so are rows without number and scores. Throws
 * UnreadableRoster when the headings are not there or there are too many rows.
 */
export async function* readScores(table: Table, criteria: readonly Criterion[]): AsyncGenerator<ScoreRow> {
  let columns: Columns | undefined;
  let count = 0;
  for await (const row of table.rows()) {
    if (!columns) {
      columns = columnsOf(row, criteria);
      if (!columns && row.number >= ROWS_BEFORE_HEADINGS) break;
      continue;
    }
    const read = scoreRow(row, columns);
    if (read.number === '' && read.scores.length === 0) continue;
    count += 1;
    if (count > MOST_ROWS) throw tooManyRows();
    yield read;
  }
  if (!columns) throw noHeadings(criteria);
}

function columnsOf({ cells }: TableRow, criteria: readonly Criterion[]): Columns | undefined {
  const texts = Array.from(cells, (cell) => (cell === undefined ? '' : comparable(cell.text)));
  const columnOf = (headings: readonly string[]) => texts.findIndex((text) => headings.includes(text));
  const scores = criteria
    .filter(({ kind }) => kind === 'objective')
    .map((criterion) => ({ criterion, column: columnOf([comparable(criterion.name)]) }))
    .filter(({ column }) => column >= 0);
  const [number, blind] = [columnOf(NUMBER_HEADINGS), columnOf(BLIND_HEADINGS)];
  if (scores.length === 0 || (number < 0 && blind < 0)) return undefined;
  return { blind: number < 0, number: number < 0 ? blind : number, scores };
}

function scoreRow({ number: row, cells }: TableRow, { blind, number, scores }: Columns): ScoreRow {
  const textOf = (cell: Cell | undefined) => (cell === undefined ? '' : compactCell(cell));
  const filled = scores.map(({ criterion, column }) => ({ criterion, text: textOf(cells[column]) }));
  return { row, blind, number: textOf(cells[number]), scores: filled.filter(({ text }) => text !== '') };
}

function noHeadings(criteria: readonly Criterion[]) {
  const names = criteria.filter(({ kind }) => kind === 'objective').map(({ name }) => name);
  return unusable(
    'HEADINGS_MISSING',
    names.length === 0
      ? '这个评审组没有客观指标，不能导入客观分。'
      : `在前 ${ROWS_BEFORE_HEADINGS} 行里没有找到标题行。标题行须有“编号”或“盲号”，以及至少一项客观指标：${names.join('、')}。`,
    names.length === 0
      ? 'This panel has no objective criteria, so there is nothing to import.'
      : `No row of headings was found in the first ${ROWS_BEFORE_HEADINGS} rows. It must have 编号 or 盲号, and one of: ${names.join(', ')}.`,
  );
}

function tooManyRows() {
  return unusable(
    'TOO_MANY_ROWS',
    `文件超过 ${MOST_ROWS} 行，请拆成几个文件分别导入。`,
    `The file has more than ${MOST_ROWS} rows. Split it into several and import each.`,
  );
}

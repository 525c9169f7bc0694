import type { EntityManager } from 'typeorm';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { type Points, points, pointsFromSql } from '../../platform/points.ts';
import type { FigureScope } from './figure-scope.ts';
import { MEASURES, type Measure } from './measures.ts';
import { monthsOf, type Period } from './period.ts';

export type FigureGrouping = 'month' | 'branch' | 'category' | 'merchant';

/** The figures of one month, branch, category or merchant; held and in_vouchers as they were when the period ended. */
export type FigureRow = { key: string } & Record<Measure, Points>;

const isOutstanding = (name: Measure) => name === 'held' || name === 'in_vouchers';

/** How a grouping reads the rows: by which key, and those that count everything or those of merchants. */
interface Reading {
  key: string;
  keyParameters?: readonly (string | number)[];
  join?: string;
  rows: "= ''" | "> ''";
  page?: PageRequest;
}

/** Up to which instant the figures hold everything; null before the first run of the job. */
export async function figuresAsOf(db: EntityManager): Promise<Date | null> {
  const [mark]: { as_of: Date | null }[] = await db.query('SELECT as_of FROM figure_mark WHERE id = 1');
  return mark?.as_of ?? null;
}

/** The figures of the whole scope. */
export async function totalFigures(db: EntityManager, scope: FigureScope, period: Period): Promise<FigureRow> {
  const [total] = await read(db, scope, period, { key: "'all'", rows: "= ''" });
  return total ?? nothing('all');
}

/** A page of the figures by month (each month of the period), branch, category or merchant; the cursor is the key. */
export async function figuresBy(
  db: EntityManager,
  scope: FigureScope,
  period: Period,
  by: FigureGrouping,
  page: PageRequest,
): Promise<Page<FigureRow>> {
  if (by === 'month') return pageOf(await byMonth(db, scope, period, page), page);
  return pageOf(await read(db, scope, period, { ...readingBy(by, scope), page }), page);
}

function readingBy(by: Exclude<FigureGrouping, 'month'>, { top }: FigureScope): Reading {
  if (by === 'merchant') return { key: 'figure_month.merchant_id', rows: "> ''" };
  if (by === 'category') {
    const join = 'JOIN merchant ON merchant.id = figure_month.merchant_id';
    return { key: 'merchant.category', join, rows: "> ''" };
  }
  // The union below the top on whose branch a row's union lies; what is counted at the top itself stands under the top.
  const topId = top.slice(-27, -1);
  const key = 'IF(union_node.path = ?, ?, SUBSTRING(union_node.path, ?, 26))';
  return { key, keyParameters: [top, topId, top.length + 1], rows: "= ''" };
}

async function byMonth(db: EntityManager, scope: FigureScope, period: Period, page: PageRequest): Promise<FigureRow[]> {
  const key = "IF(figure_month.month < ?, '', figure_month.month)";
  const rows = await read(db, scope, period, { key, keyParameters: [period.from], rows: "= ''" });
  const found = new Map(rows.map((row) => [row.key, row]));
  let { held, in_vouchers } = found.get('') ?? nothing('');
  const months = monthsOf(period).map((month) => {
    const row = found.get(month) ?? nothing(month);
    held = points(held + row.held);
    in_vouchers = points(in_vouchers + row.in_vouchers);
    return { ...row, held, in_vouchers };
  });
  return months.filter(({ key: month }) => month > (page.after ?? '')).slice(0, page.first + 1);
}

async function read(
  db: EntityManager,
  { programme, top, branches }: FigureScope,
  { from, until }: Period,
  { key, keyParameters = [], join = '', rows: which, page }: Reading,
): Promise<FigureRow[]> {
  const sums = MEASURES.map((name) =>
    isOutstanding(name)
      ? `SUM(figure_month.${name}) AS ${name}`
      : `SUM(IF(figure_month.month >= ?, figure_month.${name}, 0)) AS ${name}`,
  );
  const flows = MEASURES.filter((name) => !isOutstanding(name));
  const rows: ({ row_key: string } & Record<Measure, string>)[] = await db.query(
    `SELECT ${key} AS row_key, ${sums.join(', ')}
     FROM figure_month JOIN union_node ON union_node.id = figure_month.union_id ${join}
     WHERE figure_month.programme_id = ? AND figure_month.merchant_id ${which} AND figure_month.month <= ?
       AND union_node.path LIKE ? AND (${branches.map(() => 'union_node.path LIKE ?').join(' OR ')})
     GROUP BY row_key ${page ? 'HAVING row_key > ? ORDER BY row_key LIMIT ?' : ''}`,
    [
      ...keyParameters,
      ...flows.map(() => from),
      programme.id,
      until,
      `${top}%`,
      ...branches.map((branch) => `${branch}%`),
      ...(page ? [page.after ?? '', page.first + 1] : []),
    ],
  );
  return rows.map(({ row_key, ...sum }) => ({ key: row_key, ...figures((name) => pointsFromSql(sum[name])) }));
}

function figures(of: (name: Measure) => Points): Record<Measure, Points> {
  return Object.fromEntries(MEASURES.map((name) => [name, of(name)])) as Record<Measure, Points>;
}

const nothing = (key: string): FigureRow => ({ key, ...figures(() => points(0)) });

import type { EntityManager } from 'typeorm';
import { detailsOf } from '../line-details.ts';
import { type LineKind, linesOf } from '../lines.ts';
import type { SettlementStatement } from '../statement.entity.ts';

const LINES_AT_ONCE = 1000;

export const HEADINGS = [
  '行号',
  '日期',
  '类型',
  '内容',
  '门店',
  '请求号',
  '积分',
  '单价（分）',
  '金额（元）',
  '更正的行',
];

const KINDS: Record<LineKind, string> = {
  verification: '核销',
  charge: '收款',
  reversal: '撤销核销',
  refund: '退款',
  correction: '更正',
};

export type Row = (string | number | null)[];

/** The rows of a statement's file: its lines, read a thousand at a time, and their sums. */
export async function* rowsOf(db: EntityManager, statement: SettlementStatement): AsyncGenerator<Row> {
  for (let after: string | undefined; ; ) {
    const page = await linesOf(db, statement, { first: LINES_AT_ONCE, after });
    const details = await detailsOf(db, page.items);
    for (const { id, day, kind, points, rateFen, fen, correctsId } of page.items) {
      const { what, outletName, requestNumber } = details.get(id) ?? { what: '', outletName: '', requestNumber: '' };
      const rate = kind === 'correction' ? null : rateFen;
      yield [id, day, KINDS[kind], what, outletName, requestNumber, points, rate, fen / 100, correctsId];
    }
    if (!page.hasNextPage) break;
    after = page.items.at(-1)!.id;
  }
  yield ['合计', null, null, null, null, null, statement.points, null, statement.fen / 100, null];
}

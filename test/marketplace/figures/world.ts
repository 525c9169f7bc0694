import { newId } from '../../../src/platform/ids.ts';
import { aMarket } from '../../support/market.ts';

/**
 * A city with a programme and its districts; East has a street below it. Beside the city a union that the programme does
 * not cover. One merchant for dining, one for travel, each with an offer that refunds, one that forfeits and a gift.
 */
export async function aCityWithFigures({ memberCount = 3, earned = 0 } = {}) {
  const market = await aMarket({ memberCount, earned, livesDays: 20, at: '2026-06-20T02:00:00.000Z' });
  const { deps, unionId: cityId, programmeId } = market;
  const { db, clock } = deps;
  const union = async (path: string, name: string) => {
    const id = newId();
    const parentId = path === '/' ? null : path.slice(-27, -1);
    await db.query('INSERT INTO union_node (id, parent_id, name, kind, path, created_at) VALUES (?)', [
      [id, parentId, name, 'district', `${path}${id}/`, clock.now()],
    ]);
    return id;
  };
  const eastId = await union(`/${cityId}/`, '东区');
  const westId = await union(`/${cityId}/`, '西区');
  const streetId = await union(`/${cityId}/${eastId}/`, '东街');
  const elsewhereId = await union('/', `外市${cityId}`);
  const moveTo = (memberId: string, unionId: string) =>
    db.query('UPDATE member SET union_id = ? WHERE id = ?', [unionId, memberId]);

  const merchantId = newId();
  const outletId = newId();
  const now = clock.now();
  await db.query('INSERT INTO merchant (id, name, category, state, created_at) VALUES (?)', [
    [merchantId, `悠游${merchantId}`, 'travel', 'active', now],
  ]);
  await db.query('INSERT INTO programme_merchant VALUES (?, ?)', [programmeId, merchantId]);
  await db.query(
    `INSERT INTO contract (id, programme_id, merchant_id, number, from_day, settlement, signed_by, signed_at)
     VALUES (?, ?, ?, 'HT-2', '2020-01-01', 'postpaid', 'system', ?)`,
    [newId(), programmeId, merchantId, now],
  );
  await db.query(
    "INSERT INTO outlet (id, merchant_id, name, address, created_at) VALUES (?, ?, '总店', '丙路3号', ?)",
    [outletId, merchantId, now],
  );
  const stalls = [
    { outletId: market.outletId, caller: market.cashier },
    { outletId, caller: { ...market.cashier, merchantId } },
  ];
  /** An offer of one of the two merchants. */
  const offerOf = async (stall: 0 | 1, fields: Parameters<typeof market.offer>[0] = {}) => {
    const id = await market.offer({ sale_from: '2026-01-01 00:00:00', stock: 1000, use_days: 8, ...fields });
    if (stall === 0) return id;
    await db.query('UPDATE offer SET merchant_id = ? WHERE id = ?', [merchantId, id]);
    await db.query('UPDATE offer_outlet SET outlet_id = ? WHERE offer_id = ?', [outletId, id]);
    return id;
  };
  /** A member's card is shown, as the counter would write it down; resolves with the scan's id. */
  const show = async (
    memberId: string,
    stall: 0 | 1,
    { billFen, discount, percent }: { billFen: number | null; discount: string | null; percent: number | null },
  ) => {
    const { outletId: at, caller } = stalls[stall]!;
    const id = newId();
    const session = db.createQueryRunner();
    try {
      await session.query('SET FOREIGN_KEY_CHECKS = 0');
      await session.query(
        `INSERT INTO card_scan (id, programme_id, merchant_id, outlet_id, operator_id, card_id, member_id, contract_id,
           request_number, discount, discount_percent, bill_fen, scanned_at) VALUES (?)`,
        [
          [
            ...[id, programmeId, caller.merchantId, at, caller.operatorId, newId(), memberId, newId()],
            ...[newId(), discount, percent, billFen, clock.now()],
          ],
        ],
      );
      await session.query('SET FOREIGN_KEY_CHECKS = 1');
    } finally {
      await session.release();
    }
    return id;
  };
  return {
    ...market,
    show,
    cityId,
    eastId,
    westId,
    streetId,
    elsewhereId,
    moveTo,
    stalls,
    offerOf,
    merchantIds: [market.merchantId, merchantId] as const,
  };
}

export type City = Awaited<ReturnType<typeof aCityWithFigures>>;

/** The reads that a piece of work sends, with their parameters. */
export async function readsOf({ db }: City['deps'], work: () => Promise<unknown>) {
  const usual = db.logger;
  const sent: { sql: string; parameters: unknown[] }[] = [];
  db.logger = new Proxy(usual, {
    get(logger, name) {
      if (name === 'logQuery') return (sql: string, parameters: unknown[] = []) => sent.push({ sql, parameters });
      const member = Reflect.get(logger, name);
      return typeof member === 'function' ? member.bind(logger) : member;
    },
  });
  try {
    await work();
    return sent.filter(({ sql }) => /^\s*SELECT/.test(sql));
  } finally {
    db.logger = usual;
  }
}

/** The reads among these that go through the whole of one of the tables, as the server plans them. */
export async function fullScans({ db }: City['deps'], reads: Awaited<ReturnType<typeof readsOf>>, tables: string[]) {
  await db.query(`ANALYZE TABLE ${tables.join(', ')}`);
  const found: string[] = [];
  for (const { sql, parameters } of reads) {
    const plan: { table: string | null; type: string }[] = await db.query(`EXPLAIN ${sql}`, parameters);
    if (plan.some(({ table, type }) => tables.includes(table ?? '') && (type === 'ALL' || type === 'index')))
      found.push(sql);
  }
  return found;
}

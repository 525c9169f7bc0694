import { staffPermissions } from '../../../src/identity/roles.ts';
import { sealTransfers } from '../../../src/ledger/seal.ts';
import { closeMonths } from '../../../src/marketplace/settlement/close-months.ts';
import { type Line, linesOf } from '../../../src/marketplace/settlement/lines.ts';
import { SettlementStatement } from '../../../src/marketplace/settlement/statement.entity.ts';
import { newId } from '../../../src/platform/ids.ts';
import type { TestDeps } from '../../support/deps.ts';
import { accepted, aMarket } from '../../support/market.ts';
import { adminOf } from '../support.ts';

export type Market = Awaited<ReturnType<typeof aMarket>>;

/** A market in July 2026, and shorthands for what is settled of it. */
export async function aSettledMarket({ memberCount = 2, earned = 100_000 } = {}) {
  const market = await aMarket({ memberCount, earned, at: '2026-07-01T02:00:00Z' });
  const { deps } = market;
  const offerOf100 = await market.offer({ price: 100, stock: 1000, sale_from: '2026-06-01 00:00:00', use_days: 200 });
  /** Buys a voucher and uses it at once; resolves with the verification's id. */
  const use = async (offerId = offerOf100, memberId = market.memberIds[0]!): Promise<string> =>
    accepted(await market.verify(accepted(await market.buy(memberId, offerId))));
  const at = (instant: string) => deps.clock.set(instant);
  const close = () => closeMonths(deps);
  return { ...market, offerOf100, use, at, close, seal: () => sealTransfers(deps) };
}

/** The lines of all statements, the oldest statement first. */
export async function allLines({ db }: TestDeps): Promise<Line[]> {
  const statements = await db.manager.find(SettlementStatement, { order: { month: 'ASC', id: 'ASC' } });
  const lines: Line[] = [];
  for (const statement of statements) {
    for (let after: string | undefined; ; ) {
      const page = await linesOf(db.manager, statement, { first: 7, after });
      lines.push(...page.items);
      if (!page.hasNextPage) break;
      after = page.items.at(-1)!.id;
    }
  }
  return lines;
}

export interface StatementRow {
  id: string;
  merchantId: string;
  month: string;
  state: string;
  settlement: string;
  lineCount: number;
  points: number;
  fen: number;
}

/** All statements, the oldest month first. */
export function allStatements({ db }: TestDeps): Promise<StatementRow[]> {
  return db.query(
    `SELECT id, merchant_id AS merchantId, month, state, settlement, line_count AS lineCount, points, fen
     FROM settlement_statement ORDER BY month, id`,
  );
}

/** Signs a contract from a day on, after putting the end of the one before to the day before. */
export async function signContract(
  { deps, programmeId, merchantId }: Pick<Market, 'deps' | 'programmeId' | 'merchantId'>,
  fromDay: string,
  terms: { pointPriceFen?: number | null; settlement?: 'postpaid' | 'prepaid'; alertBelowFen?: number | null } = {},
): Promise<void> {
  await deps.db.query(
    `UPDATE contract SET until_day = DATE_SUB(?, INTERVAL 1 DAY)
     WHERE programme_id = ? AND merchant_id = ? AND from_day < ? AND (until_day IS NULL OR until_day >= ?)`,
    [fromDay, programmeId, merchantId, fromDay, fromDay],
  );
  await deps.db.query(
    `INSERT INTO contract (id, programme_id, merchant_id, number, from_day, point_price_fen, settlement, alert_below_fen,
       signed_by, signed_at) VALUES (?)`,
    [
      [
        newId(),
        programmeId,
        merchantId,
        `HT-${newId()}`,
        fromDay,
        terms.pointPriceFen ?? null,
        terms.settlement ?? 'postpaid',
        terms.alertBelowFen ?? null,
        'system',
        deps.clock.now(),
      ],
    ],
  );
}

/** Three admins who may do everything with settlements: two of the union, and one of another. And the merchant's owner. */
export function admins({ unionId, cashier }: Pick<Market, 'unionId' | 'cashier'>) {
  const may = ['settlements:read', 'settlements:write', 'settlements:pay', 'programmes:write'];
  return {
    ann: adminOf(`/${unionId}/`, may),
    bea: adminOf(`/${unionId}/`, may),
    stranger: adminOf(`/${newId()}/`, may),
    owner: { ...cashier, permissions: staffPermissions('owner') },
  };
}

/** A market on 3 August 2026 after July was closed: one statement of so many uses at 100 points. */
export async function aClosedMonth(uses = 2) {
  const world = await aSettledMarket();
  for (let i = 0; i < uses; i++) await world.use();
  world.at('2026-08-03T02:00:00Z');
  await world.close();
  const statement = (await allStatements(world.deps)).find(({ merchantId }) => merchantId === world.merchantId);
  return { ...world, ...admins(world), statementId: statement!.id };
}

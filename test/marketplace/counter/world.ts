import { handOutKey } from '../../../src/cards/hand-out-key.ts';
import { writeCards } from '../../../src/cards/write-cards.ts';
import type { StaffCaller } from '../../../src/identity/caller.ts';
import { staffPermissions } from '../../../src/identity/roles.ts';
import { chargeCard } from '../../../src/marketplace/counter/charge-card.ts';
import { setChargeLimit } from '../../../src/marketplace/counter/charge-limit.ts';
import { confirmCharge } from '../../../src/marketplace/counter/confirm-charge.ts';
import { declineCharge } from '../../../src/marketplace/counter/decline-charge.ts';
import { refundCharge } from '../../../src/marketplace/counter/refund-charge.ts';
import { scanCard } from '../../../src/marketplace/counter/scan-card.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { newId } from '../../../src/platform/ids.ts';
import { points } from '../../../src/platform/points.ts';
import { makeCardCode } from '../../support/card-code.ts';
import type { TestDeps } from '../../support/deps.ts';
import { accepted, aMarket } from '../../support/market.ts';
import { memberCaller } from '../support.ts';

interface AskedCharge {
  points?: number | null;
  billFen?: number | null;
  requestNumber?: string;
  caller?: StaffCaller;
}

/** A market whose members have cards, with two cashiers and an owner, and shorthands for what happens at the counter. */
export async function aCounter(fields: Parameters<typeof aMarket>[0] = {}) {
  const market = await aMarket(fields);
  const { deps, unionId, programmeId, memberIds, merchantId, outletId } = market;
  const { db, clock } = deps;

  const issuerId = newId();
  await db.query(
    "INSERT INTO card_issuer (id, union_id, name, prefix, created_at) VALUES (?, ?, '会员卡', '888800', ?)",
    [issuerId, unionId, clock.now()],
  );
  const cards = await inTransaction(db, (tx) =>
    writeCards(
      tx,
      { id: issuerId, prefix: '888800' },
      memberIds.map((memberId) => ({ memberId, replacesId: null, batchId: null })),
      'system',
      clock.now(),
    ),
  );
  const cardOf = (memberId: string) => cards[memberIds.indexOf(memberId)]!;

  const staff = async (name: string, role: 'owner' | 'cashier', at: string | null = null): Promise<StaffCaller> => {
    const operatorId = newId();
    const row = [operatorId, 'merchant', operatorId.toLowerCase(), name, 'x', clock.now()];
    await db.query('INSERT INTO operator (id, door, login, name, password_hash, created_at) VALUES (?)', [row]);
    const actor = `operator:${operatorId}`;
    return { ...market.cashier, actor, operatorId, outletId: at, permissions: staffPermissions(role) };
  };
  const cashier = await staff('收银甲', 'cashier');
  const colleague = await staff('收银乙', 'cashier');
  const owner = await staff('店主', 'owner');

  /** A code as the member's phone shows it. */
  const cardCode = async (memberId: string, secondsOff = 0): Promise<string> => {
    const key = await handOutKey(deps, memberCaller(memberId), cardOf(memberId));
    return makeCardCode(key!, programmeId, new Date(clock.now().getTime() + secondsOff * 1000));
  };
  const scan = async (
    memberId: string,
    asked: { requestNumber?: string; outletId?: string; code?: string; billFen?: number; caller?: StaffCaller } = {},
  ) =>
    scanCard(deps, asked.caller ?? cashier, {
      requestNumber: asked.requestNumber ?? newId(),
      outletId: asked.outletId ?? outletId,
      code: asked.code ?? (await cardCode(memberId)),
      billFen: asked.billFen ?? null,
    });
  const charge = (scanId: string, asked: AskedCharge = { points: 100 }) =>
    chargeCard(deps, asked.caller ?? cashier, {
      requestNumber: asked.requestNumber ?? newId(),
      scanId,
      points: asked.points ?? null,
      billFen: asked.billFen ?? null,
    });
  /** Scans and charges; the charge's id. */
  const pay = async (memberId: string, amount: number, caller = cashier) => {
    const scanId = accepted(await scan(memberId, { caller, outletId: caller.outletId ?? outletId }));
    return accepted(await charge(scanId, { points: amount, caller }));
  };
  const refund = (
    chargeId: string,
    asked: { points?: number | null; requestNumber?: string; caller?: StaffCaller } = {},
  ) =>
    refundCharge(deps, asked.caller ?? cashier, {
      requestNumber: asked.requestNumber ?? newId(),
      chargeId,
      points: asked.points === undefined || asked.points === null ? null : points(asked.points),
    });
  const confirm = (memberId: string, chargeId: string, key = newId()) =>
    confirmCharge(deps, memberCaller(memberId), { key, chargeId });
  const decline = (memberId: string, chargeId: string, key = newId()) =>
    declineCharge(deps, memberCaller(memberId), { key, chargeId });
  const limit = (memberId: string, amount: number, key = newId()) =>
    setChargeLimit(deps, memberCaller(memberId), { key, points: points(amount) });

  const stored = async (chargeId: string) => {
    const [row] = await db.query('SELECT points, state, refunded, transfer_id FROM charge WHERE id = ?', [chargeId]);
    return { ...row, points: Number(row.points), refunded: Number(row.refunded) };
  };
  /** Changes what the merchant's contract says. */
  const agree = async (terms: Record<string, string | number | null>) => {
    for (const [column, value] of Object.entries(terms))
      await db.query(`UPDATE contract SET ${column} = ? WHERE merchant_id = ?`, [value, merchantId]);
  };
  /** What a refused act must leave as it was. */
  const everything = async () => {
    const tables = ['card_scan', 'charge', 'charge_refund', 'transfer', 'card_code_use'];
    const rows = await db.query(tables.map((table) => `SELECT COUNT(*) AS n FROM ${table}`).join(' UNION ALL '));
    return [...rows.map((row: { n: string }) => Number(row.n)), await market.moved('merchant')];
  };
  return {
    ...market,
    cashier,
    colleague,
    owner,
    staff,
    cardOf,
    cardCode,
    scan,
    charge,
    pay,
    refund,
    confirm,
    decline,
    limit,
    stored,
    agree,
    everything,
  };
}

/** What an outcome that was refused looks like. */
export const refused = (code: string) => ({ ok: false, refusal: { code } });

interface Step {
  table: string | null;
  type: string;
  key: string | null;
  Extra: string | null;
}

/** How the database runs the statements that a piece of work sends, as far as they read one of these tables. */
export async function plansOf(
  deps: TestDeps,
  tables: readonly string[],
  work: () => Promise<unknown>,
): Promise<Step[]> {
  const usual = deps.db.logger;
  const sent: [query: string, values?: unknown[]][] = [];
  deps.db.logger = Object.assign(Object.create(usual), {
    logQuery: (...one: (typeof sent)[number]) => sent.push(one),
  });
  await work().finally(() => {
    deps.db.logger = usual;
  });
  const plans: Step[][] = [];
  for (const [query, values] of sent) plans.push(await deps.db.query(`EXPLAIN ${query}`, values));
  return plans.flat().filter(({ table }) => table !== null && tables.includes(table));
}

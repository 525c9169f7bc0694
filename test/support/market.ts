import type { StaffCaller } from '../../src/identity/caller.ts';
import { post } from '../../src/ledger/post.ts';
import { cancelVoucher } from '../../src/marketplace/cancel-voucher.ts';
import { redeem } from '../../src/marketplace/redeem.ts';
import { undoVerification } from '../../src/marketplace/undo-verification.ts';
import { verifyVoucher } from '../../src/marketplace/verify-voucher.ts';
import { voucherCode } from '../../src/marketplace/voucher-code.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { points } from '../../src/platform/points.ts';
import { testDeps } from './deps.ts';
import { aProgramme, members } from './ledger.ts';

export interface OfferFields {
  price: number;
  stock: number;
  limit_count: number | null;
  limit_period: 'ever' | 'month' | 'day';
  sale_from: string;
  sale_to: string;
  use_until: string | null;
  use_days: number | null;
  lapse_policy: 'refund' | 'forfeit';
  state: string;
  code_source?: 'made' | 'pool';
  /** As JSON. */
  eligible_union_ids?: string;
  eligible_tags?: string;
}

/** A programme with members, one merchant with two outlets and a cashier, and shorthands for what they do. */
export async function aMarket({ memberCount = 2, earned = 1000, livesDays = 200, at = '' } = {}) {
  const deps = await testDeps();
  if (at !== '') deps.clock.set(at);
  const { db, clock } = deps;
  const { unionId, programmeId } = await aProgramme(deps);
  const memberIds = await members(db, unionId, memberCount);
  const merchantId = newId();
  const [outletId, otherOutletId, operatorId] = [newId(), newId(), newId()];
  const now = clock.now();
  await db.query("INSERT INTO merchant (id, name, category, state, created_at) VALUES (?, ?, 'dining', 'active', ?)", [
    merchantId,
    `商户${merchantId}`,
    now,
  ]);
  await db.query('INSERT INTO programme_merchant VALUES (?, ?)', [programmeId, merchantId]);
  await db.query(
    `INSERT INTO contract (id, programme_id, merchant_id, number, from_day, settlement, signed_by, signed_at)
     VALUES (?, ?, ?, 'HT-1', '2020-01-01', 'postpaid', 'system', ?)`,
    [newId(), programmeId, merchantId, now],
  );
  await db.query(
    "INSERT INTO outlet (id, merchant_id, name, address, created_at) VALUES (?, ?, '一店', '甲路1号', ?), (?, ?, '二店', '乙路2号', ?)",
    [outletId, merchantId, now, otherOutletId, merchantId, now],
  );

  const credit = (ids: readonly string[], amount: number, days = livesDays) =>
    inTransaction(db, (tx) =>
      post(
        tx,
        ids.map((memberId) => ({
          programmeId,
          kind: 'accrual' as const,
          debit: { kind: 'issuance' as const, ownerId: programmeId },
          credit: { kind: 'member' as const, ownerId: memberId },
          points: points(amount),
          key: `accrual:${newId()}`,
          causeId: newId(),
          expiresAt: new Date(clock.now().getTime() + days * 86_400_000),
        })),
        clock.now(),
      ),
    );
  if (earned > 0) await credit(memberIds, earned);

  async function offer(fields: Partial<OfferFields> = {}): Promise<string> {
    const id = newId();
    const { stock, ...rest }: OfferFields = {
      price: 100,
      stock: 10,
      limit_count: null,
      limit_period: 'ever',
      sale_from: '2026-08-01 00:00:00',
      sale_to: '2099-01-01 00:00:00',
      use_until: null,
      use_days: 30,
      lapse_policy: 'refund',
      state: 'on_sale',
      ...fields,
    };
    const row = {
      id,
      programme_id: programmeId,
      merchant_id: merchantId,
      title: '奶茶',
      description: '',
      created_at: now,
      ...rest,
    };
    await db.query(`INSERT INTO offer (${Object.keys(row).join(', ')}) VALUES (?)`, [Object.values(row)]);
    await db.query('INSERT INTO offer_outlet VALUES (?, ?)', [id, outletId]);
    await db.query('INSERT INTO offer_stock (offer_id, remaining) VALUES (?, ?)', [id, stock]);
    return id;
  }

  const cashier: StaffCaller = {
    door: 'merchant',
    actor: `operator:${operatorId}`,
    operatorId,
    merchantId,
    outletId: null,
    sessionId: newId(),
    permissions: new Set(),
  };
  const buy = (memberId: string, offerId: string, key = newId()) =>
    redeem(deps, { actor: `member:${memberId}`, memberId, key, offerId });
  const cancel = (memberId: string, redemptionId: string, key = newId()) =>
    cancelVoucher(deps, { actor: `member:${memberId}`, memberId, key, redemptionId });
  const code = (redemptionId: string) => voucherCode(deps.config.voucherKey, redemptionId);
  const verify = (
    redemptionId: string,
    fields: { requestNumber?: string; outletId?: string; caller?: StaffCaller; code?: string } = {},
  ) =>
    verifyVoucher(deps, fields.caller ?? cashier, {
      requestNumber: fields.requestNumber ?? newId(),
      code: fields.code ?? code(redemptionId),
      outletId: fields.outletId ?? outletId,
    });
  const undo = (verificationId: string, caller = cashier, requestNumber = newId()) =>
    undoVerification(deps, caller, { requestNumber, verificationId });
  const balance = async (memberId: string): Promise<number> => {
    const [row] = await db.query("SELECT balance FROM account WHERE kind = 'member' AND owner_id = ?", [memberId]);
    return row?.balance ?? 0;
  };
  const stock = async (offerId: string): Promise<number> => {
    const [row] = await db.query('SELECT remaining FROM offer_stock WHERE offer_id = ?', [offerId]);
    return row.remaining;
  };
  const voucherState = async (id: string): Promise<string> => {
    const [row] = await db.query('SELECT state FROM voucher WHERE id = ?', [id]);
    return row.state;
  };
  /** Credits less debits of the programme's vouchers account, the merchant's, and breakage. */
  const moved = async (kind: string): Promise<number> => {
    const [row] = await db.query(
      `SELECT IFNULL(SUM(IF(account.id = transfer.credit_account_id, 1, -1) * transfer.points), 0) AS points
       FROM transfer JOIN account ON account.id IN (transfer.credit_account_id, transfer.debit_account_id) WHERE account.kind = ?`,
      [kind],
    );
    return Number(row.points);
  };
  return {
    deps,
    unionId,
    programmeId,
    memberIds,
    merchantId,
    outletId,
    otherOutletId,
    cashier,
    credit,
    offer,
    buy,
    cancel,
    code,
    verify,
    undo,
    balance,
    stock,
    voucherState,
    moved,
  };
}

/** The id that an accepted outcome holds; fails the test on a refusal. */
export function accepted(outcome: { ok: boolean; value?: string; refusal?: { code: string } }): string {
  if (!outcome.ok || outcome.value === undefined) throw new Error(`refused: ${outcome.refusal?.code}`);
  return outcome.value;
}

/** How many outcomes were accepted, and how many refused with each code. */
export function tally(outcomes: readonly { ok: boolean; refusal?: { code: string } }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) {
    const name = outcome.ok ? 'accepted' : (outcome.refusal?.code ?? 'unknown');
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

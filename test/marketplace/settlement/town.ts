import { handOutKey } from '../../../src/cards/hand-out-key.ts';
import { writeCards } from '../../../src/cards/write-cards.ts';
import type { StaffCaller } from '../../../src/identity/caller.ts';
import { staffPermissions } from '../../../src/identity/roles.ts';
import { post } from '../../../src/ledger/post.ts';
import { chargeCard } from '../../../src/marketplace/counter/charge-card.ts';
import { confirmCharge } from '../../../src/marketplace/counter/confirm-charge.ts';
import { refundCharge } from '../../../src/marketplace/counter/refund-charge.ts';
import { scanCard } from '../../../src/marketplace/counter/scan-card.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { newId } from '../../../src/platform/ids.ts';
import { points } from '../../../src/platform/points.ts';
import { makeCardCode } from '../../support/card-code.ts';
import { aProgramme, members } from '../../support/ledger.ts';
import { accepted, aMarket } from '../../support/market.ts';
import { adminOf, memberCaller } from '../support.ts';
import { signContract } from './world.ts';

/** A merchant in a programme, with one offer there, and a member of the programme who buys and pays at its outlet. */
export interface Stall {
  programmeId: string;
  merchantId: string;
  outletId: string;
  owner: StaffCaller;
  memberId: string;
  offerId: string;
  /** Of the offer, in points. */
  price: number;
}

type Market = Awaited<ReturnType<typeof aMarket>>;

/** Two programmes and two merchants that serve both, in July 2026: a stall for each pair. A use can be undone for 60 days. */
export async function aTown() {
  const market = await aMarket({ memberCount: 1, earned: 0, at: '2026-07-01T02:00:00Z' });
  const { deps } = market;
  const other = await aProgramme(deps);
  const [otherMember] = await members(deps.db, other.unionId, 1);
  const schemes = [
    { programmeId: market.programmeId, unionId: market.unionId, memberId: market.memberIds[0]! },
    { ...other, memberId: otherMember! },
  ];
  await deps.db.query('UPDATE programme SET undo_minutes = 86400');
  const shops = [market, await aShop(market)];
  const stalls: Stall[] = [];
  for (const scheme of schemes) {
    await earn(market, scheme);
    for (const shop of shops) stalls.push(await aStall(market, scheme, shop, 60 + 7 * stalls.length));
  }
  const admins = new Map(schemes.map(({ programmeId, unionId }) => [programmeId, adminOf(`/${unionId}/`, SETTLING)]));
  const memberIds = schemes.map(({ memberId }) => memberId);
  return { ...market, ...(await theCounter(market, memberIds)), stalls, admins };
}

const SETTLING = ['settlements:read', 'settlements:write', 'settlements:pay'];

async function aShop({ deps }: Market) {
  const [merchantId, outletId] = [newId(), newId()];
  const now = deps.clock.now();
  const merchant = [merchantId, `悠游${merchantId}`, 'travel', 'active', now];
  await deps.db.query('INSERT INTO merchant (id, name, category, state, created_at) VALUES (?)', [merchant]);
  const outlet = [outletId, merchantId, '总店', '丙路3号', now];
  await deps.db.query('INSERT INTO outlet (id, merchant_id, name, address, created_at) VALUES (?)', [outlet]);
  return { merchantId, outletId };
}

async function earn({ deps }: Market, { programmeId, memberId }: Pick<Stall, 'programmeId' | 'memberId'>) {
  const earned = {
    programmeId,
    kind: 'accrual' as const,
    debit: { kind: 'issuance' as const, ownerId: programmeId },
    credit: { kind: 'member' as const, ownerId: memberId },
    points: points(1_000_000),
    key: `accrual:${newId()}`,
    causeId: newId(),
    expiresAt: new Date('2030-01-01T00:00:00Z'),
  };
  await inTransaction(deps.db, (tx) => post(tx, [earned], deps.clock.now()));
}

async function aStall(
  market: Market,
  { programmeId, memberId }: Pick<Stall, 'programmeId' | 'memberId'>,
  { merchantId, outletId }: Pick<Stall, 'merchantId' | 'outletId'>,
  price: number,
): Promise<Stall> {
  const { deps, cashier } = market;
  if (programmeId !== market.programmeId || merchantId !== market.merchantId) {
    await deps.db.query('INSERT INTO programme_merchant VALUES (?, ?)', [programmeId, merchantId]);
    await signContract({ deps, programmeId, merchantId }, '2020-01-01');
  }
  const offerId = await market.offer({ price, stock: 1000, sale_from: '2026-06-01 00:00:00', use_days: 300 });
  const place = [programmeId, merchantId, offerId];
  await deps.db.query('UPDATE offer SET programme_id = ?, merchant_id = ? WHERE id = ?', place);
  await deps.db.query('UPDATE offer_outlet SET outlet_id = ? WHERE offer_id = ?', [outletId, offerId]);
  const owner = { ...cashier, merchantId, permissions: staffPermissions('owner') };
  return { programmeId, merchantId, outletId, owner, memberId, offerId, price };
}

/** What happens at the counters of the stalls. Each member has a card. */
async function theCounter({ deps, unionId }: Market, memberIds: readonly string[]) {
  const { db, clock } = deps;
  const [{ towns }] = await db.query('SELECT COUNT(*) AS towns FROM card_issuer');
  const [issuerId, prefix] = [newId(), String(888_800 + Number(towns))];
  await db.query('INSERT INTO card_issuer (id, union_id, name, prefix, created_at) VALUES (?)', [
    [issuerId, unionId, '会员卡', prefix, clock.now()],
  ]);
  const wanted = memberIds.map((memberId) => ({ memberId, replacesId: null, batchId: null }));
  const cards = await inTransaction(db, (tx) =>
    writeCards(tx, { id: issuerId, prefix }, wanted, 'system', clock.now()),
  );

  /** Scans the member's card and charges it; above her limit she confirms at once. The charge's id. */
  const pay = async ({ programmeId, memberId, outletId, owner }: Stall, amount: number): Promise<string> => {
    const key = await handOutKey(deps, memberCaller(memberId), cards[memberIds.indexOf(memberId)]!);
    const code = makeCardCode(key!, programmeId, clock.now());
    const shown = { requestNumber: newId(), outletId, code, billFen: null };
    const scanId = accepted(await scanCard(deps, owner, shown));
    const asked = { requestNumber: newId(), scanId, points: amount, billFen: null };
    const chargeId = accepted(await chargeCard(deps, owner, asked));
    const [{ state }] = await db.query('SELECT state FROM charge WHERE id = ?', [chargeId]);
    if (state === 'posted') return chargeId;
    return accepted(await confirmCharge(deps, memberCaller(memberId), { key: newId(), chargeId }));
  };
  const refund = async ({ owner }: Stall, chargeId: string, amount: number | null): Promise<string> => {
    const asked = { requestNumber: newId(), chargeId, points: amount === null ? null : points(amount) };
    return accepted(await refundCharge(deps, owner, asked));
  };
  return { pay, refund };
}

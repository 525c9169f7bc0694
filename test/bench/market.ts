/** The world in which the marketplace benches act: one programme, members with points and access tokens, offers, counters. */
import { makeAccessToken } from '../../src/identity/tokens.ts';
import { setBudget } from '../../src/ledger/budget.ts';
import { post } from '../../src/ledger/post.ts';
import type { AccountKind } from '../../src/ledger/transfer.ts';
import { insertRows, type SqlValue } from '../../src/platform/db/sql.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';
import { points } from '../../src/platform/points.ts';

const DAY_MS = 86_400_000;
const UNIONS = 20;
const MERCHANTS = 13;

/** Ample for any run; what a bench sells out says so itself. */
const AMPLE_STOCK = 1_000_000_000;

/** Points and days of life of each member's lots: small ones at the front, so that some purchases take from two. */
const LOTS = [
  { points: 500, days: 30 },
  { points: 2_000, days: 200 },
  { points: 100_000_000, days: 365 },
];

export interface Merchant {
  id: string;
  outletId: string;
}

export interface Market {
  programmeId: string;
  memberIds: string[];
  merchants: Merchant[];
  offerIds: string[];
}

/** Fills an empty database. Points are posted through the ledger; the rest is inserted. */
export async function seedMarket(
  deps: Deps,
  { members, offers }: { members: number; offers: number },
): Promise<Market> {
  const { programmeId, unionIds } = await seedUnions(deps);
  const memberIds = await seedMembers(deps, unionIds, members);
  await givePoints(deps, programmeId, memberIds);
  const merchants = await seedMerchants(deps, programmeId);
  const market = { programmeId, memberIds, merchants, offerIds: [] as string[] };
  for (let i = 0; i < offers; i++) market.offerIds.push(await addOffer(deps, market, i, AMPLE_STOCK));
  return market;
}

/** Inserts rows; `columns` with blanks between them. */
const insert = (deps: Deps, table: string, columns: string, rows: SqlValue[][]) =>
  inTransaction(deps.db, (tx) => insertRows(tx, table, columns.split(' '), rows));

/** A federation with its programme, and grass-roots unions below it. */
export async function seedUnions(deps: Deps): Promise<{ programmeId: string; unionIds: string[] }> {
  const now = deps.clock.now();
  const [federationId, programmeId] = [newId(), newId()];
  const unionIds = Array.from({ length: UNIONS }, newId);
  await insert(deps, 'union_node', 'id parent_id name kind path created_at', [
    // Kept databases get a federation in each run, and names are unique.
    [federationId, null, `市总工会 ${federationId}`, 'city', `/${federationId}/`, now],
    ...unionIds.map((id, i) => [id, federationId, `第${i + 1}工会`, 'enterprise', `/${federationId}/${id}/`, now]),
  ]);
  await insert(deps, 'programme', 'id union_id name point_price_fen points_live_days created_at', [
    [programmeId, federationId, '幸福账户', 10, 365, now],
  ]);
  await inTransaction(deps.db, (tx) => setBudget(tx, programmeId, points(Number.MAX_SAFE_INTEGER)));
  for (const kind of ['issuance', 'vouchers', 'breakage'] as const)
    await openAccounts(deps, programmeId, kind, [programmeId]);
  return { programmeId, unionIds };
}

/** Accounts with nothing in them; the references take it that they exist. Returns their ids. */
export async function openAccounts(
  deps: Deps,
  programmeId: string,
  kind: AccountKind,
  ownerIds: readonly string[],
): Promise<string[]> {
  const now = deps.clock.now();
  const ids = ownerIds.map(newId);
  const balance = kind === 'member' ? 0 : null;
  await insert(
    deps,
    'account',
    'id programme_id kind owner_id balance created_at',
    ids.map((id, i) => [id, programmeId, kind, ownerIds[i]!, balance, now]),
  );
  return ids;
}

/** Active members, spread over the unions. */
export async function seedMembers(deps: Deps, unionIds: readonly string[], count: number): Promise<string[]> {
  const now = deps.clock.now();
  const ids = Array.from({ length: count }, newId);
  await insert(
    deps,
    'member',
    'id union_id name staff_number state created_at updated_at',
    ids.map((id, i) => [id, unionIds[i % unionIds.length]!, '职工', `S${i}`, 'active', now, now]),
  );
  return ids;
}

async function givePoints(deps: Deps, programmeId: string, memberIds: readonly string[]): Promise<void> {
  const now = deps.clock.now();
  for (const lot of LOTS) {
    for (let from = 0; from < memberIds.length; from += 1000) {
      const proposals = memberIds.slice(from, from + 1000).map((memberId) => ({
        programmeId,
        kind: 'accrual' as const,
        debit: { kind: 'issuance' as const, ownerId: programmeId },
        credit: { kind: 'member' as const, ownerId: memberId },
        points: points(lot.points),
        key: `accrual:${newId()}`,
        causeId: newId(),
        expiresAt: new Date(now.getTime() + lot.days * DAY_MS),
      }));
      await inTransaction(deps.db, (tx) => post(tx, proposals, now));
    }
  }
}

async function seedMerchants(deps: Deps, programmeId: string): Promise<Merchant[]> {
  const now = deps.clock.now();
  const merchants = Array.from({ length: MERCHANTS }, () => ({ id: newId(), outletId: newId() }));
  const each = (row: (merchant: Merchant, i: number) => SqlValue[]) => merchants.map(row);
  await insert(
    deps,
    'merchant',
    'id name category state created_at',
    // As with the federation: a kept database has those of earlier runs.
    each(({ id }) => [id, `商户 ${id}`, 'dining', 'active', now]),
  );
  await insert(
    deps,
    'programme_merchant',
    'programme_id merchant_id',
    each(({ id }) => [programmeId, id]),
  );
  await insert(
    deps,
    'contract',
    'id programme_id merchant_id number from_day settlement signed_by signed_at',
    each(({ id }, i) => [newId(), programmeId, id, `HT-${i + 1}`, '2020-01-01', 'postpaid', 'system', now]),
  );
  await insert(
    deps,
    'outlet',
    'id merchant_id name address created_at',
    each(({ id, outletId }) => [outletId, id, '一店', '和平路1号', now]),
  );
  await openAccounts(
    deps,
    programmeId,
    'merchant',
    merchants.map(({ id }) => id),
  );
  return merchants;
}

/** Puts an offer of the merchants in turn on sale, without a limit for each member. Returns its id. */
export async function addOffer(deps: Deps, market: Market, number: number, stock: number): Promise<string> {
  const now = deps.clock.now();
  const id = newId();
  const merchant = market.merchants[number % market.merchants.length]!;
  const price = 50 + (number % 10) * 10;
  const [from, to] = [new Date(now.getTime() - DAY_MS), new Date(now.getTime() + 30 * DAY_MS)];
  await insert(
    deps,
    'offer',
    'id programme_id merchant_id title description price sale_from sale_to limit_count limit_period use_days lapse_policy state created_at',
    [[id, market.programmeId, merchant.id, '奶茶', '', price, from, to, null, 'ever', 30, 'refund', 'on_sale', now]],
  );
  await insert(deps, 'offer_outlet', 'offer_id outlet_id', [[id, merchant.outletId]]);
  await insert(deps, 'offer_stock', 'offer_id remaining', [[id, stock]]);
  return id;
}

/** A person who is signed in at a door. */
interface SignedIn {
  door: 'member' | 'merchant';
  subjectId: string;
}

/**
 * Opens a session for each of these people and makes its access token: what the Authorization header says. Tokens live
 * ten minutes.
 */
export async function signIn(deps: Deps, people: readonly SignedIn[]): Promise<string[]> {
  const now = deps.clock.now();
  const later = new Date(now.getTime() + DAY_MS);
  const sessions = people.map((person) => ({ ...person, sessionId: newId() }));
  await insert(
    deps,
    'session',
    'id door subject_id generation device created_at rotated_at expires_at',
    sessions.map(({ sessionId, door, subjectId }) => [sessionId, door, subjectId, 1, 'bench', now, now, later]),
  );
  const tokens = await Promise.all(sessions.map((session) => makeAccessToken(deps.config, session, now)));
  return tokens.map(({ token }) => `Bearer ${token}`);
}

export interface Cashier {
  operatorId: string;
  merchant: Merchant;
}

/** Cashiers of the merchants in turn. */
export async function seedCashiers(deps: Deps, market: Market, count: number): Promise<Cashier[]> {
  const now = deps.clock.now();
  const cashiers = Array.from({ length: count }, (_, i) => ({
    operatorId: newId(),
    merchant: market.merchants[i % market.merchants.length]!,
  }));
  await insert(
    deps,
    'operator',
    'id door login name password_hash created_at',
    cashiers.map(({ operatorId }, i) => [operatorId, 'merchant', `cashier${i}`, '收银员', '!', now]),
  );
  await insert(
    deps,
    'merchant_staff',
    'operator_id merchant_id outlet_id role',
    cashiers.map(({ operatorId, merchant }) => [operatorId, merchant.id, merchant.outletId, 'cashier']),
  );
  return cashiers;
}

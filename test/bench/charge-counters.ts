/** Where the bench `charge` acts: merchants under contract, tills at all of them or all at one, and members with cards. */
import { cardKey, unixSecond } from '../../src/cards/card-key.ts';
import { writeCards } from '../../src/cards/write-cards.ts';
import { insertRows, type SqlValue } from '../../src/platform/db/sql.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import type { Deps } from '../../src/platform/deps.ts';
import { newId } from '../../src/platform/ids.ts';
import type { KeyOnPhone } from '../support/card-code.ts';
import { addIssuer } from './card-batch-issuer.ts';
import type { Phones, Till } from './charge-visit.ts';
import { type Market, type Merchant, openAccounts, seedCashiers, seedMarket, signIn } from './market.ts';

const CARDS_AT_ONCE = 1_000;

export interface Counters {
  phones: Phones;
  /** Tills of all merchants in turn. */
  spread: Till[];
  /** As many tills of one merchant. */
  hot: Till[];
}

/** Fills an empty database. Every till has a cashier who is signed in; tokens live ten minutes. */
export async function seedCounters(
  deps: Deps,
  { members, merchants, tills }: { members: number; merchants: number; tills: number },
): Promise<Counters> {
  const market = await seedMarket(deps, { members, offers: 0 });
  market.merchants.push(...(await addMerchants(deps, market, merchants - market.merchants.length)));
  const keys = await handOutCards(deps, market);
  const spread = Array.from({ length: tills }, (_, i) => market.merchants[i % merchants]!);
  const hot = spread.map(() => market.merchants[0]!);
  const all = await openTills(deps, { ...market, merchants: [...spread, ...hot] });
  return { phones: { programmeId: market.programmeId, keys }, spread: all.slice(0, tills), hot: all.slice(tills) };
}

async function addMerchants({ db, ...deps }: Deps, { programmeId }: Market, count: number): Promise<Merchant[]> {
  const now = deps.clock.now();
  const merchants = Array.from({ length: count }, () => ({ id: newId(), outletId: newId() }));
  const insert = (table: string, columns: string, row: (merchant: Merchant, i: number) => SqlValue[]) =>
    insertRows(db.manager, table, columns.split(' '), merchants.map(row));
  await insert('merchant', 'id name category state created_at', ({ id }, i) => [
    id,
    `更多商户${i + 1}`,
    'dining',
    'active',
    now,
  ]);
  await insert('programme_merchant', 'programme_id merchant_id', ({ id }) => [programmeId, id]);
  await insert(
    'contract',
    'id programme_id merchant_id number from_day settlement signed_by signed_at',
    ({ id }, i) => [newId(), programmeId, id, `XY-${i + 1}`, '2020-01-01', 'postpaid', 'system', now],
  );
  await insert('outlet', 'id merchant_id name address created_at', ({ id, outletId }) => [
    outletId,
    id,
    '一店',
    '和平路1号',
    now,
  ]);
  const ids = merchants.map(({ id }) => id);
  await openAccounts({ db, ...deps }, programmeId, 'merchant', ids);
  return merchants;
}

/** Gives each member a card, and returns the keys as `handOutKey` makes them. */
async function handOutCards(deps: Deps, { programmeId, memberIds }: Market): Promise<KeyOnPhone[]> {
  const now = deps.clock.now();
  const generation = unixSecond(now);
  const [{ union_id: unionId }] = await deps.db.query('SELECT union_id FROM programme WHERE id = ?', [programmeId]);
  const issuer = await addIssuer(deps, unionId);
  const keys: KeyOnPhone[] = [];
  for (let from = 0; from < memberIds.length; from += CARDS_AT_ONCE) {
    const cards = memberIds
      .slice(from, from + CARDS_AT_ONCE)
      .map((memberId) => ({ memberId, replacesId: null, batchId: null }));
    const cardIds = await inTransaction(deps.db, (tx) => writeCards(tx, issuer, cards, 'system:bench', now));
    for (const cardId of cardIds) {
      const key = cardKey(deps.config, cardId, generation).toString('base64url');
      keys.push({ cardId, key, generation });
    }
  }
  return keys;
}

/** A till with a cashier of its own at each of these merchants, who may be named many times. */
async function openTills(deps: Deps, market: Market): Promise<Till[]> {
  const cashiers = await seedCashiers(deps, market, market.merchants.length);
  const callers = await signIn(
    deps,
    cashiers.map(({ operatorId }) => ({ door: 'merchant' as const, subjectId: operatorId })),
  );
  return cashiers.map(({ operatorId, merchant }, i) => ({
    operatorId,
    caller: callers[i]!,
    merchantId: merchant.id,
    outletId: merchant.outletId,
  }));
}

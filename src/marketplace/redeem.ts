import { writeBook } from '../ledger/write-book.ts';
import { groupCommit } from '../platform/db/group-commit.ts';
import type { Outcome, Request } from '../platform/db/idempotency.ts';
import { settle } from '../platform/db/settle.ts';
import { insertRows } from '../platform/db/sql.ts';
import type { Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { accept, refuse } from '../platform/result.ts';
import {
  type Asked,
  decideRedemption,
  type Market,
  type Redeemed,
  refusalAtSight,
  refusalOfSoldOut,
  type Sight,
} from './decide-redemption.ts';
import { lockMarket, readSight, readSlots } from './load-market.ts';
import { writeStock } from './releases/stock.ts';
import { voucherCode, voucherCodeHash } from './voucher-code.ts';

interface RedeemCommand extends Asked {
  request: Request;
}

const commit = groupCommit('redeem', redeemAll);

/**
 * Buys an offer with the member's points and makes its voucher; the outcome holds the redemption's id. Concurrent calls
 * are committed together. Refusals: those of decideRedemption, KEY_MALFORMED, KEY_REUSED.
 */
export function redeem(
  deps: Deps,
  { actor, memberId, key, offerId }: { actor: string; memberId: string; key: string; offerId: string },
): Promise<Outcome> {
  return commit(deps, { request: { actor, key, operation: 'redeem', input: { offerId } }, memberId, offerId });
}

function redeemAll(tx: Tx, commands: readonly RedeemCommand[], { clock, config }: Deps): Promise<Outcome[]> {
  const now = clock.now();
  return settle(tx, commands, now, async (fresh) => {
    const sight = await readSight(tx, fresh, now);
    const refused = await refuseAtSight(tx, sight, fresh);
    const hopeful = fresh.filter((command) => !refused.has(command));
    const results = await sell(tx, sight, hopeful, config.voucherKey);
    return fresh.map((command) => refused.get(command) ?? results.get(command)!);
  });
}

/**
 * The refusals that what is committed now settles, and nothing has to be locked for: in a rush nearly all. One of them
 * is right at the instant at which its reason was read, and so for a caller who asked before it and hears of it after.
 * Whoever is not refused here is decided again under the locks.
 */
async function refuseAtSight(
  tx: Tx,
  sight: Sight,
  commands: readonly RedeemCommand[],
): Promise<Map<RedeemCommand, Outcome>> {
  const refused = new Map<RedeemCommand, Outcome>();
  const late: RedeemCommand[] = [];
  for (const command of commands) {
    const no = refusalAtSight(sight, command);
    if (no) refused.set(command, refuse(no));
    else if (!sight.offers.get(command.offerId)!.isLeft) late.push(command);
  }
  const slots = await readSlots(tx, sight, late);
  for (const command of late) refused.set(command, refuse(refusalOfSoldOut(sight, slots, command)));
  return refused;
}

/** Decides these commands with all that they touch locked, and writes what is accepted. */
async function sell(
  tx: Tx,
  sight: Sight,
  commands: readonly RedeemCommand[],
  key: Buffer,
): Promise<Map<RedeemCommand, Outcome>> {
  if (commands.length === 0) return new Map();
  const market = await lockMarket(tx, sight, commands);
  const results = commands.map((command) => decideRedemption(market, { ...command, id: newId() }));
  await writeRedemptions(
    tx,
    market,
    results.flatMap((result) => (result.ok ? [result.value] : [])),
    key,
  );
  return new Map(results.map((result, i) => [commands[i]!, result.ok ? accept(result.value.id) : result]));
}

async function writeRedemptions(tx: Tx, market: Market, redeemed: readonly Redeemed[], key: Buffer): Promise<void> {
  await writeBook(tx, market.book);
  // Also when nothing was sold: a release that fell due is counted by whoever holds the stock first.
  await writeStock(tx, market.stock);
  if (redeemed.length === 0) return;
  await insertRows(
    tx,
    'redemption',
    [
      'id',
      'programme_id',
      'offer_id',
      'member_id',
      'merchant_id',
      'points',
      'limit_group',
      'limit_period',
      'limit_slot',
      'transfer_id',
      'redeemed_at',
    ],
    redeemed.map(({ id, offer, memberId, limitPeriod, limitSlot, transferId }) => [
      id,
      offer.programmeId,
      offer.id,
      memberId,
      offer.merchantId,
      offer.price,
      limitSlot === null ? null : offer.limitGroup,
      limitPeriod,
      limitSlot,
      transferId,
      market.now,
    ]),
  );
  await insertRows(
    tx,
    'voucher',
    ['id', 'code_hash', 'state', 'valid_until'],
    redeemed.map(({ id, validUntil }) => [id, voucherCodeHash(key, voucherCode(key, id)), 'unused', validUntil]),
  );
  await insertRows(
    tx,
    'redemption_code',
    ['redemption_id', 'offer_id', 'number'],
    redeemed.flatMap(({ id, offer, codeNumber }) => (codeNumber === null ? [] : [[id, offer.id, codeNumber]])),
  );
}

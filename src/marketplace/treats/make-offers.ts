import { endOfDay } from '../../platform/clock.ts';
import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { policyOf } from '../../rules/corrections/policy.ts';
import { contractOn, servedKey } from '../contracts/contracts.ts';
import { findMerchants } from '../merchant-queries.ts';
import type { LeftOut, TreatLine } from './queries.ts';
import type { TreatRound } from './round.entity.ts';

/** A line of a round with its new offer, or with why it has none. */
export type MadeLine = TreatLine & ({ offerId: string; leftOut: null } | { offerId: null; leftOut: LeftOut });

/**
 * Makes an offer of price 0 for each of these lines of a round whose merchant is active and under contract on its day:
 * sold from the minute at which the round opens until the end of the day, one for each member and round. Where the
 * programme's policy wants offers reviewed they wait for it, submitted by who laid the treat down.
 */
export async function makeOffers(
  tx: Tx,
  round: TreatRound,
  lines: readonly TreatLine[],
  now: Date,
): Promise<MadeLine[]> {
  const whyNot = await leavingOut(tx, round, lines);
  const made = lines.map((line): MadeLine => {
    const leftOut = whyNot(line);
    return leftOut === null ? { ...line, offerId: newId(), leftOut } : { ...line, offerId: null, leftOut };
  });
  const offers = made.filter((line) => line.offerId !== null);
  const { reviewOffers } = await policyOf(tx, round.programmeId);
  await writeOffers(tx, round, offers, { reviewed: reviewOffers, now });
  return made;
}

/** Tells why a line cannot be given on the round's day, or null. */
async function leavingOut(
  tx: Tx,
  { programmeId, day }: TreatRound,
  lines: readonly TreatLine[],
): Promise<(line: TreatLine) => LeftOut | null> {
  const merchantIds = [...new Set(lines.map((line) => line.merchantId))];
  const merchants = await findMerchants(tx, merchantIds);
  const active = new Set(merchants.filter(({ state }) => state === 'active').map(({ id }) => id));
  const served = merchantIds.map((merchantId) => ({ programmeId, merchantId }));
  const contracts = await contractOn(tx, served, day);
  return ({ merchantId }) => {
    if (!active.has(merchantId)) return 'merchant_not_active';
    return contracts.has(servedKey({ programmeId, merchantId })) ? null : 'no_contract';
  };
}

async function writeOffers(
  tx: Tx,
  round: TreatRound,
  offers: readonly (TreatLine & { offerId: string })[],
  { reviewed, now }: { reviewed: boolean; now: Date },
): Promise<void> {
  const fields = {
    programme_id: round.programmeId,
    description: `每月礼“${round.name}”：${round.day} 当日领取、当日有效，每人限领一份，领完即止。`,
    price: 0,
    sale_from: round.opensAt,
    sale_to: endOfDay(round.day),
    limit_count: 1,
    limit_period: 'ever',
    limit_group: round.id,
    use_until: round.day,
    lapse_policy: 'forfeit',
    state: reviewed ? 'in_review' : 'on_sale',
    submitted_by: reviewed ? round.submittedBy : null,
    submitted_at: reviewed ? now : null,
    created_at: now,
  };
  await insertRows(
    tx,
    'offer',
    ['id', 'merchant_id', 'title', ...Object.keys(fields)],
    offers.map(({ offerId, merchantId, what }) => [offerId, merchantId, what, ...Object.values(fields)]),
  );
  await insertRows(
    tx,
    'offer_stock',
    ['offer_id', 'remaining'],
    offers.map(({ offerId, quantity }) => [offerId, quantity]),
  );
  await insertRows(
    tx,
    'offer_outlet',
    ['offer_id', 'outlet_id'],
    offers.map(({ offerId, outletId }) => [offerId, outletId]),
  );
}

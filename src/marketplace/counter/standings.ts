import { beijingDay } from '../../platform/clock.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { memberStandings, type Standing } from '../../unions/standing.ts';
import { type Contract, contractOn, servedKey } from '../contracts/contracts.ts';
import { cardHolderNotActive, contractNotInForce, merchantNotActive } from './refusals.ts';

/** A member at a merchant, with the points of a programme. */
export interface Visit {
  programmeId: string;
  merchantId: string;
  memberId: string;
}

/** How merchants, contracts and members stand at this moment. */
export interface Standings {
  activeMerchants: ReadonlySet<string>;
  contracts: ReadonlyMap<string, Contract>;
  members: ReadonlyMap<string, Standing>;
}

/** Reads what `contractFor` judges; three statements, however many visits. */
export async function readStandings(tx: Tx, visits: readonly Visit[], now: Date): Promise<Standings> {
  if (visits.length === 0) return { activeMerchants: new Set(), contracts: new Map(), members: new Map() };
  const merchants: { id: string }[] = await tx.query("SELECT id FROM merchant WHERE id IN (?) AND state = 'active'", [
    [...new Set(visits.map((visit) => visit.merchantId))],
  ]);
  const pairs = new Map(visits.map((visit) => [servedKey(visit), visit]));
  return {
    activeMerchants: new Set(merchants.map((merchant) => merchant.id)),
    contracts: await contractOn(tx, [...pairs.values()], beijingDay(now)),
    members: await memberStandings(tx, [...new Set(visits.map((visit) => visit.memberId))]),
  };
}

/**
 * The contract under which a member is served at a merchant today. Refusals: MERCHANT_NOT_ACTIVE,
 * CONTRACT_NOT_IN_FORCE, MEMBER_NOT_ACTIVE.
 */
export function contractFor(standings: Standings, visit: Visit): Result<Contract> {
  if (!standings.activeMerchants.has(visit.merchantId)) return refuse(merchantNotActive);
  const contract = standings.contracts.get(servedKey(visit));
  if (!contract) return refuse(contractNotInForce);
  return standings.members.get(visit.memberId)?.state === 'active' ? accept(contract) : refuse(cardHolderNotActive);
}

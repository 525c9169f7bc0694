import DataLoader from 'dataloader';
import type { Deps } from '../../platform/deps.ts';
import { ofProcess } from '../loaders.ts';
import { type ChargeLine, findCharges, findScans, type ScanLine } from './charge-queries.ts';
import { findRefunds, type RefundLine, type RefundPart, refundsOfCharges } from './refund-queries.ts';

/** Charges by id, for `loader(context, chargeLoader)`; null for an id of no charge. */
export function chargeLoader({ db }: Deps): DataLoader<string, ChargeLine | null> {
  return new DataLoader(async (ids) => {
    const found = await findCharges(db.manager, ids);
    return ids.map((id) => found.get(id) ?? null);
  });
}

/** The newest refunds of a charge, by its id; see MOST_REFUNDS. */
export function refundsOfChargeLoader({ db }: Deps): DataLoader<string, RefundPart[]> {
  return new DataLoader(async (chargeIds) => {
    const found = await refundsOfCharges(db.manager, chargeIds);
    return chargeIds.map((id) => found.get(id) ?? []);
  });
}

// What a counter sees right after each act; see ofProcess.

/** The scan of this id. Throws when there is none. */
export const readScan = ofProcess<ScanLine>(findScans);

/** The charge of this id. Throws when there is none. */
export const readCharge = ofProcess<ChargeLine>(findCharges);

/** The refund of this id, with its charge. Throws when there is none. */
export const readRefund = ofProcess<RefundLine>(findRefunds);

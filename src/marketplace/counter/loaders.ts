import { ofProcess } from '../loaders.ts';
import {
  type ChargeLine,
  findCharges,
  findRefunds,
  findScans,
  type RefundLine,
  type ScanLine,
} from './charge-queries.ts';

// What a counter sees right after each act; see ofProcess.

/** The scan of this id. Throws when there is none. */
export const readScan = ofProcess<ScanLine>(findScans);

/** The charge of this id. Throws when there is none. */
export const readCharge = ofProcess<ChargeLine>(findCharges);

/** The refund of this id, with its charge. Throws when there is none. */
export const readRefund = ofProcess<RefundLine>(findRefunds);

import type { EntityManager } from 'typeorm';
import type { Shortfall } from '../../ledger/transfer.ts';
import { type Points, points } from '../../platform/points.ts';
import { ProgrammePolicyRow } from './programme-policy.entity.ts';

/** What a programme lays down for its rules, claims, corrections, offers and merchants. */
export interface ProgrammePolicy {
  /** What becomes of points that are taken back and are spent already: the member owes them, or they are written off. */
  overspent: Shortfall;
  /** How many points one admin may adjust by hand for one member in a Beijing month before a second must confirm. */
  adjustmentLimit: Points;
  /** Beijing days within which a claim is to be decided. */
  claimDueDays: number;
  /** Whether a rule is published by another admin than the one who drafted it. */
  secondPublisher: boolean;
  /** Whether an offer goes on sale only when another admin than the one who submitted it has approved it. */
  reviewOffers: boolean;
  /** Whether a merchant is signed only when another admin than the one who entered its application has approved it. */
  reviewMerchants: boolean;
}

/** The policy of a programme that has laid none down. */
export const DEFAULT_POLICY: ProgrammePolicy = {
  overspent: 'owe',
  adjustmentLimit: points(500),
  claimDueDays: 5,
  secondPublisher: false,
  reviewOffers: false,
  reviewMerchants: false,
};

/** The policy of a programme. */
export async function policyOf(db: EntityManager, programmeId: string): Promise<ProgrammePolicy> {
  const row = await db.findOneBy(ProgrammePolicyRow, { programmeId });
  if (!row) return DEFAULT_POLICY;
  const { overspent, adjustmentLimit, claimDueDays, secondPublisher, reviewOffers, reviewMerchants } = row;
  return { overspent, adjustmentLimit, claimDueDays, secondPublisher, reviewOffers, reviewMerchants };
}

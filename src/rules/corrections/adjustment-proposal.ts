import type { Proposal } from '../../ledger/transfer.ts';
import { points } from '../../platform/points.ts';
import type { Refusal } from '../../platform/result.ts';
import type { Programme } from '../../unions/programme.entity.ts';
import { expiryOf } from '../points-life.ts';
import type { Adjustment } from './adjustment.entity.ts';
import { adjustmentOverBudget } from './refusals.ts';

/** What an adjustment asks of the ledger. Points that it gives live as long as the programme says. */
export function adjustmentProposal(
  adjustment: Pick<Adjustment, 'id' | 'memberId' | 'points'>,
  { id: programmeId, pointsLiveDays }: Programme,
  now: Date,
): Proposal {
  const issuance = { kind: 'issuance' as const, ownerId: programmeId };
  const member = { kind: 'member' as const, ownerId: adjustment.memberId };
  const gives = adjustment.points > 0;
  return {
    programmeId,
    kind: 'adjustment',
    debit: gives ? issuance : member,
    credit: gives ? member : issuance,
    points: points(Math.abs(adjustment.points)),
    key: `adjustment:${adjustment.id}`,
    causeId: adjustment.id,
    ...(gives && { expiresAt: expiryOf({ kind: 'programme' }, pointsLiveDays, now) }),
  };
}

/** What the ledger's refusal of an adjustment says to the admin: nothing waits here for a budget. */
export function postingRefused(refusal: Refusal): Refusal {
  return refusal.code === 'OVER_BUDGET' ? adjustmentOverBudget : refusal;
}

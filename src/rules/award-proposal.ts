import type { Proposal } from '../ledger/transfer.ts';
import type { Award } from './judge.ts';

/** An award as it is written down: an accrual, paid or not yet. */
export interface Awarded extends Award {
  accrualId: string;
  /** From when it is paid. */
  payableAt: Date;
  /** Null while it is pending. */
  transferId: string | null;
}

/** What an award asks of the ledger. */
export function awardProposal(
  {
    rule,
    event,
    points,
    accrualId,
  }: Pick<Awarded, 'rule' | 'points' | 'accrualId'> & {
    event: { id: string; memberId: string };
  },
  expiresAt: Date,
): Proposal {
  const { programmeId } = rule;
  return {
    programmeId,
    kind: 'accrual',
    debit: { kind: 'issuance', ownerId: programmeId },
    credit: { kind: 'member', ownerId: event.memberId },
    points,
    key: `accrual:${event.id}:${rule.ruleId}`,
    causeId: accrualId,
    ruleVersionId: rule.versionId,
    expiresAt,
  };
}

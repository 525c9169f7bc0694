import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { insertRows } from '../../platform/db/sql.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { termOutOfRange } from '../../unions/refusals.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { type ProgrammePolicy, policyOf } from './policy.ts';
import { LARGEST_ADJUSTMENT } from './refusals.ts';

/** What is not given stays as it is. */
export type PolicyChange = { [K in keyof ProgrammePolicy]?: ProgrammePolicy[K] | undefined } & { programmeId: string };

const RANGES = { adjustmentLimit: [0, LARGEST_ADJUSTMENT], claimDueDays: [1, 60] } as const;

/**
 * Lays down what a programme of the admin's branch (programmes:write) does with overspent points, hand adjustments,
 * claims, publications, offers and merchants. It holds for what is done from then on. Resolves with the programme's id;
 * audited. Refusals: PROGRAMME_UNKNOWN, TERM_OUT_OF_RANGE.
 */
export async function setProgrammePolicy(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: PolicyChange,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'setProgrammePolicy', key, input }, async (tx, now) => {
    const { programmeId } = input;
    // Two admins who change different terms at once must both be in the audit with the right "before".
    await tx.query('SELECT id FROM programme WHERE id = ? FOR UPDATE', [programmeId]);
    const programme = await programmeInScope(tx, caller, 'programmes:write', programmeId);
    if (!programme.ok) return refuse({ ...programme.refusal, at: 'programmeId' });
    const before = await policyOf(tx, programmeId);
    const after = changed(before, input);
    const bad = badPolicy(after);
    if (bad) return refuse(bad);
    if (JSON.stringify(after) === JSON.stringify(before)) return accept(programmeId);
    const { overspent, adjustmentLimit, claimDueDays, secondPublisher, reviewOffers, reviewMerchants } = after;
    const columns = [
      'overspent',
      'adjustment_limit',
      'claim_due_days',
      'second_publisher',
      'review_offers',
      'review_merchants',
    ];
    await insertRows(
      tx,
      'programme_policy',
      ['programme_id', ...columns],
      [[programmeId, overspent, adjustmentLimit, claimDueDays, secondPublisher, reviewOffers, reviewMerchants]],
      `ON DUPLICATE KEY UPDATE ${columns.map((column) => `${column} = VALUES(${column})`).join(', ')}`,
    );
    const target = { targetKind: 'programme', targetId: programmeId, unionId: programme.value.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'setProgrammePolicy', ...target, before, after }, now);
    return accept(programmeId);
  });
}

function changed(before: ProgrammePolicy, change: PolicyChange): ProgrammePolicy {
  return {
    overspent: change.overspent ?? before.overspent,
    adjustmentLimit: change.adjustmentLimit ?? before.adjustmentLimit,
    claimDueDays: change.claimDueDays ?? before.claimDueDays,
    secondPublisher: change.secondPublisher ?? before.secondPublisher,
    reviewOffers: change.reviewOffers ?? before.reviewOffers,
    reviewMerchants: change.reviewMerchants ?? before.reviewMerchants,
  };
}

function badPolicy(policy: ProgrammePolicy): Refusal | undefined {
  for (const term of Object.keys(RANGES) as (keyof typeof RANGES)[]) {
    const [least, most] = RANGES[term];
    if (policy[term] < least || policy[term] > most) return termOutOfRange(term, least, most);
  }
  return undefined;
}

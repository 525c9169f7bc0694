import { inTransaction } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { Failures } from '../../platform/failures.ts';
import type { ReportProgress } from '../../platform/jobs.ts';
import { putUpRounds } from './put-up-rounds.ts';

const PLANS_AT_ONCE = 200;

/**
 * Puts up every round that is due, each in a transaction of its own. A round that was missed is put up late, as long as
 * its day is not over; doing it again, on two machines at once, after an end amid it, or with the clock set back, puts
 * none up twice. A plan that fails keeps no other from its round. Resolves with how many rounds are new; throws at the
 * end when one failed.
 */
export async function putUpTreats(deps: Deps, progress?: ReportProgress): Promise<number> {
  const { db, clock, log } = deps;
  const failures = new Failures(log);
  let rounds = 0;
  for (let after = ''; ; ) {
    const plans: { id: string }[] = await db.query(
      "SELECT id FROM treat_plan WHERE state = 'active' AND id > ? ORDER BY id LIMIT ?",
      [after, PLANS_AT_ONCE],
    );
    if (plans.length === 0) break;
    after = plans.at(-1)!.id;
    for (const { id: planId } of plans) {
      await failures.keep({ planId }, 'the treat of a plan could not be put up', async () => {
        rounds += await inTransaction(db, (tx) => putUpRounds(tx, planId, clock.now()));
      });
    }
    await progress?.({ done: rounds });
  }
  failures.throwAny('treats failed');
  return rounds;
}

import type { StaffCaller } from '../identity/caller.ts';
import type { Limits } from '../identity/limits.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import { refuse } from '../platform/result.ts';
import { tooManyGuesses } from './refusals.ts';

/**
 * Lets staff try a voucher code unless the operator, or the merchant's staff together, have tried too many that do not
 * exist; counts the try when it was one of those. Right codes never count, so that a busy counter is never stopped; what
 * guesses of one instant gain by that is nothing against 60 random bits.
 * Refusals: TOO_MANY_ATTEMPTS, and those of `verify`.
 */
export async function limitGuessing(
  limits: Limits,
  { operatorId, merchantId }: StaffCaller,
  verify: () => Promise<Outcome>,
): Promise<Outcome> {
  const counters = [
    { wrongCodes: limits.byKind['voucher-code'], who: operatorId },
    { wrongCodes: limits.byKind['voucher-code-merchant'], who: merchantId },
  ];
  const counts = await Promise.all(counters.map(({ wrongCodes, who }) => wrongCodes.get(who)));
  const full = counts.find((count) => count !== null && count.remainingPoints <= 0);
  if (full) return refuse(tooManyGuesses(Math.ceil(full.msBeforeNext / 1000)));
  const outcome = await verify();
  if (!outcome.ok && outcome.refusal.code === 'VOUCHER_UNKNOWN') {
    await Promise.all(counters.map(({ wrongCodes, who }) => wrongCodes.penalty(who)));
  }
  return outcome;
}

import type { StaffCaller } from '../identity/caller.ts';
import type { AttemptKind, Limits } from '../identity/limits.ts';
import type { Outcome } from '../platform/db/idempotency.ts';
import { type Refusal, refuse } from '../platform/result.ts';
import { tooManyScans } from './counter/refusals.ts';
import { tooManyGuesses } from './refusals.ts';

/** Something that can be guessed at the counter: what counts the tries of an operator and of a merchant, and what a wrong one is. */
interface Guessed {
  ofOperator: AttemptKind;
  ofMerchant: AttemptKind;
  /** The refusal that a guess brings. */
  wrong: string;
  stopped: (seconds: number) => Refusal;
}

export const VOUCHER_CODES: Guessed = {
  ofOperator: 'voucher-code',
  ofMerchant: 'voucher-code-merchant',
  wrong: 'VOUCHER_UNKNOWN',
  stopped: tooManyGuesses,
};

export const CARD_CODES: Guessed = {
  ofOperator: 'card-code',
  ofMerchant: 'card-code-merchant',
  wrong: 'CARD_CODE_REFUSED',
  stopped: tooManyScans,
};

/**
 * Lets staff try a code unless the operator, or the merchant's staff together, have tried too many that do not
 * exist; counts the try when it was one of those. Right codes never count, so that a busy counter is never stopped; what
 * guesses of one instant gain by that is nothing against 60 random bits.
 * Refusals: TOO_MANY_ATTEMPTS, and those of `attempt`.
 */
export async function limitGuessing(
  limits: Limits,
  { operatorId, merchantId }: StaffCaller,
  { ofOperator, ofMerchant, wrong, stopped }: Guessed,
  attempt: () => Promise<Outcome>,
): Promise<Outcome> {
  const counters = [
    { wrongCodes: limits.byKind[ofOperator], who: operatorId },
    { wrongCodes: limits.byKind[ofMerchant], who: merchantId },
  ];
  const counts = await Promise.all(counters.map(({ wrongCodes, who }) => wrongCodes.get(who)));
  const full = counts.find((count) => count !== null && count.remainingPoints <= 0);
  if (full) return refuse(stopped(Math.ceil(full.msBeforeNext / 1000)));
  const outcome = await attempt();
  if (!outcome.ok && outcome.refusal.code === wrong) {
    await Promise.all(counters.map(({ wrongCodes, who }) => wrongCodes.penalty(who)));
  }
  return outcome;
}

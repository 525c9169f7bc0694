import type { Outcome } from '../../platform/db/idempotency.ts';
import { refuse } from '../../platform/result.ts';
import { requestNumberMalformed, requestNumberReused } from './refusals.ts';

/** An outcome whose key was a request number: what is wrong with the key is told of the request number. */
export function ofRequestNumber(outcome: Outcome): Outcome {
  if (outcome.ok) return outcome;
  if (outcome.refusal.code === 'KEY_MALFORMED') return refuse(requestNumberMalformed);
  return outcome.refusal.code === 'KEY_REUSED' ? refuse(requestNumberReused) : outcome;
}

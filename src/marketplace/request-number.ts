import type { Outcome } from '../platform/db/idempotency.ts';
import { refuse } from '../platform/result.ts';
import { requestNumberMalformed, requestNumberReused } from './refusals.ts';

/** How every act at the counter describes its `requestNumber`, and the refusals that any number can bring. */
export const REQUEST_NUMBER = {
  description:
    'Your own number of this request, 8 to 64 characters, a new one for each act at the counter; unique for your firm. Sent again it does nothing twice.',
};
export const REQUEST_NUMBER_REFUSALS = 'REQUEST_NUMBER_MALFORMED, REQUEST_NUMBER_REUSED';

/** An outcome whose key was a request number: what is wrong with the key is told of the request number. */
export function ofRequestNumber(outcome: Outcome): Outcome {
  if (outcome.ok) return outcome;
  if (outcome.refusal.code === 'KEY_MALFORMED') return refuse(requestNumberMalformed);
  return outcome.refusal.code === 'KEY_REUSED' ? refuse(requestNumberReused) : outcome;
}

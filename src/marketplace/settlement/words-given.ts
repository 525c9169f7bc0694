import { accept, type Result, refuse } from '../../platform/result.ts';
import { isLine } from '../../unions/line.ts';
import { LONGEST_REASON, LONGEST_REFERENCE, reasonMalformed, referenceMalformed } from './refusals.ts';

/** A reason as it is kept, without the spaces around it. Refusal: REASON_MALFORMED. */
export function reasonOf(text: string): Result<string> {
  const reason = text.trim();
  return isLine(reason, LONGEST_REASON) ? accept(reason) : refuse(reasonMalformed);
}

/** The reference of a payment as it is kept, without the spaces around it. Refusal: REFERENCE_MALFORMED. */
export function referenceOf(text: string): Result<string> {
  const reference = text.trim();
  return isLine(reference, LONGEST_REFERENCE) ? accept(reference) : refuse(referenceMalformed);
}

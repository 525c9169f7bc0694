import { accept, type Result, refuse } from '../../platform/result.ts';
import { isLine } from '../../unions/line.ts';
import { LONGEST_REASON, reasonMalformed } from './refusals.ts';

/** A reason as it is kept, without the spaces around it. Refusal: REASON_MALFORMED. */
export function reasonOf(text: string): Result<string> {
  const reason = text.trim();
  return isLine(reason, LONGEST_REASON) ? accept(reason) : refuse(reasonMalformed);
}

import type { Refusal } from '../../../platform/result.ts';
import type { Problem } from '../../../unions/roster/problems.ts';
import { teamNotWhole } from './problems.ts';

/**
 * The problems of the rows of a party that is not entered: their own; the refusal, at the row that it names or else at
 * the first; and at every other row that it is not entered either.
 */
export function partyProblems(
  rows: readonly { headings: { name?: string } }[],
  own: readonly (readonly Problem[])[],
  refusal?: Refusal,
): Problem[][] {
  const [, place] = /^members\.(\d+)$/.exec(refusal?.at ?? '') ?? [];
  const problems = own.map((ofRow) => [...ofRow]);
  if (refusal) {
    const { code, message } = refusal;
    const heading = place === undefined ? '' : (rows[Number(place)]!.headings.name ?? '');
    problems[Number(place ?? 0)]!.push({ code, message, heading });
  }
  return problems.map((ofRow) => (ofRow.length > 0 ? ofRow : [{ ...teamNotWhole, heading: '' }]));
}

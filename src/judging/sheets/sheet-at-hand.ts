import type { AdminCaller } from '../../identity/caller.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { accept, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { isAssigned } from '../assignment/queries.ts';
import { criteriaOfJudge } from '../assignment/sections.ts';
import { interestsOf, isInConflict, unionsOfCandidate } from '../judges/conflicts.ts';
import type { Candidate } from '../panels/candidate.entity.ts';
import { candidateByNumber } from '../panels/candidate-by-number.ts';
import type { Criterion } from '../panels/criterion.entity.ts';
import { holdPanel } from '../panels/lock-panel.ts';
import { takesScores } from '../panels/panel.entity.ts';
import { criteriaOf } from '../panels/queries.ts';
import { lockOwnSeat, type Seat } from '../scope.ts';
import { candidateWithdrawn, judgeInConflict, scoringClosed, sheetSubmitted, sheetUnknown } from './refusals.ts';
import { Sheet } from './sheet.entity.ts';

/** A sheet that its judge may write on now. */
export interface SheetAtHand extends Seat {
  candidate: Candidate;
  /** What she judges. */
  criteria: Criterion[];
  /** The number that a sheet of hers has or gets. */
  number: number;
  /** Whether a draft was saved. */
  isBegun: boolean;
}

/** Which sheet: of a panel of which the caller is a judge, by the number under which she knows the candidate. */
export interface WhichSheet {
  panelId: string;
  number: number;
}

/**
 * The caller's own sheet for a candidate, locked with its panel held, so that nobody closes the panel meanwhile. Refusals:
 * PERSON_NEEDED, PANEL_UNKNOWN, SHEET_UNKNOWN, SCORING_CLOSED, CANDIDATE_WITHDRAWN, JUDGE_IN_CONFLICT, SHEET_SUBMITTED.
 */
export async function takeSheet(
  tx: Tx,
  caller: AdminCaller,
  { panelId, number }: WhichSheet,
  now: Date,
): Promise<Result<SheetAtHand>> {
  const seat = await lockOwnSeat(tx, caller, panelId, holdPanel);
  if (!seat.ok) return seat;
  const { panel, judge } = seat.value;
  const candidate = judge.state === 'accepted' ? await candidateByNumber(tx, panel, number) : null;
  if (!candidate || !(await isAssigned(tx, judge, candidate.id))) return refuse(sheetUnknown);
  if (!takesScores(panel, now)) return refuse(scoringClosed);
  const trouble = await troubleWith(tx, seat.value, candidate);
  if (trouble) return refuse(trouble);
  await tx.query('SELECT number FROM panel_sheet WHERE panel_id = ? AND candidate_id = ? AND judge_id = ? FOR UPDATE', [
    panelId,
    candidate.id,
    judge.id,
  ]);
  const before = await tx.find(Sheet, { where: { panelId, candidateId: candidate.id, judgeId: judge.id } });
  if (before.some(({ state }) => state === 'submitted')) return refuse(sheetSubmitted);
  const begun = before.find(({ state }) => state === 'draft');
  const criteria = criteriaOfJudge(judge, await criteriaOf(tx, panelId));
  const place = { number: begun?.number ?? before.length + 1, isBegun: begun !== undefined };
  return accept({ ...seat.value, candidate, criteria, ...place });
}

async function troubleWith(tx: Tx, { judge }: Seat, candidate: Candidate): Promise<Refusal | undefined> {
  if (candidate.state === 'withdrawn') return candidateWithdrawn;
  const unions = await unionsOfCandidate(tx, candidate);
  const interests = (await interestsOf(tx, [judge.id])).get(judge.id)!;
  return unions.some((union) => isInConflict(interests, union)) ? judgeInConflict : undefined;
}

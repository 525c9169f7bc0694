import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { unionPath } from '../../unions/queries.ts';
import { isAssigned } from '../assignment/queries.ts';
import { takeOff } from '../assignment/take-off.ts';
import { LONGEST_REASON, MOST_CONFLICTS } from '../limits.ts';
import { candidateByNumber } from '../panels/candidate-by-number.ts';
import { lockPanel } from '../panels/lock-panel.ts';
import { panelClosed } from '../panels/refusals.ts';
import { lockJudgeInScope, lockOwnSeat, type Seat } from '../scope.ts';
import { sheetUnknown } from '../sheets/refusals.ts';
import { JudgeConflict } from './conflict.entity.ts';
import { COMES_FROM, conflictsIn } from './conflicts.ts';
import { conflictsTooMany, conflictTarget, conflictUnionUnknown, reasonMissing } from './refusals.ts';

/** What a judge cannot judge: one of the two. */
export interface ConflictOfOwn {
  panelId: string;
  /** A union of the panel's branch. */
  unionId: string | null;
  /** A candidate, by the number that she sees. */
  number: number | null;
  reason: string;
}

/**
 * Declares a conflict of interest of the caller, a judge of a panel that is not closed; audited. She is taken off the
 * candidates whom it concerns and whom she has not scored. Declared again, it changes nothing. Resolves with the panel's
 * id. Refusals: PERSON_NEEDED, PANEL_UNKNOWN, PANEL_CLOSED, CONFLICT_TARGET, UNION_UNKNOWN, SHEET_UNKNOWN,
 * REASON_MISSING, CONFLICTS_TOO_MANY.
 */
export async function declareConflict(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: ConflictOfOwn,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'declareConflict', key, input }, async (tx, now) => {
    const seat = await lockOwnSeat(tx, caller, input.panelId, lockPanel);
    if (!seat.ok) return seat;
    const union = await unionMeant(tx, seat.value, input);
    if (!union.ok) return union;
    const declared = { unionId: union.value, reason: input.reason, actor: caller.actor };
    const done = await write(tx, seat.value, declared, now);
    return done.ok ? accept(input.panelId) : done;
  });
}

/**
 * Declares a conflict of interest of a judge, by an admin with judging:write in the panel's union; likewise. Resolves with
 * the judge's id. Refusals: JUDGE_UNKNOWN, PANEL_CLOSED, UNION_UNKNOWN, REASON_MISSING, CONFLICTS_TOO_MANY.
 */
export async function declareJudgeConflict(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { judgeId: string; unionId: string; reason: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'declareJudgeConflict', key, input }, async (tx, now) => {
    const seat = await lockJudgeInScope(tx, caller, input.judgeId);
    if (!seat.ok) return seat;
    const { unionId, reason } = input;
    const done = await write(tx, seat.value, { unionId, reason, actor: caller.actor }, now);
    return done.ok ? accept(input.judgeId) : done;
  });
}

async function unionMeant(tx: Tx, { judge, panel }: Seat, { unionId, number }: ConflictOfOwn): Promise<Result<string>> {
  if ((unionId === null) === (number === null)) return refuse(conflictTarget);
  if (unionId !== null) return accept(unionId);
  const candidate = await candidateByNumber(tx, panel, number!);
  // Of her own sheets alone, or numbers could be tried until a blind panel has told whose they are.
  const isHers = candidate && (await isAssigned(tx, judge, candidate.id));
  return isHers ? accept(candidate.unionId) : refuse(sheetUnknown);
}

async function write(
  tx: Tx,
  { judge, panel }: Seat,
  { unionId, reason, actor }: { unionId: string; reason: string; actor: string },
  now: Date,
): Promise<Result<void>> {
  if (panel.state === 'closed') return refuse(panelClosed);
  const [path, top] = [await unionPath(tx, unionId), await unionPath(tx, panel.unionId)];
  if (path === undefined || !path.startsWith(top!)) return refuse(conflictUnionUnknown);
  const why = reason.trim();
  if (why.length < 1 || why.length > LONGEST_REASON) return refuse(reasonMissing);
  if (await tx.existsBy(JudgeConflict, { judgeId: judge.id, unionId })) return accept(undefined);
  if ((await tx.countBy(JudgeConflict, { judgeId: judge.id })) >= MOST_CONFLICTS) return refuse(conflictsTooMany);
  await tx.insert(JudgeConflict, { judgeId: judge.id, unionId, reason: why, declaredBy: actor, declaredAt: now });
  const barred = (await conflictsIn(tx, panel.id, [judge.id])).get(judge.id)!;
  await takeOff(tx, panel.id, { judgeId: judge.id, candidateIds: await assignedOf(tx, panel.id, judge.id, barred) });
  const target = { targetKind: 'judge', targetId: judge.id, unionId: panel.unionId };
  await recordAudit(tx, { actor, action: 'declareConflict', ...target, after: { unionId, reason: why } }, now);
  return accept(undefined);
}

/** The candidates of these unions whom a judge is to judge. */
async function assignedOf(tx: Tx, panelId: string, judgeId: string, unionIds: ReadonlySet<string>): Promise<string[]> {
  const unions = ['', ...unionIds];
  const rows: { id: string }[] = await tx.query(
    `SELECT c.id FROM panel_assignment a JOIN panel_candidate c ON c.panel_id = a.panel_id AND c.id = a.candidate_id
     WHERE a.panel_id = ? AND a.judge_id = ? AND ${COMES_FROM}`,
    [panelId, judgeId, unions, unions],
  );
  return rows.map(({ id }) => id);
}

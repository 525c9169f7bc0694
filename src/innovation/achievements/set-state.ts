import type { Tx } from '../../platform/db/transaction.ts';
import type { AchievementState } from './achievement.entity.ts';
import type { Step } from './step.entity.ts';
import { addSteps } from './steps.ts';

/** The states into which the end of a season brings achievements, and how their histories say it. */
const STEP = {
  listed: 'listed',
  eligible: 'unlisted',
  honoured: 'honoured',
  not_honoured: 'not_honoured',
} as const satisfies Partial<Record<AchievementState, Step>>;

export type SeasonsState = keyof typeof STEP;

/**
 * Brings achievements from one state into another as the list of honours of their season wants it, all or none, and
 * writes it into their histories. Throws when one of them is not in the state that it is to leave.
 */
export async function setAchievementState(
  tx: Tx,
  ids: readonly string[],
  from: AchievementState,
  to: SeasonsState,
  now: Date,
): Promise<void> {
  if (ids.length === 0) return;
  const held: { id: string; state: AchievementState }[] = await tx.query(
    'SELECT id, state FROM achievement WHERE id IN (?) ORDER BY id FOR UPDATE',
    [ids],
  );
  const ready = new Set(held.filter(({ state }) => state === from).map(({ id }) => id));
  const other = ids.find((id) => !ready.has(id));
  if (other !== undefined) throw new Error(`the achievement ${other} is not ${from} and cannot be ${to}`);
  const settledAt = to === 'honoured' || to === 'not_honoured' ? now : null;
  await tx.query('UPDATE achievement SET state = ?, settled_at = ? WHERE id IN (?)', [to, settledAt, ids]);
  await addSteps(tx, ids, { what: STEP[to], by: 'system:innovation' }, now);
}

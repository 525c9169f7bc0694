import { accept, type Result, refuse } from '../platform/result.ts';
import { notEnoughPoints } from './refusals.ts';
import type { AccountKind, Shortfall, TransferKind } from './transfer.ts';

/** Points that are brought to a member's account so that a reversal can take them: from where, and what that is called. */
export interface Cover {
  kind: TransferKind;
  from: AccountKind;
  points: number;
}

/**
 * What it takes to take points back from a member who holds so many. Expired points were not enjoyed: all of them come
 * back from breakage, which must hold none that were never due. Where that and her balance do not suffice, what had
 * paid off a debt is owed again, and the rest is owed or written off as `shortfall` says.
 * Refusal: NOT_ENOUGH_POINTS when there is a rest and nothing is said.
 */
export function coverFor(
  held: number,
  taken: { points: number; expired: number; repaid: number },
  shortfall: Shortfall | undefined,
): Result<Cover[]> {
  const missing = Math.max(0, taken.points - held - taken.expired);
  const owing = shortfall === 'owe' ? missing : Math.min(missing, taken.repaid);
  if (missing > owing && shortfall === undefined) return refuse(notEnoughPoints(held, taken.points));
  const covers: Cover[] = [
    { kind: 'unexpiry', from: 'breakage', points: taken.expired },
    { kind: 'owing', from: 'owed', points: owing },
    { kind: 'write_off', from: 'written_off', points: missing - owing },
  ];
  return accept(covers.filter((cover) => cover.points > 0));
}

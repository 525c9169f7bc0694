import { act } from '../../../identity/act.ts';
import { recordAudit } from '../../../identity/audit.ts';
import type { AdminCaller } from '../../../identity/caller.ts';
import { beijingDay } from '../../../platform/clock.ts';
import type { Outcome } from '../../../platform/db/idempotency.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import type { Deps } from '../../../platform/deps.ts';
import { accept, type Refusal, type Result, refuse } from '../../../platform/result.ts';
import { wrongText } from '../form.ts';
import { LONGEST_REASON } from '../limits.ts';
import { reasonNeeded } from '../refusals.ts';
import { Studio } from '../studio.entity.ts';
import { type NamingState, StudioNaming } from './naming.entity.ts';
import { nameNotBorne, namingNotOpen, namingNotWaiting } from './refusals.ts';
import { lockNamingToDecide, lockOwnNaming } from './scope.ts';

export interface NamingDecision {
  namingId: string;
  /** What is missing, or why. */
  reason: string;
}

/** How an end or a pause of a naming is brought about. */
interface Move {
  operation: string;
  find: (tx: Tx, caller: AdminCaller, id: string) => Promise<Result<StudioNaming>>;
  from: readonly NamingState[];
  otherwise: Refusal;
  to: 'returned' | 'declined' | 'withdrawn';
}

/**
 * Sends an application back with what is missing (studios:name in the union that gives the name). Resolves with the
 * naming's id; audited. Refusals: NAMING_UNKNOWN, OWN_STUDIO, NAMING_NOT_WAITING, REASON_NEEDED.
 */
export const returnNaming = moving({
  operation: 'returnNaming',
  find: lockNamingToDecide,
  from: ['applied'],
  otherwise: namingNotWaiting('namingId'),
  to: 'returned',
});

/** Declines an application, one that was returned too, for a reason; else as `returnNaming`. */
export const declineNaming = moving({
  operation: 'declineNaming',
  find: lockNamingToDecide,
  from: ['applied', 'returned'],
  otherwise: namingNotWaiting('namingId'),
  to: 'declined',
});

/**
 * Takes back an application that is not on a list (studios:write in the studio's union), for a reason. Resolves with the
 * naming's id; audited. Refusals: NAMING_UNKNOWN, NAMING_NOT_OPEN, REASON_NEEDED.
 */
export const withdrawApplication = moving({
  operation: 'withdrawNamingApplication',
  find: lockOwnNaming,
  from: ['applied', 'returned'],
  otherwise: namingNotOpen,
  to: 'withdrawn',
});

/**
 * Takes a studio's name from it, for a reason (studios:name in the union that gave it); the day is the last on which it
 * was borne. Resolves with the naming's id; audited. Refusals: NAMING_UNKNOWN, OWN_STUDIO, NAME_NOT_BORNE, REASON_NEEDED.
 */
export const withdrawName = moving({
  operation: 'withdrawStudioName',
  find: lockNamingToDecide,
  from: ['named'],
  otherwise: nameNotBorne,
  to: 'withdrawn',
});

function moving({ operation, find, from, otherwise, to }: Move) {
  return (deps: Deps, caller: AdminCaller, key: string, input: NamingDecision): Promise<Outcome> =>
    act(deps, caller, { operation, key, input }, async (tx, now) => {
      const { namingId, reason } = input;
      const found = await find(tx, caller, namingId);
      if (!found.ok) return found;
      const { state, studioId } = found.value;
      if (!from.includes(state)) return refuse(otherwise);
      if (wrongText('reason', reason, LONGEST_REASON)) return refuse(reasonNeeded);
      const endedOn = state === 'named' ? beijingDay(now) : null;
      await tx.update(StudioNaming, { id: namingId }, { state: to, reason, endedOn });
      const { unionId } = await tx.findOneByOrFail(Studio, { id: studioId });
      const target = { targetKind: 'studio', targetId: studioId, unionId };
      const change = { before: { namingId, state }, after: { state: to, reason } };
      await recordAudit(tx, { actor: caller.actor, action: operation, ...target, ...change }, now);
      return accept(namingId);
    });
}

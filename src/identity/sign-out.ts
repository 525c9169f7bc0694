import type { Outcome } from '../platform/db/idempotency.ts';
import type { Deps } from '../platform/deps.ts';
import { accept } from '../platform/result.ts';
import { act } from './act.ts';
import type { Caller } from './caller.ts';
import { endAllSessions, endSession } from './sessions.ts';

/** Ends the session that the caller came with; resolves with its id. */
export async function signOut(deps: Deps, caller: Caller, key: string): Promise<Outcome> {
  const id = sessionOf(caller);
  return act(deps, caller, { operation: 'signOut', key, input: {} }, async (tx, now) => {
    await endSession(tx, id, now);
    return accept(id);
  });
}

/** Ends every session of the caller, this one too, on whatever device; resolves with the id of this one. */
export async function signOutEverywhere(deps: Deps, caller: Caller, key: string): Promise<Outcome> {
  const id = sessionOf(caller);
  return act(deps, caller, { operation: 'signOutEverywhere', key, input: {} }, async (tx, now) => {
    await endAllSessions(tx, subjectOf(caller), now);
    return accept(id);
  });
}

function sessionOf(caller: Caller): string {
  if (caller.sessionId === null) throw new Error('an API token has no session to end');
  return caller.sessionId;
}

function subjectOf(caller: Caller): string {
  return caller.door === 'member' ? caller.memberId : (caller.operatorId ?? '');
}

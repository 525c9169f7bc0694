import type { AdminCaller, Caller } from '../identity/caller.ts';

/** An admin who has signed in with a password. */
export type SignedInAdmin = AdminCaller & { sessionId: string; operatorId: string };

/**
 * Whether somebody may look at the queues: an admin, no API token, who may read them in the whole of a tree. They hold
 * the work of all branches together.
 */
export function mayReadQueues(caller: Caller | undefined): caller is SignedInAdmin {
  return (
    caller?.door === 'admin' &&
    caller.sessionId !== null &&
    caller.operatorId !== null &&
    // A path of one id is the root of a tree.
    caller.grants.some(({ unionPath, permissions }) => permissions.has('queues:read') && /^\/[^/]+\/$/.test(unionPath))
  );
}

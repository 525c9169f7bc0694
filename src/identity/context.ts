import type { Deps } from '../platform/deps.ts';
import type { Language } from '../platform/result.ts';
import type { AuthenticationFault } from './authenticate.ts';
import type { AdminCaller, Caller, MemberCaller, StaffCaller } from './caller.ts';
import type { Limits } from './limits.ts';

/** What a resolver knows of the request that it answers. */
export interface RequestContext {
  deps: Deps;
  /** The process's counters of attempts at what can be guessed. */
  limits: Limits;
  /** Undefined when nobody is signed in. */
  caller: Caller | undefined;
  /** Why the token that came opens nothing. Said by the fields that want a caller, so that signing in anew needs no good token. */
  rejected: AuthenticationFault | undefined;
  language: Language;
  /** Address of the client, for limits and audit. */
  ip: string;
  requestId: string;
  /** Where metrics are told what the request asks for. */
  asked?: { operation: string };
}

/** A request that passed a root field's permission, so that its caller is known. */
export type MemberContext = RequestContext & { caller: MemberCaller };
export type StaffContext = RequestContext & { caller: StaffCaller };
export type AdminContext = RequestContext & { caller: AdminCaller };

const loaders = new WeakMap<RequestContext, Map<unknown, unknown>>();

/** The request's own instance of a loader: made on first use, gone with the request. `create` is its identity. */
export function loader<L>(context: RequestContext, create: (deps: Deps) => L): L {
  let ofRequest = loaders.get(context);
  if (!ofRequest) {
    ofRequest = new Map();
    loaders.set(context, ofRequest);
  }
  let made = ofRequest.get(create) as L | undefined;
  if (made === undefined) {
    made = create(context.deps);
    ofRequest.set(create, made);
  }
  return made;
}

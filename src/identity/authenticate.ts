import { createHash } from 'node:crypto';
import type DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import type { Deps } from '../platform/deps.ts';
import { SpokenError } from '../platform/graphql/errors.ts';
import type { Language, Message } from '../platform/result.ts';
import { API_TOKEN_PREFIX } from './api-token.entity.ts';
import type { AdminCaller, Caller, Door, MemberCaller, StaffCaller } from './caller.ts';
import { gatheringLoader, LiveCallers } from './live-callers.ts';
import { findApiTokens, findSessions, type KnownApiToken, type KnownSession } from './queries.ts';
import { API_TOKEN_PERMISSIONS } from './roles.ts';
import { readAccessToken } from './tokens.ts';

/** Who a subject is and what it may do: its caller, before a session is known. */
export type Subject = Omit<MemberCaller, 'sessionId'> | Omit<StaffCaller, 'sessionId'> | Omit<AdminCaller, 'sessionId'>;

/**
 * Looks subjects of one door up by id, in as few statements for many as for one. Who may not come in (disabled, left the
 * union, unknown) is absent from the result.
 */
export type LoadSubjects = (deps: Deps, ids: readonly string[]) => Promise<Map<string, Subject>>;

export type AuthenticationReason =
  | 'TOKEN_MALFORMED'
  | 'TOKEN_EXPIRED'
  | 'WRONG_DOOR'
  | 'SESSION_ENDED'
  | 'ACCOUNT_DISABLED';

const MESSAGES: Record<AuthenticationReason, Message> = {
  TOKEN_MALFORMED: {
    zh: '访问凭证无效，请重新登录。',
    en: 'The access token is not one that this server made. Sign in again.',
  },
  TOKEN_EXPIRED: {
    zh: '访问凭证已过期，请用刷新凭证换取新的凭证。',
    en: 'The access token has expired. Trade your refresh token for a new one.',
  },
  WRONG_DOOR: {
    zh: '该凭证不能用于此入口，请在此入口登录。',
    en: 'This token belongs to another door. Sign in at this one.',
  },
  SESSION_ENDED: { zh: '登录已失效，请重新登录。', en: 'This session has ended. Sign in again.' },
  ACCOUNT_DISABLED: {
    zh: '该账号已停用，请联系您的工会或管理员。',
    en: 'This account may no longer be used. Ask your union or your administrator.',
  },
};

/** Thrown when a request carries a token that is worth nothing. `extensions.reason` tells a program why. */
export class AuthenticationFault extends SpokenError {
  constructor(
    readonly reason: AuthenticationReason,
    language: Language,
  ) {
    super('UNAUTHENTICATED', MESSAGES[reason], { reason, http: { status: 401 } });
    this.message = MESSAGES[reason][language];
  }
}

type Answer = Caller | AuthenticationReason;

interface Process {
  callers: LiveCallers<Answer>;
  sessions: DataLoader<string, KnownSession | undefined>;
  apiTokens: DataLoader<string, KnownApiToken | undefined>;
  subjects: WeakMap<LoadSubjects, DataLoader<{ deps: Deps; id: string }, Subject | undefined>>;
}

const processes = new WeakMap<DataSource, Process>();

function processOf(db: DataSource): Process {
  let known = processes.get(db);
  if (!known) {
    known = {
      callers: new LiveCallers(db),
      sessions: gatheringLoader(async (ids) => {
        const found = await findSessions(db.manager, ids);
        return ids.map((id) => found.get(id));
      }),
      apiTokens: gatheringLoader(async (hashes) => {
        const found = await findApiTokens(db.manager, hashes);
        return hashes.map((hash) => found.get(hash));
      }),
      subjects: new WeakMap(),
    };
    processes.set(db, known);
  }
  return known;
}

function subjectLoader(known: Process, load: LoadSubjects) {
  let loader = known.subjects.get(load);
  if (!loader) {
    loader = gatheringLoader(async (keys) => {
      const found = await load(keys[0]!.deps, [...new Set(keys.map((key) => key.id))]);
      return keys.map((key) => found.get(key.id));
    });
    known.subjects.set(load, loader);
  }
  return loader;
}

/**
 * Tells who makes a request at a door from its Authorization header: undefined when it has none, else the caller.
 * Throws an AuthenticationFault, in the person's language, when the header holds nothing that opens this door now.
 *
 * The signature of a token is checked once; that its session and its subject still stand is read in batches for all
 * requests of the process and believed for five seconds. `loadSubjects` must be the same function on every call.
 */
export async function authenticate(
  deps: Deps,
  door: Door,
  authorization: string | undefined,
  loadSubjects: LoadSubjects,
  language: Language = 'zh',
): Promise<Caller | undefined> {
  if (authorization === undefined) return undefined;
  const token = /^Bearer ([A-Za-z0-9._-]{1,1000})$/i.exec(authorization)?.[1];
  const answer =
    token === undefined
      ? 'TOKEN_MALFORMED'
      : token.startsWith(API_TOKEN_PREFIX)
        ? await ofApiToken(deps, door, token)
        : await ofSession(deps, door, token, loadSubjects);
  if (typeof answer === 'string') throw new AuthenticationFault(answer, language);
  return answer;
}

async function ofSession(deps: Deps, door: Door, token: string, loadSubjects: LoadSubjects): Promise<Answer> {
  const now = deps.clock.now();
  const claims = readAccessToken(deps.config, door, token, now);
  if (typeof claims === 'string') return claims;
  const { sessionId, subjectId } = claims;
  const known = processOf(deps.db);
  const believed = known.callers.get(sessionId, now.getTime());
  if (believed) return believed;
  const [session, subject] = await Promise.all([
    known.sessions.load(sessionId),
    subjectLoader(known, loadSubjects).load({ deps, id: subjectId }),
  ]);
  const answer = decide(session, subject, sessionId, now);
  known.callers.set(sessionId, answer, [sessionId, subjectId], now.getTime());
  return answer;
}

function decide(session: KnownSession | undefined, subject: Subject | undefined, sessionId: string, now: Date): Answer {
  if (!session || session.revoked || session.expiresAt <= now) return 'SESSION_ENDED';
  return subject ? { ...subject, sessionId } : 'ACCOUNT_DISABLED';
}

/** The hash under which an API token is stored and found. */
export function apiTokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

async function ofApiToken(deps: Deps, door: Door, token: string): Promise<Answer> {
  if (door !== 'admin') return 'WRONG_DOOR';
  const now = deps.clock.now();
  const hash = apiTokenHash(token).toString('hex');
  const known = processOf(deps.db);
  const believed = known.callers.get(hash, now.getTime());
  if (believed) return believed;
  const found = await known.apiTokens.load(hash);
  // Not remembered, lest guesses push what is real out of memory.
  if (!found) return 'TOKEN_MALFORMED';
  const answer = callerOf(found, now);
  known.callers.set(hash, answer, [found.id], now.getTime());
  return answer;
}

function callerOf(token: KnownApiToken, now: Date): Answer {
  if (token.revoked) return 'SESSION_ENDED';
  if (token.expiresAt <= now) return 'TOKEN_EXPIRED';
  const granted = new Set(token.permissions);
  return {
    door: 'admin',
    actor: `api-token:${token.id}`,
    sessionId: null,
    operatorId: null,
    permissions: new Set([...granted, ...API_TOKEN_PERMISSIONS]),
    grants: [{ unionPath: token.unionPath, permissions: granted }],
  };
}

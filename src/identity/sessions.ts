import type { Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import type { Door } from './caller.ts';
import { lookUpAnew } from './live-callers.ts';
import { refreshTokenMalformed, refreshTokenReused, sessionEnded } from './refusals.ts';
import { makeAccessToken, makeRefreshToken, readRefreshToken } from './tokens.ts';

const DAY_MS = 86_400_000;
const LIFETIME_MS: Record<Door, number> = { member: 30 * DAY_MS, merchant: DAY_MS / 2, admin: DAY_MS / 2 };

/** How long after a rotation the token before it still gets the current one again: a phone may not have had its answer. */
const GRACE_MS = 30_000;

/** What a client holds of its session. */
export interface SessionTokens {
  accessToken: string;
  /** Trade it for new tokens before `expiresAt`; works once, and again within 30 seconds when the answer was lost. */
  refreshToken: string;
  /** When the access token ends. */
  expiresAt: Date;
}

/** Why a session was ended before its time. */
export type EndedWhy = 'signed-out' | 'signed-out-everywhere' | 'reuse' | 'password-changed' | 'disabled' | 'left';

async function tokensOf(
  deps: Pick<Deps, 'config' | 'clock'>,
  session: { id: string; door: Door; subjectId: string; generation: number },
): Promise<SessionTokens> {
  const access = makeAccessToken(deps.config, { ...session, sessionId: session.id }, deps.clock.now());
  return {
    accessToken: access.token,
    refreshToken: makeRefreshToken(deps.config, session.id, session.generation),
    expiresAt: access.expiresAt,
  };
}

/**
 * Opens a session for someone who has proved who they are: 30 days for a member, 12 hours for an operator, each counted
 * from the last refresh. `device` is what the client says about itself; 200 characters of it are kept.
 */
export async function openSession(
  tx: Tx,
  deps: Pick<Deps, 'config' | 'clock'>,
  { door, subjectId, device }: { door: Door; subjectId: string; device: string },
): Promise<SessionTokens> {
  const now = deps.clock.now();
  const id = newId();
  await tx.query(
    `INSERT INTO session (id, door, subject_id, generation, device, created_at, rotated_at, expires_at)
     VALUES (?, ?, ?, 1, ?, ?, ?, ?)`,
    [id, door, subjectId, [...device].slice(0, 200).join(''), now, now, new Date(now.getTime() + LIFETIME_MS[door])],
  );
  return tokensOf(deps, { id, door, subjectId, generation: 1 });
}

interface SessionRow {
  door: Door;
  subject_id: string;
  generation: number;
  rotated_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
}

/**
 * Trades a refresh token for new tokens. The token before the last rotation gets the current ones again for 30 seconds;
 * any older use means that two hold it, so the session is ended. Refusals REFRESH_TOKEN_MALFORMED, REFRESH_TOKEN_REUSED,
 * SESSION_ENDED.
 */
export async function refreshSession(deps: Deps, door: Door, refreshToken: string): Promise<Result<SessionTokens>> {
  const token = readRefreshToken(deps.config, refreshToken);
  if (!token) return refuse(refreshTokenMalformed);
  const { sessionId: id, generation } = token;
  const now = deps.clock.now();
  const { affectedRows } = await deps.db.query<{ affectedRows: number }>(
    `UPDATE session SET generation = generation + 1, rotated_at = ?, expires_at = ?
     WHERE id = ? AND door = ? AND generation = ? AND revoked_at IS NULL AND expires_at > ?`,
    [now, new Date(now.getTime() + LIFETIME_MS[door]), id, door, generation, now],
  );
  const [row] = await deps.db.query<SessionRow[]>(
    'SELECT door, subject_id, generation, rotated_at, expires_at, revoked_at FROM session WHERE id = ?',
    [id],
  );
  if (!row || row.door !== door) return refuse(refreshTokenMalformed);
  const rotated = affectedRows === 1;
  const cutOff = row.generation === generation + 1 && now.getTime() - row.rotated_at.getTime() <= GRACE_MS;
  const live = row.revoked_at === null && row.expires_at > now;
  // The generation that this request made, not the one read: another request may have gone on from it meanwhile.
  if (rotated || (live && cutOff))
    return accept(await tokensOf(deps, { id, door, subjectId: row.subject_id, generation: generation + 1 }));
  if (!live || row.generation <= generation) return refuse(sessionEnded);
  await end(deps, id, now);
  return refuse(refreshTokenReused);
}

async function end(deps: Deps, sessionId: string, now: Date): Promise<void> {
  await deps.db.query("UPDATE session SET revoked_at = ?, revoked_why = 'reuse' WHERE id = ? AND revoked_at IS NULL", [
    now,
    sessionId,
  ]);
  lookUpAnew(deps.db, sessionId);
  deps.log.warn({ sessionId }, 'a refresh token was used a second time: the session was ended');
}

/** Ends one session (sign-out). Ending it again changes nothing. */
export async function endSession(tx: Tx, sessionId: string, now: Date): Promise<void> {
  await tx.query("UPDATE session SET revoked_at = ?, revoked_why = 'signed-out' WHERE id = ? AND revoked_at IS NULL", [
    now,
    sessionId,
  ]);
  lookUpAnew(tx.dataSource, sessionId);
}

/**
 * Ends every session of a subject (a member or an operator), or every other one when `exceptSessionId` is given. From
 * the commit on this process takes none of their tokens, and every other process within five seconds.
 */
export async function endAllSessions(
  tx: Tx,
  subjectId: string,
  now: Date,
  why: EndedWhy = 'signed-out-everywhere',
  exceptSessionId = '',
): Promise<void> {
  await tx.query(
    'UPDATE session SET revoked_at = ?, revoked_why = ? WHERE subject_id = ? AND revoked_at IS NULL AND id <> ?',
    [now, why, subjectId, exceptSessionId],
  );
  lookUpAnew(tx.dataSource, subjectId);
}

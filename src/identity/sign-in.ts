import { inTransaction } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { isLogin, normaliseLogin } from './create-operator.ts';
import { type AttemptKind, forgiveAttempt, isKnown, type Limits, limitAttempts, remember } from './limits.ts';
import { verifyPassword } from './passwords.ts';
import { wrongCredentials } from './refusals.ts';
import { openSession, type SessionTokens } from './sessions.ts';

export interface Credentials {
  login: string;
  password: string;
  /** What the client says about itself, e.g. "iPhone 15, WeChat 8.0.49". */
  device: string;
  ip: string;
}

/**
 * Opens a session for an operator who knows the password. Refusals WRONG_CREDENTIALS (unknown login, wrong password and
 * disabled account alike, after the same time) and TOO_MANY_ATTEMPTS.
 */
export async function signInWithPassword(
  deps: Deps,
  limits: Limits,
  door: 'merchant' | 'admin',
  { login, password, device, ip }: Credentials,
): Promise<Result<SessionTokens>> {
  const name = normaliseLogin(login);
  const pair = `${door} ${name} ${ip}`;
  const attempts: [AttemptKind, string][] = [['sign-in', pair]];
  // Where a login was right before only its own tries count, so that nobody who guesses elsewhere, or at the next desk,
  // keeps its owner out for as long as he likes.
  if (!(await isKnown(limits, pair))) attempts.push(['sign-in-address', ip], ['sign-in-login', `${door} ${name}`]);
  for (const [kind, subject] of attempts) {
    const within = await limitAttempts(limits, kind, subject);
    if (!within.ok) return within;
  }
  const operator = isLogin(name) ? await findOperator(deps, door, name) : undefined;
  const matches = await verifyPassword(password, operator?.password_hash);
  if (!operator || !matches) return refuse(wrongCredentials);
  const tokens = await inTransaction(deps.db, async (tx) => {
    // Locked, so that a password changed or an account disabled since the check ends this session too.
    const still = await tx.query<unknown[]>(
      'SELECT id FROM operator WHERE id = ? AND password_hash = ? AND disabled_at IS NULL FOR UPDATE',
      [operator.id, operator.password_hash],
    );
    return still.length === 1 ? openSession(tx, deps, { door, subjectId: operator.id, device }) : undefined;
  });
  if (!tokens) return refuse(wrongCredentials);
  for (const [kind, subject] of attempts) await forgiveAttempt(limits, kind, subject);
  await remember(limits, pair);
  return accept(tokens);
}

async function findOperator(
  { db }: Deps,
  door: string,
  login: string,
): Promise<{ id: string; password_hash: string } | undefined> {
  const [row] = await db.query<{ id: string; password_hash: string }[]>(
    'SELECT id, password_hash FROM operator WHERE door = ? AND login = ?',
    [door, login],
  );
  return row;
}

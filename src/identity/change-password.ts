import type { Outcome } from '../platform/db/idempotency.ts';
import { TryAgain, type Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { act } from './act.ts';
import { recordAudit } from './audit.ts';
import type { AdminCaller, StaffCaller } from './caller.ts';
import { forgiveAttempt, type Limits, limitAttempts } from './limits.ts';
import { checkPassword, hashPassword, passwordFingerprint, verifyPassword } from './passwords.ts';
import { wrongPassword } from './refusals.ts';
import { endAllSessions } from './sessions.ts';

export interface PasswordChange {
  currentPassword: string;
  newPassword: string;
}

/**
 * Changes the caller's own password and ends all other sessions of theirs; resolves with the operator's id. Refusals
 * WRONG_PASSWORD, PASSWORD_TOO_WEAK, TOO_MANY_ATTEMPTS.
 */
export async function changePassword(
  deps: Deps,
  limits: Limits,
  caller: StaffCaller | AdminCaller,
  key: string,
  change: PasswordChange,
): Promise<Outcome> {
  const { operatorId, sessionId } = caller;
  if (operatorId === null || sessionId === null) throw new Error('an API token has no password to change');
  // Whoever finds an unlocked screen must not be able to guess the password at leisure.
  const attempt = `password of ${operatorId}`;
  const within = await limitAttempts(limits, 'sign-in', attempt);
  if (!within.ok) return within;
  const input = {
    currentPassword: passwordFingerprint(deps.config, change.currentPassword),
    newPassword: passwordFingerprint(deps.config, change.newPassword),
  };
  const outcome = await act(deps, caller, { operation: 'changePassword', key, input }, async (tx, now) => {
    const replaced = await replacePassword(tx, operatorId, change);
    if (!replaced.ok) return replaced;
    await endAllSessions(tx, operatorId, now, 'password-changed', sessionId);
    const target = { targetKind: 'operator', targetId: operatorId };
    await recordAudit(tx, { actor: caller.actor, action: 'changePassword', ...target }, now);
    return replaced;
  });
  if (outcome.ok || outcome.refusal.code !== wrongPassword.code) await forgiveAttempt(limits, 'sign-in', attempt);
  return outcome;
}

async function replacePassword(tx: Tx, operatorId: string, change: PasswordChange): Promise<Outcome> {
  const [row] = await tx.query<{ login: string; password_hash: string }[]>(
    'SELECT login, password_hash FROM operator WHERE id = ?',
    [operatorId],
  );
  if (!(await verifyPassword(change.currentPassword, row?.password_hash))) return refuse(wrongPassword);
  const strong = checkPassword(change.newPassword, row!.login);
  if (!strong.ok) return refuse({ ...strong.refusal, at: 'newPassword' });
  const { affectedRows } = await tx.query<{ affectedRows: number }>(
    'UPDATE operator SET password_hash = ? WHERE id = ? AND password_hash = ?',
    [await hashPassword(change.newPassword), operatorId, row!.password_hash],
  );
  // Somebody else changed it since it was read: what was checked above no longer holds.
  if (affectedRows !== 1) throw new TryAgain();
  return accept(operatorId);
}

import type { Tx } from '../platform/db/transaction.ts';
import { newId } from '../platform/ids.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { checkPassword, hashPassword } from './passwords.ts';
import { loginMalformed, loginTaken, nameMalformed } from './refusals.ts';

export interface NewOperator {
  door: 'merchant' | 'admin';
  login: string;
  name: string;
  password: string;
}

/** A login as it is stored and compared: without blanks around it, in lower case. */
export function normaliseLogin(login: string): string {
  return login.trim().toLowerCase();
}

export function isLogin(login: string): boolean {
  return /^[a-z0-9][a-z0-9._@-]{2,59}$/.test(login);
}

/** Whether a text can name a person or a thing here: 1 to 80 characters, no blanks around it. */
export function isName(name: string): boolean {
  const length = [...name].length;
  return length >= 1 && length <= 80 && name.trim() === name;
}

/**
 * Makes someone who signs in with a password at the merchant or the admin door; resolves with the id. What the person
 * may do there is given apart, in the same transaction. Refusals LOGIN_MALFORMED, LOGIN_TAKEN, NAME_MALFORMED,
 * PASSWORD_TOO_WEAK.
 */
export async function createOperator(
  tx: Tx,
  { door, login, name, password }: NewOperator,
  now: Date,
): Promise<Result<string>> {
  const stored = normaliseLogin(login);
  if (!isLogin(stored)) return refuse(loginMalformed);
  if (!isName(name)) return refuse(nameMalformed);
  const strong = checkPassword(password, stored);
  if (!strong.ok) return strong;
  const taken = await tx.query<unknown[]>('SELECT id FROM operator WHERE door = ? AND login = ?', [door, stored]);
  if (taken.length > 0) return refuse(loginTaken);
  const id = newId();
  await tx.query('INSERT INTO operator (id, door, login, name, password_hash, created_at) VALUES (?, ?, ?, ?, ?, ?)', [
    id,
    door,
    stored,
    name,
    await hashPassword(password),
    now,
  ]);
  return accept(id);
}

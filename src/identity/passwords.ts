import { createHmac } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Config } from '../platform/config.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { passwordTooWeak } from './refusals.ts';
import { deriveKey } from './tokens.ts';

// Argon2id (the library's default) as the OWASP cheat sheet gives it: 19 MiB, two passes, one lane; about 30 ms.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Argon2 reads all of it, so there is an end; nobody's sentence is longer. */
const LONGEST = 200;
const SHORTEST = 10;

/** Refuses a password that is short, of few different characters, or made of the login (PASSWORD_TOO_WEAK). */
export function checkPassword(password: string, login: string): Result<void> {
  const letters = [...password];
  const tooPlain = new Set(letters).size < 5 || isRun(letters) || password.toLowerCase().includes(login.toLowerCase());
  if (letters.length < SHORTEST || letters.length > LONGEST || tooPlain) return refuse(passwordTooWeak);
  return accept(undefined);
}

/** Whether each character is the next one of the alphabet or the keyboard's digits: 1234567890, abcdefghij. */
function isRun(letters: readonly string[]): boolean {
  const steps = letters.slice(1).map((letter, i) => letter.codePointAt(0)! - letters[i]!.codePointAt(0)!);
  return steps.filter((step) => Math.abs(step) === 1).length >= letters.length - 2;
}

// The same password must match however the keyboard composed its letters.
function bytes(password: string): Buffer {
  return Buffer.from(password.normalize('NFKC'), 'utf8');
}

/** The Argon2id hash of a password, in PHC form, with a salt of its own. */
export function hashPassword(password: string): Promise<string> {
  return hash(bytes(password), COST);
}

let decoy: Promise<string> | undefined;

/**
 * Whether a password belongs to a stored hash. Without a hash (nobody has that login) a decoy is checked, so that the
 * answer takes as long and tells nothing.
 */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  if ([...password].length > LONGEST) return false;
  decoy ??= hashPassword('a decoy that is nobody’s password');
  const matches = await verify(stored ?? (await decoy), bytes(password));
  return matches && stored !== undefined;
}

/** Stands for a password in the input of an idempotent request: equal for equal passwords, and useless without the server's secret. */
export function passwordFingerprint(config: Config, password: string): string {
  return createHmac('sha256', deriveKey(config, 'password-fingerprint')).update(bytes(password)).digest('base64url');
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import { createSigner, createVerifier } from 'fast-jwt';
import { LRUCache } from 'lru-cache';
import type { Config } from '../platform/config.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import type { Door } from './caller.ts';
import { bindingTokenUnusable } from './refusals.ts';

const ISSUER = 'xingfu';
const ACCESS_SECONDS = 600;
const BINDING_SECONDS = 600;
const BINDING_AUDIENCE = 'wechat-binding';

/** What a valid access token says. */
export interface AccessClaims {
  door: Door;
  subjectId: string;
  sessionId: string;
  /** Milliseconds of the epoch from which on the token is worth nothing. */
  expiresAt: number;
}

export type AccessFailure = 'TOKEN_MALFORMED' | 'TOKEN_EXPIRED' | 'WRONG_DOOR';

interface Payload {
  aud: string;
  sub: string;
  sid?: string;
  iat: number;
  exp: number;
}

/** JWTs, HS256, of one key. Made and read without leaving the turn of the event loop: a rush brings thousands a second. */
interface Jwt {
  make(payload: Payload): string;
  /** The payload, which may have expired; undefined for anything that was not made with this key. */
  read(token: string): Payload | undefined;
}

function jwtOf(key: Buffer): Jwt {
  const verify = createVerifier({
    key,
    algorithms: ['HS256'],
    allowedIss: ISSUER,
    requiredClaims: ['aud', 'sub', 'exp'],
    // A token's end is looked at by the injected clock and not by the library's.
    ignoreExpiration: true,
  });
  return {
    make: createSigner({ key, algorithm: 'HS256', iss: ISSUER }),
    read: (token) => {
      try {
        return verify(token) as Payload;
      } catch {
        return undefined;
      }
    },
  };
}

interface Keys {
  access: Jwt;
  binding: Jwt;
  refresh: Buffer;
  /** Tokens that were verified, so that a phone's next request costs a look-up and no cryptography. */
  verified: LRUCache<string, AccessClaims>;
}

const keysOfSecret = new WeakMap<Buffer, Keys>();

/** The secret's own key for a purpose, so that what was made for one can never pass for another. */
export function deriveKey(config: Config, purpose: string): Buffer {
  return createHmac('sha256', config.tokenSecret).update(purpose).digest();
}

function keysOf(config: Config): Keys {
  let keys = keysOfSecret.get(config.tokenSecret);
  if (!keys) {
    keys = {
      access: jwtOf(deriveKey(config, 'access-token')),
      binding: jwtOf(deriveKey(config, 'binding-token')),
      refresh: deriveKey(config, 'refresh-token'),
      verified: new LRUCache({ max: 50_000 }),
    };
    keysOfSecret.set(config.tokenSecret, keys);
  }
  return keys;
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}

/** An access token of ten minutes for one door, and when it ends. */
export function makeAccessToken(
  config: Config,
  { door, subjectId, sessionId }: { door: Door; subjectId: string; sessionId: string },
  now: Date,
): { token: string; expiresAt: Date } {
  const iat = seconds(now);
  const exp = iat + ACCESS_SECONDS;
  const token = keysOf(config).access.make({ aud: door, sub: subjectId, sid: sessionId, iat, exp });
  return { token, expiresAt: new Date(exp * 1000) };
}

/** Reads an access token at a door: its claims, or why it is worth nothing there. Never throws. */
export function readAccessToken(config: Config, door: Door, token: string, now: Date): AccessClaims | AccessFailure {
  const { access, verified } = keysOf(config);
  let claims = verified.get(token);
  if (!claims) {
    const payload = access.read(token);
    if (!payload?.sid) return 'TOKEN_MALFORMED';
    const { aud, sub, sid, exp } = payload;
    claims = { door: aud as Door, subjectId: sub, sessionId: sid, expiresAt: exp * 1000 };
    verified.set(token, claims);
  }
  if (now.getTime() >= claims.expiresAt) return 'TOKEN_EXPIRED';
  return claims.door === door ? claims : 'WRONG_DOOR';
}

const ID_BYTES = 26;
const BODY_BYTES = ID_BYTES + 4;
const MAC_BYTES = 32;

/**
 * The refresh token of a generation of a session. It is derived and stored nowhere: whoever reads the database cannot
 * make one, and the same generation always has the same token, so that a phone whose answer was cut off can ask again.
 */
export function makeRefreshToken(config: Config, sessionId: string, generation: number): string {
  const body = Buffer.alloc(BODY_BYTES);
  body.write(sessionId, 'ascii');
  body.writeUInt32BE(generation, ID_BYTES);
  const mac = createHmac('sha256', keysOf(config).refresh).update(body).digest();
  return Buffer.concat([body, mac]).toString('base64url');
}

/** Which generation of which session a refresh token is; undefined when this server did not make it. */
export function readRefreshToken(config: Config, token: string): { sessionId: string; generation: number } | undefined {
  if (!/^[A-Za-z0-9_-]{83}$/.test(token)) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== BODY_BYTES + MAC_BYTES) return undefined;
  const body = bytes.subarray(0, BODY_BYTES);
  const mac = createHmac('sha256', keysOf(config).refresh).update(body).digest();
  if (!timingSafeEqual(mac, bytes.subarray(BODY_BYTES))) return undefined;
  return { sessionId: body.toString('ascii', 0, ID_BYTES), generation: body.readUInt32BE(ID_BYTES) };
}

/** A token of ten minutes that says "this WeChat account has just proved itself", for the step that binds it to a member. */
export function makeBindingToken(config: Config, openid: string, now: Date): string {
  const iat = seconds(now);
  return keysOf(config).binding.make({ aud: BINDING_AUDIENCE, sub: openid, iat, exp: iat + BINDING_SECONDS });
}

/** The openid of a binding token. Refusal BINDING_TOKEN_UNUSABLE when it is forged, changed or older than ten minutes. */
export function readBindingToken(config: Config, token: string, now: Date): Result<string> {
  const payload = keysOf(config).binding.read(token);
  const usable = payload?.aud === BINDING_AUDIENCE && now.getTime() < payload.exp * 1000;
  return usable ? accept(payload.sub) : refuse(bindingTokenUnusable);
}

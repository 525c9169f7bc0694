import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
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

interface Keys {
  access: KeyObject;
  binding: KeyObject;
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
      access: createSecretKey(deriveKey(config, 'access-token')),
      binding: createSecretKey(deriveKey(config, 'binding-token')),
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

/** An access token of ten minutes for one door (JWT, HS256), and when it ends. */
export async function makeAccessToken(
  config: Config,
  claims: { door: Door; subjectId: string; sessionId: string },
  now: Date,
): Promise<{ token: string; expiresAt: Date }> {
  const expires = seconds(now) + ACCESS_SECONDS;
  const token = await new SignJWT({ sid: claims.sessionId })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(ISSUER)
    .setAudience(claims.door)
    .setSubject(claims.subjectId)
    .setIssuedAt(seconds(now))
    .setExpirationTime(expires)
    .sign(keysOf(config).access);
  return { token, expiresAt: new Date(expires * 1000) };
}

/** Reads an access token at a door: its claims, or why it is worth nothing there. Never throws. */
export async function readAccessToken(
  config: Config,
  door: Door,
  token: string,
  now: Date,
): Promise<AccessClaims | AccessFailure> {
  const { access, verified } = keysOf(config);
  let claims = verified.get(token);
  if (!claims) {
    try {
      const { payload } = await jwtVerify(token, access, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        requiredClaims: ['aud', 'sub', 'sid', 'exp'],
        currentDate: now,
      });
      claims = {
        door: payload.aud as Door,
        subjectId: payload.sub as string,
        sessionId: payload.sid as string,
        expiresAt: (payload.exp as number) * 1000,
      };
    } catch (error) {
      return error instanceof errors.JWTExpired ? 'TOKEN_EXPIRED' : 'TOKEN_MALFORMED';
    }
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
export function makeBindingToken(config: Config, openid: string, now: Date): Promise<string> {
  return new SignJWT({})
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(ISSUER)
    .setAudience(BINDING_AUDIENCE)
    .setSubject(openid)
    .setIssuedAt(seconds(now))
    .setExpirationTime(seconds(now) + BINDING_SECONDS)
    .sign(keysOf(config).binding);
}

/** The openid of a binding token. Refusal BINDING_TOKEN_UNUSABLE when it is forged, changed or older than ten minutes. */
export async function readBindingToken(config: Config, token: string, now: Date): Promise<Result<string>> {
  try {
    const { payload } = await jwtVerify(token, keysOf(config).binding, {
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience: BINDING_AUDIENCE,
      requiredClaims: ['sub', 'exp'],
      currentDate: now,
    });
    return accept(payload.sub as string);
  } catch {
    return refuse(bindingTokenUnusable);
  }
}

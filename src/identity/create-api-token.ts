import { createHmac } from 'node:crypto';
import type { Config } from '../platform/config.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { act } from './act.ts';
import { API_TOKEN_PREFIX } from './api-token.entity.ts';
import { recordAudit } from './audit.ts';
import { apiTokenHash } from './authenticate.ts';
import { type AdminCaller, mayIn } from './caller.ts';
import { isName } from './create-operator.ts';
import { lockAdmins } from './granting.ts';
import { pathOfUnion } from './queries.ts';
import { expiryUnfit, nameMalformed, permissionsUnfit, unionUnknown } from './refusals.ts';
import { ADMIN_PERMISSIONS } from './roles.ts';
import { deriveKey } from './tokens.ts';

export interface NewApiToken {
  /** The top of the branch in which the token is to be good. */
  unionId: string;
  name: string;
  permissions: readonly string[];
  expiresAt: Date;
}

const LONGEST_MS = 366 * 86_400_000;

// A program with this permission could make itself admins and tokens that outlive its own.
const FOR_PEOPLE_ONLY = 'admins:write';

/**
 * Makes an API token for a branch where the caller holds admins:write and every permission listed. Resolves with its id
 * and its plain text, which is stored nowhere: only this call, or the same call again with the same key, tells it.
 * Refusals NAME_MALFORMED, EXPIRY_UNFIT, UNION_UNKNOWN, PERMISSIONS_UNFIT.
 */
export async function createApiToken(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: NewApiToken,
): Promise<Result<{ id: string; token: string }>> {
  const { unionId, name, expiresAt } = input;
  const outcome = await act(deps, caller, { operation: 'createApiToken', key, input }, async (tx, now) => {
    if (!isName(name)) return refuse(nameMalformed);
    if (expiresAt <= now || expiresAt.getTime() > now.getTime() + LONGEST_MS) return refuse(expiryUnfit);
    const self = await lockAdmins(tx, caller);
    const path = await pathOfUnion(tx, unionId);
    if (path === undefined || !mayIn(self, 'admins:write', path)) return refuse(unionUnknown);
    const permissions = ADMIN_PERMISSIONS.filter((permission) => input.permissions.includes(permission));
    const known = new Set<string>(permissions);
    const fit = input.permissions.every((one) => known.has(one) && one !== FOR_PEOPLE_ONLY && mayIn(self, one, path));
    if (!fit || permissions.length === 0) return refuse(permissionsUnfit);
    const id = newId();
    await tx.query(
      `INSERT INTO api_token (id, union_id, name, token_hash, permissions, created_by, created_at, expires_at)
       VALUES (?)`,
      [
        [
          id,
          unionId,
          name,
          apiTokenHash(plainText(deps.config, id)),
          permissions.join(' '),
          self.operatorId,
          now,
          expiresAt,
        ],
      ],
    );
    const target = { targetKind: 'api-token', targetId: id, unionId };
    const after = { name, permissions, expiresAt };
    await recordAudit(tx, { actor: caller.actor, action: 'createApiToken', ...target, after }, now);
    return accept(id);
  });
  return outcome.ok ? accept({ id: outcome.value, token: plainText(deps.config, outcome.value) }) : outcome;
}

// Derived and not drawn by lot, so that a client which was cut off can have it by asking again with its key.
function plainText(config: Config, id: string): string {
  const mac = createHmac('sha256', deriveKey(config, 'api-token')).update(id).digest('base64url');
  return `${API_TOKEN_PREFIX}${id}_${mac}`;
}

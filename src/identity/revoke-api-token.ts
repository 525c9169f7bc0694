import type { Outcome } from '../platform/db/idempotency.ts';
import type { Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { accept, refuse } from '../platform/result.ts';
import { act } from './act.ts';
import { recordAudit } from './audit.ts';
import { type AdminCaller, type Grant, mayIn } from './caller.ts';
import { lockAdmins } from './granting.ts';
import { lookUpAnew } from './live-callers.ts';
import { apiTokenUnknown } from './refusals.ts';

/**
 * Revokes an API token of a branch where the caller holds admins:write; resolves with its id. Revoking again changes
 * nothing. Refusal API_TOKEN_UNKNOWN.
 */
export async function revokeApiToken(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { apiTokenId: string },
): Promise<Outcome> {
  const id = input.apiTokenId;
  return act(deps, caller, { operation: 'revokeApiToken', key, input }, async (tx, now) => {
    const self = await lockAdmins(tx, caller);
    const [token] = await tx.query<{ union_id: string; name: string; path: string }[]>(
      'SELECT t.union_id, t.name, u.path FROM api_token t JOIN union_node u ON u.id = t.union_id WHERE t.id = ?',
      [id],
    );
    if (!token || !mayIn(self, 'admins:write', token.path)) return refuse(apiTokenUnknown);
    if (!(await revoke(tx, [id], now))) return accept(id);
    const target = { targetKind: 'api-token', targetId: id, unionId: token.union_id };
    await recordAudit(
      tx,
      { actor: caller.actor, action: 'revokeApiToken', ...target, before: { name: token.name } },
      now,
    );
    return accept(id);
  });
}

/** Revokes those API tokens of an operator's making which hold a permission that these grants do not give. */
export async function revokeTokensBeyond(
  tx: Tx,
  operatorId: string,
  grants: readonly Grant[],
  now: Date,
): Promise<void> {
  const tokens = await tx.query<{ id: string; permissions: string; path: string }[]>(
    `SELECT t.id, t.permissions, u.path FROM api_token t JOIN union_node u ON u.id = t.union_id
     WHERE t.created_by = ? AND t.revoked_at IS NULL`,
    [operatorId],
  );
  const gives = (permission: string, path: string) =>
    grants.some((grant) => grant.permissions.has(permission) && path.startsWith(grant.unionPath));
  const beyond = tokens.filter(({ permissions, path }) => permissions.split(' ').some((one) => !gives(one, path)));
  await revoke(
    tx,
    beyond.map((token) => token.id),
    now,
  );
}

async function revoke(tx: Tx, ids: readonly string[], now: Date): Promise<boolean> {
  if (ids.length === 0) return false;
  const { affectedRows } = await tx.query<{ affectedRows: number }>(
    'UPDATE api_token SET revoked_at = ? WHERE id IN (?) AND revoked_at IS NULL',
    [now, ids],
  );
  for (const id of ids) lookUpAnew(tx.dataSource, id);
  return affectedRows > 0;
}

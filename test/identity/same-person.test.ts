import { expect, test } from 'vitest';
import type { AdminCaller } from '../../src/identity/caller.ts';
import { isSamePerson } from '../../src/identity/same-person.ts';
import { newId } from '../../src/platform/ids.ts';
import { anAccount } from '../judging/world.ts';
import type { TestDeps } from '../support/deps.ts';
import { aMember, aTree } from '../unions/tree.ts';

async function aTokenOf({ db }: TestDeps, { operatorId }: AdminCaller): Promise<{ actor: string }> {
  const id = newId();
  await db.query(
    `INSERT INTO api_token (id, name, token_hash, permissions, union_id, created_by, created_at, expires_at)
     SELECT ?, '人事系统', UNHEX(SHA2(?, 256)), '[]', id, ?, NOW(), '2099-01-01' FROM union_node LIMIT 1`,
    [id, id, operatorId],
  );
  return { actor: `api-token:${id}` };
}

test('two accounts of one member and the tokens that they made are one person, and nobody else is', async () => {
  const { deps, east } = await aTree();
  const { manager } = deps.db;
  const [ann, bob] = [await aMember(deps, east), await aMember(deps, east)];
  const account = (memberId: string | null) => anAccount(deps, east, 'federation-admin', { memberId });
  const [one, alias, other] = [await account(ann), await account(ann), await account(bob)];
  const [stranger, nobody] = [await account(null), await account(null)];
  const hers = [one, alias, await aTokenOf(deps, one), await aTokenOf(deps, alias)];
  const others = [
    other,
    stranger,
    await aTokenOf(deps, other),
    await aTokenOf(deps, stranger),
    { actor: 'system:jobs' },
  ];
  for (const caller of hers) {
    for (const { actor } of hers) expect(await isSamePerson(manager, caller, actor)).toBe(true);
    for (const { actor } of others) expect(await isSamePerson(manager, caller, actor)).toBe(false);
  }
  expect(await isSamePerson(manager, stranger, nobody.actor)).toBe(false);
  expect(await isSamePerson(manager, stranger, stranger.actor)).toBe(true);
});

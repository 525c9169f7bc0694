import type { AdminCaller } from '../../../src/identity/caller.ts';
import { post } from '../../../src/ledger/post.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { newId } from '../../../src/platform/ids.ts';
import { points } from '../../../src/platform/points.ts';
import { accrue } from '../../../src/rules/accrue.ts';
import { revokeEvent } from '../../../src/rules/corrections/revoke-event.ts';
import { setProgrammePolicy } from '../../../src/rules/corrections/set-policy.ts';
import { payWaiting } from '../../../src/rules/pay-waiting.ts';
import { accepted, adminOf, aWorld } from '../world.ts';

export const noProgress = async () => {};

/** The world of rules, with shorthands for what corrects it. */
export async function aCorrectableWorld(fields: Parameters<typeof aWorld>[0] = {}) {
  const world = await aWorld(fields);
  const { deps, caller, programmeId, unionId, outbox } = world;
  const { db, clock } = deps;

  const tryRevoke = (eventId: string, { by = caller, reason = '材料有误', key = newId() } = {}) =>
    revokeEvent(deps, by, key, { eventId, reason });
  const revoke = async (eventId: string): Promise<string> => accepted(await tryRevoke(eventId));
  /** Does what was asked of the jobs, and what that asks, until nothing is left. */
  const settle = async (): Promise<void> => {
    for (;;) {
      const asked = await outbox();
      if (asked.length === 0) return;
      await db.query('DELETE FROM outbox');
      for (const { job, payload } of asked) {
        if (job === 'accrue') await accrue(deps, payload.eventIds as string[]);
        else await payWaiting(deps, payload.programmeId as string, noProgress);
      }
    }
  };
  const spend = (memberId: string, amount: number) =>
    inTransaction(db, async (tx) => {
      const [spent] = await post(
        tx,
        [
          {
            programmeId,
            kind: 'redemption',
            debit: { kind: 'member', ownerId: memberId },
            credit: { kind: 'vouchers', ownerId: programmeId },
            points: points(amount),
            key: `redemption:${newId()}`,
            causeId: newId(),
          },
        ],
        clock.now(),
      );
      return spent!;
    });
  const owed = async (memberId: string): Promise<number> => {
    const [row] = await db.query("SELECT balance FROM account WHERE kind = 'owed' AND owner_id = ?", [memberId]);
    return 0 - (row?.balance ?? 0);
  };
  const issued = async (): Promise<number> => {
    const [row] = await db.query('SELECT issued FROM programme_budget WHERE programme_id = ?', [programmeId]);
    return row.issued;
  };
  /** How many transfers of each kind there are. */
  const kinds = async (): Promise<Record<string, number>> => {
    const rows: { kind: string; n: string }[] = await db.query(
      'SELECT kind, COUNT(*) AS n FROM transfer GROUP BY kind',
    );
    return Object.fromEntries(rows.map(({ kind, n }) => [kind, Number(n)]));
  };
  const policy = async (change: Omit<Parameters<typeof setProgrammePolicy>[3], 'programmeId'>) =>
    accepted(await setProgrammePolicy(deps, caller, newId(), { programmeId, ...change }));
  /** An admin of the union who is in the database, and perhaps one of its members. */
  const anAdmin = async (memberId: string | null = null): Promise<AdminCaller & { operatorId: string }> => {
    const admin = adminOf(`/${unionId}/`);
    const operatorId = admin.operatorId!;
    const operator = [operatorId, 'admin', operatorId, '管理员', 'none', clock.now(), memberId];
    await db.query('INSERT INTO operator (id, door, login, name, password_hash, created_at, member_id) VALUES (?)', [
      operator,
    ]);
    return { ...admin, operatorId };
  };
  return { ...world, tryRevoke, revoke, settle, spend, owed, issued, kinds, policy, anAdmin };
}

import { debts, sumsByKind } from '../../src/ledger/accounts.ts';
import { findBudget } from '../../src/ledger/budget.ts';
import { post, refund, reverse } from '../../src/ledger/post.ts';
import type { Proposal, Shortfall } from '../../src/ledger/transfer.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { points } from '../../src/platform/points.ts';
import { type TestDeps, testDeps } from '../support/deps.ts';
import { aProgramme, members } from '../support/ledger.ts';

export const inDays = (deps: TestDeps, days: number) => new Date(deps.clock.now().getTime() + days * 86_400_000);

/** The id of a transfer that was posted. */
export const id = (outcome: unknown) => (outcome as { value: { transferId: string } }).value.transferId;

/** A programme with two members, and shorthands for what moves their points. */
export async function world(budget?: number) {
  const deps = await testDeps();
  const { unionId, programmeId } = await aProgramme(deps, budget);
  const [ann, bob] = (await members(deps.db, unionId, 2)) as [string, string];
  const of = (kind: 'issuance' | 'vouchers' | 'prizes') => ({ kind, ownerId: programmeId });
  const moved = (amount: number) => ({ programmeId, points: points(amount), key: newId(), causeId: newId() });

  const earn = (memberId: string, amount: number, days = 100, key = `accrual:${newId()}`): Proposal => ({
    ...moved(amount),
    kind: 'accrual',
    debit: of('issuance'),
    credit: { kind: 'member', ownerId: memberId },
    key,
    expiresAt: inDays(deps, days),
  });
  const spend = (memberId: string, amount: number, key = `redemption:${newId()}`): Proposal => ({
    ...moved(amount),
    kind: 'redemption',
    debit: { kind: 'member', ownerId: memberId },
    credit: of('vouchers'),
    key,
  });
  const merchantId = newId();
  const charge = (memberId: string, amount: number): Proposal => ({
    ...moved(amount),
    kind: 'charge',
    debit: { kind: 'member', ownerId: memberId },
    credit: { kind: 'merchant', ownerId: merchantId },
  });
  /** A hand adjustment: gives when the amount is above zero, takes when it is below. */
  const adjust = (memberId: string, amount: number, days = 100): Proposal => {
    const member = { kind: 'member' as const, ownerId: memberId };
    const sides =
      amount > 0
        ? { debit: of('issuance'), credit: member, expiresAt: inDays(deps, days) }
        : { debit: member, credit: of('issuance') };
    return { ...moved(Math.abs(amount)), kind: 'adjustment', ...sides };
  };

  const posts = (...proposals: Proposal[]) => inTransaction(deps.db, (tx) => post(tx, proposals, deps.clock.now()));
  const reverses = (...ids: string[]) =>
    inTransaction(deps.db, (tx) =>
      reverse(
        tx,
        ids.map((transferId) => ({ transferId, causeId: newId() })),
        deps.clock.now(),
      ),
    );
  /** Takes one transfer back. */
  const revoke = async (transferId: string, shortfall?: Shortfall) => {
    const [outcome] = await inTransaction(deps.db, (tx) =>
      reverse(tx, [{ transferId, causeId: newId(), shortfall }], deps.clock.now()),
    );
    return outcome!;
  };

  /** Gives parts of a charge back, in one transaction. */
  const refunds = (transferId: string, ...amounts: number[]) =>
    inTransaction(deps.db, (tx) =>
      refund(
        tx,
        amounts.map((amount) => ({ transferId, points: points(amount), key: newId(), causeId: newId() })),
        deps.clock.now(),
      ),
    );

  const balance = async (memberId: string) => {
    const [account] = await deps.db.query("SELECT balance FROM account WHERE kind = 'member' AND owner_id = ?", [
      memberId,
    ]);
    return account?.balance ?? 0;
  };
  const lots = async (memberId: string): Promise<number[]> =>
    (
      await deps.db.query(
        'SELECT lot.remaining FROM lot JOIN account ON account.id = lot.account_id WHERE owner_id = ? ORDER BY expires_at, lot.id',
        [memberId],
      )
    ).map((row: { remaining: number }) => row.remaining);
  const owed = async (memberId: string) =>
    (await debts(deps.db.manager, [memberId])).get(`${programmeId} ${memberId}`) ?? 0;
  const issued = async () => (await findBudget(deps.db.manager, programmeId))!.issued;
  /** What a programme's accounts hold that belong to no member, those without points left out. */
  const sums = async () =>
    Object.fromEntries([...(await sumsByKind(deps.db.manager, programmeId))].filter(([, sum]) => sum !== 0));
  /** Kinds and points of all transfers, in the order of posting. */
  const transfers = async (): Promise<[kind: string, points: number][]> =>
    (await deps.db.query('SELECT kind, points FROM transfer ORDER BY id')).map(
      (row: { kind: string; points: number }) => [row.kind, row.points],
    );
  return {
    deps,
    programmeId,
    ann,
    bob,
    earn,
    spend,
    charge,
    adjust,
    posts,
    reverses,
    revoke,
    refunds,
    balance,
    lots,
    owed,
    issued,
    sums,
    transfers,
  };
}

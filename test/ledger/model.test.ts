import fc from 'fast-check';
import { expect, test } from 'vitest';
import { debts, sumsByKind } from '../../src/ledger/accounts.ts';
import { expireLots } from '../../src/ledger/expire-lots.ts';
import { post, refund, reverse } from '../../src/ledger/post.ts';
import type { Proposal, Shortfall } from '../../src/ledger/transfer.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { points } from '../../src/platform/points.ts';
import { emptyDatabase } from '../support/database.ts';
import { testDeps } from '../support/deps.ts';
import { aProgramme, members } from '../support/ledger.ts';
import { Model } from './model.ts';

const owner = fc.integer({ min: 0, max: 2 });
const amount = fc.integer({ min: 1, max: 50 });
const command = fc.oneof(
  fc.record({
    do: fc.constant('earn' as const),
    kind: fc.constantFrom('accrual' as const, 'adjustment' as const),
    owner,
    amount,
    days: fc.integer({ min: 1, max: 20 }),
  }),
  fc.record({
    do: fc.constant('spend' as const),
    by: fc.constantFrom('redemption' as const, 'adjustment' as const, 'charge' as const),
    owner,
    amount,
  }),
  fc.record({ do: fc.constant('giveBack' as const), index: fc.nat(30) }),
  fc.record({ do: fc.constant('refund' as const), index: fc.nat(30), amount }),
  fc.record({
    do: fc.constant('revoke' as const),
    index: fc.nat(30),
    shortfall: fc.constantFrom(undefined, 'owe' as const, 'write_off' as const),
  }),
  fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ do: fc.constant('expire' as const) }),
);

test('any order of earning, spending, giving back in whole and in part, taking back and waiting leaves everybody with what a child would count', async () => {
  const deps = await testDeps();
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 30 }), async (commands) => {
      await emptyDatabase(deps.db);
      deps.clock.set('2026-08-03T02:00:00.000Z');
      const { unionId, programmeId } = await aProgramme(deps);
      const ids = await members(deps.db, unionId, 3);
      const model = new Model();
      const now = () => deps.clock.now().getTime();
      const memberOf = (owner: number) => ({ kind: 'member' as const, ownerId: ids[owner]! });
      const programmes = (kind: 'issuance' | 'vouchers') => ({ kind, ownerId: programmeId });
      const merchant = { kind: 'merchant' as const, ownerId: newId() };
      const paid = { redemption: programmes('vouchers'), adjustment: programmes('issuance'), charge: merchant };
      const one = async (proposal: Pick<Proposal, 'kind' | 'debit' | 'credit' | 'expiresAt'>, amount: number) => {
        const whole = { ...proposal, programmeId, points: points(amount), key: newId(), causeId: newId() };
        const [outcome] = await inTransaction(deps.db, (tx) => post(tx, [whole], deps.clock.now()));
        return outcome!;
      };
      const back = async (transferId: string, shortfall?: Shortfall) => {
        const wanted = [{ transferId, causeId: newId(), shortfall }];
        const [outcome] = await inTransaction(deps.db, (tx) => reverse(tx, wanted, deps.clock.now()));
        return outcome!;
      };
      for (const command of commands) {
        if (command.do === 'wait') deps.clock.advance({ days: command.days });
        if (command.do === 'expire') await expireLots(deps);
        if (command.do === 'earn') {
          const expires = now() + command.days * 86_400_000;
          const sides = { debit: programmes('issuance'), credit: memberOf(command.owner) };
          const earned = await one({ kind: command.kind, ...sides, expiresAt: new Date(expires) }, command.amount);
          if (!earned.ok) throw new Error('points within the budget were refused');
          model.earn(earned.value.transferId, command.owner, command.amount, expires);
        }
        if (command.do === 'spend') {
          const enough = model.balance(command.owner, now()) >= command.amount;
          const sides = { debit: memberOf(command.owner), credit: paid[command.by] };
          const spent = await one({ kind: command.by, ...sides }, command.amount);
          expect(spent.ok).toBe(enough);
          if (spent.ok)
            model.spend(spent.value.transferId, command.owner, command.amount, command.by === 'charge', now());
        }
        const spendings = model.spendings.filter(({ isCharge }) => isCharge === (command.do === 'refund'));
        if (command.do === 'giveBack' && spendings.length > 0) {
          const spending = spendings[command.index % spendings.length]!;
          model.giveBack(spending);
          await back(spending.id);
        }
        if (command.do === 'refund' && spendings.length > 0) {
          const charge = spendings[command.index % spendings.length]!;
          const part = {
            transferId: charge.id,
            points: points(command.amount),
            key: newId(),
            causeId: newId(),
          };
          const [outcome] = await inTransaction(deps.db, (tx) => refund(tx, [part], deps.clock.now()));
          expect(outcome!.ok).toBe(model.refund(charge, command.amount));
        }
        if (command.do === 'revoke' && model.heaps.length > 0) {
          const heap = model.heaps[command.index % model.heaps.length]!;
          const allowed = model.revoke(heap, command.shortfall, now());
          expect((await back(heap.id, command.shortfall)).ok).toBe(allowed);
        }
      }
      // A spending of nobody opens each member's book once more, so that what has lapsed is off the stored balance.
      for (const [i, ownerId] of ids.entries()) {
        const beyond = { kind: 'redemption' as const, debit: memberOf(i), credit: programmes('vouchers') };
        await one(beyond, Number.MAX_SAFE_INTEGER);
        const [row] = await deps.db.query("SELECT balance FROM account WHERE kind = 'member' AND owner_id = ?", [
          ownerId,
        ]);
        expect(row?.balance ?? 0).toBe(model.balance(i, now()));
      }
      const owed = await debts(deps.db.manager, ids);
      expect(ids.map((id) => owed.get(`${programmeId} ${id}`) ?? 0)).toEqual(model.debts);
      const sums = await sumsByKind(deps.db.manager, programmeId);
      expect(sums.get('breakage') ?? 0).toBe(model.expired(now()));
      expect((sums.get('written_off') ?? 0) + model.writtenOff).toBe(0);
      await expect(deps).toHaveCoherentLedger();
    }),
    { numRuns: 40 },
  );
}, 180_000);

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { post, reverse } from '../../src/ledger/post.ts';
import type { Proposal } from '../../src/ledger/transfer.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { points } from '../../src/platform/points.ts';
import { emptyDatabase } from '../support/database.ts';
import { testDeps } from '../support/deps.ts';
import { aProgramme, members } from '../support/ledger.ts';

/** The ledger as a child would keep it: heaps of points with a last moment each. */
class Model {
  lots: { id: string; owner: number; remaining: number; expires: number }[] = [];
  spendings: { id: string; owner: number; taken: [lot: string, points: number][]; reversed: boolean }[] = [];

  live(owner: number, now: number) {
    return this.lots
      .filter((lot) => lot.owner === owner && lot.expires > now && lot.remaining > 0)
      .sort((a, b) => a.expires - b.expires || (a.id < b.id ? -1 : 1));
  }

  balance(owner: number, now: number): number {
    return this.live(owner, now).reduce((sum, lot) => sum + lot.remaining, 0);
  }

  spend(id: string, owner: number, amount: number, now: number) {
    const taken: [string, number][] = [];
    let rest = amount;
    for (const lot of this.live(owner, now)) {
      const part = Math.min(rest, lot.remaining);
      lot.remaining -= part;
      rest -= part;
      if (part > 0) taken.push([lot.id, part]);
    }
    this.spendings.push({ id, owner, taken, reversed: false });
  }

  reverse(index: number) {
    const spending = this.spendings[index % this.spendings.length]!;
    if (!spending.reversed)
      for (const [id, part] of spending.taken) this.lots.find((lot) => lot.id === id)!.remaining += part;
    spending.reversed = true;
    return spending.id;
  }
}

const owner = fc.integer({ min: 0, max: 2 });
const amount = fc.integer({ min: 1, max: 50 });
const command = fc.oneof(
  fc.record({ do: fc.constant('earn' as const), owner, amount, days: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ do: fc.constant('spend' as const), owner, amount }),
  fc.record({ do: fc.constant('reverse' as const), index: fc.nat(30) }),
  fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 6 }) }),
);

test('any order of earning, spending, giving back and waiting leaves every member with what a child would count', async () => {
  const deps = await testDeps();
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 25 }), async (commands) => {
      await emptyDatabase(deps.db);
      deps.clock.set('2026-08-03T02:00:00.000Z');
      const { unionId, programmeId } = await aProgramme(deps);
      const ids = await members(deps.db, unionId, 3);
      const model = new Model();
      const now = () => deps.clock.now().getTime();
      const one = async (proposal: Pick<Proposal, 'kind' | 'debit' | 'credit' | 'expiresAt'>, amount: number) => {
        const whole = { ...proposal, programmeId, points: points(amount), key: newId(), causeId: newId() };
        const [outcome] = await inTransaction(deps.db, (tx) => post(tx, [whole], deps.clock.now()));
        return outcome!;
      };
      for (const command of commands) {
        if (command.do === 'wait') deps.clock.advance({ days: command.days });
        if (command.do === 'earn') {
          const expires = now() + command.days * 86_400_000;
          const earned = await one(
            {
              kind: 'accrual',
              debit: { kind: 'issuance', ownerId: programmeId },
              credit: { kind: 'member', ownerId: ids[command.owner]! },
              expiresAt: new Date(expires),
            },
            command.amount,
          );
          if (!earned.ok) throw new Error('an accrual within the budget was refused');
          model.lots.push({ id: earned.value.transferId, owner: command.owner, remaining: command.amount, expires });
        }
        if (command.do === 'spend') {
          const enough = model.balance(command.owner, now()) >= command.amount;
          const spent = await one(
            {
              kind: 'redemption',
              debit: { kind: 'member', ownerId: ids[command.owner]! },
              credit: { kind: 'vouchers', ownerId: programmeId },
            },
            command.amount,
          );
          expect(spent.ok).toBe(enough);
          if (spent.ok) model.spend(spent.value.transferId, command.owner, command.amount, now());
        }
        if (command.do === 'reverse' && model.spendings.length > 0) {
          const transferId = model.reverse(command.index);
          await inTransaction(deps.db, (tx) => reverse(tx, [{ transferId, causeId: newId() }], deps.clock.now()));
        }
      }
      // A spending of nobody opens each member's book once more, so that what has lapsed is off the stored balance.
      for (const [i, memberId] of ids.entries()) {
        await one(
          {
            kind: 'redemption',
            debit: { kind: 'member', ownerId: memberId },
            credit: { kind: 'vouchers', ownerId: programmeId },
          },
          Number.MAX_SAFE_INTEGER,
        );
        const [row] = await deps.db.query("SELECT balance FROM account WHERE kind = 'member' AND owner_id = ?", [
          memberId,
        ]);
        expect(row?.balance ?? 0).toBe(model.balance(i, now()));
      }
      await expect(deps).toHaveCoherentLedger();
    }),
    { numRuns: 25 },
  );
}, 120_000);

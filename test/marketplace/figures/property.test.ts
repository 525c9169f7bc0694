import fc from 'fast-check';
import { expect, test } from 'vitest';
import { expireLots } from '../../../src/ledger/expire-lots.ts';
import { post, refund, reverse } from '../../../src/ledger/post.ts';
import { rollUpFigures } from '../../../src/marketplace/figures/roll-up-figures.ts';
import { lapseVouchers } from '../../../src/marketplace/lapse-vouchers.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { newId } from '../../../src/platform/ids.ts';
import { points } from '../../../src/platform/points.ts';
import { emptyDatabase } from '../../support/database.ts';
import { testDeps } from '../../support/deps.ts';
import {
  flowsByRollups,
  flowsByScans,
  flowsByTransfers,
  heldByMonth,
  membersOfTransfers,
  outstandingByAccounts,
  outstandingByRollups,
} from './oracle.ts';
import { aCityWithFigures } from './world.ts';

const member = fc.nat(2);
const any = fc.nat(1000);
const amount = fc.integer({ min: 1, max: 300 });
const bill = fc.option(fc.integer({ min: 1, max: 100_000_000 }));
const percent = fc.option(fc.integer({ min: 1, max: 99 }));

const command = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('earn' as const), member, amount }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('redeem' as const), member, any }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('verify' as const), any }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('charge' as const), member, amount, any }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('refund' as const), amount, any }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'cancel' as const), any }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('adjust' as const), member, amount, takes: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('revoke' as const),
      any,
      shortfall: fc.constantFrom('owe' as const, 'write_off' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('show' as const), member, any, bill, percent }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('sweep' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), member, any }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('roll-up' as const) }) },
);

test('whatever happened, and however often the job ran meanwhile, the rollups are the sums over the transfers and the cards shown', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 20, maxLength: 60, size: 'max' }), async (commands) => {
      await emptyDatabase((await testDeps()).db);
      const city = await aCityWithFigures();
      const { deps, programmeId, memberIds, merchantIds, stalls } = city;
      const { db, clock } = deps;
      const offers = [
        await city.offerOf(0, { price: 30, lapse_policy: 'refund' }),
        await city.offerOf(0, { price: 50, lapse_policy: 'forfeit' }),
        await city.offerOf(1, { price: 70, lapse_policy: 'refund' }),
        await city.offerOf(1, { price: 20, lapse_policy: 'forfeit' }),
      ];
      const unions = [city.cityId, city.eastId, city.westId, city.streetId, city.elsewhereId];
      const whereabouts = new Map(memberIds.map((id) => [id, city.cityId]));
      const earned: string[] = [];
      const bought: { id: string; stall: 0 | 1 }[] = [];
      const charged: string[] = [];
      const shown = new Map<string, string>();
      const verified: { id: string; stall: 0 | 1 }[] = [];
      const one = <T>(list: readonly T[], any: number): T | undefined => list[any % list.length];
      const pay = async (...[proposal]: Parameters<typeof post>[1]) => {
        const [outcome] = await inTransaction(db, (tx) => post(tx, [proposal!], clock.now()));
        return outcome?.ok ? [outcome.value.transferId] : [];
      };
      const base = (sum: number) => ({ programmeId, points: points(sum), key: newId(), causeId: newId() });
      const issuance = { kind: 'issuance' as const, ownerId: programmeId };
      const account = (i: number) => ({ kind: 'member' as const, ownerId: memberIds[i]! });

      // A member counts where she is when the job meets her transfer or her card.
      const counted = new Map<string, string>();
      const rollUp = async () => {
        await rollUpFigures(deps);
        for (const [id, memberId] of [...(await membersOfTransfers(db)), ...shown]) {
          const unionId = whereabouts.get(memberId)!;
          if (!counted.has(id)) counted.set(id, unionId === city.elsewhereId ? city.cityId : unionId);
        }
      };

      for (const step of commands) {
        if (step.do === 'earn') {
          const expiresAt = new Date(clock.now().getTime() + 15 * 86_400_000);
          const sides = { debit: issuance, credit: account(step.member), expiresAt };
          earned.push(...(await pay({ ...base(step.amount), kind: 'accrual', ...sides })));
        } else if (step.do === 'redeem') {
          const at = step.any % offers.length;
          const outcome = await city.buy(memberIds[step.member]!, offers[at]!);
          if (outcome.ok) bought.push({ id: outcome.value, stall: at < 2 ? 0 : 1 });
        } else if (step.do === 'verify') {
          const voucher = one(bought, step.any);
          const outcome = voucher && (await city.verify(voucher.id, stalls[voucher.stall]));
          if (outcome?.ok) verified.push({ id: outcome.value, stall: voucher!.stall });
        } else if (step.do === 'undo') {
          const verification = one(verified, step.any);
          if (verification) await city.undo(verification.id, stalls[verification.stall]!.caller);
        } else if (step.do === 'cancel') {
          const voucher = one(bought, step.any);
          for (const memberId of voucher ? memberIds : []) await city.cancel(memberId, voucher!.id);
        } else if (step.do === 'charge') {
          const merchant = { kind: 'merchant' as const, ownerId: merchantIds[step.any % 2]! };
          const sides = { debit: account(step.member), credit: merchant };
          charged.push(...(await pay({ ...base(step.amount), kind: 'charge', ...sides })));
        } else if (step.do === 'refund') {
          const transferId = one(charged, step.any);
          const part = { transferId: transferId!, points: points(step.amount), key: newId(), causeId: newId() };
          if (transferId) await inTransaction(db, (tx) => refund(tx, [part], clock.now()));
        } else if (step.do === 'adjust') {
          const expiresAt = new Date(clock.now().getTime() + 15 * 86_400_000);
          const sides = step.takes
            ? { debit: account(step.member), credit: issuance }
            : { debit: issuance, credit: account(step.member), expiresAt };
          earned.push(...(await pay({ ...base(step.amount), kind: 'adjustment', ...sides })));
        } else if (step.do === 'revoke') {
          const transferId = one(earned, step.any);
          const reversal = { transferId: transferId!, causeId: newId(), shortfall: step.shortfall };
          if (transferId) await inTransaction(db, (tx) => reverse(tx, [reversal], clock.now()));
        } else if (step.do === 'show') {
          const memberId = memberIds[step.member]!;
          // Every other card is shown where something is agreed; in words, or in per cent as well.
          const agreed =
            step.any % 4 < 2 ? { discount: '会员优惠', percent: step.percent } : { discount: null, percent: null };
          shown.set(await city.show(memberId, step.any % 2 === 0 ? 0 : 1, { billFen: step.bill, ...agreed }), memberId);
        } else if (step.do === 'wait') {
          clock.advance({ days: step.days });
        } else if (step.do === 'sweep') {
          await lapseVouchers(deps);
          await expireLots(deps);
        } else if (step.do === 'move') {
          const unionId = one(unions, step.any)!;
          whereabouts.set(memberIds[step.member]!, unionId);
          await city.moveTo(memberIds[step.member]!, unionId);
        } else {
          await rollUp();
        }
      }
      await rollUp();

      const where = (id: string) => counted.get(id)!;
      const flows = { ...(await flowsByTransfers(db, where)), ...(await flowsByScans(db, where)) };
      expect(await flowsByRollups(db)).toEqual(flows);
      const home = (memberId: string) => {
        const unionId = whereabouts.get(memberId)!;
        return unionId === city.elsewhereId ? city.cityId : unionId;
      };
      expect(await outstandingByRollups(db)).toEqual(await outstandingByAccounts(db, home));
      expect(await heldByMonth(db, 'rollups')).toEqual(await heldByMonth(db, 'transfers'));
      const [issued] = await db.query('SELECT issued FROM programme_budget WHERE programme_id = ?', [programmeId]);
      const [rolled] = await db.query("SELECT SUM(issued) AS issued FROM figure_month WHERE merchant_id = ''");
      expect(Number(rolled.issued ?? 0)).toBe(issued.issued);
      await expect(deps).toHaveCoherentLedger();
    }),
    { numRuns: 6, interruptAfterTimeLimit: 200_000 },
  );
}, 240_000);

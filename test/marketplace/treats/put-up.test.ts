import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeTreatPlan } from '../../../src/marketplace/treats/change-treat-plan.ts';
import { createTreatPlan } from '../../../src/marketplace/treats/create-treat-plan.ts';
import { dueRounds, nextRoundDay, roundDay } from '../../../src/marketplace/treats/due-rounds.ts';
import { putUpTreats } from '../../../src/marketplace/treats/put-up-treats.ts';
import { pauseTreatPlan, resumeTreatPlan } from '../../../src/marketplace/treats/set-plan-state.ts';
import { isWorkingDay } from '../../../src/notices/working-days.ts';
import { addDays } from '../../../src/platform/clock.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted } from '../../support/market.ts';
import { audited, rowsIn } from '../support.ts';
import { aTreat, OPENS } from './world.ts';

describe('the days of a treat', () => {
  const fifteenth = { dayOfMonth: 15, whenRest: 'workday_before', daysAhead: 5 } as const;

  test('a 15th that is a day of rest is given on it, or on the workday before, by setting', () => {
    // Saturday 15 August 2026; Sunday 15 February 2026, whose Saturday makes up for a day of the Spring Festival.
    expect(roundDay({ ...fifteenth, whenRest: 'on_the_day' }, '2026-08')).toBe('2026-08-15');
    expect(roundDay(fifteenth, '2026-08')).toBe('2026-08-14');
    expect(roundDay(fifteenth, '2026-02')).toBe('2026-02-14');
    expect(roundDay(fifteenth, '2026-09')).toBe('2026-09-15');
  });

  test('a treat of the first can fall into the month before, and is still the treat of its own', () => {
    const first = { dayOfMonth: 1, whenRest: 'workday_before', daysAhead: 3 } as const;
    expect(dueRounds(first, '2026-09-30')).toEqual([{ month: '2026-10', day: '2026-09-30' }]);
    expect(dueRounds(first, '2026-10-01')).toEqual([]);
    expect(nextRoundDay(first, '2026-09-30')).toBe('2026-09-30');
    expect(nextRoundDay(first, '2026-10-31')).toBe('2026-12-01');
  });

  test('whatever is laid down, each month has one day, its round is due from so many days ahead until that day is over, and none is due at another time', () => {
    const plans = fc.record({
      dayOfMonth: fc.integer({ min: 1, max: 28 }),
      whenRest: fc.constantFrom('on_the_day' as const, 'workday_before' as const),
      daysAhead: fc.integer({ min: 0, max: 20 }),
    });
    fc.assert(
      fc.property(plans, fc.integer({ min: 0, max: 700 }), (plan, offset) => {
        const today = addDays('2025-06-01', offset);
        for (const { month, day } of dueRounds(plan, today)) {
          expect(day).toBe(roundDay(plan, month));
          expect(day >= today && addDays(today, plan.daysAhead) >= day).toBe(true);
          if (plan.whenRest === 'workday_before') expect(isWorkingDay(day)).toBe(true);
        }
        // Day by day until the next one: it is due on the last days, and on its own.
        const next = nextRoundDay(plan, today);
        expect(next >= today).toBe(true);
        expect(dueRounds(plan, next).map(({ day }) => day)).toContain(next);
        const from = addDays(next, -plan.daysAhead);
        if (from > today) expect(dueRounds(plan, addDays(from, -1)).map(({ day }) => day)).not.toContain(next);
        if (from >= today) expect(dueRounds(plan, from).map(({ day }) => day)).toContain(next);
      }),
    );
  });
});

describe('a round', () => {
  test('is put up so many days ahead: an offer for each line, free, one in all, from the minute until the day ends', async () => {
    const { deps, rounds, stock, outletId, otherOutletId, merchantId } = await aTreat();
    deps.clock.set('2026-08-09T15:59:59.999Z');
    expect(await putUpTreats(deps)).toBe(0);
    deps.clock.set('2026-08-09T16:00:00.000Z');
    expect(await putUpTreats(deps)).toBe(1);
    const [round] = await rounds();
    expect(round).toMatchObject({ month: '2026-08', day: '2026-08-15' });
    const offers = await deps.db.query(
      `SELECT title, merchant_id AS merchantId, price, sale_from AS saleFrom, sale_to AS saleTo, state,
              limit_count AS limitCount, limit_period AS limitPeriod, limit_group AS limitGroup,
              use_until AS useUntil, lapse_policy AS lapsePolicy, outlet_id AS outletId
       FROM offer JOIN offer_outlet ON offer_id = id ORDER BY id`,
    );
    const common = {
      merchantId,
      price: 0,
      saleFrom: new Date(OPENS),
      saleTo: new Date('2026-08-15T16:00:00.000Z'),
      state: 'on_sale',
      limitCount: 1,
      limitPeriod: 'ever',
      limitGroup: round!.id,
      useUntil: '2026-08-15',
      lapsePolicy: 'forfeit',
    };
    expect(offers).toEqual([
      { title: '奶茶一杯', outletId, ...common },
      { title: '咖啡一杯', outletId: otherOutletId, ...common },
    ]);
    expect(await Promise.all(round!.lines.map((line) => stock(line.offerId!)))).toEqual([3, 2]);
    expect(await audited(deps)).toEqual(['createTreatPlan', 'putUpTreat']);
  });

  test('is put up once for each month, however often, on however many machines, and though the clock is set back', async () => {
    const { deps, rounds } = await aTreat();
    deps.clock.set('2026-08-12T00:00:00.000Z');
    const made = await Promise.all([putUpTreats(deps), putUpTreats({ ...deps }), putUpTreats({ ...deps })]);
    expect(made.toSorted()).toEqual([0, 0, 1]);
    deps.clock.set('2026-08-10T00:00:00.000Z');
    expect(await putUpTreats(deps)).toBe(0);
    deps.clock.set('2026-09-15T15:59:59.999Z');
    expect(await putUpTreats(deps)).toBe(1);
    deps.clock.set('2026-08-15T00:00:00.000Z');
    expect(await putUpTreats(deps)).toBe(0);
    expect((await rounds()).map(({ month }) => month)).toEqual(['2026-08', '2026-09']);
    expect(await rowsIn(deps, 'offer')).toBe(4);
  });

  test('that was missed is put up late as long as its day is not over, and not after', async () => {
    const { deps, rounds, buy, memberIds } = await aTreat();
    deps.clock.set('2026-08-15T15:59:59.999Z');
    expect(await putUpTreats(deps)).toBe(1);
    const [{ lines }] = (await rounds()) as [Awaited<ReturnType<typeof rounds>>[number]];
    accepted(await buy(memberIds[0]!, lines[0]!.offerId!));
    deps.clock.set('2026-09-15T16:00:00.000Z');
    expect(await putUpTreats(deps)).toBe(0);
  });

  test('leaves out a merchant without contract on its day or not active, says why, and takes it in once that is mended', async () => {
    const { deps, rounds, programmeId, merchantId } = await aTreat();
    await deps.db.query("UPDATE contract SET until_day = '2026-08-14'");
    await deps.db.query("UPDATE merchant SET state = 'suspended' WHERE id = ?", [merchantId]);
    deps.clock.set('2026-08-10T00:00:00.000Z');
    expect(await putUpTreats(deps)).toBe(1);
    const states = async () => (await rounds()).map(({ lines }) => lines.map(({ leftOut }) => leftOut));
    expect(await states()).toEqual([['merchant_not_active', 'merchant_not_active']]);
    await deps.db.query("UPDATE merchant SET state = 'active' WHERE id = ?", [merchantId]);
    expect(await putUpTreats(deps)).toBe(0);
    expect(await states()).toEqual([['no_contract', 'no_contract']]);
    expect(await rowsIn(deps, 'offer')).toBe(0);
    await deps.db.query(
      `INSERT INTO contract (id, programme_id, merchant_id, number, from_day, settlement, signed_by, signed_at)
       VALUES (?, ?, ?, 'HT-2', '2026-08-15', 'postpaid', 'system', NOW())`,
      [newId(), programmeId, merchantId],
    );
    await putUpTreats(deps);
    await putUpTreats(deps);
    expect(await states()).toEqual([[null, null]]);
    expect(await rowsIn(deps, 'offer')).toBe(2);
    expect(await audited(deps)).toEqual(['createTreatPlan', 'putUpTreat', 'completeTreat']);
  });

  test('waits for review where the programme reviews offers, submitted by who laid the treat down', async () => {
    const { deps, programmeId, admin } = await aTreat();
    await deps.db.query(
      `INSERT INTO programme_policy (programme_id, overspent, adjustment_limit, claim_due_days, second_publisher, review_offers)
       VALUES (?, 'owe', 500, 5, 0, 1)`,
      [programmeId],
    );
    deps.clock.set('2026-08-10T00:00:00.000Z');
    await putUpTreats(deps);
    expect(await deps.db.query('SELECT DISTINCT state, submitted_by AS submittedBy FROM offer')).toEqual([
      { state: 'in_review', submittedBy: admin.actor },
    ]);
  });

  test('stays as it was put up when the plan is changed; the next one follows the change', async () => {
    const { deps, admin, plan, planId, rounds, outletId } = await aTreat();
    deps.clock.set('2026-08-10T00:00:00.000Z');
    await putUpTreats(deps);
    const lines = [{ outletId, what: '午餐一份', quantity: 9 }];
    const changed = { ...plan, dayOfMonth: 20, lines };
    accepted(await changeTreatPlan(deps, admin, newId(), { planId, plan: changed }));
    deps.clock.set('2026-08-18T00:00:00.000Z');
    expect(await putUpTreats(deps)).toBe(0);
    deps.clock.set('2026-09-15T00:00:00.000Z');
    expect(await putUpTreats(deps)).toBe(1);
    expect((await rounds()).map(({ day, lines: all }) => [day, ...all.map(({ what }) => what)])).toEqual([
      ['2026-08-15', '奶茶一杯', '咖啡一杯'],
      ['2026-09-20', '午餐一份'],
    ]);
  });

  test('of a paused plan is not put up, until it is resumed', async () => {
    const { deps, admin, planId } = await aTreat();
    deps.clock.set('2026-08-12T00:00:00.000Z');
    accepted(await pauseTreatPlan(deps, admin, newId(), { planId }));
    expect(await putUpTreats(deps)).toBe(0);
    accepted(await resumeTreatPlan(deps, admin, newId(), { planId }));
    expect(await putUpTreats(deps)).toBe(1);
  });

  test('that fails keeps no other plan from its round, and is put up by the next run', async () => {
    const { deps, admin, rounds, plan, planId, programmeId } = await aTreat();
    accepted(await createTreatPlan(deps, admin, newId(), { programmeId, plan: { ...plan, name: '另一份' } }));
    // A time that no clock has: the first plan's round cannot be written.
    await deps.db.query("UPDATE treat_plan SET opens = 'noon!' WHERE id = ?", [planId]);
    deps.clock.set('2026-08-12T00:00:00.000Z');
    await expect(putUpTreats(deps)).rejects.toThrow();
    expect(await rounds()).toHaveLength(1);
    await deps.db.query("UPDATE treat_plan SET opens = '10:00' WHERE id = ?", [planId]);
    expect(await putUpTreats(deps)).toBe(1);
    expect(await rounds()).toHaveLength(2);
  });
});

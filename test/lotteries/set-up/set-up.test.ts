import { expect, test } from 'vitest';
import { prepareLotteries } from '../../../src/lotteries/prepare-lotteries.ts';
import { changeLottery } from '../../../src/lotteries/set-up/change-lottery.ts';
import { createLottery } from '../../../src/lotteries/set-up/create-lottery.ts';
import { openLottery } from '../../../src/lotteries/set-up/open-lottery.ts';
import { lotteryAsked, prizesOf } from '../../../src/lotteries/set-up/set-up-queries.ts';
import { newId } from '../../../src/platform/ids.ts';
import { points } from '../../../src/platform/points.ts';
import { accepted, anAdmin, auditTrail, refused } from '../../unions/tree.ts';
import { aLotteryWorld, aPrize, asked, heldForPrizes, lotteryOf, operators, TIMES } from '../world.ts';

test('a draft is kept as it was asked, can be set up anew altogether, and both are audited', async () => {
  const { deps, admin, programmeId, draft, offer } = await aLotteryWorld();
  const offerId = await offer();
  const parties = (await operators(deps, 3)).map((operatorId, i) => ({ name: `第${i + 1}方`, operatorId }));
  const terms = {
    prizes: [aPrize(), aPrize({ tier: 2, name: '奶茶', kind: 'voucher', points: null, offerId, quantity: 3 })],
    entropy: 'reveals' as const,
    parties,
  };

  const id = await draft(terms);
  expect(await lotteryAsked(deps.db.manager, await lotteryOf(deps, id))).toEqual(asked(terms));
  expect(await lotteryOf(deps, id)).toMatchObject({ state: 'draft', programmeId, month: '2026-09', templateId: null });

  const drawsAt = new Date('2026-10-01T02:00:00.000Z');
  const anew = asked({ ticketPrice: null, boughtAtMost: 0 }, { name: '国庆抽奖', drawsAt });
  accepted(await changeLottery(deps, admin, newId(), { lotteryId: id, ...anew }));

  expect(await lotteryAsked(deps.db.manager, await lotteryOf(deps, id))).toEqual(anew);
  expect((await lotteryOf(deps, id)).month).toBe('2026-10');
  expect((await auditTrail(deps)).map(({ action }) => action)).toEqual(['createLottery', 'changeLottery']);
});

test('what cannot be a lottery is refused at its place, and nothing is made', async () => {
  const { deps, admin, programmeId, unionId } = await aLotteryWorld();
  const [one, two, three] = await operators(deps, 3);
  const party = (operatorId: string, i: number) => ({ name: `第${i}方`, operatorId });
  const cases: [Parameters<typeof asked>, string, string][] = [
    [[{}, { name: ' 九月' }], 'TEXT_LENGTH', 'name'],
    [[{}, { freezesAt: TIMES.opensAt }], 'TIMES_OUT_OF_ORDER', 'freezesAt'],
    [[{}, { drawsAt: new Date(TIMES.freezesAt.getTime() + 60_000) }], 'DRAW_TOO_SOON', 'drawsAt'],
    [[{}, { freezesAt: new Date('2026-08-25T01:59:00.000Z') }], 'TIME_OVER', 'freezesAt'],
    [[{ ticketsAtMost: 0 }], 'NUMBER_OUT_OF_RANGE', 'ticketsAtMost'],
    [[{ freeTickets: 11 }], 'NUMBER_OUT_OF_RANGE', 'freeTickets'],
    [[{ freeTickets: 0, ticketPrice: null, boughtAtMost: 0 }], 'TICKETS_NOWHERE', 'freeTickets'],
    [[{ prizes: [] }], 'PRIZES_NEEDED', 'prizes'],
    [[{ prizes: [aPrize({ points: points(1_000_000), quantity: 1001 })] }], 'PRIZES_TOO_MANY', 'prizes'],
    [[{ prizes: [aPrize(), aPrize({ kind: 'goods' })] }], 'PRIZE_MISMATCHED', 'prizes.1.kind'],
    [[{ prizes: [aPrize({ points: points(0) })] }], 'NUMBER_OUT_OF_RANGE', 'prizes.0.points'],
    [[{ prizes: [aPrize({ kind: 'voucher', points: null, offerId: newId() })] }], 'OFFER_UNKNOWN', 'prizes.0.offerId'],
    [[{ ticketRules: [{ ruleId: newId(), tickets: 1 }] }], 'RULE_UNKNOWN', 'ticketRules.0.ruleId'],
    [[{ entropy: 'reveals', parties: [party(one!, 1), party(two!, 2)] }], 'PARTIES_NEEDED', 'parties'],
    [[{ entropy: 'reveals', parties: [party(one!, 1), party(two!, 2), party(two!, 3)] }], 'PARTIES_NEEDED', 'parties'],
    [[{ parties: [party(one!, 1), party(two!, 2), party(three!, 3)] }], 'PARTIES_NEEDED', 'parties'],
    [
      [{ entropy: 'reveals', parties: [party(one!, 1), party(newId(), 2), party(three!, 3)] }],
      'PARTY_UNKNOWN',
      'parties.1.operatorId',
    ],
  ];

  for (const [given, code, at] of cases) {
    const outcome = await createLottery(deps, admin, newId(), { programmeId, ...asked(...given) });
    expect(outcome, `${code} at ${at}`).toMatchObject({ ok: false, refusal: { code, at } });
  }
  const reader = await anAdmin(deps, [unionId], ['lotteries:read']);
  expect(await createLottery(deps, reader, newId(), { programmeId, ...asked() })).toMatchObject(
    refused('PROGRAMME_UNKNOWN'),
  );
  expect(await deps.db.query('SELECT 1 FROM lottery')).toEqual([]);
});

test('a draft opens when its time has come and not before: its budget and stock are set aside and its seed committed', async () => {
  const { deps, draft, offer, stock, programmeId } = await aLotteryWorld();
  const offerId = await offer({ price: 30, stock: 10 });
  const prizes = [
    aPrize({ quantity: 2 }),
    aPrize({ tier: 2, kind: 'voucher', points: null, offerId, quantity: 4 }),
    aPrize({ tier: 3, name: '自行车', kind: 'goods', points: null }),
  ];
  const id = await draft({ prizes });

  await prepareLotteries(deps);
  expect(await lotteryOf(deps, id)).toMatchObject({ state: 'draft', openedAt: null });

  deps.clock.set(TIMES.opensAt.toISOString());
  await prepareLotteries(deps);
  await prepareLotteries(deps);

  expect(await lotteryOf(deps, id)).toMatchObject({ state: 'open', reservedPoints: 320, trouble: null, ...TIMES });
  expect(await stock(offerId)).toBe(6);
  expect(await heldForPrizes(deps, programmeId)).toBe(320);
  expect((await prizesOf(deps.db.manager, [id])).get(id)!.map(({ points }) => points)).toEqual([100, 30, 0]);
  const draws = await deps.db.query('SELECT * FROM lottery_draw WHERE lottery_id = ?', [id]);
  expect(draws).toMatchObject([{ number: 1, reason: 'first', transcript: null, reveal_until: null }]);
  expect(draws[0].seed_commitment).toHaveLength(32);
  expect(draws[0].drand_round).toBeGreaterThan(0);
  await expect(deps).toHaveCoherentLedger();
});

test('the budget that does not cover the prizes keeps a lottery a draft that says so, until the budget is raised', async () => {
  const { deps, draft, programmeId, admin, offer, stock } = await aLotteryWorld();
  const offerId = await offer();
  const id = await draft({ prizes: [aPrize(), aPrize({ kind: 'voucher', points: null, offerId })] });
  await deps.db.query('UPDATE programme_budget SET budget = issued + 199 WHERE programme_id = ?', [programmeId]);
  deps.clock.set(TIMES.opensAt.toISOString());

  expect(await openLottery(deps, admin, newId(), { lotteryId: id })).toMatchObject(refused('OVER_BUDGET'));
  await prepareLotteries(deps);
  expect(await lotteryOf(deps, id)).toMatchObject({ state: 'draft', trouble: 'over_budget' });
  expect(await stock(offerId)).toBe(10);

  await deps.db.query('UPDATE programme_budget SET budget = issued + 200 WHERE programme_id = ?', [programmeId]);
  await prepareLotteries(deps);
  expect(await lotteryOf(deps, id)).toMatchObject({ state: 'open', trouble: null });
});

test('vouchers are prizes only while their offer is on sale, has enough left, and lasts beyond the draw', async () => {
  const { deps, admin, draft, offer } = await aLotteryWorld();
  const cases: [Parameters<typeof offer>[0], string][] = [
    [{ stock: 1 }, 'STOCK_SHORT'],
    [{ state: 'paused' }, 'OFFER_NOT_ON_SALE'],
    [{ use_until: '2026-09-01', use_days: null }, 'OFFER_NOT_ON_SALE'],
  ];
  for (const [fields, code] of cases) {
    const offerId = await offer(fields);
    const lotteryId = await draft({ prizes: [aPrize({ kind: 'voucher', points: null, offerId, quantity: 2 })] });
    expect(await openLottery(deps, admin, newId(), { lotteryId })).toMatchObject(refused(code));
    expect(await lotteryOf(deps, lotteryId)).toMatchObject({ state: 'draft', reservedPoints: 0 });
  }
  expect(await deps.db.query('SELECT 1 FROM lottery_draw')).toEqual([]);
});

test('once it is open nothing of a lottery can be changed, and it opens once', async () => {
  const { deps, admin, opened } = await aLotteryWorld();
  const lotteryId = await opened();
  const before = await lotteryOf(deps, lotteryId);

  expect(await changeLottery(deps, admin, newId(), { lotteryId, ...asked() })).toMatchObject(refused('LOTTERY_OPENED'));
  expect(await openLottery(deps, admin, newId(), { lotteryId })).toMatchObject(refused('LOTTERY_OPENED'));
  expect(await lotteryOf(deps, lotteryId)).toEqual(before);
});

test('opened by many at once, a lottery sets its prizes aside once', async () => {
  const { deps, admin, draft, programmeId } = await aLotteryWorld();
  const lotteryId = await draft();

  const outcomes = await Promise.all(Array.from({ length: 6 }, () => openLottery(deps, admin, newId(), { lotteryId })));

  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await heldForPrizes(deps, programmeId)).toBe(100);
  await expect(deps).toHaveCoherentLedger();
});

test('one that can open only after it was to freeze is held later by as much', async () => {
  const { deps, draft } = await aLotteryWorld();
  const id = await draft();
  deps.clock.set(new Date(TIMES.opensAt.getTime() + 6 * 86_400_000).toISOString());

  await prepareLotteries(deps);

  const days = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 86_400_000;
  const { state, opensAt, freezesAt, drawsAt } = await lotteryOf(deps, id);
  expect(state).toBe('open');
  expect([days(TIMES.opensAt, opensAt), days(TIMES.freezesAt, freezesAt), days(TIMES.drawsAt, drawsAt)]).toEqual([
    6, 6, 6,
  ]);
});

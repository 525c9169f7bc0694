import { expect, test } from 'vitest';
import { prepareLotteries } from '../../../src/lotteries/prepare-lotteries.ts';
import { lotteryAsked } from '../../../src/lotteries/set-up/set-up-queries.ts';
import type { Timetable } from '../../../src/lotteries/set-up/terms.ts';
import { voidLottery } from '../../../src/lotteries/set-up/void-lottery.ts';
import { changeTemplate } from '../../../src/lotteries/templates/change-template.ts';
import { createTemplate } from '../../../src/lotteries/templates/create-template.ts';
import { makeLotteries } from '../../../src/lotteries/templates/make-lotteries.ts';
import { pauseTemplate } from '../../../src/lotteries/templates/pause-template.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted, refused } from '../../unions/tree.ts';
import { aLotteryWorld, lotteryOf, someTerms } from '../world.ts';

/** Drawn on the 1st at 10:00, frozen at 9:00, open from three days before at 8:00; made two days before that. */
const TIMETABLE: Timetable = {
  drawDay: 1,
  drawTime: '10:00',
  freezesDaysBefore: 0,
  freezeTime: '09:00',
  opensDaysBefore: 3,
  openTime: '08:00',
  madeDaysBefore: 2,
};

async function aTemplate(timetable: Partial<Timetable> = {}) {
  const world = await aLotteryWorld();
  const { deps, admin, programmeId } = world;
  const terms = { timetable: { ...TIMETABLE, ...timetable }, lottery: someTerms() };
  const asked = { programmeId, name: '月月抽奖', terms };
  const templateId = accepted(await createTemplate(deps, admin, newId(), asked));
  const made = async (): Promise<{ month: string; state: string }[]> =>
    deps.db.query('SELECT month, state FROM lottery WHERE template_id = ? ORDER BY month', [templateId]);
  return { ...world, terms, templateId, made };
}

test('a template makes the draft of a month on its day and not before, once for however many that try', async () => {
  const { deps, templateId, made, terms } = await aTemplate();
  deps.clock.set('2026-08-26T15:59:59.000Z');
  await prepareLotteries(deps);
  expect(await made()).toEqual([]);

  deps.clock.set('2026-08-26T16:00:00.000Z');
  const counts = await Promise.all([1, 2, 3].map(() => makeLotteries(deps, templateId)));
  await prepareLotteries(deps);

  expect(counts.sort()).toEqual([0, 0, 1]);
  expect(await made()).toEqual([{ month: '2026-09', state: 'draft' }]);
  const [{ id }] = await deps.db.query('SELECT id FROM lottery WHERE template_id = ?', [templateId]);
  expect(await lotteryAsked(deps.db.manager, await lotteryOf(deps, id))).toEqual({
    name: '月月抽奖（2026-09）',
    opensAt: new Date('2026-08-29T00:00:00.000Z'),
    freezesAt: new Date('2026-09-01T01:00:00.000Z'),
    drawsAt: new Date('2026-09-01T02:00:00.000Z'),
    terms: terms.lottery,
  });
});

test('the lottery of a month whose 1st went by while nothing ran is made, opened late and held later; past months are not', async () => {
  const { deps, made, templateId } = await aTemplate();
  deps.clock.set('2026-10-03T02:00:00.000Z');

  await prepareLotteries(deps);

  expect(await made()).toEqual([{ month: '2026-10', state: 'open' }]);
  const [{ id }] = await deps.db.query('SELECT id FROM lottery WHERE template_id = ?', [templateId]);
  const { freezesAt, drawsAt } = await lotteryOf(deps, id);
  expect([freezesAt, drawsAt]).toEqual([new Date('2026-10-06T03:00:00.000Z'), new Date('2026-10-06T04:00:00.000Z')]);
});

test('a draw that lay before the template, or in its pause, is not made up for', async () => {
  const { deps, admin, templateId, made } = await aTemplate();
  await prepareLotteries(deps);
  expect(await made()).toEqual([]);

  accepted(await pauseTemplate(deps, admin, newId(), { templateId, paused: true }));
  deps.clock.set('2026-09-15T02:00:00.000Z');
  await prepareLotteries(deps);
  accepted(await pauseTemplate(deps, admin, newId(), { templateId, paused: false }));
  await prepareLotteries(deps);
  expect(await made()).toEqual([]);

  deps.clock.set('2026-09-28T02:00:00.000Z');
  await prepareLotteries(deps);
  expect(await made()).toMatchObject([{ month: '2026-10' }]);
});

test('the clock set back makes nothing twice, and a month whose lottery was called off gets no other', async () => {
  const { deps, admin, templateId, made } = await aTemplate();
  deps.clock.set('2026-08-27T02:00:00.000Z');
  await prepareLotteries(deps);
  const [{ id }] = await deps.db.query('SELECT id FROM lottery WHERE template_id = ?', [templateId]);
  accepted(await voidLottery(deps, admin, newId(), { lotteryId: id, reason: '本月不办。' }));

  for (const at of ['2026-08-20T02:00:00.000Z', '2026-08-31T02:00:00.000Z']) {
    deps.clock.set(at);
    await prepareLotteries(deps);
  }

  expect(await made()).toEqual([{ month: '2026-09', state: 'void' }]);
});

test('a change counts from the next lottery on; wrong terms are refused at their place', async () => {
  const { deps, admin, templateId, terms, programmeId } = await aTemplate();
  deps.clock.set('2026-08-27T02:00:00.000Z');
  await prepareLotteries(deps);
  const changed = { ...terms, lottery: someTerms({ freeTickets: 7 }) };
  accepted(await changeTemplate(deps, admin, newId(), { templateId, name: '新名', terms: changed }));
  deps.clock.set('2026-09-27T02:00:00.000Z');
  await prepareLotteries(deps);

  const rows = await deps.db.query('SELECT name, free_tickets FROM lottery WHERE template_id = ? ORDER BY month', [
    templateId,
  ]);
  expect(rows).toEqual([
    { name: '月月抽奖（2026-09）', free_tickets: 1 },
    { name: '新名（2026-10）', free_tickets: 7 },
  ]);
  const cases: [Partial<Timetable>, string][] = [
    [{ drawDay: 29 }, 'NUMBER_OUT_OF_RANGE'],
    [{ openTime: '24:00' }, 'TIME_MALFORMED'],
    [{ opensDaysBefore: 0, openTime: '09:30' }, 'TIMES_OUT_OF_ORDER'],
    [{ freezeTime: '09:51' }, 'DRAW_TOO_SOON'],
  ];
  for (const [timetable, code] of cases) {
    const wrong = { name: '新名', terms: { ...terms, timetable: { ...TIMETABLE, ...timetable } } };
    expect(await createTemplate(deps, admin, newId(), { programmeId, ...wrong })).toMatchObject(refused(code));
  }
});

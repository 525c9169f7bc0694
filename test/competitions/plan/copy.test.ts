import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CopyAsked, copyPlan, inYear } from '../../../src/competitions/plan/copy-plan.ts';
import { readPlan } from '../../../src/competitions/plan/read-plan.ts';
import { addDays, beijingDay, startOfDay } from '../../../src/platform/clock.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted, aKey, anAdmin, auditTrail, refused } from '../../unions/tree.ts';
import { aFinal, aHeat, aPlan, aPlanningWorld, competitionOf } from './world.ts';

async function aCopyingWorld() {
  const world = await aPlanningWorld();
  const { deps, admin, province, east } = world;
  const stages = [aFinal(province), aHeat(east)];
  const competitionId = await world.published({ stages });
  const copy = (asked: Partial<CopyAsked> = {}, who = admin) =>
    copyPlan(deps, who, aKey(), { competitionId, year: 2027, ...asked });
  return { ...world, competitionId, stages, copy };
}

test("last year's plan becomes a draft of this year, every day of it a year later", async () => {
  const { deps, province, competitionId, stages, copy, publish } = await aCopyingWorld();
  const id = accepted(await copy());
  const copied = await competitionOf(deps, id);
  expect(copied).toMatchObject({ state: 'draft', copiedFrom: competitionId, publishedAt: null });
  const later = (day: string) => day.replace('2026', '2027');
  expect(await readPlan(deps.db.manager, copied)).toEqual(
    aPlan(province, {
      name: '焊工技能竞赛（2027）',
      year: 2027,
      certificatePrefix: 'HG2027',
      entryFrom: new Date('2027-03-01T00:00:00+08:00'),
      entryUntil: new Date('2027-04-01T00:00:00+08:00'),
      changeUntil: new Date('2027-04-15T00:00:00+08:00'),
      stages: stages.map((one) => ({ ...one, startsOn: later(one.startsOn), endsOn: later(one.endsOn) })),
    }),
  );
  accepted(await publish(id));
  expect((await auditTrail(deps)).at(2)).toMatchObject({ action: 'copyPlan', after: { copiedFrom: competitionId } });
});

test('a copy takes another prefix when that is asked, and is refused one that is taken', async () => {
  const { deps, copy } = await aCopyingWorld();
  accepted(await copy());
  expect(await copy()).toMatchObject({ ok: false, refusal: { code: 'PREFIX_TAKEN', at: 'certificatePrefix' } });
  const other = accepted(await copy({ certificatePrefix: 'HJ27' }));
  expect(await competitionOf(deps, other)).toMatchObject({ certificatePrefix: 'HJ27', year: 2027 });
});

test('a copy is for a later year, and of a competition of the own branch', async () => {
  const { deps, east, copy } = await aCopyingWorld();
  for (const year of [2025, 2026, 2037, 2026.5]) expect(await copy({ year })).toMatchObject(refused('YEAR_OF_COPY'));
  const ofEast = await anAdmin(deps, [east]);
  expect(await copy({}, ofEast)).toMatchObject(refused('COMPETITION_UNKNOWN'));
  expect(await copy({ competitionId: newId() })).toMatchObject(refused('COMPETITION_UNKNOWN'));
  expect(await deps.db.query('SELECT id FROM competition')).toHaveLength(1);
});

test('in another year every instant is at the same hour of the same day, and 29 February is the 28th', () => {
  const day = fc.integer({ min: 0, max: 1460 }).map((days) => addDays('2026-01-01', days));
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 86_399_999 }), fc.integer({ min: 1, max: 10 }), (on, ms, years) => {
      const year = Number(on.slice(0, 4));
      const entryFrom = new Date(startOfDay(on).getTime() + ms);
      const stages = [aFinal(newId(), { startsOn: on, endsOn: on })];
      const copied = inYear(aPlan(newId(), { year, entryFrom, stages }), year + years);
      const isLeapDay = on.endsWith('-02-29') && !isLeap(year + years);
      const expected = isLeapDay ? `${year + years}-02-28` : `${year + years}${on.slice(4)}`;
      expect(beijingDay(copied.entryFrom)).toBe(expected);
      expect(copied.entryFrom.getTime() - startOfDay(expected).getTime()).toBe(ms);
      expect(copied.stages[0]).toMatchObject({ startsOn: expected, endsOn: expected });
    }),
    { numRuns: 100, examples: [['2028-02-29', 0, 1]] },
  );
});

function isLeap(year: number): boolean {
  return new Date(Date.UTC(year, 1, 29)).getUTCDate() === 29;
}

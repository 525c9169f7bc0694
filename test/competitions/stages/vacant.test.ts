import { expect, test } from 'vitest';
import { Competition } from '../../../src/competitions/plan/competition.entity.ts';
import { Stage } from '../../../src/competitions/plan/stage.entity.ts';
import { disqualifyEntry } from '../../../src/competitions/stages/disqualify-entry.ts';
import { leaveVacant } from '../../../src/competitions/stages/leave-vacant.ts';
import { nameWildCard } from '../../../src/competitions/stages/name-wild-card.ts';
import { Notice } from '../../../src/notices/notice.entity.ts';
import { accepted, aKey, auditTrail, refused } from '../../unions/tree.ts';
import { aStageWorld, FINAL, HEATS, type StageWorld } from './world.ts';

const competitionState = async ({ deps }: StageWorld, id: string) =>
  (await deps.db.manager.findOneByOrFail(Competition, { id })).state;

/** Takes everybody out of a stage that was ranked. */
async function disqualifyAll({ deps, admin }: StageWorld, stageId: string, entryIds: readonly string[]) {
  for (const entryId of entryIds)
    accepted(await disqualifyEntry(deps, admin, aKey(), { stageId, entryId, reason: '集体作弊' }));
}

test('a heat in which everybody was disqualified is shown as that, becomes final, and nobody goes on from it', async () => {
  const world = await aStageWorld();
  const { deps, competition, heats, scored, close, publish, afterNotice, advanced, stateOf, run, places } = world;
  const { id, entryIds, stageIds } = await competition(heats());
  const [final, east] = stageIds as [string, string];
  deps.clock.set(HEATS);
  await scored(east, [70, 90, 80]);
  accepted(await close(east));
  await disqualifyAll(world, east, entryIds);
  expect(await places(east)).toEqual([]);
  accepted(await publish(east));
  const notice = await deps.db.manager.findOneByOrFail(Notice, { id: (await run(east)).noticeId! });
  expect(notice).toMatchObject({ lineCount: 0, about: expect.stringContaining('更正原因：集体作弊') });
  expect(notice.about).toContain('共 0 个参赛项');
  expect(await competitionState(world, id)).toBe('running');
  expect(await afterNotice()).toBe(1);
  expect([await stateOf(east), await advanced(east)]).toEqual(['final', []]);
  // Nobody can come to the final, nor to the heat in the west, for which nobody entered.
  expect([await stateOf(final), await competitionState(world, id)]).toEqual(['planned', 'finished']);
});

test('it keeps nobody back who comes from another heat', async () => {
  const world = await aStageWorld();
  const { deps, competition, heats, eastWorks, westWorks, scored, close, publish, afterNotice, made, open } = world;
  const { id, entryIds, stageIds } = await competition(heats(), [eastWorks, westWorks]);
  const [final, east, west] = stageIds as [string, string, string];
  deps.clock.set(HEATS);
  await scored(east, [70]);
  accepted(await close(east));
  await disqualifyAll(world, east, [entryIds[0]!]);
  accepted(await publish(east));
  await afterNotice();
  expect(await competitionState(world, id)).toBe('running');
  await made(west, [80]);
  deps.clock.set(FINAL);
  accepted(await open(final));
  expect(await world.candidates(final)).toEqual([entryIds[1]]);
});

test('a final that only a wild card could fill waits for the admin, who names one or leaves it vacant for a reason', async () => {
  const world = await aStageWorld();
  const { deps, admin, eastAdmin, competition, heats, made, open } = world;
  const strict = { advance: { kind: 'threshold' as const, score: 95_000_000 }, wildCards: 1 };
  const { id, entryIds, stageIds } = await competition(heats(strict));
  const [final, east] = stageIds as [string, string];
  const leave = (reason = '无人达标', who = admin, stageId = final) =>
    leaveVacant(deps, who, aKey(), { stageId, reason });
  deps.clock.set(HEATS);
  expect(await leave()).toMatchObject(refused('STAGE_HAS_ENTRIES'));
  await made(east, [70, 90, 80]);
  deps.clock.set(FINAL);
  expect(await competitionState(world, id)).toBe('running');
  expect(await open(final)).toMatchObject(refused('ENTRIES_MISSING'));
  expect(await leave('无人达标', eastAdmin)).toMatchObject(refused('STAGE_UNKNOWN'));
  expect(await leave(' ')).toMatchObject({ refusal: { code: 'REASON_NEEDED', at: 'reason' } });
  expect(await leave('无人达标', admin, east)).toMatchObject(refused('STAGE_BEGUN'));
  accepted(await leave());
  const left = await deps.db.manager.findOneByOrFail(Stage, { id: final });
  expect(left).toMatchObject({ state: 'final', vacantReason: '无人达标' });
  expect(await competitionState(world, id)).toBe('finished');
  expect((await auditTrail(deps)).at(-1)).toMatchObject({
    ...{ action: 'leaveStageVacant', before: { state: 'planned' }, after: { state: 'final', reason: '无人达标' } },
  });
  const card = { stageId: east, entryId: entryIds[1]!, reason: '特殊贡献' };
  expect(await nameWildCard(deps, admin, aKey(), card)).toMatchObject(refused('COMPETITION_OVER'));
});

test('a stage to which somebody was named is not left vacant', async () => {
  const world = await aStageWorld();
  const { deps, admin, competition, heats, made } = world;
  const strict = { advance: { kind: 'threshold' as const, score: 95_000_000 }, wildCards: 1 };
  const { entryIds, stageIds } = await competition(heats(strict));
  const [final, east] = stageIds as [string, string];
  deps.clock.set(HEATS);
  await made(east, [70, 90, 80]);
  const card = { stageId: east, entryId: entryIds[1]!, reason: '特殊贡献' };
  accepted(await nameWildCard(deps, admin, aKey(), card));
  const leaving = { stageId: final, reason: '无人达标' };
  expect(await leaveVacant(deps, admin, aKey(), leaving)).toMatchObject(refused('STAGE_HAS_ENTRIES'));
});

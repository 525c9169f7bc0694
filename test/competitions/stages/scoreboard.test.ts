import { expect, test } from 'vitest';
import { Competition } from '../../../src/competitions/plan/competition.entity.ts';
import { makeScoreboards } from '../../../src/competitions/stages/scoreboard/make-scoreboards.ts';
import { Scoreboard } from '../../../src/competitions/stages/scoreboard/scoreboard.entity.ts';
import { startApi, tokenFor } from '../../support/api.ts';
import { accepted } from '../../unions/tree.ts';
import { aFinal } from '../plan/world.ts';
import { aStageWorld, FINAL } from './world.ts';

test('a scoreboard follows the scores of a live stage, a version for each change, those only who have all of theirs', async () => {
  const { deps, province, competition, open, aJudge, start, score } = await aStageWorld();
  const { entryIds, stageIds } = await competition({ stages: [aFinal(province, { isLive: true })] });
  const [final] = stageIds as [string];
  const board = () => deps.db.manager.findOneByOrFail(Scoreboard, { stageId: final });
  deps.clock.set(FINAL);
  accepted(await open(final));
  const judge = await aJudge(final);
  expect(await makeScoreboards(deps)).toBe(0);
  accepted(await start(final));
  expect(await makeScoreboards(deps)).toBe(1);
  expect(await board()).toMatchObject({ version: 1, standings: [], candidateCount: 3, scoredCount: 0 });
  expect(await makeScoreboards(deps)).toBe(0);
  await score(final, judge, 1, 70);
  await score(final, judge, 3, 80.5);
  await Promise.all([makeScoreboards(deps), makeScoreboards(deps)]);
  const { version, standings, scoredCount } = await board();
  expect([version, scoredCount]).toEqual([2, 2]);
  expect(standings.map(({ place, entryId, total }) => [place, entryId, total])).toEqual([
    [1, entryIds[2], 80_500_000],
    [2, entryIds[0], 70_000_000],
  ]);
  expect(standings[0]!.name).toMatch(/^职\**\d$/);
  expect(await makeScoreboards(deps)).toBe(0);
});

test('a stage that is not live has none', async () => {
  const { deps, competition, scored } = await aStageWorld();
  const { stageIds } = await competition();
  deps.clock.set(FINAL);
  await scored(stageIds[0]!, [1, 2, 3]);
  expect(await makeScoreboards(deps)).toBe(0);
  expect(await deps.db.manager.count(Scoreboard)).toBe(0);
});

test('a phone asks for what is newer than it has', async () => {
  const { deps, province, eastWorks, competition, scored } = await aStageWorld();
  const { stageIds, people } = await competition({ stages: [aFinal(province, { isLive: true })] }, [eastWorks]);
  deps.clock.set(FINAL);
  await scored(stageIds[0]!, [70]);
  await makeScoreboards(deps);
  const api = await startApi(deps);
  try {
    const token = await tokenFor(deps, 'member', people[0]!.memberId);
    const ask = (variables: object) =>
      api.ask(
        'member',
        `query ($stageId: Id!, $since: Int) {
          scoreboard(stageId: $stageId, since: $since) { version scoredCount standings { place name total } }
        }`,
        { token, variables: { stageId: stageIds[0], ...variables } },
      );
    expect(await ask({})).toMatchObject({
      data: { scoreboard: { version: 1, scoredCount: 1, standings: [{ total: 70 }] } },
    });
    expect(await ask({ since: 0 })).toMatchObject({ data: { scoreboard: { version: 1 } } });
    expect(await ask({ since: 1 })).toMatchObject({ data: { scoreboard: null } });
    expect(
      await ask({ stageId: (await deps.db.manager.findOneByOrFail(Competition, { year: 2026 })).id }),
    ).toMatchObject({
      data: { scoreboard: null },
    });
  } finally {
    await api.close();
  }
});

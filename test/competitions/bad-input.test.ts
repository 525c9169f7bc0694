import { describe, expect, test } from 'vitest';
import { closeScoring } from '../../src/judging/panels/close-scoring.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { accepted } from '../unions/tree.ts';
import { aCompetition, aPerson, aScene, enter, enterTeamOf, TEAMS } from './entries/world.ts';
import { someJudging } from './plan/world.ts';
import { aStageWorld, FINAL, HEATS, ONE_JUDGE } from './stages/world.ts';

/** Bad input that is refused with its place; that of a plan stands in plan/publish.test.ts, of a sheet in judging. */
const refusedAt = (code: string, at: string) => ({ ok: false, refusal: { code, at } });

describe('an entry is refused', () => {
  test('after the deadline, by the clock of the server', async () => {
    const scene = await aScene();
    const { deps, eastWorks } = scene;
    const single = await aCompetition(scene);
    const teams = await aCompetition(scene, { ...TEAMS, certificatePrefix: 'DUI1' });
    const [captain, mate] = [await aPerson(scene, eastWorks), await aPerson(scene, eastWorks)];
    deps.clock.set('2026-03-31T16:00:00.000Z');
    expect(await enter(deps, captain, single)).toMatchObject(refusedAt('ENTRY_CLOSED', 'competitionId'));
    expect(await enterTeamOf(deps, captain, teams, [mate])).toMatchObject(refusedAt('ENTRY_CLOSED', 'competitionId'));
    expect(await deps.db.query('SELECT id FROM entry')).toEqual([]);
  });

  test('when its captain leads another team already, or one of its members is in one', async () => {
    const scene = await aScene();
    const { deps, eastWorks } = scene;
    const competitionId = await aCompetition(scene, TEAMS);
    const [ann, bob, eve] = [
      await aPerson(scene, eastWorks),
      await aPerson(scene, eastWorks),
      await aPerson(scene, eastWorks),
    ];
    accepted(await enterTeamOf(deps, ann, competitionId, [bob]));
    expect(await enterTeamOf(deps, ann, competitionId, [eve])).toMatchObject(
      refusedAt('ALREADY_ENTERED', 'competitionId'),
    );
    expect(await enterTeamOf(deps, eve, competitionId, [bob])).toMatchObject(
      refusedAt('ALREADY_ENTERED', 'colleagues.0'),
    );
    expect(await deps.db.query('SELECT id FROM entry')).toHaveLength(1);
  });
});

describe('a stage is refused, and stays as it is,', () => {
  test('to be ranked, published or advanced from before all scores are in', async () => {
    const { deps, competition, heats, open, start, close, publish, aJudge, score, stateOf } = await aStageWorld();
    const { stageIds } = await competition(heats());
    const [final, east] = stageIds as [string, string];
    deps.clock.set(HEATS);
    accepted(await open(east));
    const judge = await aJudge(east);
    accepted(await start(east));
    for (const number of [1, 3]) await score(east, judge, number, 80);
    const missing = await close(east);
    expect(missing).toMatchObject(refusedAt('SCORES_MISSING', 'stageId'));
    expect(missing).toMatchObject({ refusal: { message: { zh: expect.stringContaining('编号 2') } } });
    expect(await publish(east)).toMatchObject(refusedAt('STAGE_NOT_RANKED', 'stageId'));
    deps.clock.set(FINAL);
    expect(await open(final)).toMatchObject(refusedAt('ADVANCE_TOO_EARLY', 'stageId'));
    expect([await stateOf(east), await stateOf(final)]).toEqual(['scoring', 'planned']);
  });

  test('without the needed number of judges: neither scored nor, when some were late, published', async () => {
    const { deps, competition, open, start, close, publish, aJudge, score, stateOf, run } = await aStageWorld();
    const two = someJudging({ ...ONE_JUDGE, judgesPerEntry: 2, judgesNeeded: 2, late: 'without' });
    const { stageIds } = await competition({ judging: two });
    const [final] = stageIds as [string];
    deps.clock.set(FINAL);
    accepted(await open(final));
    await expect(aJudge(final)).rejects.toThrow('NOT_ENOUGH_JUDGES');
    expect(await start(final)).toMatchObject(refusedAt('NOT_ENOUGH_JUDGES', 'stageId'));
    const judge = await aJudge(final);
    accepted(await start(final));
    for (const number of [1, 2, 3]) await score(final, judge, number, 80);
    // The deadline is over, so the panel goes without who is late, but not with fewer than are needed.
    deps.clock.set('2026-07-01T00:00:00.000Z');
    expect(await close(final)).toMatchObject(refusedAt('SCORES_MISSING', 'stageId'));
    expect(await publish(final)).toMatchObject(refusedAt('STAGE_NOT_RANKED', 'stageId'));
    const { panelId } = await run(final);
    const closed = await inTransaction(deps.db, (tx) => closeScoring(tx, panelId, deps.clock.now()));
    expect(closed).toMatchObject(refusedAt('SCORES_MISSING', 'panelId'));
    expect(await stateOf(final)).toBe('scoring');
  });
});

import { describe, expect, test } from 'vitest';
import { importObjectiveScores } from '../../../src/judging/objective/import-scores.ts';
import { currentStandings } from '../../../src/judging/ranking/current-standings.ts';
import { versionsOf } from '../../../src/judging/ranking/queries.ts';
import { scoredCandidates } from '../../../src/judging/ranking/stream-scores.ts';
import { sumScores } from '../../../src/judging/ranking/sum-scores.ts';
import type { ScoreSums } from '../../../src/judging/ranking/survey-spreads.ts';
import { newId } from '../../../src/platform/ids.ts';
import type { TestDeps } from '../../support/deps.ts';
import { accepted } from '../../unions/tree.ts';
import { aCriterion, DEADLINE } from '../world.ts';
import { sumsOf } from './panels.ts';
import { ALL, aRankingWorld } from './world.ts';

/** The candidates that count in a version, in the order of their ids. */
async function candidatesOf({ db }: TestDeps, panelId: string, version: number) {
  const pages = [];
  for await (const page of scoredCandidates(db.manager, panelId, version)) pages.push(page);
  return pages.flat();
}

function inOrder(sums: readonly ScoreSums[]): ScoreSums[] {
  return [...sums].sort((a, b) => (a.judgeId + a.criterion < b.judgeId + b.criterion ? -1 : 1));
}

describe('a new version', () => {
  test('follows from a sheet that was declared void and scored again; the old one stays as it was', async () => {
    const { aScoredPanel, make, callVoid, reopen, submit, close, both, order, ranking, differences, deps } =
      await aRankingWorld();
    const { panelId, ids, ann } = await aScoredPanel();
    const old = accepted(await make(panelId));
    accepted(await callVoid(ann.id, 2));
    expect(await make(panelId, '异议成立')).toMatchObject({
      refusal: { code: 'SCORES_MISSING', message: { en: expect.stringContaining('numbers 2') } },
    });
    accepted(await reopen(panelId, DEADLINE));
    accepted(await submit(ann, panelId, 2, both(10_000)));
    accepted(await close(panelId));
    const id = accepted(await make(panelId, '异议成立'));
    expect(await order(id)).toEqual([ids[0], ids[2], ids[1]]);
    expect(await ranking(id)).toMatchObject({ version: 2, state: 'provisional', reason: '异议成立' });
    expect(await order(old)).toEqual([ids[1], ids[0], ids[2]]);
    expect(await ranking(old)).toMatchObject({ state: 'superseded', settledAt: deps.clock.now() });
    expect(await differences(old)).toEqual([]);
    expect(await differences(id)).toEqual([]);
    const { items } = await versionsOf(deps.db.manager, panelId, { first: 1, after: '2' });
    expect(items.map(({ version }) => version)).toEqual([1]);
  });

  test('leaves out who withdrew, without whom the old one would not be what it was', async () => {
    const { aScoredPanel, make, dropOut, order, differences } = await aRankingWorld();
    const { panelId, ids } = await aScoredPanel();
    const old = accepted(await make(panelId));
    await dropOut(panelId, ids[1]!);
    const id = accepted(await make(panelId, '退赛'));
    expect(await order(id)).toEqual([ids[0], ids[2]]);
    expect(await differences(id)).toEqual([]);
    expect(await order(old)).toEqual([ids[1], ids[0], ids[2]]);
    expect(await differences(old)).toEqual([]);
  });

  test('is measured by the scores that count in it alone, as the old one goes on to be by its own', async () => {
    const { aScoredPanel, make, callVoid, dropOut, reopen, submit, close, both, differences, deps } =
      await aRankingWorld();
    const { panelId, ann } = await aScoredPanel({ normalise: 'z_score' });
    const old = accepted(await make(panelId));
    await dropOut(panelId, (await candidatesOf(deps, panelId, 1))[0]!.candidateId);
    accepted(await callVoid(ann.id, 2));
    accepted(await reopen(panelId, DEADLINE));
    accepted(await submit(ann, panelId, 2, both(10_000)));
    accepted(await close(panelId));
    const id = accepted(await make(panelId, '异议成立'));
    for (const version of [1, 2])
      expect(inOrder(await sumScores(deps.db.manager, panelId, version))).toEqual(
        inOrder(sumsOf(await candidatesOf(deps, panelId, version))),
      );
    expect(await differences(old)).toEqual([]);
    expect(await differences(id)).toEqual([]);
  });

  test('goes without the judge whose sheet was declared void where the panel may go without her', async () => {
    const { aScoredPanel, make, callVoid, order } = await aRankingWorld();
    const { panelId, ids, bob } = await aScoredPanel({ late: 'without' });
    accepted(await make(panelId));
    accepted(await callVoid(bob.id, 3));
    const id = accepted(await make(panelId, '误评'));
    expect(await order(id)).toEqual([ids[1], ids[0], ids[2]]);
  });

  test('counts the objective scores that were imported last; the old one those that there were', async () => {
    const { aPanel, enter, open, close, measure, make, order, differences, panel, deps } = await aRankingWorld();
    const panelId = await aPanel({ criteria: [aCriterion({ kind: 'objective' })] });
    const ids = await enter(panelId);
    accepted(await open(panelId));
    await measure(panelId, 1, [10, 20]);
    expect(await currentStandings(deps.db.manager, await panel(panelId))).toEqual([
      { place: 1, candidateId: ids[1], total: 20_000_000 },
      { place: 2, candidateId: ids[0], total: 10_000_000 },
    ]);
    await measure(panelId, 1, [10, 15, 30]);
    accepted(await close(panelId));
    const old = accepted(await make(panelId));
    expect(await order(old)).toEqual([ids[2], ids[1], ids[0]]);
    await measure(panelId, 1, [40]);
    const id = accepted(await make(panelId, '成绩更正'));
    expect(await order(id)).toEqual([ids[0], ids[2], ids[1]]);
    expect(await differences(old)).toEqual([]);
    expect(await differences(id)).toEqual([]);
  });

  test('of two that are made at once each has a number of its own, and one is left standing', async () => {
    const { aScoredPanel, make, deps } = await aRankingWorld();
    const { panelId } = await aScoredPanel();
    await Promise.all([make(panelId), make(panelId), make(panelId)]);
    const { items } = await versionsOf(deps.db.manager, panelId, ALL);
    expect(items.map(({ version, state }) => [version, state])).toEqual([
      [3, 'provisional'],
      [2, 'superseded'],
      [1, 'superseded'],
    ]);
  });

  test('cannot be prepared once a version is final: no sheet is declared void, nothing scored or imported again', async () => {
    const { aScoredPanel, make, settle, callVoid, reopen, differences, deps, admin } = await aRankingWorld();
    const { panelId, ann } = await aScoredPanel();
    const id = accepted(await make(panelId));
    await settle(panelId, id);
    expect(await callVoid(ann.id, 2)).toMatchObject({ ok: false, refusal: { code: 'RANKING_FINAL', at: 'judgeId' } });
    expect(await reopen(panelId, DEADLINE)).toMatchObject({
      ok: false,
      refusal: { code: 'RANKING_FINAL', at: 'panelId', message: { zh: expect.stringContaining('排名已最终确定') } },
    });
    const file = { path: '/nowhere', fileName: '成绩.csv', sha256: Buffer.alloc(32) };
    const input = { panelId, reason: '更正' };
    expect(await importObjectiveScores(deps, admin, newId(), input, file)).toMatchObject({
      refusal: { code: 'RANKING_FINAL', at: 'panelId' },
    });
    expect(await differences(id)).toEqual([]);
  });

  test('is refused once a version is final, which stays so', async () => {
    const { aScoredPanel, make, settle, ranking, deps } = await aRankingWorld();
    const { panelId } = await aScoredPanel();
    const old = accepted(await make(panelId));
    const id = accepted(await make(panelId));
    await settle(panelId, id);
    await settle(panelId, id);
    expect(await ranking(id)).toMatchObject({ state: 'final', settledAt: deps.clock.now() });
    expect(await make(panelId)).toMatchObject({ refusal: { code: 'RANKING_FINAL' } });
    await expect(settle(panelId, old)).rejects.toThrow('no provisional ranking');
  });
});

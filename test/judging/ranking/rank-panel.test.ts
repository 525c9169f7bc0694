import { describe, expect, test } from 'vitest';
import type { PanelTerms } from '../../../src/judging/panels/terms.ts';
import { explainPlaces } from '../../../src/judging/ranking/explain-places.ts';
import { placesOfCandidates, rankingOf, versionsOf } from '../../../src/judging/ranking/queries.ts';
import { accepted } from '../../unions/tree.ts';
import { ALL, aRankingWorld } from './world.ts';

describe('a version of a ranking', () => {
  test('is made of the scores of a closed panel, one place for each candidate', async () => {
    const { aScoredPanel, make, ranking, places, deps } = await aRankingWorld();
    const { panelId, ids } = await aScoredPanel();
    const id = accepted(await make(panelId));
    expect(await ranking(id)).toMatchObject({
      ...{ panelId, version: 1, state: 'provisional', candidateCount: 3, scoreCount: 12, reason: null },
      ...{ madeBy: 'system:competitions', madeAt: deps.clock.now(), settledAt: null },
    });
    expect(await places(id)).toMatchObject([
      { place: 1, candidateId: ids[1], total: 90_000_000, decidedBy: null },
      { place: 2, candidateId: ids[0], total: 75_000_000, decidedBy: null },
      { place: 3, candidateId: ids[2], total: 75_000_000, decidedBy: { kind: 'earlier_entry' } },
    ]);
    expect((await rankingOf(deps.db.manager, panelId))?.id).toBe(id);
  });

  test('is refused while the panel is scoring, and nothing is written', async () => {
    const { anOpenPanel, make, deps, panel } = await aRankingWorld();
    const { panelId } = await anOpenPanel();
    expect(await make(panelId)).toMatchObject({ refusal: { code: 'PANEL_NOT_CLOSED' } });
    expect(await versionsOf(deps.db.manager, panelId, ALL)).toEqual({ items: [], hasNextPage: false });
    expect((await panel(panelId)).rankingCount).toBe(0);
  });

  test('explains each place: what each judge gave, what it counted for, and what was dropped', async () => {
    const { aScoredPanel, make, ranking, places, deps } = await aRankingWorld();
    const { panelId, ids, ann, bob } = await aScoredPanel();
    const id = accepted(await make(panelId));
    const [first] = await explainPlaces(deps.db.manager, await ranking(id), await places(id));
    expect(first).toMatchObject({
      criteria: [
        { number: 1, weight: 6000, marks: 90_000_000 },
        { number: 2, weight: 4000, marks: 90_000_000 },
      ],
      places: [],
    });
    const [, , third] = await explainPlaces(deps.db.manager, await ranking(id), await places(id));
    expect(third!.criteria[0]!.scores).toEqual(
      [
        { judgeId: ann.id, value: 60_000, marks: 60_000_000, isDropped: false },
        { judgeId: bob.id, value: 90_000, marks: 90_000_000, isDropped: false },
      ].sort((a, b) => (a.judgeId < b.judgeId ? -1 : 1)),
    );
    expect((await placesOfCandidates(deps.db.manager, id, [ids[2]!])).map(({ place }) => place)).toEqual([3]);
  });

  test('explains what z-scores and rank sums made of the scores', async () => {
    const { aScoredPanel, make, ranking, places, deps } = await aRankingWorld();
    const explained = async (fields: Partial<PanelTerms>) => {
      const { panelId, ann } = await aScoredPanel(fields);
      const id = accepted(await make(panelId));
      const [first] = await explainPlaces(deps.db.manager, await ranking(id), await places(id));
      return { first: first!, ann };
    };
    const z = await explained({ normalise: 'z_score' });
    for (const { marks, scores } of z.first.criteria) {
      expect(scores.map(({ value }) => value)).toEqual([90_000, 90_000]);
      expect(scores.every((score) => score.marks !== 90_000_000)).toBe(true);
      expect(marks).toBe(Math.round((scores[0]!.marks + scores[1]!.marks) / 2));
    }
    const ranks = await explained({ aggregate: 'rank_sum' });
    expect(ranks.first.places.find(({ judgeId }) => judgeId === ranks.ann.id)).toMatchObject({
      above: 0,
      equal: 0,
      of: 3,
    });
    expect(ranks.first.places.find(({ judgeId }) => judgeId !== ranks.ann.id)).toMatchObject({
      above: 0,
      equal: 1,
      of: 3,
    });
  });
});

describe('the database', () => {
  test('keeps a version and its places from being changed', async () => {
    const { aScoredPanel, make, deps } = await aRankingWorld();
    const { panelId } = await aScoredPanel();
    const id = accepted(await make(panelId));
    for (const statement of [
      'UPDATE ranking_place SET total = 0 WHERE ranking_id = ?',
      'DELETE FROM ranking_place WHERE ranking_id = ?',
      "UPDATE ranking SET terms = '{}' WHERE id = ?",
      'DELETE FROM ranking WHERE id = ?',
    ]) {
      await expect(deps.db.query(statement, [id])).rejects.toThrow('fixed');
    }
  });
});

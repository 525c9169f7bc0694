import { describe, expect, test } from 'vitest';
import { extendScoring } from '../../src/judging/panels/extend-scoring.ts';
import { newId } from '../../src/platform/ids.ts';
import { accepted, anAdmin, refused } from '../unions/tree.ts';
import { aCriterion, aJudgingWorld, DEADLINE } from './world.ts';

const WEEK_LATER = new Date(DEADLINE.getTime() + 7 * 86_400_000);

describe('scoring closes', () => {
  test('when every score is there, and else the refusal names how many and which are missing', async () => {
    const { anOpenPanel, submit, close, panel } = await aJudgingWorld();
    const { panelId, ann, bob } = await anOpenPanel();
    for (const number of [1, 2]) accepted(await submit(ann, panelId, number));
    for (const number of [2, 3]) accepted(await submit(bob, panelId, number));
    expect(await close(panelId)).toMatchObject({
      refusal: {
        code: 'SCORES_MISSING',
        message: { zh: expect.stringContaining('2 个参评对象的评分不齐（编号 1, 3）') },
      },
    });
    accepted(await submit(ann, panelId, 3));
    accepted(await submit(bob, panelId, 1));
    accepted(await close(panelId));
    expect(await panel(panelId)).toMatchObject({ state: 'closed' });
    expect(await close(panelId)).toMatchObject(refused('PANEL_NOT_SCORING'));
    expect(await submit(ann, panelId, 1)).toMatchObject(refused('SCORING_CLOSED'));
  });

  test('without those who are late where that is the rule, once the deadline is over and enough are there', async () => {
    const { deps, anOpenPanel, submit, close } = await aJudgingWorld();
    const { panelId, ann } = await anOpenPanel({ late: 'without', judgesNeeded: 1 });
    for (const number of [1, 2, 3]) accepted(await submit(ann, panelId, number));
    expect(await close(panelId)).toMatchObject(refused('SCORES_MISSING'));
    deps.clock.set(DEADLINE.toISOString());
    expect((await close(panelId)).ok).toBe(true);
  });

  test('never with fewer than are needed, nor early where the rule is to wait', async () => {
    const { deps, anOpenPanel, submit, close } = await aJudgingWorld();
    const few = await anOpenPanel({ late: 'without', judgesNeeded: 2 });
    const waiting = await anOpenPanel({ late: 'wait', judgesNeeded: 1 });
    for (const { panelId, ann } of [few, waiting])
      for (const number of [1, 2, 3]) accepted(await submit(ann, panelId, number));
    deps.clock.set(DEADLINE.toISOString());
    for (const { panelId } of [few, waiting]) expect(await close(panelId)).toMatchObject(refused('SCORES_MISSING'));
  });

  test('not while an objective score is missing', async () => {
    const { aPanel, enter, open, close } = await aJudgingWorld();
    const panelId = await aPanel({ criteria: [aCriterion({ kind: 'objective' })] });
    await enter(panelId);
    accepted(await open(panelId));
    expect(await close(panelId)).toMatchObject(refused('SCORES_MISSING'));
  });

  test('without a candidate who has withdrawn', async () => {
    const { anOpenPanel, submit, dropOut, close } = await aJudgingWorld();
    const { panelId, ids, ann, bob } = await anOpenPanel();
    for (const number of [1, 2]) for (const judge of [ann, bob]) accepted(await submit(judge, panelId, number));
    await dropOut(panelId, ids[2]!);
    expect((await close(panelId)).ok).toBe(true);
  });

  test('not while a judge’s score for a firm counts with which she declared a conflict after', async () => {
    const { mill, anOpenPanel, submit, declare, callVoid, aJudge, assign, close } = await aJudgingWorld();
    const { panelId, ann, bob } = await anOpenPanel();
    for (const number of [1, 2, 3]) for (const judge of [ann, bob]) accepted(await submit(judge, panelId, number));
    accepted(await declare(ann, panelId, mill));
    expect(await close(panelId)).toMatchObject(refused('CONFLICT_SCORED'));
    accepted(await callVoid(ann.id, 2));
    expect(await close(panelId)).toMatchObject(refused('SCORES_MISSING'));
    const eve = await aJudge(panelId);
    accepted(await assign(panelId));
    accepted(await submit(eve, panelId, 2));
    expect((await close(panelId)).ok).toBe(true);
  });

  test('and opens again for what was declared void', async () => {
    const { deps, anOpenPanel, submit, callVoid, close, reopen } = await aJudgingWorld();
    const { panelId, ann, bob } = await anOpenPanel();
    for (const number of [1, 2, 3]) for (const judge of [ann, bob]) accepted(await submit(judge, panelId, number));
    expect(await reopen(panelId, WEEK_LATER)).toMatchObject(refused('PANEL_NOT_SCORING'));
    accepted(await close(panelId));
    accepted(await callVoid(ann.id, 1));
    expect(await submit(ann, panelId, 1)).toMatchObject(refused('SCORING_CLOSED'));
    deps.clock.set(DEADLINE.toISOString());
    expect(await reopen(panelId, DEADLINE)).toMatchObject(refused('DEADLINE_OVER'));
    accepted(await reopen(panelId, WEEK_LATER));
    expect(await submit(bob, panelId, 1)).toMatchObject(refused('SHEET_SUBMITTED'));
    accepted(await submit(ann, panelId, 1));
    expect((await close(panelId)).ok).toBe(true);
  });

  test('of closing and submitting at the same moment the one that comes first decides', async () => {
    const { anOpenPanel, submit, close, scores, panel, both } = await aJudgingWorld();
    const { panelId, ann, bob } = await anOpenPanel({ late: 'without' });
    for (const number of [1, 2, 3]) accepted(await submit(ann, panelId, number));
    for (const number of [1, 2]) accepted(await submit(bob, panelId, number));
    const [closed, submitted] = await Promise.all([close(panelId), submit(bob, panelId, 3, both(1000))]);
    // Submitting first completes the panel; closing first finds the sheet missing and leaves the panel open.
    expect(submitted.ok).toBe(true);
    expect((await panel(panelId)).state).toBe(closed.ok ? 'closed' : 'scoring');
    expect(Object.keys(await scores(panelId))).toHaveLength(12);
  });
});

test('an admin gives judges more time, also when the deadline is over', async () => {
  const { deps, admin, west, anOpenPanel, aPanel, submit } = await aJudgingWorld();
  const { panelId, ann } = await anOpenPanel();
  const extend = (scoreUntil: Date, by = admin, id = panelId) =>
    extendScoring(deps, by, newId(), { panelId: id, scoreUntil });
  deps.clock.set(DEADLINE.toISOString());
  expect(await extend(WEEK_LATER, await anAdmin(deps, [west]))).toMatchObject(refused('PANEL_UNKNOWN'));
  expect(await extend(DEADLINE)).toMatchObject(refused('DEADLINE_OVER'));
  expect(await extend(WEEK_LATER, admin, await aPanel())).toMatchObject(refused('PANEL_NOT_SCORING'));
  accepted(await extend(WEEK_LATER));
  expect((await submit(ann, panelId, 1)).ok).toBe(true);
});

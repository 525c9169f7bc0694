import { describe, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { accepted, aMember, auditTrail, refused } from '../unions/tree.ts';
import { aCriterion, aJudgingWorld, anAccount, DEADLINE } from './world.ts';

test('a draft is kept as often as it is saved, and what is submitted is kept score by score', async () => {
  const { anOpenPanel, save, submit, both, scores } = await aJudgingWorld();
  const { panelId, ann } = await anOpenPanel();
  for (const score of [10_000, 20_500]) accepted(await save(ann, panelId, 1, [{ criterion: 2, score }]));
  expect(await scores(panelId)).toEqual({});
  accepted(await submit(ann, panelId, 1, [...both(90_000).slice(0, 1), { criterion: 2, score: 75_125 }]));
  expect(await scores(panelId)).toEqual({ [`1/${ann.id}/1/1`]: 90_000, [`1/${ann.id}/1/2`]: 75_125 });
});

test('a sheet is submitted once, and neither changed nor saved over after', async () => {
  const { anOpenPanel, save, submit, both, scores } = await aJudgingWorld();
  const { panelId, ann } = await anOpenPanel();
  accepted(await submit(ann, panelId, 1));
  const before = await scores(panelId);
  for (const again of [submit, save])
    expect(await again(ann, panelId, 1, both(100_000))).toMatchObject({
      ...{ ok: false, refusal: { code: 'SHEET_SUBMITTED', at: 'number' } },
    });
  expect(await scores(panelId)).toEqual(before);
});

test('the same key gives the same outcome, and nothing is written twice', async () => {
  const { anOpenPanel, submit, both, scores } = await aJudgingWorld();
  const { panelId, ann } = await anOpenPanel();
  const key = newId();
  const first = await submit(ann, panelId, 1, both(), key);
  expect(await submit(ann, panelId, 1, both(), key)).toEqual(first);
  expect(Object.keys(await scores(panelId))).toHaveLength(2);
});

test('of many submissions of one sheet at the same moment exactly one counts', async () => {
  const { anOpenPanel, submit, both, scores } = await aJudgingWorld();
  const { panelId, ann } = await anOpenPanel();
  const outcomes = await Promise.all([1, 2, 3, 4].map((n) => submit(ann, panelId, 1, both(n * 1000))));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.filter(({ ok }) => !ok)).toEqual(
    Array(3).fill(expect.objectContaining({ refusal: expect.objectContaining({ code: 'SHEET_SUBMITTED' }) })),
  );
  const won = outcomes.findIndex(({ ok }) => ok) + 1;
  expect(Object.values(await scores(panelId))).toEqual([won * 1000, won * 1000]);
});

describe('nothing is written of a sheet', () => {
  async function aSheet() {
    const world = await aJudgingWorld();
    const open = await world.anOpenPanel();
    const nothing = async (submitted: unknown, code: string, at?: string) => {
      expect(submitted).toMatchObject({ ok: false, refusal: { code, ...(at && { at }) } });
      expect(await world.scores(open.panelId)).toEqual({});
    };
    return { ...world, ...open, nothing };
  }

  test('with a score off its scale, which the refusal names with the criterion', async () => {
    const { submit, save, panelId, ann, nothing } = await aSheet();
    for (const score of [100_001, -1]) {
      const scores = [
        { criterion: 1, score: 50_000 },
        { criterion: 2, score },
      ];
      const refusal = await submit(ann, panelId, 1, scores);
      await nothing(refusal, 'SCORE_OFF_SCALE', 'scores.1.score');
      expect(refusal).toMatchObject({
        refusal: { message: { zh: '“创新成果”的分数须在 0 至 100 之间。' } },
      });
      expect(await save(ann, panelId, 1, scores)).toMatchObject(refused('SCORE_OFF_SCALE'));
    }
  });

  test('that lacks a criterion, or has one twice or one that there is not', async () => {
    const { submit, panelId, ann, both, nothing } = await aSheet();
    await nothing(await submit(ann, panelId, 1, both().slice(1)), 'SHEET_INCOMPLETE');
    await nothing(await submit(ann, panelId, 1, [...both(), ...both()]), 'CRITERION_UNKNOWN', 'scores.2.criterion');
    await nothing(await submit(ann, panelId, 1, [{ criterion: 3, score: 1 }]), 'CRITERION_UNKNOWN');
  });

  test('before scoring opens, from the deadline on, and after it was closed', async () => {
    const { deps, aPanel, enter, aJudge, assign, submit, save, panelId, ann, nothing } = await aSheet();
    const early = await aPanel({ judgesPerEntry: 1 });
    await enter(early);
    const eve = await aJudge(early);
    accepted(await assign(early));
    expect(await submit(eve, early, 1)).toMatchObject(refused('SCORING_CLOSED'));
    deps.clock.set(new Date(DEADLINE.getTime() - 1).toISOString());
    accepted(await save(ann, panelId, 1));
    deps.clock.set(DEADLINE.toISOString());
    await nothing(await submit(ann, panelId, 1), 'SCORING_CLOSED');
    await nothing(await save(ann, panelId, 1), 'SCORING_CLOSED');
  });

  test('of a candidate of the judge’s own firm, though she was assigned before she joined it', async () => {
    const { deps, eastWorks, submit, panelId, ann, nothing } = await aSheet();
    const memberId = await aMember(deps, eastWorks);
    await deps.db.query('UPDATE operator SET member_id = ? WHERE id = ?', [memberId, ann.operatorId]);
    await nothing(await submit(ann, panelId, 1), 'JUDGE_IN_CONFLICT', 'number');
  });

  test('by one to whom it is not assigned, by one who is no judge of the panel, or by an API token', async () => {
    const { aPanel, enter, aJudge, assign, open, submit, admin, panelId, ann, nothing } = await aSheet();
    await nothing(await submit(ann, panelId, 4), 'SHEET_UNKNOWN', 'number');
    await nothing(await submit(admin, panelId, 1), 'PANEL_UNKNOWN', 'panelId');
    await nothing(await submit({ ...ann, operatorId: null }, panelId, 1), 'PERSON_NEEDED');
    const other = await aPanel({ judgesPerEntry: 1 });
    await enter(other);
    const judges = [await aJudge(other), await aJudge(other)];
    accepted(await assign(other));
    accepted(await open(other));
    const outcomes = await Promise.all(judges.map((judge) => submit(judge, other, 1)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject(refused('SHEET_UNKNOWN'));
  });

  test('by a judge who lost her role', async () => {
    const { submit, panelId, ann, nothing } = await aSheet();
    await nothing(await submit({ ...ann, grants: [] }, panelId, 1), 'PANEL_UNKNOWN');
  });

  test('of a candidate who has withdrawn', async () => {
    const { submit, save, dropOut, panelId, ids, ann, bob, scores } = await aSheet();
    accepted(await submit(bob, panelId, 1));
    accepted(await save(ann, panelId, 1));
    await dropOut(panelId, ids[0]!);
    expect(await submit(ann, panelId, 1)).toMatchObject(refused('SHEET_UNKNOWN'));
    expect(Object.keys(await scores(panelId))).toHaveLength(2);
  });
});

test('a judge of some criteria scores those and no others', async () => {
  const { aPanel, enter, aJudge, assign, open, submit, both, scores } = await aJudgingWorld();
  const panelId = await aPanel({ judgesPerEntry: 1 });
  await enter(panelId);
  const [ann, bob] = [await aJudge(panelId, { criteria: [1] }), await aJudge(panelId, { criteria: [2] })];
  accepted(await assign(panelId));
  accepted(await open(panelId));
  expect(await submit(ann, panelId, 1, both())).toMatchObject(refused('CRITERION_UNKNOWN'));
  accepted(await submit(ann, panelId, 1, both().slice(0, 1)));
  accepted(await submit(bob, panelId, 1, both().slice(1)));
  expect(Object.keys(await scores(panelId)).sort()).toEqual([`1/${ann.id}/1/1`, `1/${bob.id}/1/2`].sort());
});

test('an objective criterion is on no judge’s sheet', async () => {
  const { aPanel, enter, aJudge, assign, open, submit, both } = await aJudgingWorld();
  const criteria = [aCriterion({ weight: 6000 }), aCriterion({ name: '理论考试', kind: 'objective', weight: 4000 })];
  const panelId = await aPanel({ judgesPerEntry: 1, criteria });
  await enter(panelId);
  const ann = await aJudge(panelId);
  accepted(await assign(panelId));
  accepted(await open(panelId));
  expect(await submit(ann, panelId, 1, both())).toMatchObject(refused('CRITERION_UNKNOWN'));
  accepted(await submit(ann, panelId, 1, both().slice(0, 1)));
});

test('a blind panel knows candidates by numbers that are drawn, and by nothing else', async () => {
  const { anOpenPanel, candidates, submit, scores, panel } = await aJudgingWorld();
  const { panelId, ann } = await anOpenPanel({ blind: true });
  const drawn = (await candidates(panelId)).map(({ blindNumber }) => blindNumber);
  expect([...drawn].sort()).toEqual([1, 2, 3]);
  accepted(await submit(ann, panelId, 3));
  expect(Object.keys(await scores(panelId))[0]).toBe(`${drawn.indexOf(3) + 1}/${ann.id}/1/1`);
  expect((await panel(panelId)).state).toBe('scoring');
});

describe('a sheet declared void', () => {
  test('keeps its scores, counts no more, and is submitted anew', async () => {
    const { deps, admin, east, anOpenPanel, submit, both, callVoid, scores } = await aJudgingWorld();
    const { panelId, ids, ann } = await anOpenPanel();
    accepted(await submit(ann, panelId, 1));
    await deps.db.query('UPDATE panel SET ranking_count = 2 WHERE id = ?', [panelId]);
    accepted(await callVoid(ann.id, 1));
    expect((await auditTrail(deps)).at(-1)).toEqual({
      ...{ actor: admin.actor, action: 'voidSheet', targetId: ann.id, unionId: east, before: null },
      after: { candidateId: ids[0], number: 1, reason: '误评' },
    });
    accepted(await submit(ann, panelId, 1, both(70_000)));
    const kept = [80_000, 80_000, 70_000, 70_000];
    expect(Object.values(await scores(panelId))).toEqual(kept);
    const sheets = await deps.db.query('SELECT number, state, counts_from, counts_to FROM panel_sheet ORDER BY number');
    expect(sheets).toEqual([
      { number: 1, state: 'void', counts_from: 1, counts_to: 2 },
      { number: 2, state: 'submitted', counts_from: 3, counts_to: null },
    ]);
  });

  test('is so by another person than the judge, for a reason, when it was submitted', async () => {
    const { deps, east, aPanel, enter, invite, answer, assign, open, submit, callVoid } = await aJudgingWorld();
    const panelId = await aPanel({ judgesPerEntry: 1 });
    await enter(panelId);
    const both = await anAccount(deps, east, 'federation-admin');
    const judgeId = accepted(await invite(panelId, both.operatorId!));
    accepted(await answer(both, panelId));
    accepted(await assign(panelId));
    accepted(await open(panelId));
    expect(await callVoid(judgeId, 1)).toMatchObject(refused('SHEET_NOT_SUBMITTED'));
    accepted(await submit(both, panelId, 1));
    expect(await callVoid(judgeId, 1, both)).toMatchObject(refused('OWN_SHEET'));
    expect(await callVoid(judgeId, 1, { ...both, operatorId: null })).toMatchObject(refused('PERSON_NEEDED'));
    accepted(await callVoid(judgeId, 1));
    expect(await callVoid(judgeId, 1)).toMatchObject(refused('SHEET_NOT_SUBMITTED'));
  });
});

test('the database keeps scores and submitted sheets from any change', async () => {
  const { deps, anOpenPanel, submit } = await aJudgingWorld();
  const { panelId, ann } = await anOpenPanel();
  accepted(await submit(ann, panelId, 1));
  for (const statement of [
    'UPDATE panel_score SET value = 1',
    'DELETE FROM panel_score',
    'DELETE FROM panel_sheet',
    "UPDATE panel_sheet SET state = 'draft', draft = '[]', submitted_at = NULL, counts_from = NULL",
    'UPDATE panel_sheet SET submitted_at = NOW()',
    'UPDATE panel_criterion SET weight = 1',
    'UPDATE panel SET judges_per_entry = 1',
    "UPDATE panel SET state = 'preparing', opened_at = NULL",
    "UPDATE panel_candidate SET label = '别的'",
  ])
    await expect(deps.db.query(statement), statement).rejects.toThrow(/is fixed/);
});

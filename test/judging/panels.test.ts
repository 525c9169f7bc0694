import { describe, expect, test } from 'vitest';
import { changePanel } from '../../src/judging/panels/change-panel.ts';
import type { CriterionTerms, PanelTerms } from '../../src/judging/panels/terms.ts';
import { newId } from '../../src/platform/ids.ts';
import { accepted, aMember, anAdmin, auditTrail, refused } from '../unions/tree.ts';
import { aCriterion, aJudgingWorld, DEADLINE, someTerms, TWO } from './world.ts';

describe('terms of a panel', () => {
  async function aChange() {
    const world = await aJudgingWorld();
    const panelId = await world.aPanel();
    const change = (fields: Partial<PanelTerms>, by = world.admin) =>
      changePanel(world.deps, by, newId(), { panelId, terms: someTerms(fields) });
    return { ...world, panelId, change };
  }

  test('are written over, and the trail has what they were', async () => {
    const { deps, admin, east, panelId, change, panel } = await aChange();
    accepted(await change({ name: '新评审组', blind: true, criteria: [aCriterion({ name: '班组建设' })] }));
    expect(await panel(panelId)).toMatchObject({ name: '新评审组', blind: true, state: 'preparing' });
    expect(await deps.db.query('SELECT number, name, weight FROM panel_criterion')).toEqual([
      { number: 1, name: '班组建设', weight: 10_000 },
    ]);
    expect(await auditTrail(deps)).toMatchObject([
      {
        ...{ actor: admin.actor, action: 'changePanel', targetId: panelId, unionId: east },
        before: { name: '决赛评审组', criteria: TWO },
        after: { name: '新评审组' },
      },
    ]);
  });

  const wrong: [string, Partial<PanelTerms>, string, string][] = [
    ['a name of nothing', { name: ' ' }, 'TEXT_LENGTH', 'terms.name'],
    ['no judges', { judgesPerEntry: 0 }, 'NUMBER_OUT_OF_RANGE', 'terms.judgesPerEntry'],
    ['more judges needed than there are', { judgesNeeded: 3 }, 'NUMBER_OUT_OF_RANGE', 'terms.judgesNeeded'],
    ['no criteria', { criteria: [] }, 'CRITERIA_COUNT', 'terms.criteria'],
    [
      'a weight of nothing',
      { criteria: [aCriterion({ weight: 0 })] },
      'NUMBER_OUT_OF_RANGE',
      'terms.criteria.0.weight',
    ],
    ['two criteria of one name', { criteria: [TWO[0]!, TWO[0]!] }, 'CRITERION_REPEATED', 'terms.criteria.1.name'],
    [
      'a scale of one point',
      { criteria: [aCriterion({ scaleMin: 5, scaleMax: 5 })] },
      'SCALE_MALFORMED',
      'terms.criteria.0.scaleMin',
    ],
    [
      'a tie-break by a criterion that there is not',
      { tieBreaks: [{ kind: 'criterion', number: 3 }] },
      'TIE_BREAK_MALFORMED',
      'terms.tieBreaks.0',
    ],
    [
      'a tie-break twice',
      { tieBreaks: [{ kind: 'highest_single' }, { kind: 'highest_single' }] },
      'TIE_BREAK_MALFORMED',
      'terms.tieBreaks.1',
    ],
    ['a deadline that is over', { scoreUntil: new Date('2026-08-01') }, 'DEADLINE_OVER', 'terms.scoreUntil'],
  ];

  test('are refused with the place named, and nothing changes', async () => {
    const { change, panelId, panel } = await aChange();
    const before = await panel(panelId);
    for (const [what, fields, code, at] of wrong)
      expect(await change(fields), what).toMatchObject({ ok: false, refusal: { code, at } });
    expect(await panel(panelId)).toEqual(before);
  });

  test('are another branch’s panel’s own business, and fixed once scoring has begun', async () => {
    const { deps, admin, west, east, anOpenPanel, change } = await aChange();
    expect(await change({}, await anAdmin(deps, [west]))).toMatchObject(refused('PANEL_UNKNOWN'));
    expect(await change({}, await anAdmin(deps, [east], ['judging:read']))).toMatchObject(refused('PANEL_UNKNOWN'));
    const { panelId } = await anOpenPanel();
    const late = await changePanel(deps, admin, newId(), { panelId, terms: someTerms() });
    expect(late).toMatchObject(refused('PANEL_NOT_PREPARING'));
  });
});

describe('scoring opens', () => {
  test('when weights make 100 %, and else the refusal tells what they make', async () => {
    const { aPanel, enter, aJudge, assign, open, panel } = await aJudgingWorld();
    const sums: [CriterionTerms[], string][] = [
      [[aCriterion({ weight: 6000 }), aCriterion({ name: '创新', weight: 4500 })], '105%'],
      [[aCriterion({ weight: 9999 })], '99.99%'],
    ];
    for (const [criteria, sum] of sums) {
      const panelId = await aPanel({ criteria, judgesPerEntry: 1 });
      await enter(panelId);
      await aJudge(panelId);
      accepted(await assign(panelId));
      const refusal = {
        code: 'WEIGHTS_NOT_WHOLE',
        at: 'terms.criteria',
        message: { zh: expect.stringContaining(sum) },
      };
      expect(await open(panelId)).toMatchObject({ ok: false, refusal });
      expect((await panel(panelId)).state).toBe('preparing');
    }
  });

  test('with a deadline ahead and candidates, once', async () => {
    const { deps, aPanel, enter, open, anOpenPanel } = await aJudgingWorld();
    const without = await aPanel({ scoreUntil: null });
    expect(await open(without)).toMatchObject(refused('DEADLINE_MISSING'));
    const empty = await aPanel();
    expect(await open(empty)).toMatchObject(refused('CANDIDATES_MISSING'));
    const { panelId } = await anOpenPanel();
    expect(await open(panelId)).toMatchObject(refused('PANEL_NOT_PREPARING'));
    const late = await aPanel();
    await enter(late);
    deps.clock.set(DEADLINE.toISOString());
    expect(await open(late)).toMatchObject(refused('DEADLINE_OVER'));
  });

  test('when every candidate has its judges, those added after the assignment too', async () => {
    const { aPanel, enter, aJudge, assign, open, panel } = await aJudgingWorld();
    const panelId = await aPanel();
    await enter(panelId);
    expect(await open(panelId)).toMatchObject(refused('NOT_ENOUGH_JUDGES'));
    await aJudge(panelId);
    await aJudge(panelId);
    accepted(await assign(panelId));
    await enter(panelId);
    expect(await open(panelId)).toMatchObject({
      ...{ ok: false, refusal: { code: 'NOT_ENOUGH_JUDGES', message: { zh: expect.stringContaining('4 号') } } },
    });
    accepted(await assign(panelId));
    accepted(await open(panelId));
    expect((await panel(panelId)).state).toBe('scoring');
  });

  test('not while a judge is assigned to a firm that she has joined since', async () => {
    const { deps, mill, aPanel, enter, aJudge, assign, open } = await aJudgingWorld();
    const panelId = await aPanel();
    await enter(panelId);
    const [ann] = [await aJudge(panelId, { name: '安评委' }), await aJudge(panelId), await aJudge(panelId)];
    await deps.db.query('UPDATE panel SET judges_per_entry = 3 WHERE id = ?', [panelId]);
    accepted(await assign(panelId));
    const memberId = await aMember(deps, mill);
    await deps.db.query('UPDATE operator SET member_id = ? WHERE id = ?', [memberId, ann.operatorId]);
    expect(await open(panelId)).toMatchObject({
      refusal: { code: 'JUDGE_IN_CONFLICT', message: { zh: expect.stringContaining('“安评委”须回避“2 号作品”') } },
    });
  });

  test('without judges where every criterion is objective', async () => {
    const { aPanel, enter, open } = await aJudgingWorld();
    const panelId = await aPanel({ criteria: [aCriterion({ kind: 'objective' })] });
    await enter(panelId);
    expect((await open(panelId)).ok).toBe(true);
  });
});

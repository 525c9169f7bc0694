import { describe, expect, test } from 'vitest';
import { declareConflict, declareJudgeConflict } from '../../src/judging/judges/declare-conflict.ts';
import { newId } from '../../src/platform/ids.ts';
import { accepted, anAdmin, auditTrail, refused } from '../unions/tree.ts';
import { aJudgingWorld, anAccount } from './world.ts';

describe('an invitation to a panel', () => {
  test('is answered once by the judge alone, and may be given again to who declined', async () => {
    const { deps, east, aPanel, invite, answer } = await aJudgingWorld();
    const panelId = await aPanel();
    const ann = await anAccount(deps, east, 'judge');
    const judgeId = accepted(await invite(panelId, ann.operatorId!));
    expect(await invite(panelId, ann.operatorId!)).toMatchObject(refused('JUDGE_ON_PANEL'));
    expect(await answer(await anAccount(deps, east, 'judge'), panelId)).toMatchObject(refused('PANEL_UNKNOWN'));
    accepted(await answer(ann, panelId, false));
    expect(await answer(ann, panelId)).toMatchObject(refused('INVITATION_SETTLED'));
    expect(accepted(await invite(panelId, ann.operatorId!))).toBe(judgeId);
    accepted(await answer(ann, panelId));
    expect((await auditTrail(deps)).map(({ action, targetId }) => [action, targetId])).toEqual(
      ['inviteJudge', 'answerInvitation', 'inviteJudge', 'answerInvitation'].map((action) => [action, judgeId]),
    );
  });

  test('goes only to those who may score in the panel’s union, there or from above', async () => {
    const { deps, province, west, east, aPanel, invite } = await aJudgingWorld();
    const panelId = await aPanel();
    const unfit = [
      await anAccount(deps, west, 'judge'),
      await anAccount(deps, east, 'roster-clerk'),
      { operatorId: newId() },
    ];
    for (const { operatorId } of unfit)
      expect(await invite(panelId, operatorId!)).toMatchObject(refused('JUDGE_UNFIT'));
    const disabled = await anAccount(deps, east, 'judge');
    await deps.db.query('UPDATE operator SET disabled_at = NOW() WHERE id = ?', [disabled.operatorId]);
    expect(await invite(panelId, disabled.operatorId!)).toMatchObject(refused('JUDGE_UNFIT'));
    expect((await invite(panelId, (await anAccount(deps, province, 'judge')).operatorId!)).ok).toBe(true);
  });

  test('names criteria that are judged, each once', async () => {
    const { deps, east, aPanel, invite } = await aJudgingWorld();
    const panelId = await aPanel();
    const ann = await anAccount(deps, east, 'judge');
    for (const criteria of [[], [3], [1, 1]])
      expect(await invite(panelId, ann.operatorId!, criteria)).toMatchObject(refused('CRITERIA_UNFIT'));
    expect((await invite(panelId, ann.operatorId!, [2, 1])).ok).toBe(true);
  });

  test('brings a judge back during scoring with the criteria that she had', async () => {
    const { anOpenPanel, invite, withdraw } = await aJudgingWorld();
    const { panelId, ann } = await anOpenPanel();
    accepted(await withdraw(ann.id));
    expect(await invite(panelId, ann.operatorId!, [1])).toMatchObject(refused('CRITERIA_FIXED'));
    expect((await invite(panelId, ann.operatorId!)).ok).toBe(true);
  });
});

test('what a judge who withdraws has submitted goes on counting, and the rest goes to others', async () => {
  const { anOpenPanel, aJudge, submit, save, withdraw, assign, assigned, scores, close } = await aJudgingWorld();
  const { panelId, ann, bob } = await anOpenPanel();
  accepted(await submit(ann, panelId, 1));
  accepted(await submit(bob, panelId, 1));
  accepted(await save(ann, panelId, 2));
  accepted(await withdraw(ann.id));
  expect(await withdraw(ann.id)).toMatchObject(refused('JUDGE_GONE'));
  expect(await assigned(panelId)).toEqual({ 1: [ann.id, bob.id].sort(), 2: [bob.id], 3: [bob.id] });
  const eve = await aJudge(panelId);
  accepted(await assign(panelId));
  expect(await assigned(panelId)).toEqual({
    1: [ann.id, bob.id].sort(),
    2: [bob.id, eve.id].sort(),
    3: [bob.id, eve.id].sort(),
  });
  for (const number of [2, 3]) for (const judge of [bob, eve]) accepted(await submit(judge, panelId, number));
  expect(Object.keys(await scores(panelId))).toHaveLength(12);
  expect((await close(panelId)).ok).toBe(true);
});

test('declaring a conflict during scoring takes a judge off what she has not scored', async () => {
  const { mill, anOpenPanel, save, declare, assigned } = await aJudgingWorld();
  const { panelId, ann, bob } = await anOpenPanel();
  accepted(await save(ann, panelId, 2));
  accepted(await declare(ann, panelId, mill));
  expect(await assigned(panelId)).toEqual({ 1: [ann.id, bob.id].sort(), 2: [bob.id], 3: [ann.id, bob.id].sort() });
  expect((await declare(ann, panelId, mill)).ok).toBe(true);
  expect(await save(ann, panelId, 2)).toMatchObject(refused('SHEET_UNKNOWN'));
});

test('a judge of a blind panel declares a conflict by a number of hers, and by no other', async () => {
  const { deps, anOpenPanel, aJudge, candidates, assigned } = await aJudgingWorld();
  const { panelId, ann } = await anOpenPanel({ blind: true });
  const declare = (judge: typeof ann, number: number | null, unionId: string | null = null) =>
    declareConflict(deps, judge, newId(), { panelId, unionId, number, reason: '认得出' });
  const eve = await aJudge(panelId);
  expect(await declare(eve, 1)).toMatchObject(refused('SHEET_UNKNOWN'));
  expect(await declare(ann, 9)).toMatchObject(refused('SHEET_UNKNOWN'));
  expect(await declare(ann, null)).toMatchObject(refused('CONFLICT_TARGET'));
  accepted(await declare(ann, 1));
  const [meant] = (await candidates(panelId)).filter(({ blindNumber }) => blindNumber === 1);
  expect((await assigned(panelId))[meant!.number]).not.toContain(ann.id);
});

test('an admin declares a conflict of a judge within the panel’s branch', async () => {
  const { deps, admin, west, westWorks, mill, anOpenPanel, assigned } = await aJudgingWorld();
  const { ann, panelId } = await anOpenPanel();
  const declare = (unionId: string, reason = '亲属任职', by = admin) =>
    declareJudgeConflict(deps, by, newId(), { judgeId: ann.id, unionId, reason });
  expect(await declare(westWorks)).toMatchObject(refused('UNION_UNKNOWN'));
  expect(await declare(mill, ' ')).toMatchObject(refused('REASON_MISSING'));
  expect(await declare(mill, '亲属', await anAdmin(deps, [west]))).toMatchObject(refused('JUDGE_UNKNOWN'));
  accepted(await declare(mill));
  expect((await assigned(panelId))[2]).not.toContain(ann.id);
});

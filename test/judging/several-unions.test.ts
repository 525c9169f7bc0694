import { expect, test } from 'vitest';
import { firmsOf } from '../../src/judging/judges/queries.ts';
import { addCandidates } from '../../src/judging/panels/add-candidates.ts';
import { newId } from '../../src/platform/ids.ts';
import { accepted, aMember, refused } from '../unions/tree.ts';
import { aJudgingWorld } from './world.ts';

/** A panel with one candidate of the eastern works alone, and a second one that it made with the mill. */
async function aJointWorld() {
  const world = await aJudgingWorld();
  const { inTx, aPanel, eastWorks, mill } = world;
  const panelId = await aPanel({ judgesPerEntry: 1 });
  const of = (label: string, otherUnionIds?: string[]) => ({
    ...{ id: newId(), unionId: eastWorks, label, evidenceOf: null },
    ...(otherUnionIds && { otherUnionIds }),
  });
  // Its own union named once more says nothing new.
  const candidates = [of('独立成果'), of('联合成果', [mill, mill, eastWorks])];
  await inTx((tx) => addCandidates(tx, panelId, candidates));
  return { ...world, panelId };
}

test('a judge of the firm of any author is never assigned to what it made with others', async () => {
  const { deps, panelId, mill, aJudge, assign, assigned } = await aJointWorld();
  const weaver = await aJudge(panelId, { name: '厂内评委', memberId: await aMember(deps, mill) });
  expect(await assign(panelId)).toMatchObject(refused('NOT_ENOUGH_JUDGES'));
  const other = await aJudge(panelId, { name: '厂外评委' });
  accepted(await assign(panelId));
  expect(await assigned(panelId)).toEqual({ 1: [weaver.id], 2: [other.id] });
});

test('a judge who joins a co-author’s firm after she was assigned is kept from opening, scoring and closing', async () => {
  const { deps, panelId, mill, aJudge, assign, open, submit, close, callVoid } = await aJointWorld();
  const judge = await aJudge(panelId);
  accepted(await assign(panelId));
  const memberId = await aMember(deps, mill);
  const joins = (member: string | null) =>
    deps.db.query('UPDATE operator SET member_id = ? WHERE id = ?', [member, judge.operatorId]);
  await joins(memberId);
  expect(await open(panelId)).toMatchObject(refused('JUDGE_IN_CONFLICT'));
  await joins(null);
  accepted(await open(panelId));
  await joins(memberId);
  expect(await submit(judge, panelId, 2)).toMatchObject(refused('JUDGE_IN_CONFLICT'));
  await joins(null);
  for (const number of [1, 2]) accepted(await submit(judge, panelId, number));
  await joins(memberId);
  expect(await close(panelId)).toMatchObject(refused('CONFLICT_SCORED'));
  accepted(await callVoid(judge.id, 2));
});

test('a conflict declared with a co-author’s firm takes the judge off what it made with others alone', async () => {
  const { panelId, mill, aJudge, assign, assigned, open, declare } = await aJointWorld();
  const judge = await aJudge(panelId);
  accepted(await assign(panelId));
  accepted(await open(panelId));
  accepted(await declare(judge, panelId, mill));
  expect(await assigned(panelId)).toEqual({ 1: [judge.id] });
});

test('the firms with which a conflict can be declared are those of all authors', async () => {
  const { deps, panelId, eastWorks, mill } = await aJointWorld();
  const { items } = await firmsOf(deps.db.manager, { id: panelId }, { first: 10, after: undefined });
  expect(items.map(({ id }) => id).sort()).toEqual([eastWorks, mill].sort());
});

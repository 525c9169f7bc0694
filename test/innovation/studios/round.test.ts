import { expect, test } from 'vitest';
import { dissolveStudio } from '../../../src/innovation/studios/dissolve-studio.ts';
import { reviseRound, withdrawRound } from '../../../src/innovation/studios/naming/revise-round.ts';
import { decideObjection } from '../../../src/notices/decide-objection.ts';
import { fileObjection } from '../../../src/notices/file-objection.ts';
import { Notice } from '../../../src/notices/notice.entity.ts';
import { linesOf } from '../../../src/notices/queries.ts';
import { advanceInnovationJob } from '../../../workers/jobs/advance-innovation.ts';
import { asMember } from '../../cards/world.ts';
import { aDecider } from '../../notices/world.ts';
import { accepted, aKey, aMember, anAdmin, auditTrail, refused } from '../../unions/tree.ts';
import { aFile, aStudioWorld } from './world.ts';

/** Two studios on a list in notice, somebody who objects, and what the union that names does then. */
async function aScene() {
  const world = await aStudioWorld();
  const { deps, province, westWorks, admin, found, apply, publish, round } = world;
  const leaderId = await aMember(deps, world.eastWorks, { name: '王小明' });
  const evidenceIds = [await aFile(deps, world.branch)];
  const first = await found({
    name: '王小明创新工作室',
    leader: { memberId: leaderId, kind: 'model_worker', evidenceIds },
  });
  const second = await found({ name: '焊花工作室' });
  const namingIds = [accepted(await apply(second)), accepted(await apply(first))];
  const roundId = accepted(await publish(namingIds));
  const objector = asMember(await aMember(deps, westWorks));
  const decider = await aDecider(deps, province);
  const object = async (lineNumber: number | null) => {
    const { noticeId } = await round(roundId);
    const input = { noticeId, lineNumber, text: '材料不实', evidenceIds: [] };
    return accepted(await fileObjection(deps, objector, aKey(), input));
  };
  const uphold = async (objectionId: string) =>
    accepted(await decideObjection(deps, decider, aKey(), { objectionId, decision: 'upheld', reason: '属实' }));
  const revise = (struckIds: readonly string[], reason = '异议成立', by = admin) =>
    reviseRound(deps, by, aKey(), { roundId, struckIds, reason });
  const callOff = (reason = '名额调整') => withdrawRound(deps, admin, aKey(), { roundId, reason });
  const notice = async () => deps.db.manager.findOneByOrFail(Notice, { id: (await round(roundId)).noticeId });
  const lines = async () => {
    const { id } = await notice();
    return (await linesOf(deps.db.manager, [id], { first: 100, after: undefined })).get(id)!.items;
  };
  const shown = { leaderId, first, second, namingIds, roundId };
  return { ...world, ...shown, object, uphold, revise, callOff, notice, lines };
}

test('the list stands in notice in the order given, with the full names of leaders, each line of its leader', async () => {
  const { notice, lines, leaderId, province, roundId } = await aScene();
  expect(await notice()).toMatchObject({
    ...{ kind: 'studio', subjectId: roundId, unionId: province, version: 1, state: 'open', lineCount: 2 },
    ...{ title: '2026 年省级创新工作室拟命名名单', lastDay: '2026-03-09' },
    about: '拟命名省级创新工作室 2 个，任期 36 个月，自公示结束生效之日起计算。',
  });
  expect(await lines()).toMatchObject([
    { number: 1, label: '焊花工作室｜东厂工会' },
    { number: 2, label: '王小明创新工作室｜东厂工会', detail: '领衔人：王小明（劳动模范）｜焊接', memberId: leaderId },
  ]);
});

test('an objection that is upheld strikes a studio: the next version is without it, and the rest is named', async () => {
  const { deps, object, uphold, revise, notice, lines, advance, afterNotice, naming, namingIds, round, roundId } =
    await aScene();
  const [kept, struck] = namingIds as [string, string];
  const objectionId = await object(2);
  await uphold(objectionId);
  deps.clock.advance({ days: 14 });
  expect(await advance()).toBe(0);
  expect(await revise([])).toMatchObject({ refusal: { code: 'OBJECTION_UNANSWERED', at: 'struckIds' } });
  expect(await revise([kept])).toMatchObject(refused('OBJECTION_UNANSWERED'));
  accepted(await revise([struck]));
  expect(await naming(struck)).toMatchObject({ state: 'declined', reason: '异议成立', roundId });
  expect(await notice()).toMatchObject({
    version: 2,
    state: 'open',
    about: expect.stringContaining('更正原因：异议成立'),
  });
  expect(await lines()).toMatchObject([{ number: 1, label: '焊花工作室｜东厂工会' }]);
  expect((await auditTrail(deps)).at(-1)).toMatchObject({
    action: 'reviseNamingRound',
    after: { struckIds: [struck] },
  });
  await afterNotice();
  expect(await naming(kept)).toMatchObject({ state: 'named' });
  expect(await naming(struck)).toMatchObject({ state: 'declined', number: null });
  expect(await round(roundId)).toMatchObject({ state: 'final' });
});

test('an objection to an earlier version is known by the line that it was filed to, not by its number in the newest', async () => {
  const { object, uphold, revise, namingIds } = await aScene();
  const [first, second] = namingIds as [string, string];
  const objectionId = await object(2);
  accepted(await revise([first], '申报单位撤回'));
  await uphold(objectionId);
  expect(await revise([], '更正')).toMatchObject(refused('OBJECTION_UNANSWERED'));
  expect(await revise([second], '异议成立')).toMatchObject({ refusal: { code: 'NOTHING_LISTED', at: 'struckIds' } });
});

test('an objection to the list as a whole is answered by any next version', async () => {
  const { object, uphold, revise, afterNotice, naming, namingIds } = await aScene();
  await uphold(await object(null));
  accepted(await revise([], '补充说明评审依据'));
  await afterNotice();
  for (const id of namingIds) expect(await naming(id)).toMatchObject({ state: 'named' });
});

test('a list is final only when every objection is decided', async () => {
  const { object, afterNotice, naming, namingIds } = await aScene();
  await object(1);
  expect(await afterNotice()).toBe(0);
  expect(await naming(namingIds[0]!)).toMatchObject({ state: 'listed' });
});

test('a list that is withdrawn leaves its applications to be decided again', async () => {
  const { callOff, notice, naming, namingIds, round, roundId, publish, afterNotice } = await aScene();
  expect(await callOff('')).toMatchObject({ refusal: { code: 'REASON_NEEDED', at: 'reason' } });
  accepted(await callOff());
  expect(await notice()).toMatchObject({ state: 'withdrawn', withdrawnReason: '名额调整' });
  expect(await round(roundId)).toMatchObject({ state: 'withdrawn', withdrawnReason: '名额调整' });
  for (const id of namingIds) expect(await naming(id)).toMatchObject({ state: 'applied', roundId: null });
  expect(await afterNotice()).toBe(0);
  expect(await callOff()).toMatchObject({ refusal: { code: 'ROUND_SETTLED', at: 'roundId' } });
  expect(await publish(namingIds)).toMatchObject({ ok: true });
});

test('a studio that is dissolved while it stands on the list is not named', async () => {
  const { deps, branch, first, namingIds, afterNotice, naming } = await aScene();
  accepted(await dissolveStudio(deps, branch, aKey(), { studioId: first, reason: '车间合并' }));
  await afterNotice();
  expect(await naming(namingIds[1]!)).toMatchObject({ state: 'withdrawn', number: null });
  expect(await naming(namingIds[0]!)).toMatchObject({ state: 'named' });
});

test('what is final is not revised, nor by who may not name, nor what is not on the list', async () => {
  const { deps, revise, namingIds, afterNotice, east, leaderId, province } = await aScene();
  expect(await revise([leaderId])).toMatchObject({ refusal: { code: 'NAMING_NOT_LISTED', at: 'struckIds.0' } });
  expect(await revise([], ' ')).toMatchObject(refused('REASON_NEEDED'));
  const eastern = await anAdmin(deps, [east]);
  expect(await revise([namingIds[0]!], '不符', eastern)).toMatchObject(refused('ROUND_UNKNOWN'));
  const reader = await anAdmin(deps, [province], ['studios:read', 'studios:write']);
  expect(await revise([namingIds[0]!], '不符', reader)).toMatchObject(refused('ROUND_UNKNOWN'));
  const leader = await aDecider(deps, province, leaderId);
  expect(await revise([namingIds[0]!], '不符', leader)).toMatchObject({
    refusal: { code: 'OWN_STUDIO', at: 'roundId' },
  });
  await afterNotice();
  expect(await revise([namingIds[0]!])).toMatchObject(refused('ROUND_SETTLED'));
});

test('the job that advances innovation makes a round final whose notice is over', async () => {
  const { deps, roundId, round } = await aScene();
  deps.clock.advance({ days: 14 });
  await advanceInnovationJob.run(deps, {}, async () => {});
  expect(await round(roundId)).toMatchObject({ state: 'final' });
});

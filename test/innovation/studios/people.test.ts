import { expect, test } from 'vitest';
import { changeLeader, type LeaderChange } from '../../../src/innovation/studios/change-leader.ts';
import { dissolveStudio } from '../../../src/innovation/studios/dissolve-studio.ts';
import { MOST_MEMBERS } from '../../../src/innovation/studios/limits.ts';
import { currentStudioOf } from '../../../src/innovation/studios/queries.ts';
import { changeDuty, removeMember } from '../../../src/innovation/studios/remove-member.ts';
import { newId } from '../../../src/platform/ids.ts';
import { members } from '../../support/ledger.ts';
import { accepted, aKey, aMember, auditTrail, refused } from '../../unions/tree.ts';
import { aFile, aStudioWorld } from './world.ts';

/** A world with a studio whose leader is known, and shorthands for its people. */
async function aScene() {
  const world = await aStudioWorld();
  const { deps, branch, person, found, parts } = world;
  const leaderId = await person();
  const studioId = await found({ leader: { memberId: leaderId, kind: 'skilled_worker', evidenceIds: [] } });
  const remove = (memberId: string) => removeMember(deps, branch, aKey(), { studioId, memberId });
  const lead = (memberId: string, fields: Partial<LeaderChange> = {}) => {
    const leader = { memberId, kind: 'skilled_worker' as const, evidenceIds: [] };
    return changeLeader(deps, branch, aKey(), {
      studioId,
      leader,
      formerDuty: null,
      reason: '原领衔人退休',
      ...fields,
    });
  };
  const now = async () =>
    (await parts(studioId)).filter(({ leftOn }) => leftOn === null).map(({ memberId, role }) => [memberId, role]);
  return { ...world, leaderId, studioId, remove, lead, now };
}

test('members come with a duty, get another one, and leave; that they were there stays on record', async () => {
  const { deps, branch, studioId, join, remove, person, parts, now, leaderId } = await aScene();
  const memberId = await person();
  accepted(await join(studioId, memberId));
  accepted(await changeDuty(deps, branch, aKey(), { studioId, memberId, duty: '数据分析' }));
  expect(await now()).toEqual([
    [leaderId, 'leader'],
    [memberId, 'member'],
  ]);
  expect((await currentStudioOf(deps.db.manager, [memberId, leaderId])).get(memberId)?.id).toBe(studioId);
  deps.clock.advance({ days: 3 });
  accepted(await remove(memberId));
  expect((await parts(studioId))[1]).toMatchObject({ duty: '数据分析', joinedOn: '2026-03-02', leftOn: '2026-03-05' });
  expect((await currentStudioOf(deps.db.manager, [memberId])).size).toBe(0);
  expect((await auditTrail(deps)).slice(-3).map(({ action }) => action)).toEqual([
    'addStudioMember',
    'changeStudioDuty',
    'removeStudioMember',
  ]);
});

test('who is in a studio comes into no other, nor twice; who left may come again', async () => {
  const { found, join, remove, person, studioId } = await aScene();
  const other = await found();
  const memberId = await person();
  accepted(await join(studioId, memberId));
  const already = { refusal: { code: 'ALREADY_IN_STUDIO', at: 'memberId' } };
  expect(await join(studioId, memberId)).toMatchObject(already);
  expect(await join(other, memberId)).toMatchObject(already);
  accepted(await remove(memberId));
  expect(await join(other, memberId)).toMatchObject({ ok: true });
});

test('of two studios that take the same member at one moment, one has her', async () => {
  const { deps, found, join, person, studioId } = await aScene();
  const other = await found();
  const memberId = await person();
  const answers = await Promise.all([join(studioId, memberId), join(other, memberId)]);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.find(({ ok }) => !ok)).toMatchObject(refused('ALREADY_IN_STUDIO'));
  expect(await deps.db.query('SELECT id FROM studio_member WHERE member_id = ?', [memberId])).toHaveLength(1);
});

test('strangers, frozen members, empty duties and a hundred and first member are refused', async () => {
  const { deps, studioId, join, person, westWorks, eastWorks } = await aScene();
  const at = 'memberId';
  const stranger = await person(4, westWorks);
  expect(await join(studioId, stranger)).toMatchObject({ refusal: { code: 'MEMBER_UNKNOWN', at } });
  const gone = await aMember(deps, eastWorks, { state: 'left' });
  expect(await join(studioId, gone)).toMatchObject({ refusal: { code: 'MEMBER_NOT_ACTIVE', at } });
  const one = await person();
  expect(await join(studioId, one, '')).toMatchObject({ refusal: { code: 'TEXT_LENGTH', at: 'duty' } });
  const full = (await members(deps.db, eastWorks, MOST_MEMBERS - 1)).map((id) => [newId(), studioId, id, 'member']);
  const rows = full.map((part) => [...part, '工艺设计', '2026-03-02']);
  await deps.db.query('INSERT INTO studio_member (id, studio_id, member_id, role, duty, joined_on) VALUES ?', [rows]);
  expect(await join(studioId, one)).toMatchObject({ refusal: { code: 'MEMBERS_TOO_MANY', at } });
});

test('the leader neither leaves nor gets a duty before another one leads, and nobody leaves who is not there', async () => {
  const { deps, branch, studioId, leaderId, remove, person } = await aScene();
  expect(await remove(leaderId)).toMatchObject({ refusal: { code: 'IS_LEADER', at: 'memberId' } });
  const duty = { studioId, memberId: leaderId, duty: '统筹' };
  expect(await changeDuty(deps, branch, aKey(), duty)).toMatchObject(refused('IS_LEADER'));
  expect(await remove(await person())).toMatchObject({ refusal: { code: 'NOT_IN_STUDIO', at: 'memberId' } });
});

test('a member steps up and the leader before stays with a duty; the reason is on record', async () => {
  const { studioId, leaderId, join, lead, person, parts, now } = await aScene();
  const memberId = await person();
  accepted(await join(studioId, memberId));
  accepted(await lead(memberId, { formerDuty: '技术顾问' }));
  expect((await now()).sort()).toEqual(
    [
      [leaderId, 'member'],
      [memberId, 'leader'],
    ].sort(),
  );
  expect((await parts(studioId)).find(({ leftReason }) => leftReason !== null)).toMatchObject({
    ...{ memberId: leaderId, role: 'leader', leftReason: '原领衔人退休' },
  });
});

test('a leader from outside comes with her standing, and the one before leaves', async () => {
  const { deps, studioId, lead, person, now, studio, branch, leaderId } = await aScene();
  const memberId = await person(1);
  expect(await lead(memberId)).toMatchObject({ refusal: { code: 'LEADER_UNSKILLED', at: 'leader.kind' } });
  const unproved = { memberId, kind: 'craftsman' as const, evidenceIds: [] };
  expect(await lead(memberId, { leader: unproved })).toMatchObject(refused('EVIDENCE_NEEDED'));
  expect(await now()).toEqual([[leaderId, 'leader']]);
  accepted(await lead(memberId, { leader: { ...unproved, evidenceIds: [await aFile(deps, branch)] } }));
  expect(await now()).toEqual([[memberId, 'leader']]);
  expect(await studio(studioId)).toMatchObject({ leaderKind: 'craftsman' });
});

test('a change of leader to the same one, to one of another studio, or without a reason is refused', async () => {
  const { leaderId, lead, found, person } = await aScene();
  expect(await lead(leaderId)).toMatchObject({ refusal: { code: 'LEADER_UNCHANGED', at: 'leader.memberId' } });
  const busy = await person();
  await found({ leader: { memberId: busy, kind: 'skilled_worker', evidenceIds: [] } });
  expect(await lead(busy)).toMatchObject({ refusal: { code: 'ALREADY_IN_STUDIO', at: 'leader.memberId' } });
  expect(await lead(await person(), { reason: ' ' })).toMatchObject({
    refusal: { code: 'REASON_NEEDED', at: 'reason' },
  });
});

test('a dissolved studio lets everybody go and its names end; nothing is done with it any more', async () => {
  const { deps, branch, studioId, join, apply, person, parts, studio, naming, named } = await aScene();
  accepted(await join(studioId, await person()));
  const { namingId } = await named(studioId);
  const pending = accepted(await apply(studioId, { level: 'nation' }));
  const dissolve = (reason = '车间合并') => dissolveStudio(deps, branch, aKey(), { studioId, reason });
  expect(await dissolve('')).toMatchObject({ refusal: { code: 'REASON_NEEDED', at: 'reason' } });
  accepted(await dissolve());
  expect(await studio(studioId)).toMatchObject({ state: 'dissolved', dissolveReason: '车间合并' });
  expect((await parts(studioId)).map(({ leftOn }) => leftOn)).toEqual(['2026-03-16', '2026-03-16']);
  const withdrawn = { state: 'withdrawn', reason: '车间合并' };
  expect(await naming(namingId)).toMatchObject({ ...withdrawn, endedOn: '2026-03-16' });
  expect(await naming(pending)).toMatchObject({ ...withdrawn, endedOn: null });
  for (const answer of [await dissolve(), await join(studioId, await person()), await apply(studioId)])
    expect(answer).toMatchObject({ refusal: { code: 'STUDIO_DISSOLVED', at: 'studioId' } });
});

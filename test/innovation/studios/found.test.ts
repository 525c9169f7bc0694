import { expect, test } from 'vitest';
import { evidenceOf } from '../../../src/evidence/queries.ts';
import { createStudio } from '../../../src/innovation/studios/create-studio.ts';
import { describeStudio } from '../../../src/innovation/studios/describe-studio.ts';
import type { NewLeader } from '../../../src/innovation/studios/leader.ts';
import { tagsOfStudios } from '../../../src/innovation/studios/queries.ts';
import { leaderEvidence } from '../../../src/innovation/studios/studio-member.entity.ts';
import { accepted, aKey, aMember, anAdmin, auditTrail, refused } from '../../unions/tree.ts';
import { aDescription, aFile, aStudioWorld } from './world.ts';

/** A world, and how its eastern firm founds a studio. */
async function aScene() {
  const world = await aStudioWorld();
  const { deps, branch, eastWorks, person } = world;
  const create = async ({ leader = {}, unionId = eastWorks, by = branch, ...fields }: Given = {}) => {
    const usual: NewLeader = { memberId: '', kind: 'skilled_worker', evidenceIds: [], ...leader };
    const chosen = { ...usual, memberId: usual.memberId || (await person()) };
    return createStudio(deps, by, aKey(), { unionId, studio: aDescription(fields), leader: chosen });
  };
  return { ...world, create };
}

type Given = Parameters<typeof aDescription>[0] & {
  leader?: Partial<NewLeader>;
  unionId?: string;
  by?: Awaited<ReturnType<typeof anAdmin>>;
};

test('a branch founds a studio that is led from today, each of its tags once; the audit trail tells it', async () => {
  const { deps, create, person, studio, parts, eastWorks, branch } = await aScene();
  const memberId = await person();
  const id = accepted(await create({ leader: { memberId }, tags: ['女职工', '人工智能', '女职工'] }));
  expect(await studio(id)).toMatchObject({
    ...{ unionId: eastWorks, name: '王小明创新工作室', field: '焊接', premises: '一号厂房二层' },
    ...{ leaderKind: 'skilled_worker', state: 'active', dissolvedAt: null },
  });
  expect((await tagsOfStudios(deps.db.manager, [id])).get(id)).toEqual(['人工智能', '女职工']);
  expect(await parts(id)).toMatchObject([
    { memberId, role: 'leader', duty: null, joinedOn: '2026-03-02', leftOn: null },
  ]);
  expect((await auditTrail(deps)).at(-1)).toMatchObject({
    ...{ actor: branch.actor, action: 'createStudio', targetId: id, unionId: eastWorks },
    after: { name: '王小明创新工作室', leader: { memberId, kind: 'skilled_worker' } },
  });
});

test('a skilled worker leads from 高级工 on; below, or with nothing on record, she is refused', async () => {
  const { create, person, deps, eastWorks } = await aScene();
  const nobody = await aMember(deps, eastWorks);
  const unskilled = { ok: false, refusal: { code: 'LEADER_UNSKILLED', at: 'leader.kind' } };
  expect(await create({ leader: { memberId: await person(2) } })).toMatchObject(unskilled);
  expect(await create({ leader: { memberId: nobody } })).toMatchObject(unskilled);
  expect(await create({ leader: { memberId: await person(3) } })).toMatchObject({ ok: true });
});

test('a model worker or craftsman leads with a file that proves it, which is attached to her part, and not without', async () => {
  const { deps, create, parts, branch, eastWorks } = await aScene();
  for (const kind of ['model_worker', 'craftsman'] as const) {
    const memberId = await aMember(deps, eastWorks);
    expect(await create({ name: kind, leader: { memberId, kind } })).toMatchObject({
      refusal: { code: 'EVIDENCE_NEEDED', at: 'leader.evidenceIds' },
    });
    const evidenceIds = [await aFile(deps, branch)];
    const id = accepted(await create({ name: kind, leader: { memberId, kind, evidenceIds } }));
    const [part] = await parts(id);
    const target = leaderEvidence(part!.id);
    const files = (await evidenceOf(deps.db.manager, [target])).get(target);
    expect(files?.map((file) => file.id)).toEqual(evidenceIds);
  }
});

test('somebody else’s file proves nothing, and a refused studio leaves nothing behind', async () => {
  const { deps, create, admin, eastWorks } = await aScene();
  const memberId = await aMember(deps, eastWorks);
  const evidenceIds = [await aFile(deps, admin)];
  expect(await create({ leader: { memberId, kind: 'craftsman', evidenceIds } })).toMatchObject({
    refusal: { code: 'EVIDENCE_UNKNOWN', at: 'leader.evidenceIds.0' },
  });
  const [counts] = await deps.db.query(
    'SELECT (SELECT COUNT(*) FROM studio) AS studios, (SELECT COUNT(*) FROM studio_member) AS parts',
  );
  expect(counts).toEqual({ studios: 0, parts: 0 });
});

test('a leader who is not on the roll of the branch, is frozen, or is in a studio already, is refused with the place', async () => {
  const { deps, create, person, westWorks, eastWorks } = await aScene();
  const at = 'leader.memberId';
  const outside = await person(5, westWorks);
  expect(await create({ leader: { memberId: outside } })).toMatchObject({ refusal: { code: 'MEMBER_UNKNOWN', at } });
  const frozen = await aMember(deps, eastWorks, { state: 'frozen' });
  expect(await create({ leader: { memberId: frozen } })).toMatchObject({ refusal: { code: 'MEMBER_NOT_ACTIVE', at } });
  const busy = await person();
  accepted(await create({ leader: { memberId: busy } }));
  expect(await create({ name: '另一工作室', leader: { memberId: busy } })).toMatchObject({
    refusal: { code: 'ALREADY_IN_STUDIO', at },
  });
});

test.each([
  ['studio.name', { name: ' 有空格' }, 'TEXT_LENGTH'],
  ['studio.name', { name: '长'.repeat(61) }, 'TEXT_LENGTH'],
  ['studio.field', { field: '' }, 'TEXT_LENGTH'],
  ['studio.premises', { premises: '两\n行' }, 'TEXT_LENGTH'],
  ['studio.about', { about: '' }, 'TEXT_LENGTH'],
  ['studio.tags.1', { tags: ['女职工', ''] }, 'TEXT_LENGTH'],
  ['studio.tags', { tags: Array.from({ length: 11 }, (_, i) => `标签${i}`) }, 'TAGS_TOO_MANY'],
])('bad input at %s is refused there', async (at, fields, code) => {
  const { create } = await aScene();
  expect(await create(fields)).toMatchObject({ ok: false, refusal: { code, at } });
});

test('a name stands once in a union as long as the studio does, and may stand in another union', async () => {
  const { deps, create, person, westWorks, admin, eastWorks } = await aScene();
  accepted(await create());
  expect(await create()).toMatchObject({ refusal: { code: 'STUDIO_NAME_TAKEN', at: 'studio.name' } });
  const other = { leader: { memberId: await person(4, westWorks) }, unionId: westWorks, by: admin };
  expect(await create(other)).toMatchObject({ ok: true });
  const both = await Promise.all([create({ name: '同名工作室' }), create({ name: '同名工作室' })]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await deps.db.query('SELECT id FROM studio WHERE union_id = ?', [eastWorks])).toHaveLength(2);
});

test('an admin without studios:write there founds nothing, and a union of another branch answers like none', async () => {
  const { deps, create, eastWorks, westWorks } = await aScene();
  const reader = await anAdmin(deps, [eastWorks], ['studios:read']);
  expect(await create({ by: reader })).toMatchObject(refused('UNION_UNKNOWN'));
  expect(await create({ unionId: westWorks })).toMatchObject(refused('UNION_UNKNOWN'));
});

test('a studio is described anew, all of it, keeping its own name; one of another branch is not', async () => {
  const { deps, found, studio, branch, westWorks } = await aScene();
  const studioId = await found({ name: '旧名', tags: ['女职工'] });
  const describe = (fields = {}, by = branch) =>
    describeStudio(deps, by, aKey(), { studioId, studio: aDescription(fields) });
  accepted(await describe({ name: '旧名', field: '数控', tags: ['人工智能'] }));
  expect(await studio(studioId)).toMatchObject({ name: '旧名', field: '数控' });
  expect((await tagsOfStudios(deps.db.manager, [studioId])).get(studioId)).toEqual(['人工智能']);
  expect((await auditTrail(deps)).at(-1)).toMatchObject({
    action: 'describeStudio',
    before: { field: '焊接', tags: ['女职工'] },
    after: { field: '数控', tags: ['人工智能'] },
  });
  await found({ name: '邻居' });
  expect(await describe({ name: '邻居' })).toMatchObject(refused('STUDIO_NAME_TAKEN'));
  const western = await anAdmin(deps, [westWorks]);
  expect(await describe({}, western)).toMatchObject(refused('STUDIO_UNKNOWN'));
});

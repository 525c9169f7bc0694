import { expect, test } from 'vitest';
import { authenticate } from '../../src/identity/authenticate.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { loadMembers } from '../../src/unions/load-members.ts';
import { moveMember } from '../../src/unions/move-member.ts';
import { findMembers, type MemberFilter, membersIn } from '../../src/unions/queries.ts';
import { setMemberState } from '../../src/unions/set-member-state.ts';
import { openMemberSession } from '../../src/unions/sign-in-member.ts';
import { aKey, aMember, anAdmin, aTree, auditTrail, refused } from './tree.ts';

const reason = '本人申请';
const page = (first: number, after?: string) => ({ first, after });

async function aPlant() {
  const tree = await aTree();
  const { deps, eastWorks, westWorks } = tree;
  const wang = await aMember(deps, eastWorks, { name: '王小明', staffNumber: 'E_1' });
  const wang2 = await aMember(deps, eastWorks, { name: '王芳', staffNumber: 'EX1', state: 'frozen' });
  const li = await aMember(deps, westWorks, { name: '李雷', staffNumber: 'W1' });
  return { ...tree, wang, wang2, li };
}

test('a list of members shows the branch that is asked, by how name or staff number begins, and by state', async () => {
  const { deps, province, east, west, wang, wang2, li } = await aPlant();
  const list = async (filter: Partial<MemberFilter>) => {
    const whole = { branches: [`/${province}/`], search: undefined, state: undefined, tag: undefined, ...filter };
    return (await membersIn(deps.db.manager, whole, page(10))).items.map((member) => member.id);
  };
  expect(await list({})).toEqual([wang, wang2, li]);
  expect(await list({ branches: [`/${province}/${west}/`] })).toEqual([li]);
  expect(await list({ branches: [`/${province}/${west}/`, `/${province}/${east}/`] })).toEqual([wang, wang2, li]);
  expect(await list({ branches: [] })).toEqual([]);
  expect(await list({ search: '王' })).toEqual([wang, wang2]);
  expect(await list({ search: '小明' })).toEqual([]);
  expect(await list({ search: 'E_' })).toEqual([wang]);
  expect(await list({ search: '%' })).toEqual([]);
  expect(await list({ search: 'W1', branches: [`/${province}/${east}/`] })).toEqual([]);
  expect(await list({ state: 'frozen' })).toEqual([wang2]);
});

test('pages of members follow one another without a gap or a repeat', async () => {
  const { deps, province, wang, wang2, li } = await aPlant();
  const filter = { branches: [`/${province}/`], search: undefined, state: undefined, tag: undefined };
  const one = await membersIn(deps.db.manager, filter, page(2));
  expect(one).toMatchObject({ items: [{ id: wang }, { id: wang2 }], hasNextPage: true });
  expect(await membersIn(deps.db.manager, filter, page(2, wang2))).toMatchObject({
    items: [{ id: li }],
    hasNextPage: false,
  });
});

test('an admin freezes a member and takes it back, and the audit keeps the reasons', async () => {
  const { deps, east, eastWorks, wang } = await aPlant();
  const admin = await anAdmin(deps, [east]);
  const set = (state: 'active' | 'frozen', why: string) =>
    setMemberState(deps, admin, aKey(), { id: wang, state, reason: why });
  deps.clock.advance({ days: 1 });
  expect(await set('frozen', '核查中')).toEqual({ ok: true, value: wang });
  expect(await findMembers(deps.db.manager, [wang])).toMatchObject([{ state: 'frozen', updatedAt: deps.clock.now() }]);
  expect(await set('frozen', '再次冻结')).toEqual({ ok: true, value: wang });
  expect(await set('active', ' 已核实 ')).toEqual({ ok: true, value: wang });
  const common = { actor: admin.actor, action: 'setMemberState', targetId: wang, unionId: eastWorks };
  expect(await auditTrail(deps)).toEqual([
    { ...common, before: { state: 'active' }, after: { state: 'frozen', reason: '核查中' } },
    { ...common, before: { state: 'frozen' }, after: { state: 'active', reason: '已核实' } },
  ]);
});

test('a member who left is no caller any more, and the sessions stay ended when she returns', async () => {
  const { deps, east, wang, wang2 } = await aPlant();
  const admin = await anAdmin(deps, [east]);
  const tokens = await inTransaction(deps.db, (tx) => openMemberSession(tx, deps, wang));
  const call = () => authenticate(deps, 'member', `Bearer ${tokens.accessToken}`, loadMembers);
  expect(await call()).toMatchObject({ door: 'member', actor: `member:${wang}`, memberId: wang });
  expect(await setMemberState(deps, admin, aKey(), { id: wang, state: 'left', reason })).toMatchObject({ ok: true });
  await expect(call()).rejects.toMatchObject({ reason: 'SESSION_ENDED' });
  const subjects = await loadMembers(deps, [wang, wang2, newId()]);
  expect([...subjects.keys()]).toEqual([wang2]);
  expect([...(subjects.get(wang2)?.permissions ?? [])]).toEqual(['self']);
  await setMemberState(deps, admin, aKey(), { id: wang, state: 'active', reason });
  await expect(call()).rejects.toMatchObject({ reason: 'SESSION_ENDED' });
});

test("a member's state wants a reason", async () => {
  const { deps, east, wang } = await aPlant();
  const admin = await anAdmin(deps, [east]);
  for (const bad of ['', '   ', '长'.repeat(201)])
    expect(await setMemberState(deps, admin, aKey(), { id: wang, state: 'left', reason: bad })).toMatchObject(
      refused('REASON_MISSING'),
    );
  expect(await findMembers(deps.db.manager, [wang])).toMatchObject([{ state: 'active' }]);
});

test("a member moves between unions of one admin's branches", async () => {
  const { deps, province, westWorks, eastWorks, wang } = await aPlant();
  const admin = await anAdmin(deps, [province]);
  deps.clock.advance({ days: 1 });
  expect(await moveMember(deps, admin, aKey(), { id: wang, unionId: westWorks })).toEqual({ ok: true, value: wang });
  expect(await findMembers(deps.db.manager, [wang])).toMatchObject([
    { unionId: westWorks, staffNumber: 'E_1', updatedAt: deps.clock.now() },
  ]);
  expect(await auditTrail(deps)).toMatchObject([
    { action: 'moveMember', targetId: wang, before: { unionId: eastWorks }, after: { unionId: westWorks } },
  ]);
});

test('a member cannot move to where the staff number is taken, also when two move at once', async () => {
  const { deps, province, east, west, eastWorks } = await aPlant();
  const admin = await anAdmin(deps, [province]);
  const [one, other] = [
    await aMember(deps, east, { staffNumber: 'N7' }),
    await aMember(deps, west, { staffNumber: 'N7' }),
  ];
  const outcomes = await Promise.all(
    [one, other].map((id) => moveMember(deps, admin, aKey(), { id, unionId: eastWorks })),
  );
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(outcomes.filter((outcome) => !outcome.ok)).toMatchObject([refused('STAFF_NUMBER_TAKEN')]);
  expect(await auditTrail(deps)).toHaveLength(1);
});

test("members without a staff number do not stand in one another's way", async () => {
  const { deps, province, east, west, eastWorks } = await aPlant();
  const admin = await anAdmin(deps, [province]);
  for (const id of [await aMember(deps, east), await aMember(deps, west)])
    expect(await moveMember(deps, admin, aKey(), { id, unionId: eastWorks })).toMatchObject({ ok: true });
});

test('an admin of another branch, or without the permission, changes no member and learns nothing', async () => {
  const { deps, east, west, westWorks, wang } = await aPlant();
  const before = await deps.db.query('SELECT * FROM member ORDER BY id');
  for (const stranger of [await anAdmin(deps, [west]), await anAdmin(deps, [east], ['members:read'])]) {
    expect(await setMemberState(deps, stranger, aKey(), { id: wang, state: 'left', reason: '' })).toMatchObject(
      refused('MEMBER_UNKNOWN'),
    );
    expect(await moveMember(deps, stranger, aKey(), { id: wang, unionId: westWorks })).toMatchObject(
      refused('MEMBER_UNKNOWN'),
    );
  }
  // Out of her own branch, too, a member cannot be given away.
  const own = await anAdmin(deps, [east]);
  expect(await moveMember(deps, own, aKey(), { id: wang, unionId: westWorks })).toMatchObject(refused('UNION_UNKNOWN'));
  expect(await deps.db.query('SELECT * FROM member ORDER BY id')).toEqual(before);
  expect(await auditTrail(deps)).toEqual([]);
});

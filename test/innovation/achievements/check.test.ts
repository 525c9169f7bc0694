import { beforeEach, expect, test } from 'vitest';
import { changeAdoption } from '../../../src/innovation/achievements/change-adoption.ts';
import { changeGroup } from '../../../src/innovation/achievements/change-group.ts';
import { setAchievementState } from '../../../src/innovation/achievements/set-state.ts';
import { Season } from '../../../src/innovation/seasons/season.entity.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { accepted, aKey, anAdmin, auditTrail, refused } from '../../unions/tree.ts';
import { aCategory } from '../world.ts';
import { aDeclaringWorld, aPerson, type DeclaringWorld, named } from './world.ts';

let world: DeclaringWorld;
beforeEach(async () => {
  world = await aDeclaringWorld();
});

const refusedAt = (code: string, at: string) => ({ ok: false, refusal: { code, at } });
const beginReview = ({ deps, season }: DeclaringWorld, id = season.id) =>
  deps.db.manager.update(Season, { id }, { state: 'reviewing', reviewingAt: deps.clock.now() });

test('a checker returns what lacks something, line by line, admits it when it is complete, and it is all written down', async () => {
  const { deps, declared, giveBack, change, submit, admit, one, history, admin } = world;
  const id = await declared();
  accepted(await giveBack(id, ['缺少应用证明', ' 完成人未签字 ']));
  expect(await one(id)).toMatchObject({ state: 'returned', checkedAt: deps.clock.now() });
  expect(await admit(id)).toMatchObject(refusedAt('ACHIEVEMENT_CHECKED', 'achievementId'));
  accepted(await change(id, { text: '补正后' }));
  accepted(await submit(id));
  accepted(await admit(id));
  expect(await one(id)).toMatchObject({ state: 'eligible' });
  expect(await history(id)).toEqual([
    { what: 'submitted' },
    { what: 'returned', missing: ['缺少应用证明', '完成人未签字'] },
    { what: 'resubmitted' },
    { what: 'eligible' },
  ]);
  const checks = (await auditTrail(deps)).filter(({ action }) => action === 'checkAchievement');
  expect(checks).toMatchObject([
    { actor: admin.actor, targetId: id, before: { state: 'submitted' }, after: { state: 'returned' } },
    { actor: admin.actor, targetId: id, before: { state: 'submitted' }, after: { state: 'eligible' } },
  ]);
});

test('a return says what is missing, and who is ruled out is told why', async () => {
  const { declared, giveBack, ruleOut } = world;
  const id = await declared();
  expect(await giveBack(id, [])).toMatchObject(refusedAt('MISSING_MALFORMED', 'missing'));
  expect(await giveBack(id, ['有', ' '])).toMatchObject(refusedAt('MISSING_MALFORMED', 'missing.1'));
  expect(await giveBack(id, Array(21).fill('缺'))).toMatchObject(refusedAt('MISSING_MALFORMED', 'missing'));
  expect(await ruleOut(id, ' ')).toMatchObject(refusedAt('REASON_MISSING', 'reason'));
  accepted(await ruleOut(id, '往届已获奖'));
  expect(await world.history(id)).toContainEqual({ what: 'ineligible', reason: '往届已获奖' });
  expect(await world.submit(id)).toMatchObject(refused('ACHIEVEMENT_FIXED'));
});

test('a verdict can be mended until the review begins, and not after', async () => {
  const { declared, admit, ruleOut, giveBack, one } = world;
  const [first, second] = [await declared(), await declared()];
  accepted(await ruleOut(first));
  accepted(await admit(first));
  accepted(await giveBack(first));
  expect(await one(first)).toMatchObject({ state: 'returned' });
  await beginReview(world);
  expect(await admit(second)).toMatchObject(refusedAt('CHECK_CLOSED', 'achievementId'));
});

test('nobody checks her own achievement, without the permission at the season’s union, as a token, or what is a draft', async () => {
  const { deps, declared, draft, admit, person, east, province, eastWorks } = world;
  const colleague = await aPerson(deps, eastWorks);
  const id = await declared({ share: 5000, colleagues: [named(colleague, 5000)] });
  const eastern = await anAdmin(deps, [east]);
  expect(await admit(id, eastern)).toMatchObject(refused('ACHIEVEMENT_UNKNOWN'));
  const reader = await anAdmin(deps, [province], ['achievements:read']);
  expect(await admit(id, reader)).toMatchObject(refused('ACHIEVEMENT_UNKNOWN'));
  const checker = await anAdmin(deps, [province]);
  expect(await admit(id, { ...checker, operatorId: null })).toMatchObject(refused('PERSON_NEEDED'));
  expect(await admit(accepted(await draft()), checker)).toMatchObject(refused('ACHIEVEMENT_UNKNOWN'));
  for (const { memberId } of [person, colleague]) {
    await deps.db.query('DELETE FROM operator WHERE id = ?', [checker.operatorId]);
    await deps.db.query(
      'INSERT INTO operator (id, door, login, name, password_hash, member_id, created_at) VALUES (?)',
      [[checker.operatorId, 'admin', 'checker', '审查员', '!', memberId, deps.clock.now()]],
    );
    expect(await admit(id, checker)).toMatchObject(refusedAt('OWN_ACHIEVEMENT', 'achievementId'));
  }
  expect(await world.history(id)).toEqual([{ what: 'submitted' }]);
});

test('of two checkers who decide at the same moment one comes too late', async () => {
  const { deps, declared, admit, province } = world;
  const id = await declared();
  const other = await anAdmin(deps, [province]);
  const outcomes = await Promise.all([admit(id), admit(id, other)]);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await world.history(id)).toHaveLength(2);
});

test('a checker puts an achievement into the other group, for a reason, and so into its category; the post decides no more', async () => {
  const { deps, admin, anotherSeason, one, giveBack, change, submit } = world;
  const seasonId = await anotherSeason({
    categories: [
      aCategory({ name: '职工组', group: 'workers' }),
      aCategory({ name: '专技组', group: 'professionals' }),
      aCategory({ name: '方法', kind: 'method', group: 'workers' }),
    ],
  });
  const declared = (fields = {}) => world.declared(fields, undefined, seasonId);
  const regroup = (achievementId: string, reason = '申报人为专职工程师') =>
    changeGroup(deps, admin, aKey(), { achievementId, group: 'professionals', reason });
  const id = await declared();
  expect(await regroup(id, ' ')).toMatchObject(refusedAt('REASON_MISSING', 'reason'));
  accepted(await regroup(id));
  const changed = { group: 'professionals', groupReason: '申报人为专职工程师', categoryNumber: 2 };
  expect(await one(id)).toMatchObject({ state: 'submitted', ...changed });
  expect(await regroup(id)).toMatchObject(refusedAt('GROUP_UNCHANGED', 'group'));
  accepted(await giveBack(id));
  accepted(await change(id, { post: 'worker', text: '补正后' }));
  accepted(await submit(id));
  expect(await one(id)).toMatchObject(changed);
  const method = await declared({ kind: 'method' });
  expect(await regroup(method)).toMatchObject(refusedAt('CATEGORY_MISSING', 'group'));
  await beginReview(world, seasonId);
  expect(await regroup(method)).toMatchObject(refused('CHECK_CLOSED'));
  expect(await world.history(id)).toContainEqual({
    ...{ what: 'group_changed', group: 'professionals', reason: '申报人为专职工程师' },
  });
});

test('a firm takes a proposal up step by step, with the effect that was measured, also after the season', async () => {
  const { deps, declared, eastWorks, west, one } = world;
  const firm = await anAdmin(deps, [eastWorks]);
  const id = await declared({ kind: 'proposal' });
  const adopt = (adoption: 'adopted' | 'trial' | 'in_use', effectMeasured: string | null = null, by = firm, of = id) =>
    changeAdoption(deps, by, aKey(), { achievementId: of, adoption, effectMeasured });
  expect(await adopt('adopted', null, await anAdmin(deps, [west]))).toMatchObject(refused('ACHIEVEMENT_UNKNOWN'));
  accepted(await adopt('trial'));
  expect(await adopt('adopted')).toMatchObject(refusedAt('ADOPTION_BACKWARDS', 'adoption'));
  expect(await adopt('in_use')).toMatchObject(refusedAt('EFFECT_MISSING', 'effectMeasured'));
  await beginReview(world);
  accepted(await adopt('in_use', ' 每月省电 3000 度 '));
  expect(await one(id)).toMatchObject({ adoption: 'in_use', effectMeasured: '每月省电 3000 度' });
  expect(await world.history(id)).toMatchObject([
    { what: 'submitted' },
    { what: 'adoption_changed', adoption: 'trial' },
    { what: 'adoption_changed', adoption: 'in_use' },
  ]);
});

test('only a proposal is adopted', async () => {
  const { deps, declared, eastWorks } = world;
  const achievementId = await declared();
  const input = { achievementId, adoption: 'adopted' as const, effectMeasured: null };
  expect(await changeAdoption(deps, await anAdmin(deps, [eastWorks]), aKey(), input)).toMatchObject(
    refused('ADOPTION_OF_NO_PROPOSAL'),
  );
});

test('the end of a season brings all of a list into a state, or none of it', async () => {
  const { deps, declared, admit, one, history } = world;
  const ids = [await declared(), await declared()];
  accepted(await admit(ids[0]!));
  const list = (some: readonly string[], from: 'eligible' | 'listed', to: 'listed' | 'honoured') =>
    inTransaction(deps.db, (tx) => setAchievementState(tx, some, from, to, deps.clock.now()));
  await expect(list(ids, 'eligible', 'listed')).rejects.toThrow(ids[1]);
  expect(await one(ids[0]!)).toMatchObject({ state: 'eligible' });
  accepted(await admit(ids[1]!));
  await list(ids, 'eligible', 'listed');
  await list(ids, 'listed', 'honoured');
  expect(await one(ids[1]!)).toMatchObject({ state: 'honoured', settledAt: deps.clock.now() });
  expect((await history(ids[0]!)).map(({ what }) => what)).toEqual(['submitted', 'eligible', 'listed', 'honoured']);
});

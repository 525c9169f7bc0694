import { expect, test } from 'vitest';
import { inviteExperts } from '../../../src/innovation/review/invite-experts.ts';
import { registerExpert } from '../../../src/innovation/seasons/experts/register-expert.ts';
import { removeExpert } from '../../../src/innovation/seasons/experts/remove-expert.ts';
import { Judge } from '../../../src/judging/judges/judge.entity.ts';
import { anAccount } from '../../judging/world.ts';
import { accepted, aKey, anAdmin, refused } from '../../unions/tree.ts';
import { aReviewWorld } from '../review/world.ts';
import { aCategory } from '../world.ts';

async function aRegister() {
  const world = await aReviewWorld();
  const { deps, admin, province } = world;
  const register = (adminId: string, field: string, by = admin) =>
    registerExpert(deps, by, aKey(), { unionId: province, adminId, field });
  const expert = async (field: string, name = '专家') => {
    const { operatorId } = await anAccount(deps, province, 'judge', { name });
    return { adminId: operatorId!, expertId: accepted(await register(operatorId!, field)) };
  };
  const remove = (expertId: string, by = admin) => removeExpert(deps, by, aKey(), { expertId });
  return { ...world, register, expert, remove };
}

test('an expert is somebody who may judge, is registered once for each field, and again after she was removed', async () => {
  const { deps, province, east, register, expert, remove } = await aRegister();
  const clerk = await anAccount(deps, province, 'roster-clerk');
  expect(await register(clerk.operatorId!, '焊接')).toMatchObject(refused('JUDGE_UNFIT'));
  const { adminId, expertId } = await expert('焊接');
  expect(await register(adminId, ' 焊接 ')).toMatchObject(refused('EXPERT_REGISTERED'));
  expect(await register(adminId, '')).toMatchObject({ refusal: { code: 'TEXT_LENGTH', at: 'field' } });
  accepted(await register(adminId, '数控'));
  const eastern = await anAdmin(deps, [east]);
  expect(await register(adminId, '铸造', eastern)).toMatchObject(refused('UNION_UNKNOWN'));
  expect(await remove(expertId, eastern)).toMatchObject(refused('EXPERT_UNKNOWN'));
  accepted(await remove(expertId));
  expect(await remove(expertId)).toMatchObject(refused('EXPERT_UNKNOWN'));
  expect(accepted(await register(adminId, '焊接'))).toBe(expertId);
});

test('all experts of a category’s fields are invited to its panel at once, each once', async () => {
  const world = await aRegister();
  const { deps, admin, season, declared, closeDeclarations, review, category, expert, remove } = world;
  const { season: opened, categories } = await season({ categories: [aCategory({ fields: ['焊接', '数控'] })] });
  await declared(opened.id);
  closeDeclarations();
  const categoryId = categories[0]!.id;
  const invite = (by = admin) => inviteExperts(deps, by, aKey(), { categoryId });
  expect(await invite()).toMatchObject(refused('CATEGORY_NOT_OPEN'));
  accepted(await review(opened.id));
  expect(await invite()).toMatchObject(refused('EXPERTS_MISSING'));
  const welder = await expert('焊接');
  const turner = await expert('数控');
  await expert('铸造');
  const gone = await expert('焊接');
  accepted(await remove(gone.expertId));
  accepted(await invite());
  const { panelId } = await category(categoryId);
  const judges = await deps.db.manager.find(Judge, { where: { panelId: panelId! } });
  expect(judges.map(({ operatorId, state }) => [operatorId, state]).sort()).toEqual(
    [
      [welder.adminId, 'invited'],
      [turner.adminId, 'invited'],
    ].sort(),
  );
  // Whoever declined is not asked again.
  await deps.db.manager.update(
    Judge,
    { operatorId: welder.adminId },
    { state: 'declined', answeredAt: deps.clock.now() },
  );
  expect(await invite()).toMatchObject(refused('EXPERTS_MISSING'));
  const reader = await anAdmin(deps, [world.province], ['achievements:check']);
  expect(await invite(reader)).toMatchObject(refused('PANEL_UNKNOWN'));
});

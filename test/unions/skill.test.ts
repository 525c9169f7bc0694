import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { groupBy } from '../../src/platform/group-by.ts';
import { newId } from '../../src/platform/ids.ts';
import type { SkillLevel } from '../../src/unions/skill/member-skill.entity.ts';
import { highestSkill, skillsOf } from '../../src/unions/skill/queries.ts';
import { type DeclaredSkill, recordSkill } from '../../src/unions/skill/record-skill.ts';
import { type ReachedLevel, recordSkillLevels } from '../../src/unions/skill/record-skill-levels.ts';
import { anAdmin as anOperator } from '../identity/world.ts';
import { accepted, aKey, aMember, anAdmin, aTree, auditTrail, refused } from './tree.ts';

async function aWorkshop() {
  const tree = await aTree();
  const { deps, province, eastWorks } = tree;
  deps.clock.set('2026-08-03T02:00:00.000Z');
  const memberId = await aMember(deps, eastWorks);
  const admin = await anAdmin(deps, [province]);
  const declare = (skill: Partial<DeclaredSkill> = {}, who = admin) =>
    recordSkill(deps, who, aKey(), { memberId, trade: '焊工', level: 3, since: '2024-05-01', ...skill });
  const reach = (...reached: Partial<ReachedLevel>[]) =>
    inTransaction(deps.db, (tx) =>
      recordSkillLevels(
        tx,
        reached.map((one) => ({ ...BY_COMPETITION, memberId, ...one })),
        deps.clock.now(),
      ),
    );
  const levels = async () =>
    ((await skillsOf(deps.db.manager, [memberId])).get(memberId) ?? []).map(({ trade, level }) => [trade, level]);
  return { ...tree, memberId, admin, declare, reach, levels };
}

const BY_COMPETITION = {
  trade: '焊工',
  level: 4 as SkillLevel,
  since: '2026-08-01',
  source: 'competition' as const,
  causeId: newId(),
};

test('a member has one level in each trade, the highest that was recorded, and the highest of all comes first', async () => {
  const { deps, memberId, declare, levels } = await aWorkshop();
  accepted(await declare({ trade: '钳工', level: 2 }));
  accepted(await declare({ level: 3 }));
  accepted(await declare({ level: 4, since: '2026-08-03' }));
  expect(await levels()).toEqual([
    ['焊工', 4],
    ['钳工', 2],
  ]);
  expect((await highestSkill(deps.db.manager, [memberId])).get(memberId)).toMatchObject({ trade: '焊工', level: 4 });
  expect(await auditTrail(deps)).toMatchObject([
    { action: 'recordSkill', before: { trade: '钳工', level: null }, after: { trade: '钳工', level: 2 } },
    { before: { level: null }, after: { trade: '焊工', level: 3 } },
    { targetId: memberId, before: { level: 3 }, after: { level: 4, since: '2026-08-03' } },
  ]);
});

test('the same level again is nothing, and a lower one is refused', async () => {
  const { deps, memberId, declare, levels } = await aWorkshop();
  accepted(await declare());
  expect(await declare({ since: '2025-01-01' })).toEqual({ ok: true, value: memberId });
  expect(await declare({ level: 2 })).toMatchObject(refused('SKILL_LEVEL_LOWER'));
  expect(await levels()).toEqual([['焊工', 3]]);
  expect(await auditTrail(deps)).toHaveLength(1);
});

test('a competition raises those whom it can, tells which, and leaves those who are higher already', async () => {
  const { deps, eastWorks, memberId, declare, reach } = await aWorkshop();
  const master = await aMember(deps, eastWorks);
  accepted(await declare({ memberId: master, level: 5 }));
  const raised = await reach({}, { memberId: master }, {});
  expect(raised).toEqual([{ ...BY_COMPETITION, memberId }]);
  expect((await skillsOf(deps.db.manager, [memberId, master])).get(memberId)).toMatchObject([
    { level: 4, source: 'competition', causeId: BY_COMPETITION.causeId },
  ]);
  expect((await highestSkill(deps.db.manager, [master])).get(master)).toMatchObject({ level: 5, source: 'declared' });
});

test('of many who raise the same member at once, each level is written once and the highest stays', async () => {
  const { deps, reach, levels } = await aWorkshop();
  const raised = await Promise.all([3, 5, 5, 4, 3].map((level) => reach({ level: level as SkillLevel })));
  const levelsRaised = raised.flat().map(({ level }) => level);
  expect(new Set(levelsRaised).size).toBe(levelsRaised.length);
  expect(await levels()).toEqual([['焊工', 5]]);
  const [{ written }] = await deps.db.query('SELECT COUNT(*) AS written FROM member_skill');
  expect(Number(written)).toBe(levelsRaised.length);
});

test('whatever is recorded in whatever order, the level of a trade is the highest of what was recorded', async () => {
  const { deps, eastWorks, reach } = await aWorkshop();
  const one = fc.record({
    trade: fc.constantFrom('焊工', '钳工', 'CNC', 'cnc'),
    level: fc.integer({ min: 1, max: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 8 }), async (given) => {
      const memberId = await aMember(deps, eastWorks);
      for (const { trade, level } of given) await reach({ memberId, trade, level: level as SkillLevel });
      const expected = groupBy(given, ({ trade }) => trade);
      const found = (await skillsOf(deps.db.manager, [memberId])).get(memberId)!;
      expect(new Map(found.map(({ trade, level }) => [trade, level]))).toEqual(
        new Map([...expected].map(([trade, all]) => [trade, Math.max(...all.map(({ level }) => level))])),
      );
    }),
    { numRuns: 10 },
  );
});

test.for<[string, Partial<DeclaredSkill>]>([
  ['TRADE_MALFORMED', { trade: ' 焊工' }],
  ['DAY_IN_FUTURE', { since: '2026-08-04' }],
])('%s: %j is refused and nothing is kept', async ([code, wrong]) => {
  const { declare, levels } = await aWorkshop();
  expect(await declare(wrong)).toMatchObject(refused(code));
  expect(await levels()).toEqual([]);
});

test('nobody records a level of her own, nor one of a member of another branch', async () => {
  const { deps, province, west, memberId, declare, levels } = await aWorkshop();
  const stranger = await anAdmin(deps, [west]);
  expect(await declare({}, stranger)).toMatchObject(refused('MEMBER_UNKNOWN'));
  const union = { id: province, path: `/${province}/` };
  const self = await anOperator(deps, 'self', [[union, 'federation-admin']]);
  const other = await anOperator(deps, 'other', [[union, 'federation-admin']]);
  await deps.db.query('UPDATE operator SET member_id = ? WHERE id = ?', [memberId, self.operatorId]);
  expect(await declare({}, self)).toMatchObject(refused('OWN_SKILL'));
  expect(await levels()).toEqual([]);
  accepted(await declare({}, other));
});

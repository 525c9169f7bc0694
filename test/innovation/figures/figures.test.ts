import { beforeEach, expect, test } from 'vitest';
import type { AdminCaller } from '../../../src/identity/caller.ts';
import { Achievement } from '../../../src/innovation/achievements/achievement.entity.ts';
import { Author } from '../../../src/innovation/achievements/author.entity.ts';
import { figureScope } from '../../../src/innovation/figures/scope.ts';
import { growthOf, seasonFigures, shareOf } from '../../../src/innovation/figures/season-figures.ts';
import type { AchievementKind } from '../../../src/innovation/kinds.ts';
import { newId } from '../../../src/platform/ids.ts';
import type { Ownership } from '../../../src/unions/firms/firm.entity.ts';
import { countQueries } from '../../support/count-queries.ts';
import { planOf } from '../../support/plans.ts';
import { accepted, aMember, anAdmin, aUnion, refused } from '../../unions/tree.ts';
import { aSeasonRow } from '../benefits/world.ts';
import { aRewardWorld, type RewardWorld } from '../rewards/world.ts';

let world: RewardWorld;
let admin: AdminCaller;
beforeEach(async () => {
  world = await aRewardWorld();
  admin = await anAdmin(world.deps, [world.province]);
});

const figures = async (seasonId = world.seasonId, by = admin, unionId?: string) => {
  const { manager } = world.deps.db;
  return seasonFigures(manager, accepted(await figureScope(manager, by, seasonId, unionId)));
};
const declared = (unionId: string, fields: Partial<Achievement> = {}, shares = [10_000]) =>
  world.anAchievement(shares, { unionId, ownership: 'private', ...fields });

test('entries are counted by kind, group, ownership and state; drafts and what was withdrawn are none', async () => {
  const { eastWorks, westWorks } = world;
  await declared(eastWorks);
  await declared(eastWorks, { kind: 'method', state: 'not_honoured' });
  await declared(westWorks, { group: 'professionals', ownership: 'state' });
  await declared(westWorks, { ownership: null, state: 'returned' });
  await declared(westWorks, { state: 'withdrawn' });
  const draft = {
    state: 'draft',
    number: null,
    categoryNumber: null,
    submittedVersion: null,
    submittedAt: null,
  } as const;
  await declared(westWorks, draft);
  const { entries, before } = await figures();
  expect(entries).toEqual({
    entries: 4,
    byKind: [
      { value: 'technical', entries: 3 },
      { value: 'method', entries: 1 },
    ],
    byGroup: [
      { value: 'workers', entries: 3 },
      { value: 'professionals', entries: 1 },
    ],
    byOwnership: expect.arrayContaining([
      { value: 'private', entries: 2 },
      { value: 'state', entries: 1 },
      { value: null, entries: 1 },
    ]),
    byState: expect.arrayContaining([
      { value: 'eligible', entries: 2 },
      { value: 'not_honoured', entries: 1 },
      { value: 'returned', entries: 1 },
    ]),
    ...{ firms: 2, privateFirms: 1, privateEntries: 2 },
  });
  expect(before).toBeNull();
});

test('an author counts once, by the highest level that was known of her', async () => {
  const { deps, eastWorks } = world;
  const first = await declared(eastWorks, {}, [5000, 3000, 2000]);
  const second = await declared(eastWorks, {}, [6000]);
  const { manager } = deps.db;
  await manager.insert(Author, {
    ...{ achievementId: second.id, number: 2, memberId: first.memberIds[0]!, share: 4000, post: 'worker' },
    ...{ unionId: eastWorks, skillLevel: 4 },
  });
  const level = (achievementId: string, number: number, skillLevel: 2 | 3) =>
    manager.update(Author, { achievementId, number }, { skillLevel });
  await level(first.id, 1, 2);
  await level(first.id, 2, 2);
  await level(second.id, 1, 3);
  expect((await figures()).authors).toEqual({
    authors: 4,
    highlySkilled: 2,
    byLevel: [
      { level: 2, authors: 1 },
      { level: 3, authors: 1 },
      { level: 4, authors: 1 },
      { level: null, authors: 1 },
    ],
  });
});

test('a season is compared with the one that it copied, or else with that of its union of the year before', async () => {
  const { deps, province, east, eastWorks, westWorks } = world;
  const older = await aSeasonRow(deps, province, { year: 2024 });
  await aSeasonRow(deps, province, { year: 2025, state: 'draft', openedAt: null });
  await aSeasonRow(deps, east, { year: 2025 });
  expect((await figures()).before).toBeNull();
  const last = await aSeasonRow(deps, province, { year: 2025 });
  await declared(eastWorks, { seasonId: last });
  for (const unionId of [eastWorks, westWorks]) await declared(unionId);
  const { before, entries } = await figures();
  expect(before).toMatchObject({ season: { id: last }, entries: { entries: 1, firms: 1 }, authors: { authors: 1 } });
  expect(growthOf(entries.entries, before!.entries.entries)).toBe(10_000);
  const copy = await aSeasonRow(deps, province, { year: 2026, copiedFrom: older });
  expect((await figures(copy)).before).toMatchObject({ season: { id: older }, entries: { entries: 0 } });
});

test('shares are to the hundredth of a per cent, and of nothing there is none', () => {
  expect([shareOf(1_207, 2_278), shareOf(1, 3), shareOf(0, 5), shareOf(0, 0)]).toEqual([5299, 3333, 0, null]);
  expect([growthOf(2_278, 2_034), growthOf(9, 10), growthOf(9, 0)]).toEqual([1200, -1000, null]);
});

test('benefits are summed up as claimed, audited and accepted, and rewards as they are released', async () => {
  const { signedWithPoints, anAchievement, claim, audit, proven, make, release } = world;
  await signedWithPoints(5000);
  const rewarded = await proven(400_000);
  const waiting = await proven(600_000);
  const open = await anAchievement();
  accepted(await claim(open.declarer, open.id, { fen: 50 }));
  const found = await anAchievement();
  accepted(await audit(accepted(await claim(found.declarer, found.id, { fen: 70 })), 60));
  accepted(await release(accepted(await make([rewarded.id]))));
  accepted(await make([waiting.id]));
  const { benefits, rewards } = await figures();
  expect(benefits).toEqual({ benefits: 4, claimedFen: 1_000_120, auditedFen: 1_000_060, acceptedFen: 1_000_000 });
  expect(rewards).toEqual({ rewards: 1, rewardFen: 20_000, moneyFen: 10_000, points: 1_000 });
});

test('an admin of a branch sees its part alone, and nothing of a season that is not open to her', async () => {
  const { deps, seasonId, east, west, eastWorks, westWorks, proven } = world;
  await declared(westWorks);
  await declared(eastWorks);
  await proven(100);
  const western = await anAdmin(deps, [west]);
  expect(await figures(seasonId, western)).toMatchObject({ entries: { entries: 1 }, benefits: { benefits: 0 } });
  expect(await figures(seasonId, admin, east)).toMatchObject({ entries: { entries: 2 }, benefits: { benefits: 1 } });
  expect(await figures(seasonId, await anAdmin(deps, [east, west]))).toMatchObject({ entries: { entries: 3 } });
  const scope = (by: AdminCaller, id = seasonId, unionId?: string) => figureScope(deps.db.manager, by, id, unionId);
  expect(await scope(western, seasonId, east)).toMatchObject(refused('SEASON_UNKNOWN'));
  expect(await scope(western, await aSeasonRow(deps, east))).toMatchObject(refused('SEASON_UNKNOWN'));
  expect(await scope(await anAdmin(deps, [west], ['achievements:read']))).toMatchObject(refused('SEASON_UNKNOWN'));
  const elsewhere = await aUnion(deps, null, '外省总工会', 'province');
  expect(await scope(await anAdmin(deps, [elsewhere]))).toMatchObject(refused('SEASON_UNKNOWN'));
  expect(await scope(admin, newId())).toMatchObject(refused('SEASON_UNKNOWN'));
});

test('the statements do not grow with the season, and read one index of it', async () => {
  const { deps, seasonId, province, east, eastWorks } = world;
  await aSeasonRow(deps, province, { year: 2025 });
  const read = (unionId?: string) => figures(seasonId, admin, unionId);
  const few = await countQueries(deps.db, () => read());
  await someAchievements(300);
  expect(await countQueries(deps.db, () => read())).toBe(few);
  for (const unionId of [undefined, east]) {
    const steps = (await planOf(deps, () => read(unionId))).filter(({ key }) => key === 'achievement_for_figures');
    // Both statements of the entries, and that of the authors, of this season and the one before.
    expect(steps).toHaveLength(6);
    for (const { Extra, type } of steps) expect([type, Extra]).toEqual(['ref', expect.stringContaining('Using index')]);
  }
  expect((await read(east)).entries.entries).toBe(300);

  async function someAchievements(count: number) {
    const memberId = await aMember(deps, eastWorks);
    const kinds: AchievementKind[] = ['technical', 'method', 'proposal'];
    const ownerships: (Ownership | null)[] = ['private', 'state', null];
    const now = deps.clock.now();
    const rows = Array.from({ length: count }, (_, i) => ({
      ...{
        id: newId(),
        seasonId,
        number: 10_000 + i,
        kind: kinds[i % 3]!,
        group: 'workers' as const,
        categoryNumber: 1,
      },
      ...{ title: `成果 ${i}`, field: '焊接', unionId: eastWorks, firmUnionId: eastWorks, declarerId: memberId },
      ...{ declaredBy: `member:${memberId}`, state: 'submitted' as const, version: 1, submittedVersion: 1 },
      ...{ ownership: ownerships[i % 3]!, declaredAt: now, submittedAt: now },
    }));
    await deps.db.manager.insert(Achievement, rows);
    await deps.db.manager.insert(
      Author,
      rows.map(({ id }) => ({
        ...{ achievementId: id, number: 1, memberId, share: 10_000, post: 'worker' as const, unionId: eastWorks },
      })),
    );
  }
});

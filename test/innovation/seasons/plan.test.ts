import { describe, expect, test } from 'vitest';
import { cancelSeason } from '../../../src/innovation/seasons/cancel-season.ts';
import { changeSeason } from '../../../src/innovation/seasons/change-season.ts';
import { copySeason } from '../../../src/innovation/seasons/copy-season.ts';
import { readPlan } from '../../../src/innovation/seasons/read-plan.ts';
import { Season } from '../../../src/innovation/seasons/season.entity.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted, aKey, anAdmin, aProgramme, auditTrail, refused } from '../../unions/tree.ts';
import { aCategory, aCriterion, aGrade, aPlan, aSeasonWorld, NOW } from '../world.ts';

const seasonOf = ({ deps }: Awaited<ReturnType<typeof aSeasonWorld>>, id: string) =>
  deps.db.manager.findOneByOrFail(Season, { id });
const refusedAt = (code: string, at: string) => ({ ok: false, refusal: { code, at } });

describe('the draft of a season', () => {
  test('is kept as it was planned, and planned anew as a whole', async () => {
    const world = await aSeasonWorld();
    const { deps, admin, programmeId, draft } = world;
    const reserves = [
      { name: '小微企业', ownerships: ['private' as const], firmTypes: null, mostEmployees: 300, least: 1 },
    ];
    const plan = aPlan({
      programmeId,
      categories: [aCategory({ group: 'workers', fields: ['焊接'], leastTotal: 60_000_000, reserves })],
    });
    const id = await draft(plan);
    expect(await readPlan(deps.db.manager, await seasonOf(world, id))).toEqual(plan);
    const other = aPlan({ name: '另一届', categories: [aCategory(), aCategory({ kind: 'patent' })] });
    accepted(await changeSeason(deps, admin, aKey(), { seasonId: id, plan: other }));
    expect(await readPlan(deps.db.manager, await seasonOf(world, id))).toEqual(other);
    expect((await auditTrail(deps)).map(({ action }) => action)).toEqual(['createSeason', 'changeSeason']);
  });

  test('is refused with the place named where its form is wrong, and nothing is written', async () => {
    const { deps, create, east } = await aSeasonWorld();
    const eastern = await aProgramme(deps, east, '东市积分');
    const inOne = (fields: Parameters<typeof aCategory>[0]) => create({ categories: [aCategory(), aCategory(fields)] });
    const reserve = { name: '民营', ownerships: null, firmTypes: null, mostEmployees: null, least: 1 };
    const at = 'plan.categories.1';
    expect(await create({ name: '' })).toMatchObject(refusedAt('TEXT_LENGTH', 'plan.name'));
    expect(await create({ declareFrom: new Date('2026-05-01T00:00:00+08:00') })).toMatchObject(
      refusedAt('TIMES_OUT_OF_ORDER', 'plan.declareUntil'),
    );
    expect(await create({ certificatePrefix: '创新' })).toMatchObject(
      refusedAt('PREFIX_MALFORMED', 'plan.certificatePrefix'),
    );
    expect(await create({ programmeId: eastern })).toMatchObject(refusedAt('PROGRAMME_UNKNOWN', 'plan.programmeId'));
    expect(await inOne({ criteria: [] })).toMatchObject(refusedAt('CRITERIA_COUNT', `${at}.criteria`));
    expect(await inOne({ criteria: [aCriterion(), aCriterion()] })).toMatchObject(
      refusedAt('CRITERION_REPEATED', `${at}.criteria.1.name`),
    );
    expect(await inOne({ honoursAtMost: 0 })).toMatchObject(refusedAt('NUMBER_OUT_OF_RANGE', `${at}.honoursAtMost`));
    expect(await inOne({ fields: ['焊接', '焊接'] })).toMatchObject(refusedAt('LIST_MALFORMED', `${at}.fields`));
    expect(await inOne({ reserves: [reserve] })).toMatchObject(refusedAt('RESERVE_OF_ALL', `${at}.reserves.0`));
    expect(await inOne({ grades: [aGrade({ places: 0 })] })).toMatchObject(
      refusedAt('NUMBER_OUT_OF_RANGE', `${at}.grades.0.places`),
    );
    expect(await deps.db.manager.count(Season)).toBe(0);
  });

  test('has a prefix of certificates that no other season has', async () => {
    const { draft, create } = await aSeasonWorld();
    await draft();
    expect(await create()).toMatchObject(refusedAt('PREFIX_TAKEN', 'plan.certificatePrefix'));
  });

  test('is for those who check achievements in its union, and not there for others', async () => {
    const { deps, draft, create, open, province, east } = await aSeasonWorld();
    const reader = await anAdmin(deps, [province], ['achievements:read']);
    const eastern = await anAdmin(deps, [east]);
    expect(await create({}, reader)).toMatchObject(refused('UNION_UNKNOWN'));
    const id = await draft();
    expect(await open(id, eastern)).toMatchObject(refused('SEASON_UNKNOWN'));
    expect(await open(newId())).toMatchObject(refused('SEASON_UNKNOWN'));
  });
});

describe('opening a season', () => {
  test('fixes its plan', async () => {
    const world = await aSeasonWorld();
    const { deps, admin, draft, open } = world;
    const id = await draft();
    accepted(await open(id));
    expect(await seasonOf(world, id)).toMatchObject({ state: 'open', openedAt: new Date(NOW) });
    expect(await open(id)).toMatchObject(refused('SEASON_OPENED'));
    expect(await changeSeason(deps, admin, aKey(), { seasonId: id, plan: aPlan() })).toMatchObject(
      refused('SEASON_OPENED'),
    );
  });

  test.each([
    ['has no category', { categories: [] }, 'CATEGORIES_MISSING', 'plan.categories'],
    [
      'has weights that do not add up',
      { categories: [aCategory({ criteria: [aCriterion({ weight: 9_000 })] })] },
      'WEIGHTS_NOT_WHOLE',
      'plan.categories.0.criteria',
    ],
    [
      'has grades beyond its honours',
      { categories: [aCategory({ honoursAtMost: 1 })] },
      'GRADES_NOT_HONOURS',
      'plan.categories.0.grades',
    ],
    [
      'keeps more than there is',
      {
        categories: [
          aCategory({
            reserves: [{ name: '民营', ownerships: ['private'], firmTypes: null, mostEmployees: null, least: 3 }],
          }),
        ],
      },
      'RESERVES_BEYOND_HONOURS',
      'plan.categories.0.reserves',
    ],
    [
      'gives points of no programme',
      { categories: [aCategory({ grades: [aGrade({ places: 2, givesPoints: true })] })] },
      'POINTS_TO_NOBODY',
      'plan.categories.0.grades.0.givesPoints',
    ],
    [
      'covers a kind twice',
      { categories: [aCategory(), aCategory({ name: '工人组', group: 'workers' })] },
      'CATEGORY_COVERED',
      'plan.categories.1.kind',
    ],
    [
      'covers both groups already',
      {
        categories: [
          aCategory({ group: 'workers' }),
          aCategory({ group: 'professionals' }),
          aCategory({ fields: ['焊接'] }),
        ],
      },
      'CATEGORY_COVERED',
      'plan.categories.2.kind',
    ],
    [
      'ends before it begins',
      { declareUntil: new Date('2026-02-28T00:00:00Z') },
      'DECLARATION_OVER',
      'plan.declareUntil',
    ],
  ] as const)('is refused when it %s', async (_, fields, code, at) => {
    const { draft, open } = await aSeasonWorld();
    expect(await open(await draft(fields as Parameters<typeof draft>[0]))).toMatchObject(refusedAt(code, at));
  });

  test('lets a category of some fields stand before one of all', async () => {
    const { draft, open } = await aSeasonWorld();
    const categories = [aCategory({ fields: ['焊接'] }), aCategory({ group: 'workers' }), aCategory()];
    accepted(await open(await draft({ categories })));
  });
});

test('a season is called off for a reason, once, and not when it is over', async () => {
  const world = await aSeasonWorld();
  const { deps, admin, season } = world;
  const { id: seasonId } = (await season()).season;
  const cancel = (reason: string) => cancelSeason(deps, admin, aKey(), { seasonId, reason });
  expect(await cancel(' ')).toMatchObject(refused('REASON_NEEDED'));
  accepted(await cancel('经费未落实'));
  expect(await seasonOf(world, seasonId)).toMatchObject({ state: 'cancelled', cancelReason: '经费未落实' });
  expect(await cancel('再次')).toMatchObject(refused('SEASON_OVER'));
});

describe('last year’s season', () => {
  test('is copied as a draft of this year, which knows it', async () => {
    const world = await aSeasonWorld();
    const { deps, admin, season } = world;
    const { season: last } = await season();
    const id = accepted(await copySeason(deps, admin, aKey(), { seasonId: last.id, year: 2027 }));
    const copy = await seasonOf(world, id);
    expect(copy).toMatchObject({ state: 'draft', year: 2027, copiedFrom: last.id, certificatePrefix: 'CX2027' });
    const plan = await readPlan(deps.db.manager, copy);
    expect(plan).toMatchObject({
      name: '全省职工技术创新成果评选（2027）',
      declareFrom: new Date('2027-02-01T00:00:00+08:00'),
      declareUntil: new Date('2027-05-01T00:00:00+08:00'),
    });
    expect(plan.categories).toEqual(aPlan().categories);
  });

  test('is copied to a later year and under another prefix alone', async () => {
    const { deps, admin, season } = await aSeasonWorld();
    const { season: last } = await season({ certificatePrefix: 'CX' });
    const copy = (year: number, prefix?: string) =>
      copySeason(deps, admin, aKey(), { seasonId: last.id, year, ...(prefix && { certificatePrefix: prefix }) });
    expect(await copy(2026)).toMatchObject(refusedAt('YEAR_OF_COPY', 'year'));
    expect(await copy(2027)).toMatchObject(refusedAt('PREFIX_TAKEN', 'certificatePrefix'));
    accepted(await copy(2027, 'CXB'));
  });
});

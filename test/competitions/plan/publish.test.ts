import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cancelCompetition } from '../../../src/competitions/plan/cancel-competition.ts';
import { changeCompetition } from '../../../src/competitions/plan/change-competition.ts';
import type { CompetitionPlan, StagePlan } from '../../../src/competitions/plan/plan.ts';
import { STAGE_LEVELS, STAGE_ROUNDS } from '../../../src/competitions/plan/stage.entity.ts';
import { troublesOf } from '../../../src/competitions/plan/troubles.ts';
import { accepted, aKey, anAdmin, auditTrail, refused } from '../../unions/tree.ts';
import { aCriterion, aFinal, aHeat, anAward, aPlan, aPlanningWorld, competitionOf } from './world.ts';

// The unions of the pure tests: a province over two cities.
const [PROVINCE, EAST, WEST] = ['P', 'E', 'W'];
const PATHS = new Map([
  [PROVINCE, '/P/'],
  [EAST, '/P/E/'],
  [WEST, '/P/W/'],
]);

const troubles = (fields: Partial<CompetitionPlan>) =>
  troublesOf(aPlan(PROVINCE, fields), PATHS).map(({ code, at }) => [code, at]);
const division = (name: string, trade: string | null = null) => ({ name, trade, eligibility: null });

test('a plan with heats, divisions and awards in order has no troubles', () => {
  const stages = [
    aFinal(PROVINCE, { division: 1 }),
    aHeat(EAST, { division: 1, endsOn: '2026-06-10' }),
    aHeat(WEST, { division: 1, wildCards: 1 }),
    aFinal(PROVINCE, { division: 2 }),
    aHeat(PROVINCE, { division: 2, parent: 4, level: 'province', round: 'semi_final' }),
    aHeat(EAST, { division: 2, parent: 5, level: 'city', endsOn: '2026-05-01' }),
  ];
  const awards = [anAward(), anAward({ fromPlace: 2, toPlace: 3 }), anAward({ stage: 4, fromPlace: 1, toPlace: 2 })];
  const divisions = [division('基础组'), division('特色组')];
  expect(troubles({ divisions, stages, awards, budgetFen: 500_000 })).toEqual([]);
});

test.for<[string, string, Partial<CompetitionPlan>]>([
  ['WEIGHTS_NOT_WHOLE', 'plan.criteria', { criteria: [aCriterion({ weight: 9_999 })] }],
  [
    'WEIGHTS_NOT_WHOLE',
    'plan.stages.0.criteria',
    { stages: [aFinal(PROVINCE, { criteria: [aCriterion({ weight: 1 })] })] },
  ],
  ['STAGES_MISSING', 'plan.stages', { stages: [], awards: [], budgetFen: 0 }],
  ['STAGE_DIVISION', 'plan.stages.0.division', { divisions: [division('甲组')] }],
  ['FINALS_NOT_ONE', 'plan.stages', { stages: [aFinal(PROVINCE), aFinal(EAST, { name: '另一决赛' })] }],
  [
    'FINALS_NOT_ONE',
    'plan.stages',
    { divisions: [division('甲组'), division('乙组')], stages: [aFinal(PROVINCE, { division: 1 })] },
  ],
  ['FINAL_ROUND', 'plan.stages.0.round', { stages: [aFinal(PROVINCE, { round: 'semi_final' })] }],
  ['FINAL_ADVANCES', 'plan.stages.0.advance', { stages: [aFinal(PROVINCE, { advance: { kind: 'all' } })] }],
  ['FINAL_ADVANCES', 'plan.stages.0.advance', { stages: [aFinal(PROVINCE, { wildCards: 1 })] }],
  [
    'PARENT_OF_OTHER_DIVISION',
    'plan.stages.2.parent',
    {
      divisions: [division('甲组'), division('乙组')],
      stages: [aFinal(PROVINCE, { division: 1 }), aFinal(PROVINCE, { division: 2 }), aHeat(EAST, { division: 2 })],
    },
  ],
  ['PARENT_NOT_HIGHER', 'plan.stages.1.parent', { stages: [aFinal(PROVINCE), aHeat(EAST, { level: 'nation' })] }],
  ['PARENT_NOT_HIGHER', 'plan.stages.1.parent', { stages: [aFinal(PROVINCE), aHeat(EAST, { level: 'province' })] }],
  ['UNION_OUTSIDE_PARENT', 'plan.stages.1.unionId', { stages: [aFinal(EAST), aHeat(WEST)] }],
  ['ADVANCE_MISSING', 'plan.stages.1.advance', { stages: [aFinal(PROVINCE), aHeat(EAST, { advance: null })] }],
  ['FIRST_STAGE_REPEATED', 'plan.stages.2.unionId', { stages: [aFinal(PROVINCE), aHeat(EAST), aHeat(EAST)] }],
  ['TIMETABLE_OUT_OF_ORDER', 'plan.stages.0.startsOn', { stages: [aFinal(PROVINCE, { startsOn: '2026-03-31' })] }],
  [
    'TIMETABLE_OUT_OF_ORDER',
    'plan.stages.0.startsOn',
    { stages: [aFinal(PROVINCE), aHeat(EAST, { endsOn: '2026-06-11' })] },
  ],
  ['TIMETABLE_OUT_OF_ORDER', 'plan.changeUntil', { changeUntil: new Date('2026-06-11T16:00:00.001Z') }],
  [
    'PLACES_OVERLAP',
    'plan.awards.1.fromPlace',
    { awards: [anAward({ toPlace: 3 }), anAward({ fromPlace: 3, toPlace: 4 })], budgetFen: 500_000 },
  ],
  ['POINTS_TO_NOBODY', 'plan.awards.0.givesPoints', { awards: [anAward({ givesPoints: true })] }],
  [
    'POINTS_TO_NOBODY',
    'plan.awards.0.givesPoints',
    { entrant: 'firm', programmeId: 'X', awards: [anAward({ givesPoints: true })] },
  ],
  ['SKILL_OF_NOBODY', 'plan.awards.0.skillLevel', { trade: null, awards: [anAward({ skillLevel: 3 })] }],
  ['SKILL_OF_NOBODY', 'plan.awards.0.skillLevel', { entrant: 'firm', awards: [anAward({ skillLevel: 3 })] }],
  ['SUBSIDIES_NOT_BUDGET', 'plan.budgetFen', { budgetFen: 99_999 }],
])('%s at %s is the one trouble of such a plan', ([code, at, fields]) => {
  expect(troubles(fields)).toEqual([[code, at]]);
});

test('the sum of the weights, and both sums of the subsidies, stand in the words', () => {
  const plan = aPlan(PROVINCE, {
    criteria: [aCriterion({ weight: 9_950 })],
    awards: [anAward({ toPlace: 28, subsidyFen: 5_750_000 })],
    budgetFen: 160_000_000,
  });
  const words = troublesOf(plan, PATHS).map(({ message }) => message.zh);
  expect(words[0]).toContain('现为 99.5%');
  expect(words[1]).toContain('1,610,000.00 元');
  expect(words[1]).toContain('1,600,000.00 元');
});

test('whatever feeds into whatever, stages without troubles form a tree with one final in each division', () => {
  const stage = fc.record({
    division: fc.constantFrom(1, 2),
    parent: fc.option(fc.integer({ min: 1, max: 5 })),
    level: fc.constantFrom(...STAGE_LEVELS),
    round: fc.constantFrom(...STAGE_ROUNDS),
    unionId: fc.constantFrom(PROVINCE, EAST, WEST),
  });
  const divisions = [division('甲组'), division('乙组')];
  const seen = { good: 0 };
  fc.assert(
    fc.property(fc.array(stage, { minLength: 2, maxLength: 5 }), (drawn) => {
      const stages = drawn.map(({ parent, ...fields }): StagePlan => {
        const known = parent === null || parent > drawn.length ? null : parent;
        const days = { startsOn: '2026-06-10', endsOn: '2026-06-10' };
        return aHeat(PROVINCE, { ...fields, ...days, parent: known, ...(known === null && { advance: null }) });
      });
      if (troublesOf(aPlan(PROVINCE, { divisions, stages, awards: [], budgetFen: 0 }), PATHS).length > 0) return;
      seen.good += 1;
      for (const number of [1, 2]) {
        const own = stages.filter((one) => one.division === number);
        expect(own.filter(({ parent }) => parent === null)).toHaveLength(1);
        for (const one of own) expect(finalOf(one, stages).division).toBe(number);
      }
    }),
    { numRuns: 300, examples: [[[...GOOD]]] },
  );
  expect(seen.good).toBeGreaterThan(0);
});

const GOOD = [
  { division: 1, parent: null, level: 'province', round: 'final', unionId: PROVINCE },
  { division: 1, parent: 1, level: 'city', round: 'final', unionId: EAST },
  { division: 2, parent: null, level: 'province', round: 'final', unionId: WEST },
] as const;

function finalOf(stage: StagePlan, stages: readonly StagePlan[]): StagePlan {
  let one = stage;
  for (let steps = 0; one.parent !== null; steps++) {
    if (steps > stages.length) throw new Error('these stages run in a ring');
    one = stages[one.parent - 1]!;
  }
  return one;
}

test('a published plan is fixed, and a draft with a trouble is not published', async () => {
  const { deps, province, admin, draft, publish } = await aPlanningWorld();
  const wrong = await draft({ budgetFen: 1 });
  expect(await publish(wrong)).toMatchObject(refused('SUBSIDIES_NOT_BUDGET'));
  expect(await competitionOf(deps, wrong)).toMatchObject({ state: 'draft', publishedAt: null });
  const id = await draft({ certificatePrefix: 'QG2026' });
  expect(await publish(id)).toEqual({ ok: true, value: id });
  expect(await competitionOf(deps, id)).toMatchObject({ state: 'published', publishedAt: deps.clock.now() });
  expect(await publish(id)).toMatchObject(refused('COMPETITION_PUBLISHED'));
  const plan = aPlan(province, { certificatePrefix: 'QG2026', budgetFen: 1 });
  expect(await changeCompetition(deps, admin, aKey(), { competitionId: id, plan })).toMatchObject(
    refused('COMPETITION_PUBLISHED'),
  );
  expect((await competitionOf(deps, id)).budgetFen).toBe(100_000);
  expect((await auditTrail(deps)).map(({ action }) => action)).toEqual([
    'createCompetition',
    'createCompetition',
    'publishCompetition',
  ]);
});

test('what nobody could enter any more is not published, from the very instant at which entry ends', async () => {
  const { deps, draft, publish } = await aPlanningWorld();
  const id = await draft();
  deps.clock.set('2026-03-31T16:00:00.000Z');
  expect(await publish(id)).toMatchObject(refused('ENTRY_OVER'));
  deps.clock.set('2026-03-31T15:59:59.999Z');
  accepted(await publish(id));
});

test('of several who publish a draft at once, one does', async () => {
  const { deps, draft, publish } = await aPlanningWorld();
  const id = await draft();
  const answers = await Promise.all([publish(id), publish(id), publish(id)]);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect((await auditTrail(deps)).filter(({ action }) => action === 'publishCompetition')).toHaveLength(1);
});

test('a competition that is not finished can be called off, with a reason, once', async () => {
  const { deps, admin, draft, published, publish } = await aPlanningWorld();
  const cancel = (competitionId: string, reason = '场馆停用') =>
    cancelCompetition(deps, admin, aKey(), { competitionId, reason });
  const id = await published();
  for (const reason of ['', ' 停用', '长'.repeat(301)])
    expect(await cancel(id, reason)).toMatchObject(refused('REASON_NEEDED'));
  accepted(await cancel(id));
  expect(await competitionOf(deps, id)).toMatchObject({ state: 'cancelled', cancelReason: '场馆停用' });
  expect(await cancel(id)).toMatchObject(refused('COMPETITION_OVER'));
  const unpublished = await draft({ certificatePrefix: 'QG2026' });
  accepted(await cancel(unpublished));
  expect(await publish(unpublished)).toMatchObject(refused('COMPETITION_OVER'));
  expect((await competitionOf(deps, unpublished)).publishedAt).toBeNull();
});

test('publishing and calling off need the permission in the union itself', async () => {
  const { deps, east, draft, publish } = await aPlanningWorld();
  const id = await draft();
  const ofEast = await anAdmin(deps, [east]);
  expect(await publish(id, ofEast)).toMatchObject(refused('COMPETITION_UNKNOWN'));
  const off = { competitionId: id, reason: '场馆停用' };
  expect(await cancelCompetition(deps, ofEast, aKey(), off)).toMatchObject(refused('COMPETITION_UNKNOWN'));
  expect((await competitionOf(deps, id)).state).toBe('draft');
});

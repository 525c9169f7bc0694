import { expect, test } from 'vitest';
import { changeCompetition } from '../../../src/competitions/plan/change-competition.ts';
import { wrongForm } from '../../../src/competitions/plan/check-form.ts';
import { createCompetition } from '../../../src/competitions/plan/create-competition.ts';
import type { CompetitionPlan, StagePlan } from '../../../src/competitions/plan/plan.ts';
import { readPlan } from '../../../src/competitions/plan/read-plan.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted, aKey, anAdmin, aProgramme, auditTrail, refused } from '../../unions/tree.ts';
import { aCriterion, aFinal, aHeat, anAward, aPlan, aPlanningWorld, competitionOf, someJudging } from './world.ts';

/** A plan in which everything is used: two divisions, heats of both cities, criteria and judging of a stage's own. */
async function aFullWorld() {
  const world = await aPlanningWorld();
  const { province, east, west, eastWorks, programmeId } = world;
  const full: Partial<CompetitionPlan> = {
    entrant: 'team',
    team: { min: 3, max: 5, substitutesAtMost: 2 },
    programmeId,
    eligibility: {
      kind: 'all',
      conditions: [
        { kind: 'branch', unionIds: [east, west] },
        { kind: 'attribute', attribute: '企业类型', is: 'one_of', values: ['专精特新', '小巨人'] },
      ],
    },
    divisions: [
      { name: '职工组', trade: null, eligibility: null },
      {
        name: '技师组',
        trade: '钳工',
        eligibility: { kind: 'attribute', attribute: '技能等级', is: 'at_least', values: [4] },
      },
    ],
    stages: [
      aFinal(province, { division: 1, isLive: true, criteria: [aCriterion({ name: '实操' })] }),
      aHeat(east, { division: 1, wildCards: 2, judging: someJudging({ aggregate: 'trimmed_mean' }) }),
      aHeat(west, { division: 1, advance: { kind: 'top_per_branch', n: 1, unionKind: 'enterprise' } }),
      aFinal(province, { division: 2, name: '技师组决赛' }),
    ],
    awards: [
      anAward({ givesPoints: true, skillLevel: 4, honourName: '省技术能手', payerUnionId: eastWorks }),
      anAward({ stage: 4, fromPlace: 1, toPlace: 3, subsidyFen: 0 }),
    ],
  };
  return { ...world, full };
}

test('a plan is kept as it was given, all of it, and recorded', async () => {
  const { deps, province, admin, draft, full } = await aFullWorld();
  const id = await draft(full);
  const competition = await competitionOf(deps, id);
  expect(competition).toMatchObject({ unionId: province, state: 'draft', copiedFrom: null, publishedAt: null });
  expect(await readPlan(deps.db.manager, competition)).toEqual(aPlan(province, full));
  expect(await auditTrail(deps)).toMatchObject([
    { actor: admin.actor, action: 'createCompetition', targetId: id, unionId: province, after: { year: 2026 } },
  ]);
});

test('a draft is planned anew as a whole, and nothing of the plan before stays', async () => {
  const { deps, province, admin, draft, full } = await aFullWorld();
  const id = await draft(full);
  const plan = aPlan(province, { name: '焊工技能竞赛', certificatePrefix: 'HG2026' });
  expect(await changeCompetition(deps, admin, aKey(), { competitionId: id, plan })).toEqual({ ok: true, value: id });
  expect(await readPlan(deps.db.manager, await competitionOf(deps, id))).toEqual(plan);
  const again = aPlan(province, full);
  accepted(await changeCompetition(deps, admin, aKey(), { competitionId: id, plan: again }));
  expect(await readPlan(deps.db.manager, await competitionOf(deps, id))).toEqual(again);
  expect(await auditTrail(deps)).toMatchObject([
    {},
    { action: 'changeCompetition', before: { entrant: 'team' }, after: { entrant: 'individual' } },
    { before: { stages: [{}] }, after: { stages: [{}, {}, {}, {}] } },
  ]);
});

test('a number in a condition is compared as a number however it was written', async () => {
  const { deps, draft } = await aPlanningWorld();
  const id = await draft({
    eligibility: { kind: 'attribute', attribute: '技能等级', is: 'at_least', values: ['3'] },
  });
  expect((await competitionOf(deps, id)).eligibility).toMatchObject({ values: [3] });
});

const P = newId();
const wrongStage = (fields: Partial<StagePlan>) => ({ stages: [aFinal(P, fields)] });

test.for<[string, string, Partial<CompetitionPlan>]>([
  ['TEXT_LENGTH', 'plan.name', { name: '' }],
  ['TEXT_LENGTH', 'plan.about', { about: ' ' }],
  ['TEXT_LENGTH', 'plan.trade', { trade: '焊\n工' }],
  ['NUMBER_OUT_OF_RANGE', 'plan.year', { year: 1999 }],
  ['NUMBER_OUT_OF_RANGE', 'plan.noticeWorkingDays', { noticeWorkingDays: 0 }],
  ['NUMBER_OUT_OF_RANGE', 'plan.budgetFen', { budgetFen: -1 }],
  ['TEAM_MISMATCHED', 'plan.team', { team: { min: 2, max: 3, substitutesAtMost: 0 } }],
  ['TEAM_MISMATCHED', 'plan.team', { entrant: 'team' }],
  ['NUMBER_OUT_OF_RANGE', 'plan.team.min', { entrant: 'team', team: { min: 1, max: 3, substitutesAtMost: 0 } }],
  ['NUMBER_OUT_OF_RANGE', 'plan.team.max', { entrant: 'team', team: { min: 4, max: 3, substitutesAtMost: 0 } }],
  ['PREFIX_MALFORMED', 'plan.certificatePrefix', { certificatePrefix: 'hg2026' }],
  ['PREFIX_MALFORMED', 'plan.certificatePrefix', { certificatePrefix: '2026HG' }],
  ['TIMES_OUT_OF_ORDER', 'plan.entryUntil', { entryUntil: new Date('2026-02-28T16:00:00Z') }],
  ['TIMES_OUT_OF_ORDER', 'plan.changeUntil', { changeUntil: new Date('2026-03-31T15:59:59.999Z') }],
  ['CRITERIA_COUNT', 'plan.criteria', { criteria: [] }],
  ['CRITERION_REPEATED', 'plan.criteria.1.name', { criteria: [aCriterion(), aCriterion()] }],
  ['NUMBER_OUT_OF_RANGE', 'plan.criteria.0.weight', { criteria: [aCriterion({ weight: 0 })] }],
  ['SCALE_MALFORMED', 'plan.criteria.0.scaleMin', { criteria: [aCriterion({ scaleMin: 100_000 })] }],
  ['TEXT_LENGTH', 'plan.criteria.0.group', { criteria: [aCriterion({ group: '' })] }],
  ['NUMBER_OUT_OF_RANGE', 'plan.judging.judgesNeeded', { judging: someJudging({ judgesNeeded: 4 }) }],
  [
    'TIE_BREAK_MALFORMED',
    'plan.judging.tieBreaks.0',
    { judging: someJudging({ tieBreaks: [{ kind: 'criterion', number: 2 }] }) },
  ],
  ['TEXT_LENGTH', 'plan.divisions.0.name', { divisions: [{ name: '', trade: null, eligibility: null }] }],
  ['NUMBER_UNKNOWN', 'plan.stages.0.division', wrongStage({ division: 1 })],
  ['NUMBER_UNKNOWN', 'plan.stages.0.parent', wrongStage({ parent: 2 })],
  ['NUMBER_UNKNOWN', 'plan.stages.0.parent', wrongStage({ parent: 1 })],
  ['TIMES_OUT_OF_ORDER', 'plan.stages.0.endsOn', wrongStage({ endsOn: '2026-06-09' })],
  ['NUMBER_OUT_OF_RANGE', 'plan.stages.0.advance.n', wrongStage({ advance: { kind: 'top', n: 0 } })],
  [
    'NUMBER_OUT_OF_RANGE',
    'plan.stages.0.advance.score',
    wrongStage({ advance: { kind: 'threshold', score: 100_000_001 } }),
  ],
  ['NUMBER_OUT_OF_RANGE', 'plan.stages.0.wildCards', wrongStage({ wildCards: -1 })],
  ['CRITERIA_COUNT', 'plan.stages.0.criteria', wrongStage({ criteria: [] })],
  ['NUMBER_UNKNOWN', 'plan.awards.0.stage', { awards: [anAward({ stage: 2 })] }],
  ['NUMBER_OUT_OF_RANGE', 'plan.awards.0.toPlace', { awards: [anAward({ fromPlace: 2, toPlace: 1 })] }],
  ['NUMBER_OUT_OF_RANGE', 'plan.awards.0.subsidyFen', { awards: [anAward({ subsidyFen: 0.5 })] }],
])('%s at %s: such a plan cannot even be a draft', ([code, at, wrong]) => {
  expect(wrongForm(aPlan(P, wrong))).toMatchObject({ code, at });
});

test('a plan that cannot be a draft leaves nothing behind', async () => {
  const { deps, create } = await aPlanningWorld();
  expect(await create({ name: '' })).toMatchObject(refused('TEXT_LENGTH'));
  expect(await deps.db.query('SELECT id FROM competition')).toEqual([]);
  expect(await auditTrail(deps)).toEqual([]);
});

test('criteria of a stage that are too few for the shared tie-breaks are refused at that stage', () => {
  const criteria = [aCriterion({ weight: 5_000 }), aCriterion({ name: '实操', weight: 5_000 })];
  const judging = someJudging({ tieBreaks: [{ kind: 'criterion', number: 2 }] });
  const stages = [aFinal(P, { criteria: [aCriterion()] })];
  expect(wrongForm(aPlan(P, { criteria, judging, stages }))).toMatchObject({
    code: 'TIE_BREAK_MALFORMED',
    at: 'plan.stages.0.judging.tieBreaks.0',
  });
});

test('stages and conditions name unions of the branch, payers also one above, points a programme that covers all', async () => {
  const { deps, province, west, westWorks, east, admin } = await aPlanningWorld();
  const ofEast = await aProgramme(deps, east, '东市积分');
  const ofWest = await aProgramme(deps, west, '西市积分');
  const create = (fields: Partial<CompetitionPlan>) =>
    createCompetition(deps, admin, aKey(), { unionId: west, plan: aPlan(west, fields) });
  const outside = (at: string, code = 'UNION_UNKNOWN') => ({ ok: false, refusal: { code, at } });
  for (const id of [province, newId()])
    expect(await create({ stages: [aFinal(id)] })).toMatchObject(outside('plan.stages.0.unionId'));
  expect(await create({ eligibility: { kind: 'branch', unionIds: [westWorks, east] } })).toMatchObject(
    outside('plan.eligibility.branches.1'),
  );
  expect(await create({ awards: [anAward({ payerUnionId: east })] })).toMatchObject(
    outside('plan.awards.0.payerUnionId'),
  );
  for (const programmeId of [ofEast, newId()])
    expect(await create({ programmeId })).toMatchObject(outside('plan.programmeId', 'PROGRAMME_UNKNOWN'));
  accepted(await create({ programmeId: ofWest, awards: [anAward({ payerUnionId: province })] }));
});

test('two competitions never have the same prefix, and a draft keeps its own', async () => {
  const { deps, province, admin, draft, create } = await aPlanningWorld();
  const id = await draft();
  const taken = { ok: false, refusal: { code: 'PREFIX_TAKEN', at: 'plan.certificatePrefix' } };
  expect(await create()).toMatchObject(taken);
  const other = await draft({ certificatePrefix: 'QG2026' });
  const change = (competitionId: string, certificatePrefix: string) =>
    changeCompetition(deps, admin, aKey(), { competitionId, plan: aPlan(province, { certificatePrefix }) });
  expect(await change(other, 'HG2026')).toMatchObject(taken);
  accepted(await change(id, 'HG2026'));
});

test('of several drafts with one prefix at the same instant one is made', async () => {
  const { deps, create } = await aPlanningWorld();
  const made = await Promise.allSettled([create(), create(), create()]);
  const ok = made.filter((one) => one.status === 'fulfilled' && one.value.ok);
  expect(ok).toHaveLength(1);
  expect(await deps.db.query('SELECT certificate_prefix FROM competition')).toHaveLength(1);
});

test('planning needs the permission in the union itself, and what is not theirs answers like what is not there', async () => {
  const { deps, province, east, draft, create } = await aPlanningWorld();
  const id = await draft();
  const ofEast = await anAdmin(deps, [east]);
  const reader = await anAdmin(deps, [province], ['competitions:read']);
  for (const who of [ofEast, reader]) {
    expect(await create({ certificatePrefix: 'QG2026' }, who)).toMatchObject(refused('UNION_UNKNOWN'));
    const plan = aPlan(province, { name: '改名' });
    for (const competitionId of [id, newId()])
      expect(await changeCompetition(deps, who, aKey(), { competitionId, plan })).toMatchObject(
        refused('COMPETITION_UNKNOWN'),
      );
  }
  expect((await competitionOf(deps, id)).name).toBe('焊工技能竞赛（2026）');
});

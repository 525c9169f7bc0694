import { amendCompetition } from '../../../src/competitions/plan/amend-competition.ts';
import { Competition } from '../../../src/competitions/plan/competition.entity.ts';
import { createCompetition } from '../../../src/competitions/plan/create-competition.ts';
import type { PlanCriterion } from '../../../src/competitions/plan/criteria.ts';
import type { AwardPlan, CompetitionPlan, StagePlan } from '../../../src/competitions/plan/plan.ts';
import { publishCompetition } from '../../../src/competitions/plan/publish-competition.ts';
import type { JudgingTerms } from '../../../src/judging/panels/terms.ts';
import type { TestDeps } from '../../support/deps.ts';
import { accepted, aKey, anAdmin, aProgramme, aTree } from '../../unions/tree.ts';

/** Now, in every test of plans, until the test moves the clock: 1 February 2026, 10:00 in Beijing. */
export const NOW = '2026-02-01T02:00:00.000Z';

export const aCriterion = (fields: Partial<PlanCriterion> = {}): PlanCriterion => ({
  name: '理论',
  group: null,
  about: '',
  kind: 'judged',
  weight: 10_000,
  scaleMin: 0,
  scaleMax: 100_000,
  evidenceAsked: '',
  ...fields,
});

export const someJudging = (fields: Partial<JudgingTerms> = {}): JudgingTerms => ({
  judgesPerEntry: 3,
  judgesNeeded: 2,
  blind: true,
  normalise: 'none',
  aggregate: 'mean',
  late: 'wait',
  tieBreaks: [{ kind: 'criterion', number: 1 }],
  ...fields,
});

/** A final of the province in June. */
export const aFinal = (unionId: string, fields: Partial<StagePlan> = {}): StagePlan => ({
  division: null,
  parent: null,
  name: '省决赛',
  level: 'province',
  round: 'final',
  unionId,
  startsOn: '2026-06-10',
  endsOn: '2026-06-11',
  advance: null,
  wildCards: 0,
  isLive: false,
  criteria: null,
  judging: null,
  ...fields,
});

/** A heat of a city in May, whose first two go on to the first stage. */
export const aHeat = (unionId: string, fields: Partial<StagePlan> = {}): StagePlan =>
  aFinal(unionId, {
    parent: 1,
    name: '市赛',
    level: 'city',
    startsOn: '2026-05-01',
    endsOn: '2026-05-03',
    advance: { kind: 'top', n: 2 },
    ...fields,
  });

export const anAward = (fields: Partial<AwardPlan> = {}): AwardPlan => ({
  stage: 1,
  name: '一等奖',
  honourName: null,
  fromPlace: 1,
  toPlace: 1,
  givesPoints: false,
  skillLevel: null,
  subsidyFen: 100_000,
  payerUnionId: null,
  ...fields,
});

/** A plan of individuals that can be published: a final of this union alone, whose first gets a thousand yuan. */
export const aPlan = (unionId: string, fields: Partial<CompetitionPlan> = {}): CompetitionPlan => ({
  name: '焊工技能竞赛（2026）',
  year: 2026,
  about: '面向全省焊工。',
  entrant: 'individual',
  team: null,
  entryFrom: new Date('2026-03-01T00:00:00+08:00'),
  entryUntil: new Date('2026-04-01T00:00:00+08:00'),
  changeUntil: new Date('2026-04-15T00:00:00+08:00'),
  trade: '焊工',
  eligibility: null,
  criteria: [aCriterion()],
  judging: someJudging(),
  noticeWorkingDays: 5,
  programmeId: null,
  budgetFen: 100_000,
  certificatePrefix: 'HG2026',
  divisions: [],
  stages: [aFinal(unionId)],
  awards: [anAward()],
  ...fields,
});

/** A province over two cities and their works, its admin, and shorthands for planning its competitions. */
export async function aPlanningWorld() {
  const tree = await aTree();
  const { deps, province } = tree;
  deps.clock.set(NOW);
  const programmeId = await aProgramme(deps, province, '全省积分');
  const admin = await anAdmin(deps, [province]);
  const create = (fields: Partial<CompetitionPlan> = {}, who = admin) =>
    createCompetition(deps, who, aKey(), { unionId: province, plan: aPlan(province, fields) });
  const draft = async (fields: Partial<CompetitionPlan> = {}) => accepted(await create(fields));
  const publish = (competitionId: string, who = admin) => publishCompetition(deps, who, aKey(), { competitionId });
  const published = async (fields: Partial<CompetitionPlan> = {}) => {
    const id = await draft(fields);
    accepted(await publish(id));
    return id;
  };
  const amend = (competitionId: string, amendment: object) =>
    amendCompetition(deps, admin, aKey(), { competitionId, ...amendment });
  return { ...tree, programmeId, admin, create, draft, publish, published, amend };
}

export function competitionOf({ db }: TestDeps, id: string): Promise<Competition> {
  return db.manager.findOneByOrFail(Competition, { id });
}

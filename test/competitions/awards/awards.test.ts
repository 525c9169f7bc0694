import { fastify } from 'fastify';
import { readXlsx } from 'hucre/xlsx';
import { beforeEach, describe, expect, test } from 'vitest';
import { listFileUrl } from '../../../src/competitions/awards/subsidies/address.ts';
import { subsidyFileRoute } from '../../../src/competitions/awards/subsidies/file-route.ts';
import { SubsidyLine } from '../../../src/competitions/awards/subsidies/line.entity.ts';
import { SubsidyList } from '../../../src/competitions/awards/subsidies/list.entity.ts';
import { makeSubsidyList } from '../../../src/competitions/awards/subsidies/make-list.ts';
import { releaseSubsidyList } from '../../../src/competitions/awards/subsidies/release-list.ts';
import { Win } from '../../../src/competitions/awards/win.entity.ts';
import type { CompetitionPlan } from '../../../src/competitions/plan/plan.ts';
import { advanceStages } from '../../../src/competitions/stages/advance-stages.ts';
import { readCertificateNumber } from '../../../src/platform/certificate/number.ts';
import { ActivityEvent } from '../../../src/rules/activity-event.entity.ts';
import { highestSkill } from '../../../src/unions/skill/queries.ts';
import { anAccount } from '../../judging/world.ts';
import { accepted, aKey, anAdmin, aProgramme, auditTrail, refused } from '../../unions/tree.ts';
import { aPerson, enterTeamOf, TEAMS } from '../entries/world.ts';
import { anAward } from '../plan/world.ts';
import { aStageWorld, FINAL, type StageWorld } from '../stages/world.ts';

let world: StageWorld;
beforeEach(async () => {
  world = await aStageWorld();
});

/** The first wins 1,000 yuan, an honour, points and a level; the next two 500 yuan each: 2,000 in all. */
const AWARDS = [
  anAward({ honourName: '技术能手', givesPoints: true, skillLevel: 4 }),
  anAward({ name: '二等奖', fromPlace: 2, toPlace: 3, subsidyFen: 50_000 }),
];

async function finished(fields: Partial<CompetitionPlan> = {}, points = [70, 90, 80]) {
  const { deps, province, competition, made } = world;
  const programmeId = await aProgramme(deps, province, '全省积分');
  const plan = { awards: AWARDS, budgetFen: 200_000, programmeId, ...fields };
  const found = await competition(plan, Array(points.length).fill(world.eastWorks));
  deps.clock.set(FINAL);
  await made(found.stageIds[0]!, points);
  return { ...found, programmeId };
}

const wins = (competitionId: string) =>
  world.deps.db.manager.find(Win, { where: { competitionId }, order: { awardNumber: 'ASC', place: 'ASC' } });
const make = (competitionId: string, vacantFen = 0, by = world.admin) =>
  makeSubsidyList(world.deps, by, aKey(), { competitionId, vacantFen });
const release = (listId: string, by = world.admin) => releaseSubsidyList(world.deps, by, aKey(), { listId });

describe('when a ranking is final', () => {
  test('each place wins the award of the plan; an honour has a number that can be read', async () => {
    const { id, entryIds } = await finished();
    const found = await wins(id);
    expect(found.map(({ entryId, awardNumber, place }) => [entryId, awardNumber, place])).toEqual([
      [entryIds[1], 1, 1],
      [entryIds[2], 2, 2],
      [entryIds[0], 2, 3],
    ]);
    const [{ honourNumber }] = found as [Win];
    expect(readCertificateNumber(honourNumber!)).toBe(honourNumber);
    expect(found.slice(1).map((win) => win.honourNumber)).toEqual([null, null]);
  });

  test('the winner’s points are an activity event, once, and her level is raised', async () => {
    const { deps } = world;
    const { id, programmeId, people } = await finished();
    const [first] = await wins(id);
    expect(await deps.db.manager.find(ActivityEvent)).toMatchObject([
      {
        ...{ programmeId, memberId: people[1]!.memberId, type: 'contest.award' },
        reference: `${first!.id}:${people[1]!.memberId}`,
        attributes: { 竞赛: '焊工技能竞赛（2026）', 赛项: '省决赛', 名次: 1, 奖项: '一等奖' },
        recordedBy: 'system:competitions',
      },
    ]);
    const memberIds = people.map(({ memberId }) => memberId);
    expect([...(await highestSkill(deps.db.manager, memberIds)).values()]).toMatchObject([
      { memberId: memberIds[1], trade: '焊工', level: 4, source: 'competition', causeId: first!.id },
    ]);
  });

  test('what was won is never changed nor taken away', async () => {
    const { id } = await finished();
    const { manager } = world.deps.db;
    await expect(manager.update(Win, { competitionId: id }, { place: 9 })).rejects.toThrow('is fixed');
    await expect(manager.delete(Win, { competitionId: id })).rejects.toThrow('is fixed');
  });

  test('everything is given once, however many machines find the notice over', async () => {
    const { deps, province, competition, inNotice } = world;
    const programmeId = await aProgramme(deps, province, '全省积分');
    const { id, stageIds } = await competition({ awards: AWARDS, budgetFen: 200_000, programmeId });
    deps.clock.set(FINAL);
    await inNotice(stageIds[0]!, [70, 90, 80]);
    deps.clock.set('2026-07-01T02:00:00.000Z');
    const changed = await Promise.all([1, 2, 3].map(() => advanceStages(deps)));
    expect(changed.reduce((sum, one) => sum + one)).toBe(1);
    expect(await wins(id)).toHaveLength(3);
    expect(await deps.db.manager.count(ActivityEvent)).toBe(1);
  });

  test('all of a team that won have the points, but not a substitute who never came in', async () => {
    const { deps, competition, eastWorks, made } = world;
    const programmeId = await aProgramme(deps, world.province, '全省积分');
    const awards = [anAward({ givesPoints: true })];
    const { id, stageIds } = await competition({ ...TEAMS, awards, programmeId }, []);
    const [captain, mate, spare] = [1, 2, 3].map(() => aPerson(world, eastWorks));
    const crew = [await captain!, await mate!, await spare!] as const;
    accepted(await enterTeamOf(deps, crew[0], id, [crew[1], crew[2]], { substitutes: 1 }));
    deps.clock.set(FINAL);
    await made(stageIds[0]!, [80]);
    const events = await deps.db.manager.find(ActivityEvent);
    expect(new Set(events.map(({ memberId }) => memberId))).toEqual(new Set([crew[0].memberId, crew[1].memberId]));
  });
});

describe('the payment list', () => {
  test('has what each winner is paid, adds up to the budget, and is made once', async () => {
    const { deps } = world;
    const { id, people } = await finished();
    const listId = accepted(await make(id));
    expect(await deps.db.manager.findOneByOrFail(SubsidyList, { id: listId })).toMatchObject({
      ...{ state: 'made', lineCount: 3, totalFen: 200_000, vacantFen: 0, budgetFen: 200_000 },
    });
    const lines = await deps.db.manager.find(SubsidyLine, { where: { listId }, order: { number: 'ASC' } });
    expect(lines.map(({ payee, award, fen }) => [payee, award, fen])).toEqual([
      [people[1]!.name, '一等奖', 100_000],
      [people[2]!.name, '二等奖', 50_000],
      [people[0]!.name, '二等奖', 50_000],
    ]);
    expect(await make(id)).toMatchObject(refused('SUBSIDY_LIST_MADE'));
    expect((await auditTrail(deps)).at(-1)).toMatchObject({ action: 'makeSubsidyList', after: { totalFen: 200_000 } });
  });

  test('says both sums when places stayed vacant, and is made once somebody says what is vacant', async () => {
    const { id } = await finished({}, [70, 90]);
    expect(await make(id)).toMatchObject({
      refusal: { code: 'SUBSIDIES_NOT_BUDGET', message: { zh: expect.stringMatching(/1500\.00.*2000\.00.*500\.00/) } },
    });
    expect(await make(id, 49_999)).toMatchObject(refused('SUBSIDIES_NOT_BUDGET'));
    expect(await make(id, 50_000)).toMatchObject({ ok: true });
  });

  test('waits for the last notice, and for who may pay', async () => {
    const { deps, competition, inNotice, province, afterNotice } = world;
    const { id, stageIds } = await competition();
    deps.clock.set(FINAL);
    await inNotice(stageIds[0]!, [70, 90, 80]);
    expect(await make(id)).toMatchObject(refused('COMPETITION_NOT_FINISHED'));
    await afterNotice();
    const planner = await anAdmin(deps, [province], ['competitions:read', 'competitions:write']);
    expect(await make(id, 0, planner)).toMatchObject(refused('COMPETITION_UNKNOWN'));
    expect(await deps.db.manager.count(SubsidyList)).toBe(0);
  });

  test('is released by another person than the one who made it, also when she has two accounts; once', async () => {
    const { deps, province } = world;
    const { id, people } = await finished();
    const same = { memberId: people[0]!.memberId };
    const maker = await anAccount(deps, province, 'federation-admin', same);
    const alias = await anAccount(deps, province, 'federation-admin', same);
    const listId = accepted(await make(id, 0, maker));
    expect(await release(listId, maker)).toMatchObject(refused('SECOND_PERSON_NEEDED'));
    expect(await release(listId, alias)).toMatchObject(refused('SECOND_PERSON_NEEDED'));
    expect(await release(listId, { ...world.admin, operatorId: null })).toMatchObject(refused('PERSON_NEEDED'));
    expect(await release(listId, world.eastAdmin)).toMatchObject(refused('SUBSIDY_LIST_UNKNOWN'));
    const both = await Promise.all([release(listId), release(listId)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject(refused('SUBSIDY_LIST_RELEASED'));
    expect(await deps.db.manager.findOneByOrFail(SubsidyList, { id: listId })).toMatchObject({
      ...{ state: 'released', releasedBy: world.admin.actor, madeBy: maker.actor },
    });
  });

  test('is a file of its lines with their sum and the budget, for an address that lasts five minutes', async () => {
    const { deps } = world;
    const { id } = await finished();
    const listId = accepted(await make(id));
    const app = fastify();
    subsidyFileRoute(app, deps);
    const address = listFileUrl(deps.config, listId, deps.clock.now());
    const answer = await app.inject(address);
    expect(answer.headers['content-disposition']).toContain(encodeURIComponent('补助发放表-'));
    const { sheets } = await readXlsx(answer.rawPayload);
    const rows = sheets[0]!.rows.map((row) => [row[0], row[3], row[6]]);
    expect(rows.slice(1)).toEqual([
      [1, '一等奖', 1000],
      [2, '二等奖', 500],
      [3, '二等奖', 500],
      ['合计', null, 2000],
      ['预算', null, 2000],
    ]);
    expect((await app.inject(address.replace(/signature=./, 'signature=-'))).statusCode).toBe(404);
    deps.clock.set(new Date(deps.clock.now().getTime() + 300_000).toISOString());
    expect((await app.inject(address)).statusCode).toBe(410);
    await app.close();
  });
});

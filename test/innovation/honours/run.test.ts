import { describe, expect, test } from 'vitest';
import { advanceSeasons } from '../../../src/innovation/honours/advance-seasons.ts';
import { newestList, newestPublished } from '../../../src/innovation/honours/queries.ts';
import { SeasonHonour } from '../../../src/innovation/honours/season-honour.entity.ts';
import { SeasonList } from '../../../src/innovation/honours/season-list.entity.ts';
import { cancelSeason } from '../../../src/innovation/seasons/cancel-season.ts';
import type { SeasonPlan } from '../../../src/innovation/seasons/plan.ts';
import { voidSheet } from '../../../src/judging/sheets/void-sheet.ts';
import { decideObjection } from '../../../src/notices/decide-objection.ts';
import { fileObjection } from '../../../src/notices/file-objection.ts';
import { Notice } from '../../../src/notices/notice.entity.ts';
import { NoticeLine } from '../../../src/notices/notice-line.entity.ts';
import { readCertificateNumber } from '../../../src/platform/certificate/number.ts';
import { ActivityEvent } from '../../../src/rules/activity-event.entity.ts';
import { accepted, aKey, aMember, anAdmin, refused } from '../../unions/tree.ts';
import { aReviewWorld } from '../review/world.ts';
import { aCategory, aGrade } from '../world.ts';

/** A season of so many achievements that were reviewed, with these scores in the order of their submission. */
async function aRanked(points: readonly number[], fields: Partial<SeasonPlan> = {}) {
  const world = await aReviewWorld();
  const { deps, eastWorks, season, declared, closeDeclarations, review, ranked } = world;
  const { season: opened, categories } = await season(fields);
  const authors: string[] = [];
  const ids: string[] = [];
  for (const [i] of points.entries()) {
    const author = await aMember(deps, eastWorks, { name: `王小${i + 1}` });
    authors.push(author);
    ids.push(await declared(opened.id, { unionId: eastWorks, declarerId: author, title: `成果${i + 1}` }));
  }
  closeDeclarations();
  accepted(await review(opened.id));
  const categoryId = categories[0]!.id;
  const judge = await ranked(categoryId, points);
  return { ...world, seasonId: opened.id, categoryId, authors, ids, judge };
}

const inNotice = async (points: readonly number[], fields: Partial<SeasonPlan> = {}) => {
  const world = await aRanked(points, fields);
  accepted(await world.list(world.seasonId));
  accepted(await world.publish(world.seasonId));
  return world;
};

describe('the list of honours', () => {
  test('is made of the rankings and shown in public view, the names of authors masked', async () => {
    const { deps, seasonId, ids, authors, list, listed, publish, stateOf, states } = await aRanked([70, 90, 80]);
    expect(await publish(seasonId)).toMatchObject(refused('HONOURS_NOT_LISTED'));
    accepted(await list(seasonId));
    expect(await listed(seasonId)).toEqual([
      [ids[1], 1],
      [ids[2], 2],
    ]);
    expect(await states(ids)).toEqual(['eligible', 'eligible', 'eligible']);
    accepted(await publish(seasonId));
    expect(await stateOf(seasonId)).toBe('in_notice');
    expect(await states(ids)).toEqual(['eligible', 'listed', 'listed']);
    const notice = await deps.db.manager.findOneByOrFail(Notice, { kind: 'honours', subjectId: seasonId });
    expect(notice).toMatchObject({ version: 1, title: '全省职工技术创新成果评选（2026）表彰名单', lineCount: 2 });
    const lines = await deps.db.manager.find(NoticeLine, { where: { noticeId: notice.id }, order: { number: 'ASC' } });
    expect(lines).toMatchObject([
      { label: '成果2｜东厂工会｜王*2', detail: '技术成果｜一等奖｜第 1 名｜90 分', memberId: authors[1] },
      { label: '成果3｜东厂工会｜王*3', detail: '技术成果｜二等奖｜第 2 名｜80 分', memberId: authors[2] },
    ]);
    expect(await publish(seasonId)).toMatchObject(refused('HONOURS_PUBLISHED'));
  });

  test('waits for every category', async () => {
    const world = await aReviewWorld();
    const { season, declared, closeDeclarations, review, list, ranked, eastWorks } = world;
    const { season: opened, categories } = await season({
      categories: [aCategory(), aCategory({ kind: 'method', name: '先进操作法' })],
    });
    expect(await list(opened.id)).toMatchObject(refused('SEASON_NOT_REVIEWING'));
    await declared(opened.id);
    await declared(opened.id, { unionId: eastWorks, kind: 'method' });
    closeDeclarations();
    accepted(await review(opened.id));
    await ranked(categories[0]!.id, [80]);
    const answer = await list(opened.id);
    expect(answer).toMatchObject(refused('CATEGORIES_NOT_RANKED'));
    expect(answer).toMatchObject({ refusal: { message: { zh: expect.stringContaining('先进操作法') } } });
  });

  test('has nobody below the least total', async () => {
    const { seasonId, ids, list, listed } = await aRanked([59, 60], {
      categories: [aCategory({ leastTotal: 60_000_000 })],
    });
    accepted(await list(seasonId));
    expect(await listed(seasonId)).toEqual([[ids[1], 1]]);
  });

  test('is made anew for a reason alone, which the version then says', async () => {
    const { deps, seasonId, list, publish } = await inNotice([70, 90]);
    expect(await list(seasonId)).toMatchObject(refused('REASON_NEEDED'));
    accepted(await list(seasonId, '单位名称更正'));
    accepted(await publish(seasonId));
    expect(await deps.db.manager.find(SeasonList, { order: { version: 'ASC' } })).toMatchObject([
      { version: 1, state: 'superseded', reason: null },
      { version: 2, state: 'in_notice', reason: '单位名称更正' },
    ]);
    const notices = await deps.db.manager.find(Notice, { order: { version: 'ASC' } });
    expect(notices.map(({ version, state }) => [version, state])).toEqual([
      [1, 'superseded'],
      [2, 'open'],
    ]);
    expect(notices[1]!.about).toContain('单位名称更正');
  });
});

describe('an objection that was upheld', () => {
  /** Files one to the first line, and upholds it. */
  async function upheld(world: Awaited<ReturnType<typeof inNotice>>) {
    const { deps, seasonId, province } = world;
    const { noticeId } = (await newestPublished(deps.db.manager, seasonId))!;
    const memberId = world.authors[0]!;
    const caller = {
      ...{ door: 'member' as const, memberId, actor: `member:${memberId}` },
      ...{ sessionId: null, permissions: new Set<string>() },
    };
    const objection = { noticeId: noticeId!, lineNumber: 1, text: '与他人成果重复', evidenceIds: [] };
    const objectionId = accepted(await fileObjection(deps, caller, aKey(), objection));
    const decider = await anAdmin(deps, [province]);
    const decided = { objectionId, decision: 'upheld' as const, reason: '情况属实' };
    accepted(await decideObjection(deps, decider, aKey(), decided));
  }

  test('keeps the list from being final until one without what was struck answers it', async () => {
    const world = await inNotice([70, 90, 80]);
    const { deps, seasonId, ids, strike, list, publish, listed, stateOf, states, afterNotice } = world;
    await upheld(world);
    expect(await afterNotice()).toBe(0);
    expect(await stateOf(seasonId)).toBe('in_notice');
    expect(await publish(seasonId)).toMatchObject(refused('HONOURS_PUBLISHED'));
    accepted(await strike(ids[1]!));
    expect(await publish(seasonId)).toMatchObject(refused('HONOURS_NOT_LISTED'));
    accepted(await list(seasonId, '取消一项成果'));
    accepted(await publish(seasonId));
    expect(await listed(seasonId)).toEqual([
      [ids[2], 1],
      [ids[0], 2],
    ]);
    expect(await states(ids)).toEqual(['listed', 'eligible', 'listed']);
    expect(await afterNotice()).toBe(1);
    expect(await stateOf(seasonId)).toBe('final');
    expect(await states(ids)).toEqual(['honoured', 'not_honoured', 'honoured']);
    expect(await deps.db.manager.count(SeasonHonour)).toBe(2);
  });

  test('after the list was made wants another list', async () => {
    const world = await inNotice([70, 90]);
    const { deps, seasonId, list, publish } = world;
    accepted(await list(seasonId, '更正'));
    deps.clock.set(new Date(deps.clock.now().getTime() + 60_000).toISOString());
    await upheld(world);
    expect(await publish(seasonId)).toMatchObject(refused('OBJECTION_UNANSWERED'));
  });

  test('is answered by scoring again, too, and the list waits for it', async () => {
    const world = await inNotice([70, 90, 80]);
    const { deps, admin, seasonId, categoryId, ids, judge, reopen, score, close } = world;
    const { list, publish, listed, afterNotice, stateOf } = world;
    await upheld(world);
    accepted(await voidSheet(deps, admin, aKey(), { judgeId: judge.id, number: 2, reason: '误评' }));
    const until = new Date(deps.clock.now().getTime() + 30 * 86_400_000);
    accepted(await reopen(categoryId, until));
    expect(await list(seasonId, '重评')).toMatchObject(refused('CATEGORIES_NOT_RANKED'));
    expect(await afterNotice()).toBe(0);
    accepted(await score(categoryId, judge, 2, 60));
    accepted(await close(categoryId));
    expect(await afterNotice()).toBe(0);
    accepted(await list(seasonId, '重评'));
    expect(await afterNotice()).toBe(0);
    accepted(await publish(seasonId));
    expect(await listed(seasonId)).toEqual([
      [ids[2], 1],
      [ids[0], 2],
    ]);
    await afterNotice();
    expect(await stateOf(seasonId)).toBe('final');
  });
});

describe('a sheet that was declared void after its category was ranked', () => {
  test('keeps the list from being made, published or final until the category is ranked anew', async () => {
    const world = await aRanked([70, 90]);
    const { deps, admin, seasonId, categoryId, ids, judge, list, publish, listed, afterNotice, stateOf } = world;
    const { reopen, score, close } = world;
    const callVoid = () => voidSheet(deps, admin, aKey(), { judgeId: judge.id, number: 2, reason: '误评' });
    const scoreAgain = async (points: number) => {
      accepted(await reopen(categoryId, new Date(deps.clock.now().getTime() + 30 * 86_400_000)));
      accepted(await score(categoryId, judge, 2, points));
      accepted(await close(categoryId));
    };
    accepted(await callVoid());
    const answer = await list(seasonId);
    expect(answer).toMatchObject(refused('RANKING_OUTDATED'));
    expect(answer).toMatchObject({ refusal: { message: { zh: expect.stringContaining('技术成果') } } });
    await scoreAgain(60);
    accepted(await list(seasonId));
    accepted(await callVoid());
    expect(await publish(seasonId)).toMatchObject(refused('RANKING_OUTDATED'));
    await scoreAgain(80);
    accepted(await list(seasonId, '重评'));
    accepted(await publish(seasonId));
    accepted(await callVoid());
    expect(await afterNotice()).toBe(0);
    expect(await stateOf(seasonId)).toBe('in_notice');
    await scoreAgain(50);
    accepted(await list(seasonId, '再次重评'));
    accepted(await publish(seasonId));
    expect(await afterNotice()).toBe(1);
    expect(await listed(seasonId)).toEqual([
      [ids[0], 1],
      [ids[1], 2],
    ]);
  });
});

describe('when the notice is over', () => {
  const giving = (programmeId: string): Partial<SeasonPlan> => ({
    programmeId,
    categories: [
      aCategory({
        grades: [aGrade({ givesPoints: true }), aGrade({ name: '二等奖', honourName: '省二等奖' })],
      }),
    ],
  });

  async function finished() {
    const world = await aReviewWorld();
    const { deps, eastWorks, westWorks, programmeId, season, declared, closeDeclarations, review, ranked } = world;
    const { season: opened, categories } = await season(giving(programmeId));
    const [first, second] = [await aMember(deps, eastWorks), await aMember(deps, westWorks)];
    const authors = [
      { memberId: first, share: 6_000, post: 'worker' as const },
      { memberId: second, share: 4_000, post: 'worker' as const },
    ];
    const joint = await declared(opened.id, { unionId: eastWorks, declarerId: first, authors, title: '联合成果' });
    const other = await declared(opened.id);
    const last = await declared(opened.id);
    closeDeclarations();
    accepted(await review(opened.id));
    await ranked(categories[0]!.id, [90, 80, 70]);
    accepted(await world.list(opened.id));
    accepted(await world.publish(opened.id));
    return { ...world, seasonId: opened.id, members: [first, second], ids: [joint, other, last] };
  }

  test('each honour has a number that can be read, and everything else was not honoured', async () => {
    const { deps, seasonId, ids, afterNotice, states } = await finished();
    expect(await afterNotice()).toBe(1);
    const honours = await deps.db.manager.find(SeasonHonour, { where: { seasonId }, order: { place: 'ASC' } });
    expect(honours).toMatchObject([
      { achievementId: ids[0], gradeNumber: 1, place: 1, listVersion: 1 },
      { achievementId: ids[1], gradeNumber: 2, place: 2, listVersion: 1 },
    ]);
    for (const { honourNumber } of honours) expect(readCertificateNumber(honourNumber)).toBe(honourNumber);
    expect(await states(ids)).toEqual(['honoured', 'honoured', 'not_honoured']);
    expect(await newestList(deps.db.manager, seasonId)).toMatchObject({ state: 'final' });
    await expect(deps.db.manager.update(SeasonHonour, { seasonId }, { place: 9 })).rejects.toThrow('is fixed');
  });

  test('each author of what a grade with points honours has an activity event', async () => {
    const { deps, programmeId, members, afterNotice } = await finished();
    await afterNotice();
    const [honour] = await deps.db.manager.find(SeasonHonour, { order: { place: 'ASC' } });
    const events = await deps.db.manager.find(ActivityEvent);
    expect(events.map(({ memberId }) => memberId).sort()).toEqual([...members].sort());
    for (const event of events)
      expect(event).toMatchObject({
        ...{ programmeId, type: 'innovation.achievement', recordedBy: 'system:innovation' },
        reference: `${honour!.id}:${event.memberId}`,
        attributes: { 成果: '联合成果', 类别: '技术成果', 组别: '职工组', 奖项: '一等奖' },
      });
  });

  test('everything is given once, however many machines find it over', async () => {
    const { deps, afterNotice } = await finished();
    deps.clock.set(new Date(deps.clock.now().getTime() + 14 * 86_400_000).toISOString());
    const changed = await Promise.all([1, 2, 3].map(() => advanceSeasons(deps)));
    expect(changed.reduce((sum, one) => sum + one, 0)).toBe(1);
    expect(await deps.db.manager.count(SeasonHonour)).toBe(2);
    expect(await deps.db.manager.count(ActivityEvent)).toBe(2);
    expect(await afterNotice()).toBe(0);
    await expect(deps).toHaveCoherentLedger();
  });

  test('of a season that was called off it is withdrawn, and nothing is listed any more', async () => {
    const { deps, admin, seasonId, ids, states, list } = await finished();
    accepted(await cancelSeason(deps, admin, aKey(), { seasonId, reason: '程序有误' }));
    expect(await advanceSeasons(deps)).toBe(1);
    expect(await advanceSeasons(deps)).toBe(0);
    expect(await deps.db.manager.findOneByOrFail(Notice, { subjectId: seasonId })).toMatchObject({
      ...{ state: 'withdrawn', withdrawnReason: '程序有误' },
    });
    expect(await states(ids)).toEqual(['eligible', 'eligible', 'eligible']);
    expect(await list(seasonId, '再拟')).toMatchObject(refused('SEASON_OVER'));
    expect(await deps.db.manager.count(SeasonHonour)).toBe(0);
  });
});

test('small private firms are not crowded out: what is kept for them is theirs though others rank higher', async () => {
  const world = await aReviewWorld();
  const { deps, eastWorks, westWorks, season, declared, closeDeclarations, review, ranked, list, listed } = world;
  await deps.db.query('INSERT INTO firm (union_id, firm_type, ownership, trade, employees, described_at) VALUES ?', [
    [
      [eastWorks, 'other', 'state', '造船', 8_000, deps.clock.now()],
      [westWorks, 'other', 'private', '五金', 40, deps.clock.now()],
    ],
  ]);
  const reserve = { name: '小微民营', ownerships: ['private' as const], firmTypes: null, mostEmployees: 300, least: 1 };
  const { season: opened, categories } = await season({ categories: [aCategory({ reserves: [reserve] })] });
  const large: string[] = [];
  for (let i = 0; i < 3; i++) large.push(await declared(opened.id, { unionId: eastWorks }));
  const small = await declared(opened.id, { unionId: westWorks });
  closeDeclarations();
  accepted(await review(opened.id));
  await ranked(categories[0]!.id, [95, 94, 93, 60]);
  accepted(await list(opened.id));
  expect(await listed(opened.id)).toEqual([
    [large[0], 1],
    [small, 2],
  ]);
});

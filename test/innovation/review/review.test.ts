import { describe, expect, test } from 'vitest';
import { admitAchievement } from '../../../src/innovation/achievements/check-achievement.ts';
import { SeasonCandidate } from '../../../src/innovation/review/candidate.entity.ts';
import { openReview } from '../../../src/innovation/review/open-review.ts';
import { Candidate } from '../../../src/judging/panels/candidate.entity.ts';
import { Panel } from '../../../src/judging/panels/panel.entity.ts';
import { accepted, aKey, aMember, anAdmin, aUnion, refused } from '../../unions/tree.ts';
import { aCategory, someJudging } from '../world.ts';
import { aReviewWorld, SCORED } from './world.ts';

describe('the review of a season opens', () => {
  test('when declarations are over and everything was checked', async () => {
    const { deps, admin, eastWorks, season, submitted, closeDeclarations, review, stateOf } = await aReviewWorld();
    const { id } = (await season()).season;
    expect(await review(id)).toMatchObject(refused('DECLARATIONS_STILL_OPEN'));
    const waiting = await submitted(id, await aMember(deps, eastWorks));
    closeDeclarations();
    expect(await review(id)).toMatchObject(refused('CHECKS_WAITING'));
    accepted(await admitAchievement(deps, admin, aKey(), { achievementId: waiting }));
    expect(await openReview(deps, admin, aKey(), { seasonId: id, scoreUntil: deps.clock.now() })).toMatchObject({
      refusal: { code: 'DEADLINE_OVER', at: 'scoreUntil' },
    });
    accepted(await review(id));
    expect(await stateOf(id)).toBe('reviewing');
    expect(await review(id)).toMatchObject(refused('REVIEW_BEGUN'));
  });

  test('with a panel for each category in which anything may be judged, and no other', async () => {
    const { deps, season, declared, closeDeclarations, review, category, eastWorks } = await aReviewWorld();
    const categories = [
      aCategory({ group: 'workers' }),
      aCategory({ group: 'professionals' }),
      aCategory({ kind: 'patent' }),
    ];
    const opened = await season({ categories });
    const { id: seasonId } = opened.season;
    const worker = await declared(seasonId, { unionId: eastWorks, title: '甲' });
    const engineer = await aMember(deps, eastWorks);
    const authors = [{ memberId: engineer, share: 10_000, post: 'professional' as const }];
    const other = await declared(seasonId, { unionId: eastWorks, declarerId: engineer, title: '乙', authors });
    closeDeclarations();
    accepted(await review(seasonId));
    const found = await Promise.all(opened.categories.map(({ id }) => category(id)));
    expect(found.map(({ state, panelId }) => [state, panelId !== null])).toEqual([
      ['open', true],
      ['open', true],
      ['planned', false],
    ]);
    const of = async (panelId: string | null) => deps.db.manager.findBy(Candidate, { panelId: panelId! });
    expect(await of(found[0]!.panelId)).toMatchObject([
      { id: worker, label: '甲｜东厂工会', evidenceOf: `achievement:${worker}` },
    ]);
    expect(await of(found[1]!.panelId)).toMatchObject([{ id: other, label: '乙｜东厂工会' }]);
    expect(await deps.db.manager.findOneByOrFail(Panel, { id: found[0]!.panelId! })).toMatchObject({
      ...{ kind: 'season', subjectId: opened.categories[0]!.id, scoreUntil: SCORED },
    });
  });

  test('not for nothing, and for those alone who check achievements in its union', async () => {
    const { deps, east, season, closeDeclarations, review, draft } = await aReviewWorld();
    const { id: seasonId } = (await season()).season;
    closeDeclarations();
    expect(await review(seasonId)).toMatchObject(refused('ACHIEVEMENTS_MISSING'));
    const eastern = await anAdmin(deps, [east]);
    expect(await openReview(deps, eastern, aKey(), { seasonId, scoreUntil: SCORED })).toMatchObject(
      refused('SEASON_UNKNOWN'),
    );
    expect(await review(await draft({ certificatePrefix: 'DRAFT' }))).toMatchObject(refused('SEASON_DRAFT'));
  });

  test('on a blind panel with titles alone', async () => {
    const { deps, season, declared, closeDeclarations, review, category } = await aReviewWorld();
    const { season: opened, categories } = await season({
      categories: [aCategory({ judging: someJudging({ blind: true }) })],
    });
    await declared(opened.id);
    closeDeclarations();
    accepted(await review(opened.id));
    const { panelId } = await category(categories[0]!.id);
    expect(await deps.db.manager.findBy(Candidate, { panelId: panelId! })).toMatchObject([{ label: '焊接变位机' }]);
  });

  test('with the reserve of each firm as it is then', async () => {
    const { deps, season, declared, closeDeclarations, review, eastWorks, westWorks } = await aReviewWorld();
    await deps.db.query(
      'INSERT INTO firm (union_id, firm_type, ownership, trade, employees, described_at) VALUES (?)',
      [[eastWorks, 'other', 'private', '装备制造', 80, deps.clock.now()]],
    );
    const reserve = {
      name: '小微民营',
      ownerships: ['private' as const],
      firmTypes: null,
      mostEmployees: 100,
      least: 1,
    };
    const { id } = (await season({ categories: [aCategory({ reserves: [reserve] })] })).season;
    const small = await declared(id, { unionId: eastWorks });
    const unknown = await declared(id, { unionId: westWorks });
    closeDeclarations();
    accepted(await review(id));
    await deps.db.query('UPDATE firm SET employees = 500 WHERE union_id = ?', [eastWorks]);
    const found = await deps.db.manager.findBy(SeasonCandidate, { seasonId: id });
    expect(new Map(found.map(({ achievementId, reserveNumber }) => [achievementId, reserveNumber]))).toEqual(
      new Map([
        [small, 1],
        [unknown, null],
      ]),
    );
  });
});

describe('a reviewer from the firm of any author', () => {
  /** Two works of the eastern factory; its achievement was made with a member of a workshop of the western one. */
  async function aJointReview() {
    const world = await aReviewWorld();
    const { deps, eastWorks, westWorks, season, declared, closeDeclarations, review } = world;
    const workshop = await aUnion(deps, westWorks, '西厂一车间', 'grass-roots');
    const sibling = await aUnion(deps, westWorks, '西厂二车间', 'grass-roots');
    const { season: opened, categories } = await season();
    const [declarerId, other] = [await aMember(deps, eastWorks), await aMember(deps, workshop)];
    const authors = [
      { memberId: declarerId, share: 6_000, post: 'worker' as const },
      { memberId: other, share: 4_000, post: 'worker' as const },
    ];
    await declared(opened.id, { unionId: eastWorks, declarerId, authors });
    closeDeclarations();
    accepted(await review(opened.id));
    return { ...world, workshop, sibling, categoryId: categories[0]!.id };
  }

  test.each(['eastWorks', 'westWorks', 'workshop', 'sibling'] as const)('is never assigned: of %s', async (where) => {
    const world = await aJointReview();
    const { deps, categoryId, aJudge, assign } = world;
    await aJudge(categoryId, await aMember(deps, world[where]));
    expect(await assign(categoryId)).toMatchObject(refused('NOT_ENOUGH_JUDGES'));
    const outsider = await aUnion(deps, world.east, '船厂工会');
    await aJudge(categoryId, await aMember(deps, outsider));
    accepted(await assign(categoryId));
  });

  test('is refused who became one after the assignment', async () => {
    const { deps, workshop, categoryId, aJudge, assign, start, score, close } = await aJointReview();
    const judge = await aJudge(categoryId);
    accepted(await assign(categoryId));
    accepted(await start(categoryId));
    const memberId = await aMember(deps, workshop);
    await deps.db.query('UPDATE operator SET member_id = ? WHERE id = ?', [memberId, judge.operatorId]);
    expect(await score(categoryId, judge, 1, 90)).toMatchObject(refused('JUDGE_IN_CONFLICT'));
    expect(await close(categoryId)).toMatchObject(refused('SCORES_MISSING'));
  });
});

describe('a category', () => {
  async function aRankedCategory() {
    const world = await aReviewWorld();
    const { season, declared, closeDeclarations, review } = world;
    const { season: opened, categories } = await season();
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.push(await declared(opened.id));
    closeDeclarations();
    accepted(await review(opened.id));
    return { ...world, seasonId: opened.id, categoryId: categories[0]!.id, ids };
  }

  test('is scored, closed and ranked, step by step', async () => {
    const { start, close, assign, aJudge, score, category, places, categoryId, ids } = await aRankedCategory();
    expect(await start(categoryId)).toMatchObject({ ok: false });
    expect(await close(categoryId)).toMatchObject(refused('CATEGORY_NOT_SCORING'));
    const judge = await aJudge(categoryId);
    accepted(await assign(categoryId));
    accepted(await start(categoryId));
    expect(await start(categoryId)).toMatchObject(refused('CATEGORY_NOT_OPEN'));
    for (const [i, points] of [70, 90, 80].entries()) accepted(await score(categoryId, judge, i + 1, points));
    accepted(await close(categoryId));
    expect(await category(categoryId)).toMatchObject({ state: 'ranked' });
    expect(await places(categoryId)).toEqual([ids[1], ids[2], ids[0]]);
  });

  test('is ranked anew without what was struck, which its own author cannot do', async () => {
    const { deps, province, ranked, strike, places, states, categoryId, ids } = await aRankedCategory();
    await ranked(categoryId, [70, 90, 80]);
    const [{ declarer_id: declarerId }] = await deps.db.query('SELECT declarer_id FROM achievement WHERE id = ?', [
      ids[1],
    ]);
    const author = await anAdmin(deps, [province]);
    await deps.db.query(
      'INSERT INTO operator (id, door, login, name, password_hash, created_at, member_id) VALUES (?)',
      [[author.operatorId, 'admin', 'author', '作者', 'none', deps.clock.now(), declarerId]],
    );
    expect(await strike(ids[1]!, author)).toMatchObject(refused('OWN_ACHIEVEMENT'));
    accepted(await strike(ids[1]!));
    expect(await places(categoryId)).toEqual([ids[2], ids[0]]);
    expect(await strike(ids[1]!)).toMatchObject(refused('ACHIEVEMENT_UNKNOWN'));
    expect(await states(ids)).toEqual(['eligible', 'eligible', 'eligible']);
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import { cancelCompetition } from '../../../src/competitions/plan/cancel-competition.ts';
import { Competition } from '../../../src/competitions/plan/competition.entity.ts';
import { advanceStages } from '../../../src/competitions/stages/advance-stages.ts';
import { disqualifyEntry } from '../../../src/competitions/stages/disqualify-entry.ts';
import { rankAgain } from '../../../src/competitions/stages/rank-again.ts';
import { reopenStage } from '../../../src/competitions/stages/reopen-stage.ts';
import { criteriaOf } from '../../../src/judging/panels/queries.ts';
import { Ranking } from '../../../src/judging/ranking/ranking.entity.ts';
import { verifyRanking } from '../../../src/judging/ranking/verify-ranking.ts';
import { voidSheet } from '../../../src/judging/sheets/void-sheet.ts';
import { decideObjection } from '../../../src/notices/decide-objection.ts';
import { fileObjection } from '../../../src/notices/file-objection.ts';
import { Notice } from '../../../src/notices/notice.entity.ts';
import { NoticeLine } from '../../../src/notices/notice-line.entity.ts';
import { anAccount } from '../../judging/world.ts';
import { accepted, aKey, auditTrail, refused } from '../../unions/tree.ts';
import { aStageWorld, FINAL, HEATS, type StageWorld } from './world.ts';

let world: StageWorld;
beforeEach(async () => {
  world = await aStageWorld();
});

const competitionOf = (id: string) => world.deps.db.manager.findOneByOrFail(Competition, { id });
const noticeOf = async (stageId: string) => {
  const { noticeId } = await world.run(stageId);
  return world.deps.db.manager.findOneByOrFail(Notice, { id: noticeId! });
};

describe('a stage', () => {
  test('is opened with the criteria of the plan and everybody who entered; the competition is running then', async () => {
    const { deps, competition, open, run, stateOf, candidates } = world;
    const { id, entryIds, stageIds } = await competition();
    deps.clock.set(FINAL);
    accepted(await open(stageIds[0]!));
    expect(await stateOf(stageIds[0]!)).toBe('open');
    expect((await competitionOf(id)).state).toBe('running');
    expect(await candidates(stageIds[0]!)).toEqual(entryIds);
    const { panelId } = await run(stageIds[0]!);
    expect(await criteriaOf(deps.db.manager, panelId)).toMatchObject([{ number: 1, name: '理论', weight: 10_000 }]);
    expect((await auditTrail(deps)).at(-1)).toMatchObject({ action: 'openStage', after: { candidates: 3 } });
    expect(await open(stageIds[0]!)).toMatchObject(refused('STAGE_BEGUN'));
  });

  test('is not opened before its day, while entries can be changed, without entries, or by who does not run it', async () => {
    const { deps, competition, open, eastAdmin } = world;
    const { stageIds } = await competition();
    const nobody = await competition({ certificatePrefix: 'KONG1' }, []);
    const [final] = stageIds as [string];
    deps.clock.set('2026-04-14T15:59:59.999Z');
    expect(await open(final)).toMatchObject(refused('CHANGES_STILL_OPEN'));
    deps.clock.set('2026-06-09T15:59:59.999Z');
    expect(await open(final)).toMatchObject(refused('STAGE_TOO_EARLY'));
    deps.clock.set(FINAL);
    expect(await open(final, eastAdmin)).toMatchObject(refused('STAGE_UNKNOWN'));
    expect(await open(nobody.stageIds[0]!)).toMatchObject(refused('ENTRIES_MISSING'));
    const ofEntries = 'FROM entry WHERE competition_id = (SELECT competition_id FROM competition_stage WHERE id = ?)';
    await deps.db.query(
      `INSERT INTO entry_import (id, competition_id, union_id, requested_by, file_name, storage_key, file_sha256, state,
         created_at, asked_by, asked_at)
       SELECT id, competition_id, union_id, 'test', 'a.csv', 'a', REPEAT('a', 32), 'importing', NOW(3), 'test', NOW(3)
       ${ofEntries} LIMIT 1`,
      [final],
    );
    expect(await open(final)).toMatchObject(refused('IMPORT_UNDER_WAY'));
    await deps.db.query("UPDATE entry_import SET state = 'imported'");
    expect((await competitionOf(nobody.id)).state).toBe('published');
  });

  test('is scored, ranked, shown and final: each step in its order and once', async () => {
    const { deps, competition, open, start, close, publish, aJudge, score, afterNotice, stateOf, places } = world;
    const { id, entryIds, stageIds } = await competition();
    const [final] = stageIds as [string];
    deps.clock.set(FINAL);
    expect(await start(final)).toMatchObject(refused('STAGE_NOT_OPEN'));
    accepted(await open(final));
    expect(await close(final)).toMatchObject(refused('STAGE_NOT_SCORING'));
    expect(await start(final)).toMatchObject(refused('NOT_ENOUGH_JUDGES'));
    const judge = await aJudge(final);
    accepted(await start(final));
    for (const [i, points] of [70, 90].entries()) await score(final, judge, i + 1, points);
    expect(await close(final)).toMatchObject(refused('SCORES_MISSING'));
    expect(await publish(final)).toMatchObject(refused('STAGE_NOT_RANKED'));
    await score(final, judge, 3, 80);
    accepted(await close(final));
    expect(await stateOf(final)).toBe('ranked');
    expect(await advanceStages(deps)).toBe(0);
    accepted(await publish(final));
    expect(await publish(final)).toMatchObject(refused('RANKING_PUBLISHED'));
    expect(await places(final)).toEqual([entryIds[1], entryIds[2], entryIds[0]]);
    expect(await advanceStages(deps)).toBe(0);
    expect(await afterNotice()).toBe(1);
    expect(await afterNotice()).toBe(0);
    expect(await stateOf(final)).toBe('final');
    expect((await competitionOf(id)).state).toBe('finished');
    const { rankingId } = await world.run(final);
    expect(await deps.db.manager.findOneByOrFail(Ranking, { id: rankingId! })).toMatchObject({ state: 'final' });
  });

  test('that is final is not scored again, though others of the competition still go on', async () => {
    const { deps, admin, competition, heats, made, run } = world;
    const { stageIds, entryIds } = await competition(heats({ advance: { kind: 'all' } }));
    const [, east] = stageIds as [string, string];
    deps.clock.set(HEATS);
    await made(east, [70, 90, 80]);
    const { rankingId } = await run(east);
    const scoreUntil = new Date(deps.clock.now().getTime() + 3_600_000);
    const of = { stageId: east, reason: '复核' };
    const ranked = { ok: false, refusal: { code: 'STAGE_NOT_RANKED', at: 'stageId' } };
    expect(await reopenStage(deps, admin, aKey(), { ...of, scoreUntil })).toMatchObject(ranked);
    expect(await rankAgain(deps, admin, aKey(), of)).toMatchObject(ranked);
    expect(await disqualifyEntry(deps, admin, aKey(), { ...of, entryId: entryIds[0]! })).toMatchObject(ranked);
    const [judge] = await deps.db.query('SELECT id FROM panel_judge');
    const decider = await anAccount(deps, world.province, 'federation-admin');
    expect(await voidSheet(deps, decider, aKey(), { judgeId: judge.id, number: 1, reason: '误评' })).toMatchObject({
      refusal: { code: 'RANKING_FINAL', at: 'judgeId' },
    });
    expect((await run(east)).rankingId).toBe(rankingId);
  });

  test('is shown with masked names and what the places win', async () => {
    const { deps, competition, inNotice } = world;
    const { people, stageIds } = await competition();
    deps.clock.set(FINAL);
    await inNotice(stageIds[0]!, [70, 90.5, 80]);
    const notice = await noticeOf(stageIds[0]!);
    expect(notice).toMatchObject({ kind: 'ranking', subjectId: stageIds[0], workingDays: 5, state: 'open' });
    expect(notice.about).toContain('共 3 个参赛项');
    const lines = await deps.db.manager.find(NoticeLine, { where: { noticeId: notice.id }, order: { number: 'ASC' } });
    expect(lines[0]).toMatchObject({ detail: '第 1 名｜90.5 分｜一等奖', memberId: people[1]!.memberId });
    expect(lines[0]!.label).toMatch(/^职.*\*.*｜东厂工会$/);
    expect(lines.map(({ detail }) => detail).slice(1)).toEqual(['第 2 名｜80 分', '第 3 名｜70 分']);
  });
});

describe('an objection that is upheld', () => {
  /** A final in notice against which the second has objected, and the decision that she is right. */
  async function upheld() {
    const { deps, competition, inNotice } = world;
    const made = await competition();
    const [final] = made.stageIds as [string];
    deps.clock.set(FINAL);
    const judge = await inNotice(final, [70, 90, 80]);
    const notice = await noticeOf(final);
    const objection = { noticeId: notice.id, lineNumber: 1, text: '评分有误', evidenceIds: [] };
    const objectionId = accepted(await fileObjection(deps, made.people[2]!.caller, aKey(), objection));
    const decider = await anAccount(deps, world.province, 'federation-admin');
    const decided = { objectionId, decision: 'upheld' as const, reason: '经核实评分有误' };
    accepted(await decideObjection(deps, decider, aKey(), decided));
    return { ...made, final, judge, notice, decider };
  }

  test('keeps the ranking from being final until a sheet is scored again and a new version shown; the old one stays', async () => {
    const { deps, afterNotice, stateOf, run, score, close, publish, places } = world;
    const { final, judge, notice, decider, entryIds } = await upheld();
    const before = (await run(final)).rankingId!;
    expect(await afterNotice()).toBe(0);
    accepted(await voidSheet(deps, decider, aKey(), { judgeId: judge.id, number: 2, reason: '误评' }));
    const scoreUntil = new Date(deps.clock.now().getTime() + 3_600_000);
    const again = { stageId: final, scoreUntil, reason: '异议成立' };
    expect(await reopenStage(deps, world.admin, aKey(), { ...again, reason: ' ' })).toMatchObject(
      refused('REASON_NEEDED'),
    );
    accepted(await reopenStage(deps, world.admin, aKey(), again));
    expect(await stateOf(final)).toBe('scoring');
    await score(final, judge, 2, 75);
    accepted(await close(final));
    accepted(await publish(final));
    expect(await noticeOf(final)).toMatchObject({ firstId: notice.id, version: 2, state: 'open' });
    expect((await noticeOf(final)).about).toContain('异议成立');
    expect(await afterNotice()).toBe(1);
    expect(await places(final)).toEqual([entryIds[2], entryIds[1], entryIds[0]]);
    expect(await deps.db.manager.findOneByOrFail(Ranking, { id: before })).toMatchObject({ state: 'superseded' });
    for (const id of [before, (await run(final)).rankingId!])
      expect((await verifyRanking(deps.db, id))?.differences).toEqual([]);
  });

  test('may take an entry out, never by somebody who is part of it', async () => {
    const { deps, admin, afterNotice, publish, places, stateOf } = world;
    const { final, entryIds, people } = await upheld();
    const winner = await anAccount(deps, world.province, 'federation-admin', { memberId: people[1]!.memberId });
    const out = { stageId: final, entryId: entryIds[1]!, reason: '不符合参赛条件' };
    expect(await disqualifyEntry(deps, winner, aKey(), out)).toMatchObject(refused('OWN_ENTRY'));
    expect(await disqualifyEntry(deps, admin, aKey(), { ...out, entryId: final })).toMatchObject(
      refused('ENTRY_UNKNOWN'),
    );
    accepted(await disqualifyEntry(deps, admin, aKey(), out));
    expect(await stateOf(final)).toBe('ranked');
    accepted(await publish(final));
    expect(await afterNotice()).toBe(1);
    expect(await places(final)).toEqual([entryIds[2], entryIds[0]]);
    expect(await disqualifyEntry(deps, admin, aKey(), out)).toMatchObject(refused('COMPETITION_OVER'));
  });

  test('cannot be answered by a version that was made before it was upheld', async () => {
    const { deps, admin, publish, afterNotice } = world;
    const { final, notice, people, decider } = await upheld();
    const later = { noticeId: notice.id, lineNumber: 2, text: '成绩有误', evidenceIds: [] };
    const objectionId = accepted(await fileObjection(deps, people[0]!.caller, aKey(), later));
    accepted(await rankAgain(deps, admin, aKey(), { stageId: final, reason: '更正单位名称' }));
    deps.clock.set(new Date(deps.clock.now().getTime() + 1000).toISOString());
    const decided = { objectionId, decision: 'upheld' as const, reason: '情况属实' };
    accepted(await decideObjection(deps, decider, aKey(), decided));
    expect(await publish(final)).toMatchObject(refused('OBJECTION_UNANSWERED'));
    accepted(await rankAgain(deps, admin, aKey(), { stageId: final, reason: '更正成绩' }));
    accepted(await publish(final));
    expect(await afterNotice()).toBe(1);
  });

  test('is answered by a version without other scores too, which gives its reason', async () => {
    const { deps, admin, afterNotice, publish, stateOf } = world;
    const { final } = await upheld();
    accepted(await rankAgain(deps, admin, aKey(), { stageId: final, reason: '更正单位名称' }));
    accepted(await publish(final));
    expect(await afterNotice()).toBe(1);
    expect(await stateOf(final)).toBe('final');
  });
});

test('a ranking is neither published nor final after a sheet of it was declared void, until it is made again', async () => {
  const { deps, admin, competition, scored, close, publish, afterNotice, score, stateOf } = world;
  const { stageIds } = await competition();
  const [final] = stageIds as [string];
  deps.clock.set(FINAL);
  const judge = await scored(final, [70, 90, 80]);
  accepted(await close(final));
  const other = await anAccount(deps, world.province, 'federation-admin');
  const nullify = (number: number) => voidSheet(deps, other, aKey(), { judgeId: judge.id, number, reason: '误评' });
  const again = async (number: number, points: number) => {
    const scoreUntil = new Date(deps.clock.now().getTime() + 3_600_000);
    accepted(await reopenStage(deps, admin, aKey(), { stageId: final, scoreUntil, reason: '更正评分' }));
    await score(final, judge, number, points);
    accepted(await close(final));
  };
  accepted(await nullify(2));
  expect(await publish(final)).toMatchObject({ ok: false, refusal: { code: 'RANKING_OUTDATED', at: 'stageId' } });
  await again(2, 60);
  accepted(await publish(final));
  accepted(await nullify(3));
  expect(await afterNotice()).toBe(0);
  expect(await stateOf(final)).toBe('in_notice');
  await again(3, 50);
  accepted(await publish(final));
  expect(await afterNotice()).toBe(1);
  expect(await stateOf(final)).toBe('final');
});

test('the notice of a competition that was called off is withdrawn, and nothing becomes final', async () => {
  const { deps, admin, competition, inNotice, afterNotice, stateOf } = world;
  const { id, stageIds } = await competition();
  deps.clock.set(FINAL);
  await inNotice(stageIds[0]!, [1, 2, 3]);
  accepted(await cancelCompetition(deps, admin, aKey(), { competitionId: id, reason: '组织有误' }));
  expect(await afterNotice()).toBe(1);
  expect(await noticeOf(stageIds[0]!)).toMatchObject({ state: 'withdrawn', withdrawnReason: '组织有误' });
  expect(await afterNotice()).toBe(0);
  expect(await stateOf(stageIds[0]!)).toBe('in_notice');
});

test('a stage is not opened before its heats are final, but for those that nobody came to', async () => {
  const { deps, competition, heats, open, made, candidates } = world;
  const { entryIds, stageIds } = await competition(heats({ advance: { kind: 'top', n: 2 } }));
  const [final, east] = stageIds as [string, string];
  deps.clock.set(HEATS);
  accepted(await open(east));
  deps.clock.set(FINAL);
  expect(await open(final)).toMatchObject(refused('ADVANCE_TOO_EARLY'));
  const other = await competition({ ...heats({ advance: { kind: 'top', n: 2 } }), certificatePrefix: 'HG2' });
  deps.clock.set(HEATS);
  await made(other.stageIds[1]!, [70, 90, 80]);
  deps.clock.set(FINAL);
  accepted(await open(other.stageIds[0]!));
  expect(await candidates(other.stageIds[0]!)).toEqual([other.entryIds[1], other.entryIds[2]]);
  expect(entryIds).toHaveLength(3);
});

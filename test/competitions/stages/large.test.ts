import { describe, expect, test } from 'vitest';
import { cancelCompetition } from '../../../src/competitions/plan/cancel-competition.ts';
import { disqualifyEntry } from '../../../src/competitions/stages/disqualify-entry.ts';
import { runLargeStage } from '../../../src/competitions/stages/stage-task.ts';
import { assignJudges, assignLargePanel } from '../../../src/judging/assignment/assign-judges.ts';
import { MOST_AT_ONCE } from '../../../src/judging/limits.ts';
import { Panel } from '../../../src/judging/panels/panel.entity.ts';
import { Ranking } from '../../../src/judging/ranking/ranking.entity.ts';
import { verifyRanking } from '../../../src/judging/ranking/verify-ranking.ts';
import { voidSheet } from '../../../src/judging/sheets/void-sheet.ts';
import { PanelTask } from '../../../src/judging/tasks/panel-task.entity.ts';
import { insertRows } from '../../../src/platform/db/sql.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted, aKey, auditTrail, refused } from '../../unions/tree.ts';
import { aStageWorld, FINAL, type StageWorld } from './world.ts';

const COUNT = MOST_AT_ONCE + 1;
const silent = async () => {};

/** A final with one entry more than a request does, on the day of its opening. */
async function aLargeFinal() {
  const world = await aStageWorld();
  const { deps, admin, competition, run } = world;
  const { id, entryIds, stageIds } = await competition({}, [world.eastWorks]);
  const [final] = stageIds as [string];
  await multiply(world, entryIds[0]!, COUNT - 1);
  deps.clock.set(FINAL);
  const panelId = async () => (await run(final)).panelId;
  const task = async () => deps.db.manager.findOneBy(PanelTask, { panelId: await panelId() });
  const work = async () => runLargeStage(deps, await panelId(), silent);
  const assign = async () => assignJudges(deps, admin, aKey(), { panelId: await panelId() });
  const workOnPanel = async () => assignLargePanel(deps, await panelId(), silent);
  return { ...world, id, final, panelId, task, work, assign, workOnPanel };
}

/** As many entries more like one. */
async function multiply({ deps }: StageWorld, entryId: string, more: number) {
  const [one] = await deps.db.query('SELECT * FROM entry WHERE id = ?', [entryId]);
  const { is_firm_in: _, ...row } = one;
  const rows = Array.from({ length: more }, (_one, i) => Object.values({ ...row, id: newId(), number: `N${i}` }));
  await inTransaction(deps.db, (tx) => insertRows(tx, 'entry', Object.keys(row), rows as string[][]));
}

/** A panel of which a judge has scored all candidates, each by its number. */
async function scoreAll({ deps }: StageWorld, panelId: string, judgeId: string) {
  const now = deps.clock.now();
  await deps.db.query(
    `INSERT INTO panel_sheet (panel_id, candidate_id, judge_id, number, state, saved_at, submitted_at, counts_from)
     SELECT panel_id, id, ?, 1, 'submitted', ?, ?, 1 FROM panel_candidate WHERE panel_id = ?`,
    [judgeId, now, now, panelId],
  );
  await deps.db.query(
    `INSERT INTO panel_score (panel_id, candidate_id, judge_id, sheet_number, criterion_number, value)
     SELECT panel_id, id, ?, 1, 1, number FROM panel_candidate WHERE panel_id = ?`,
    [judgeId, panelId],
  );
}

const rowsOf = async ({ deps }: StageWorld, table: string) => {
  const [{ count }] = await deps.db.query(`SELECT COUNT(*) AS count FROM ${table}`);
  return Number(count);
};

describe('a stage of more entries than a request does', () => {
  test('is opened by a job, once however often it is woken; until then nothing else is done with it', async () => {
    const world = await aLargeFinal();
    const { deps, admin, final, open, start, close, stateOf, task, work, panelId, assign } = world;
    accepted(await open(final));
    expect(await stateOf(final)).toBe('planned');
    expect(await task()).toMatchObject({ kind: 'fill', askedBy: admin.actor, done: 0, total: COUNT, failedAt: null });
    for (const again of [open, start, close])
      expect(await again(final)).toMatchObject({ ok: false, refusal: { code: 'STAGE_BUSY', at: 'stageId' } });
    expect(await assign()).toMatchObject({ ok: false, refusal: { code: 'PANEL_BUSY', at: 'panelId' } });
    await Promise.all([work(), work(), work()]);
    expect(await stateOf(final)).toBe('open');
    expect(await task()).toBeNull();
    expect(await deps.db.manager.findOneBy(Panel, { id: await panelId() })).toMatchObject({ candidateCount: COUNT });
    expect(await rowsOf(world, 'panel_candidate')).toBe(COUNT);
    const opened = (await auditTrail(deps)).filter(({ action }) => action === 'openStage');
    expect(opened).toMatchObject([{ actor: admin.actor, after: { state: 'open', candidates: COUNT } }]);
    expect(await open(final)).toMatchObject(refused('STAGE_BEGUN'));
  });

  test('begins anew when a job breaks off, and tells how far it is', async () => {
    const world = await aLargeFinal();
    const { deps, final, open, stateOf, task, work, panelId } = world;
    accepted(await open(final));
    const steps: number[] = [];
    const breakOff = async ({ done }: { done: number }) => {
      steps.push(done);
      if (done === 3000) throw new Error('the machine was switched off');
    };
    await expect(runLargeStage(deps, await panelId(), breakOff)).rejects.toThrow('switched off');
    expect(steps).toEqual([1000, 2000, 3000]);
    expect(await task()).toMatchObject({ done: 3000, failedAt: null });
    expect([await rowsOf(world, 'panel_candidate'), await stateOf(final)]).toEqual([0, 'planned']);
    await work();
    expect([await rowsOf(world, 'panel_candidate'), await stateOf(final)]).toEqual([COUNT, 'open']);
  });

  test('is assigned, scored and ranked by jobs; what cannot be done is told, and leaves the stage where it was', async () => {
    const world = await aLargeFinal();
    const { deps, admin, final, open, start, close, aJudge, stateOf, task, work, workOnPanel, panelId, run } = world;
    accepted(await open(final));
    await work();
    const judge = await aJudge(final);
    expect(await task()).toMatchObject({ kind: 'assign', total: COUNT });
    await Promise.all([workOnPanel(), workOnPanel()]);
    expect(await rowsOf(world, 'panel_assignment')).toBe(COUNT);
    accepted(await start(final));
    await work();
    expect(await stateOf(final)).toBe('scoring');
    accepted(await close(final));
    await work();
    expect(await task()).toMatchObject({ kind: 'close', failureCode: 'SCORES_MISSING', failedAt: deps.clock.now() });
    expect((await task())?.failureZh).toContain(`${COUNT} 个参评对象`);
    expect(await stateOf(final)).toBe('scoring');
    expect(await deps.db.manager.findOneBy(Panel, { id: await panelId() })).toMatchObject({ state: 'scoring' });
    await scoreAll(world, await panelId(), judge.id);
    accepted(await close(final));
    const sheet = { judgeId: judge.id, number: 1, reason: '误评' };
    expect(await voidSheet(deps, admin, aKey(), sheet)).toMatchObject(refused('PANEL_BUSY'));
    await Promise.all([work(), work()]);
    expect([await stateOf(final), await task()]).toEqual(['ranked', null]);
    const first = (await run(final)).rankingId!;
    const entryId = (await world.places(final))[0]!;
    accepted(await disqualifyEntry(deps, admin, aKey(), { stageId: final, entryId, reason: '资格不符' }));
    await work();
    const second = (await run(final)).rankingId!;
    expect(await deps.db.manager.findOneBy(Ranking, { id: second })).toMatchObject({
      ...{ version: 2, candidateCount: COUNT - 1, reason: '资格不符', madeBy: admin.actor },
    });
    for (const id of [first, second]) expect((await verifyRanking(deps.db, id))?.differences).toEqual([]);
  });

  test('is not opened any more once its competition was called off', async () => {
    const world = await aLargeFinal();
    const { deps, admin, id, final, open, stateOf, task, work } = world;
    accepted(await open(final));
    accepted(await cancelCompetition(deps, admin, aKey(), { competitionId: id, reason: '组织有误' }));
    await work();
    expect(await task()).toMatchObject({ kind: 'fill', failureCode: 'COMPETITION_OVER' });
    expect([await rowsOf(world, 'panel_candidate'), await stateOf(final)]).toEqual([0, 'planned']);
  });
});

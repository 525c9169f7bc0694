import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Fastify from 'fastify';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { AdminCaller } from '../../src/identity/caller.ts';
import { importObjectiveScores, tryObjectiveScores } from '../../src/judging/objective/import-scores.ts';
import { objectiveScoresRoute } from '../../src/judging/objective/upload-route.ts';
import type { PanelTerms } from '../../src/judging/panels/terms.ts';
import { newId } from '../../src/platform/ids.ts';
import { csv, inFile, xlsx } from '../unions/roster/files.ts';
import { accepted, anAdmin, auditTrail, refused } from '../unions/tree.ts';
import { aCriterion, aJudgingWorld } from './world.ts';

const OBJECTIVE = [
  aCriterion({ name: '理论考试', kind: 'objective', weight: 6000 }),
  aCriterion({ name: '产量', kind: 'objective', weight: 4000, scaleMin: -1000, scaleMax: 500_000_000 }),
];
const HEADINGS = ['编号', '姓名', '理论考试', '产量'];
const GOOD = [HEADINGS, ['1', '甲', '90.5', '1200'], ['2', '乙', '80', '-1'], ['3', '丙', '100', '0.125']];

/** A panel of three candidates with two objective criteria that is scoring, and imports into it. */
async function aWorld(fields: Partial<PanelTerms> = {}) {
  const world = await aJudgingWorld();
  const panelId = await world.aPanel({ criteria: OBJECTIVE, ...fields });
  const ids = await world.enter(panelId);
  accepted(await world.open(panelId));
  const fileOf = async (content: string | Buffer) => {
    const path = inFile(content);
    return { path, fileName: '成绩.csv', sha256: hash('sha256', await readFile(path), 'buffer') };
  };
  const bring = async (
    content: string | Buffer,
    { reason = null, by = world.admin, key = newId(), id = panelId }: Partial<Bringing> = {},
  ) => importObjectiveScores(world.deps, by, key, { panelId: id, reason }, await fileOf(content));
  const tryOut = async (content: string | Buffer, by = world.admin) =>
    tryObjectiveScores(world.deps, by, panelId, await fileOf(content));
  const problems = async (rows: string[][]) => {
    const trial = accepted(await tryOut(csv(rows)));
    return trial.problems.map(({ row, code }) => `${row} ${code}`);
  };
  return { ...world, panelId, ids, bring, tryOut, problems };
}

interface Bringing {
  reason: string | null;
  by: AdminCaller;
  key: string;
  id: string;
}

const WRITTEN = {
  ...{ '1//1/1': 90_500, '1//1/2': 1_200_000, '2//1/1': 80_000, '2//1/2': -1000 },
  ...{ '3//1/1': 100_000, '3//1/2': 125 },
};

test('objective scores come from a csv file or a workbook, by number, whatever stands above and beside', async () => {
  const { deps, admin, east, panelId, bring, tryOut, scores, close } = await aWorld();
  const sheet = [['2026 年成绩'], ['编号', '姓名', '理论考试', '产量'], [1, '甲', 90.5, 1200], [2, '乙', 80, -1]];
  expect(accepted(await tryOut(await xlsx(sheet)))).toEqual({ rows: 2, scores: 4, problemCount: 0, problems: [] });
  expect(await scores(panelId)).toEqual({});
  accepted(await bring(csv(GOOD)));
  expect(await scores(panelId)).toEqual(WRITTEN);
  expect((await auditTrail(deps)).at(-1)).toMatchObject({
    ...{ actor: admin.actor, action: 'importObjectiveScores', targetId: panelId, unionId: east },
    after: { number: 1, fileName: '成绩.csv', rows: 3, scores: 6 },
  });
  expect((await close(panelId)).ok).toBe(true);
});

test('a file may name candidates by their blind numbers', async () => {
  const { panelId, bring, scores, candidates } = await aWorld({ blind: true });
  accepted(
    await bring(
      csv([
        ['盲号', '理论考试'],
        ['2', '70'],
      ]),
    ),
  );
  const [meant] = (await candidates(panelId)).filter(({ blindNumber }) => blindNumber === 2);
  expect(await scores(panelId)).toEqual({ [`${meant!.number}//1/1`]: 70_000 });
});

test('one bad cell, and nothing of the file is written', async () => {
  const { deps, panelId, bring, scores, panel } = await aWorld();
  const refusal = await bring(csv([...GOOD.slice(0, 3), ['3', '丙', '100.5', '1']]));
  expect(refusal).toMatchObject({
    refusal: {
      code: 'ROWS_WRONG',
      message: { zh: expect.stringMatching(/1 处问题.*第 4 行：“理论考试”的分数须在 0 至 100/) },
    },
  });
  expect(await scores(panelId)).toEqual({});
  expect((await panel(panelId)).importCount).toBe(0);
  expect(await auditTrail(deps)).toEqual([]);
});

test('a trial run tells every problem with its row', async () => {
  const { problems } = await aWorld();
  const rows = [
    HEADINGS,
    ['1', '', '90', '1'],
    ['1', '', '80', '1'],
    ['4', '', '80', '1'],
    ['', '', '80', '1'],
    ['2', '', '良好', '1'],
    ['3', '', '90.1234', '-2'],
    ['', '合计', '', ''],
  ];
  expect(await problems(rows)).toEqual([
    ...['3 ROW_REPEATED', '4 CANDIDATE_UNKNOWN', '5 CANDIDATE_UNKNOWN', '6 SCORE_FORM', '7 SCORE_FORM'],
    '7 SCORE_OFF_SCALE',
  ]);
});

test('numbers that Excel keeps inexactly are read as they are shown', async () => {
  const { panelId, bring, scores } = await aWorld();
  accepted(
    await bring(
      csv([
        ['编号', '理论考试'],
        ['1', '87.099999999999994'],
      ]),
    ),
  );
  expect(await scores(panelId)).toEqual({ '1//1/1': 87_100 });
});

describe('nothing is imported', () => {
  const sheet = csv(GOOD);

  test('from a file without headings, without scores, or that is none', async () => {
    const { bring, panelId, scores } = await aWorld();
    expect(
      await bring(
        csv([
          ['编号', '姓名'],
          ['1', '甲'],
        ]),
      ),
    ).toMatchObject(refused('HEADINGS_MISSING'));
    expect(await bring(csv([HEADINGS]))).toMatchObject(refused('NO_SCORES'));
    expect(await bring(Buffer.from('PK not a workbook'))).toMatchObject({ ok: false });
    expect(await scores(panelId)).toEqual({});
  });

  test('by an admin of elsewhere or without judging:write, nor into a panel that is being prepared', async () => {
    const { deps, west, east, aPanel, bring, tryOut } = await aWorld();
    const strangers = [await anAdmin(deps, [west]), await anAdmin(deps, [east], ['judging:read'])];
    for (const by of strangers) {
      expect(await bring(sheet, { by })).toMatchObject(refused('PANEL_UNKNOWN'));
      expect(await tryOut(sheet, by)).toMatchObject(refused('PANEL_UNKNOWN'));
    }
    const id = await aPanel({ criteria: OBJECTIVE });
    expect(await bring(sheet, { id })).toMatchObject(refused('PANEL_NOT_SCORING'));
  });
});

test('a later import counts beside the earlier one, which stays; after closing it takes a reason', async () => {
  const { deps, panelId, bring, close, scores } = await aWorld();
  accepted(await bring(csv(GOOD)));
  accepted(await close(panelId));
  await deps.db.query('UPDATE panel SET ranking_count = 1 WHERE id = ?', [panelId]);
  const correction = csv([
    ['编号', '理论考试'],
    ['1', '95'],
  ]);
  expect(await bring(correction)).toMatchObject(refused('REASON_MISSING'));
  accepted(await bring(correction, { reason: '登分有误' }));
  expect(await scores(panelId)).toEqual({ ...WRITTEN, '1//2/1': 95_000 });
  expect(await deps.db.query('SELECT number, counts_from, reason FROM objective_import ORDER BY number')).toEqual([
    { number: 1, counts_from: 1, reason: null },
    { number: 2, counts_from: 2, reason: '登分有误' },
  ]);
});

test('an import sent again with its key is made once', async () => {
  const { panelId, bring, panel } = await aWorld();
  const key = newId();
  accepted(await bring(csv(GOOD), { key }));
  accepted(await bring(csv(GOOD), { key }));
  expect((await panel(panelId)).importCount).toBe(1);
  expect(await bring(csv(GOOD.slice(0, 2)), { key })).toMatchObject(refused('KEY_REUSED'));
});

describe('PUT /uploads/objective-scores', () => {
  async function aRoute() {
    const world = await aWorld();
    const app = Fastify();
    const who: { caller: AdminCaller | undefined } = { caller: world.admin };
    objectiveScoresRoute(app, world.deps, async () => who.caller);
    onTestFinished(() => app.close());
    const put = async (query: Record<string, string>, payload: string, language = 'zh') => {
      const asked = { panelId: world.panelId, fileName: '成绩.csv', ...query };
      const answer = await app.inject({
        ...{ method: 'PUT' as const, url: '/uploads/objective-scores', query: asked, payload },
        headers: { 'content-type': 'text/csv', 'accept-language': language },
      });
      return { status: answer.statusCode, ...answer.json() };
    };
    return { ...world, put, who };
  }

  test('tries a file out, then imports it, and leaves no file behind', async () => {
    const { deps, panelId, put, scores } = await aRoute();
    const wrong = csv([HEADINGS, ['9', '', '50', '1']]);
    expect(await put({ dryRun: 'true' }, wrong, 'en')).toEqual({
      status: 200,
      trial: {
        ...{ rows: 1, scores: 0, problemCount: 1 },
        problems: [
          { row: 2, code: 'CANDIDATE_UNKNOWN', message: expect.stringContaining('no candidate of number "9"') },
        ],
      },
    });
    expect(await put({ dryRun: 'false', key: newId() }, wrong)).toMatchObject({
      ...{ status: 422, refusal: { code: 'ROWS_WRONG', at: null } },
    });
    expect(await put({ dryRun: 'false', key: newId() }, csv(GOOD))).toEqual({ status: 200, panelId });
    expect(await scores(panelId)).toEqual(WRITTEN);
    expect(await readdir(join(deps.config.storageDir, 'objective-scores'))).toEqual([]);
  });

  test('says what is missing in the address, in the file, and of the caller', async () => {
    const { put, who } = await aRoute();
    expect(await put({ dryRun: 'false' }, csv(GOOD))).toMatchObject({
      status: 422,
      refusal: { code: 'UPLOAD_MALFORMED' },
    });
    expect(await put({ dryRun: 'true', panelId: 'x' }, '1')).toMatchObject({ refusal: { code: 'UPLOAD_MALFORMED' } });
    expect(await put({ dryRun: 'true', fileName: ' ' }, '1')).toMatchObject({
      refusal: { code: 'FILE_NAME_MALFORMED' },
    });
    who.caller = undefined;
    expect(await put({ dryRun: 'true' }, csv(GOOD))).toMatchObject({
      status: 401,
      refusal: { code: 'UNAUTHENTICATED' },
    });
  });
});

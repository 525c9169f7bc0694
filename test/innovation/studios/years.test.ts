import { expect, test } from 'vitest';
import { evidenceOf } from '../../../src/evidence/queries.ts';
import { planYear } from '../../../src/innovation/studios/years/plan-year.ts';
import { yearsOf } from '../../../src/innovation/studios/years/queries.ts';
import { reportYear } from '../../../src/innovation/studios/years/report-year.ts';
import { yearEvidence } from '../../../src/innovation/studios/years/studio-year.entity.ts';
import { accepted, aKey, anAdmin, auditTrail, refused } from '../../unions/tree.ts';
import { aFile, aStudioWorld } from './world.ts';

/** A studio, and how its branch plans a year and reports of it. */
async function aScene() {
  const world = await aStudioWorld();
  const { deps, branch, found } = world;
  const studioId = await found();
  const giving =
    (use: typeof planYear) =>
    (year: number, text = '攻关三项，带徒五人。', evidenceIds: readonly string[] = [], by = branch) =>
      use(deps, by, aKey(), { studioId, year, text, evidenceIds });
  const years = async () => (await yearsOf(deps.db.manager, [studioId])).get(studioId) ?? [];
  const files = async (part: 'plan' | 'report', year: number) => {
    const target = yearEvidence(part, studioId, year);
    return ((await evidenceOf(deps.db.manager, [target])).get(target) ?? []).map(({ id }) => id);
  };
  return { ...world, studioId, plan: giving(planYear), report: giving(reportYear), years, files };
}

test('a year is planned, the plan given anew with other files, and reported; the latest year stands first', async () => {
  const { deps, branch, eastWorks, plan, report, years, files } = await aScene();
  const [first, second] = [await aFile(deps, branch), await aFile(deps, branch)];
  accepted(await plan(2026, '攻关三项。', [first]));
  accepted(await plan(2026, '攻关四项。', [first, second]));
  accepted(await plan(2027));
  const colleague = await anAdmin(deps, [eastWorks]);
  accepted(await plan(2026, '攻关五项。', [second], colleague));
  expect(await files('plan', 2026)).toEqual([second]);
  const proof = await aFile(deps, branch);
  accepted(await report(2026, '完成五项。', [proof]));
  expect(await years()).toMatchObject([
    { year: 2027, report: null },
    { year: 2026, plan: '攻关五项。', plannedBy: colleague.actor, report: '完成五项。', reportedBy: branch.actor },
  ]);
  expect(await files('report', 2026)).toEqual([proof]);
  expect((await auditTrail(deps)).at(-1)).toMatchObject({
    action: 'reportStudioYear',
    after: { evidenceIds: [proof] },
  });
});

test('a plan is fixed once its year is reported; the report may be given anew', async () => {
  const { plan, report, years } = await aScene();
  accepted(await plan(2026));
  accepted(await report(2026, '完成三项。'));
  expect(await plan(2026, '改小目标。')).toMatchObject({ refusal: { code: 'YEAR_REPORTED', at: 'year' } });
  accepted(await report(2026, '完成四项。'));
  expect(await years()).toMatchObject([{ plan: '攻关三项，带徒五人。', report: '完成四项。' }]);
});

test('years out of reach, reports without a plan or before the year, and empty texts are refused with the place', async () => {
  const { deps, plan, report, admin, years } = await aScene();
  for (const year of [2025, 2028])
    expect(await plan(year)).toMatchObject({ refusal: { code: 'YEAR_NOT_TO_PLAN', at: 'year' } });
  expect(await report(2026)).toMatchObject({ refusal: { code: 'PLAN_MISSING', at: 'year' } });
  expect(await plan(2026, '')).toMatchObject({ refusal: { code: 'TEXT_LENGTH', at: 'text' } });
  const foreign = await aFile(deps, admin);
  expect(await plan(2026, '攻关。', [foreign])).toMatchObject({
    refusal: { code: 'EVIDENCE_UNKNOWN', at: 'evidenceIds.0' },
  });
  expect(await years()).toEqual([]);
  accepted(await plan(2027));
  expect(await report(2027)).toMatchObject({ refusal: { code: 'YEAR_NOT_BEGUN', at: 'year' } });
});

test('the turn of the year is that of Beijing', async () => {
  const { deps, plan } = await aScene();
  deps.clock.set('2026-12-31T16:00:00.000Z');
  expect(await plan(2026)).toMatchObject(refused('YEAR_NOT_TO_PLAN'));
  expect(await plan(2028)).toMatchObject({ ok: true });
});

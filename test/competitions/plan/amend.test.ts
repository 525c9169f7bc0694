import { expect, test } from 'vitest';
import { auditTrail, refused } from '../../unions/tree.ts';
import { aPlanningWorld, competitionOf } from './world.ts';

const LATER = {
  entryUntil: new Date('2026-04-20T16:00:00.000Z'),
  changeUntil: new Date('2026-06-01T16:00:00.000Z'),
};

test('after publishing, the description changes and deadlines become later, each by itself', async () => {
  const { deps, published, amend } = await aPlanningWorld();
  const id = await published();
  expect(await amend(id, { about: '新增线上培训。' })).toEqual({ ok: true, value: id });
  expect(await amend(id, LATER)).toEqual({ ok: true, value: id });
  expect(await competitionOf(deps, id)).toMatchObject({ about: '新增线上培训。', ...LATER });
  expect((await auditTrail(deps)).slice(2)).toMatchObject([
    { action: 'amendCompetition', before: { about: '面向全省焊工。' }, after: { about: '新增线上培训。' } },
    { before: { entryUntil: '2026-03-31T16:00:00.000Z' }, after: { entryUntil: LATER.entryUntil.toISOString() } },
  ]);
});

test.for<[string, string | undefined, object]>([
  ['NOTHING_TO_CHANGE', undefined, {}],
  ['TEXT_LENGTH', 'about', { about: '' }],
  ['DEADLINE_EARLIER', 'entryUntil', { entryUntil: new Date('2026-03-31T15:59:59.999Z') }],
  ['DEADLINE_EARLIER', 'changeUntil', { changeUntil: new Date('2026-04-14T15:59:59.999Z') }],
  ['TIMES_OUT_OF_ORDER', 'changeUntil', { entryUntil: LATER.entryUntil }],
  [
    'TIMETABLE_OUT_OF_ORDER',
    'entryUntil',
    { entryUntil: new Date('2026-06-09T16:00:00.001Z'), changeUntil: new Date('2026-06-10T00:00:00Z') },
  ],
  ['TIMETABLE_OUT_OF_ORDER', 'changeUntil', { changeUntil: new Date('2026-06-11T16:00:00.001Z') }],
])('%s at %s: nothing is changed', async ([code, at, amendment]) => {
  const { deps, published, amend } = await aPlanningWorld();
  const id = await published();
  const before = await competitionOf(deps, id);
  const refusal = { code, ...(at !== undefined && { at }) };
  expect(await amend(id, amendment)).toMatchObject({ ok: false, refusal });
  expect(await competitionOf(deps, id)).toEqual(before);
});

test('a draft is changed, not amended; once a stage has begun its deadlines stand; what is over stays as it is', async () => {
  const { deps, draft, published, amend } = await aPlanningWorld();
  expect(await amend(await draft({ certificatePrefix: 'QG2026' }), LATER)).toMatchObject(refused('COMPETITION_DRAFT'));
  const id = await published();
  await deps.db.query("UPDATE competition SET state = 'running' WHERE id = ?", [id]);
  expect(await amend(id, LATER)).toMatchObject(refused('COMPETITION_RUNNING'));
  expect(await amend(id, { about: '决赛改在体育馆。' })).toEqual({ ok: true, value: id });
  await deps.db.query("UPDATE competition SET state = 'finished' WHERE id = ?", [id]);
  expect(await amend(id, { about: '已结束。' })).toMatchObject(refused('COMPETITION_OVER'));
  expect((await competitionOf(deps, id)).about).toBe('决赛改在体育馆。');
});

import { describe, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { filesOf } from '../evidence/world.ts';
import { aMember, refused } from '../unions/tree.ts';
import { aNoticeWorld } from './world.ts';

const attachedTo = async ({ deps }: Awaited<ReturnType<typeof aNoticeWorld>>, fileId: string) => {
  const [row] = await deps.db.query('SELECT attached_to FROM evidence_file WHERE id = ?', [fileId]);
  return row.attached_to;
};

test('a member objects to a line with evidence, and it is due three working days later', async () => {
  const world = await aNoticeWorld({ at: '2026-09-28T02:00:00Z' });
  const { deps, ann, publish, file, objection } = world;
  const noticeId = await publish();
  const evidenceIds = await filesOf(deps, `member:${ann}`, 2);
  const id = await file(ann, noticeId, { lineNumber: 3, text: ' 王某已调离，不在本厂 ', evidenceIds });
  expect(await objection(id)).toMatchObject({
    ...{ noticeId, memberId: ann, lineNumber: 3, text: '王某已调离，不在本厂', state: 'waiting' },
    ...{ filedAt: deps.clock.now(), dueOn: '2026-10-08', settledAt: null, decidedBy: null, reason: null },
  });
  for (const fileId of evidenceIds) expect(await attachedTo(world, fileId)).toBe(`objection:${id}`);
});

test('members of the union of the notice and of the branch below object, until the last millisecond', async () => {
  const { deps, east, bob, publish, tryFile } = await aNoticeWorld();
  const ofTheCity = await aMember(deps, east, { name: '周市' });
  const frozen = await aMember(deps, east, { name: '吴冻', state: 'frozen' });
  const noticeId = await publish();
  for (const memberId of [ofTheCity, frozen]) expect((await tryFile(memberId, noticeId)).ok).toBe(true);
  deps.clock.set('2026-08-10T15:59:59.999Z');
  expect((await tryFile(bob, noticeId, { lineNumber: null })).ok).toBe(true);
  deps.clock.set('2026-08-10T16:00:00.000Z');
  expect(await tryFile(bob, noticeId)).toMatchObject(refused('OBJECTION_PERIOD_OVER'));
});

describe('no objection is filed', () => {
  async function aRefusingWorld() {
    const world = await aNoticeWorld();
    const noticeId = await world.publish();
    const refusesTo = async (
      memberId: string,
      fields: Parameters<typeof world.tryFile>[2],
      code: string,
      at?: string,
    ) => {
      const outcome = await world.tryFile(memberId, noticeId, fields);
      expect(outcome).toMatchObject({ ok: false, refusal: { code, ...(at && { at }) } });
    };
    const filed = async () => Number((await world.deps.db.query('SELECT COUNT(*) AS n FROM objection'))[0].n);
    return { ...world, noticeId, refusesTo, filed };
  }

  test('by members of other branches or who have left, nor to a notice that is not there', async () => {
    const { deps, province, east, stranger, refusesTo, filed } = await aRefusingWorld();
    const above = await aMember(deps, province, { name: '郑省' });
    const gone = await aMember(deps, east, { name: '冯离', state: 'left' });
    for (const memberId of [stranger, above, gone, newId()])
      await refusesTo(memberId, {}, 'NOTICE_UNKNOWN', 'noticeId');
    await refusesTo(stranger, { noticeId: newId() }, 'NOTICE_UNKNOWN', 'noticeId');
    expect(await filed()).toBe(0);
  });

  test('to a line that the notice does not have', async () => {
    const { ann, refusesTo, filed } = await aRefusingWorld();
    for (const lineNumber of [0, 4, -1]) await refusesTo(ann, { lineNumber }, 'LINE_UNKNOWN', 'lineNumber');
    expect(await filed()).toBe(0);
  });

  test('without words or with too many', async () => {
    const { ann, refusesTo, filed } = await aRefusingWorld();
    for (const text of ['', '   ', '长'.repeat(1001)]) await refusesTo(ann, { text }, 'TEXT_MALFORMED', 'text');
    expect(await filed()).toBe(0);
    await refusesTo(ann, { evidenceIds: [newId()] }, 'EVIDENCE_UNKNOWN', 'evidenceIds.0');
    expect(await filed()).toBe(0);
  });

  test('with evidence that is another’s, or more of it than nine files', async () => {
    const { deps, ann, bob, refusesTo, filed } = await aRefusingWorld();
    const [theirs] = await filesOf(deps, `member:${bob}`, 1);
    await refusesTo(ann, { evidenceIds: [theirs!] }, 'EVIDENCE_UNKNOWN');
    await refusesTo(ann, { evidenceIds: await filesOf(deps, `member:${ann}`, 10) }, 'EVIDENCE_COUNT');
    expect(await filed()).toBe(0);
  });

  test('to the same line or the same whole while one of hers waits', async () => {
    const { ann, bob, noticeId, file, takeBack, refusesTo, filed } = await aRefusingWorld();
    const first = await file(ann, noticeId, { lineNumber: 1 });
    await file(ann, noticeId, { lineNumber: null });
    await refusesTo(ann, { lineNumber: 1 }, 'OBJECTION_REPEATED');
    await refusesTo(ann, { lineNumber: null }, 'OBJECTION_REPEATED');
    await file(ann, noticeId, { lineNumber: 2 });
    await file(bob, noticeId, { lineNumber: 1 });
    await takeBack(ann, first);
    await file(ann, noticeId, { lineNumber: 1 });
    expect(await filed()).toBe(5);
  });

  test('after twenty by the same member, whatever became of them', async () => {
    const { ann, publish, file, takeBack, decide, refusesTo, filed } = await aRefusingWorld();
    const lines = Array.from({ length: 21 }, (_, i) => ({ label: `职工${i}`, detail: '', memberId: null }));
    const noticeId = await publish({ lines });
    const ids: string[] = [];
    for (let lineNumber = 1; lineNumber <= 20; lineNumber++) ids.push(await file(ann, noticeId, { lineNumber }));
    await takeBack(ann, ids[0]!);
    await decide(ids[1]!, 'rejected');
    await refusesTo(ann, { noticeId, lineNumber: 21 }, 'OBJECTIONS_TOO_MANY');
    expect(await filed()).toBe(20);
  });

  test('to what is final, withdrawn or replaced', async () => {
    const { deps, ann, noticeId, publish, publishNext, settle, callOff, tryFile, filed } = await aRefusingWorld();
    const [final, withdrawn] = [await publish({ workingDays: 1 }), await publish()];
    await callOff(withdrawn);
    const next = await publishNext(noticeId);
    deps.clock.set('2026-08-05T02:00:00Z');
    expect(await settle(final)).toBe('final');
    for (const id of [noticeId, withdrawn, final])
      expect(await tryFile(ann, id)).toMatchObject(refused('NOTICE_NOT_OPEN'));
    expect(await filed()).toBe(0);
    expect((await tryFile(ann, next)).ok).toBe(true);
  });
});

test('the same key files once, and with other words is refused', async () => {
  const { ann, publish, tryFile } = await aNoticeWorld();
  const noticeId = await publish();
  const key = newId();
  const first = await tryFile(ann, noticeId, {}, key);
  expect(first.ok).toBe(true);
  expect(await tryFile(ann, noticeId, {}, key)).toEqual(first);
  expect(await tryFile(ann, noticeId, { text: '另一件事' }, key)).toMatchObject(refused('KEY_REUSED'));
});

test('a member takes back her own objection only, only while it waits, and her files are free again', async () => {
  const world = await aNoticeWorld();
  const { deps, ann, bob, publish, file, takeBack, decide, objection } = world;
  const noticeId = await publish();
  const evidenceIds = await filesOf(deps, `member:${ann}`, 1);
  const id = await file(ann, noticeId, { evidenceIds });
  expect(await takeBack(bob, id)).toMatchObject(refused('OBJECTION_UNKNOWN'));
  expect((await takeBack(ann, id)).ok).toBe(true);
  expect(await objection(id)).toMatchObject({ state: 'withdrawn', settledAt: deps.clock.now() });
  expect(await attachedTo(world, evidenceIds[0]!)).toBeNull();
  expect(await takeBack(ann, id)).toMatchObject(refused('OBJECTION_DECIDED'));
  const decided = await file(ann, noticeId, { evidenceIds });
  await decide(decided, 'rejected');
  expect(await takeBack(ann, decided)).toMatchObject(refused('OBJECTION_DECIDED'));
  expect((await objection(decided)).state).toBe('rejected');
  expect(await attachedTo(world, evidenceIds[0]!)).toBe(`objection:${decided}`);
});

import { describe, expect, test } from 'vitest';
import { publishNotice } from '../../src/notices/publish-notice.ts';
import { inTransaction } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { aNoticeWorld, LINES } from './world.ts';

test('a notice is open to the Beijing end of its last working day, and then final', async () => {
  const { deps, publish, settle, notice } = await aNoticeWorld();
  const id = await publish();
  expect(await notice(id)).toMatchObject({
    ...{ firstId: id, version: 1, state: 'open', lineCount: 3, workingDays: 5 },
    ...{ lastDay: '2026-08-10', calendarKnown: true, settledAt: null },
  });
  deps.clock.set('2026-08-10T15:59:59.999Z');
  expect(await settle(id)).toBe('open');
  deps.clock.set('2026-08-10T16:00:00.000Z');
  expect(await settle(id)).toBe('final');
  expect(await notice(id)).toMatchObject({ state: 'final', settledAt: deps.clock.now() });
});

test('its lines are kept as they were given, in order, however many', async () => {
  const { deps, publish, notice } = await aNoticeWorld();
  const many = Array.from({ length: 2500 }, (_, i) => ({ label: `职工${i}`, detail: `第 ${i} 名`, memberId: null }));
  const id = await publish({ lines: many });
  expect((await notice(id)).lineCount).toBe(2500);
  const rows = await deps.db.query(
    'SELECT number, label, detail FROM notice_line WHERE notice_id = ? ORDER BY number',
    [id],
  );
  expect(rows).toEqual(many.map(({ label, detail }, i) => ({ number: i + 1, label, detail })));
});

test('a notice published late in the evening of Beijing counts from that day, over holidays and make-up days', async () => {
  const { deps, publish, notice } = await aNoticeWorld({ at: '2026-02-12T15:59:59Z' });
  expect((await notice(await publish({ workingDays: 3 }))).lastDay).toBe('2026-02-24');
  deps.clock.set('2026-02-12T16:00:00Z');
  expect((await notice(await publish({ workingDays: 3 }))).lastDay).toBe('2026-02-25');
});

test('a period that reaches into a year without announced holidays says so', async () => {
  const { deps, publish, notice } = await aNoticeWorld({ at: '2098-12-29T02:00:00Z' });
  expect(await notice(await publish())).toMatchObject({ lastDay: '2099-01-05', calendarKnown: false });
  deps.clock.set('2026-12-24T02:00:00Z');
  expect(await notice(await publish())).toMatchObject({ lastDay: '2026-12-31', calendarKnown: true });
});

test('what is final stays so, also when the clock is set back, and settling it again changes nothing', async () => {
  const { deps, publish, settle, notice } = await aNoticeWorld();
  const id = await publish();
  deps.clock.set('2026-08-11T02:00:00Z');
  await settle(id);
  const final = await notice(id);
  deps.clock.set('2026-08-05T02:00:00Z');
  expect(await settle(id)).toBe('final');
  deps.clock.set('2026-09-05T02:00:00Z');
  expect(await settle(id)).toBe('final');
  expect(await notice(id)).toEqual(final);
});

test('an objection that waits keeps a notice open; rejected or withdrawn it does so no longer', async () => {
  const { deps, ann, bob, publish, settle, file, decide, takeBack } = await aNoticeWorld();
  const id = await publish();
  const [first, second] = [await file(ann, id), await file(bob, id)];
  deps.clock.set('2026-08-20T02:00:00Z');
  expect(await settle(id)).toBe('open');
  await decide(first, 'rejected');
  expect(await settle(id)).toBe('open');
  await takeBack(bob, second);
  expect(await settle(id)).toBe('final');
});

test('an objection that was upheld is answered by a new version only, which has a period of its own', async () => {
  const { deps, ann, winner, publish, publishNext, settle, file, decide, upheld, objection, notice, states } =
    await aNoticeWorld();
  const id = await publish();
  const objectionId = await file(ann, id, { lineNumber: 3 });
  await decide(objectionId, 'upheld');
  deps.clock.set('2026-08-20T02:00:00Z');
  expect(await settle(id)).toBe('open');
  const what = { noticeId: id, lineNumber: 3, memberId: winner, reason: '经核实情况属实' };
  expect(await upheld(id)).toEqual([{ id: objectionId, ...what }]);
  const next = await publishNext(id, { workingDays: 1, lines: [] });
  expect(await notice(next)).toMatchObject({ firstId: id, version: 2, lastDay: '2026-08-21', lineCount: 0 });
  expect(await states([id, next])).toEqual(['superseded', 'open']);
  expect((await objection(objectionId)).answeredBy).toBe(next);
  expect([await upheld(id), await upheld(next)]).toEqual([[], []]);
  expect([await settle(id), await settle(next)]).toEqual(['superseded', 'open']);
  deps.clock.set('2026-08-22T02:00:00Z');
  expect([await settle(id), await settle(next)]).toEqual(['superseded', 'final']);
});

test('an objection that still waits when its notice is replaced holds up the new version until it is decided', async () => {
  const { deps, ann, bob, publish, publishNext, settle, file, decide, upheld } = await aNoticeWorld();
  const id = await publish();
  const [first, second] = [await file(ann, id), await file(bob, id)];
  await decide(first, 'upheld');
  const next = await publishNext(id);
  deps.clock.set('2026-08-20T02:00:00Z');
  expect(await settle(next)).toBe('open');
  expect((await decide(second, 'upheld')).ok).toBe(true);
  expect(await settle(next)).toBe('open');
  expect((await upheld(next)).map((one) => one.id)).toEqual([second]);
  const third = await publishNext(next, { workingDays: 1 });
  const last = await file(bob, third);
  deps.clock.set('2026-08-24T02:00:00Z');
  expect(await settle(third)).toBe('open');
  await decide(last, 'rejected');
  expect(await settle(third)).toBe('final');
});

test('what was final stays final when a further version follows it', async () => {
  const { deps, publish, publishNext, settle, states } = await aNoticeWorld();
  const id = await publish();
  deps.clock.set('2026-08-11T02:00:00Z');
  await settle(id);
  const next = await publishNext(id);
  expect(await states([id, next])).toEqual(['final', 'open']);
});

test('a notice whose subject is void is withdrawn with the reason, and what waited becomes moot', async () => {
  const { deps, ann, bob, publish, settle, callOff, file, decide, objection, notice } = await aNoticeWorld();
  const id = await publish();
  const [waiting, upheld] = [await file(ann, id), await file(bob, id)];
  await decide(upheld, 'upheld');
  expect(await callOff(id, '奖品合同终止')).toBe('withdrawn');
  expect(await notice(id)).toMatchObject({ state: 'withdrawn', withdrawnReason: '奖品合同终止' });
  expect([(await objection(waiting)).state, (await objection(upheld)).state]).toEqual(['moot', 'upheld']);
  const withdrawn = await notice(id);
  expect(await callOff(id, '另一个原因')).toBe('withdrawn');
  deps.clock.set('2026-08-20T02:00:00Z');
  expect(await settle(id)).toBe('withdrawn');
  expect(await notice(id)).toEqual(withdrawn);
});

test('what is final is not withdrawn any more', async () => {
  const { deps, publish, settle, callOff, notice } = await aNoticeWorld();
  const id = await publish();
  deps.clock.set('2026-08-11T02:00:00Z');
  await settle(id);
  expect(await callOff(id)).toBe('final');
  expect((await notice(id)).withdrawnReason).toBeNull();
});

describe('a notice is not published, and nothing is kept of it,', () => {
  test('while another of its subject is open', async () => {
    const { deps, publish } = await aNoticeWorld();
    const subjectId = newId();
    await publish({ subjectId });
    await expect(publish({ subjectId })).rejects.toThrow(/notice_open_once/);
    const [{ n }] = await deps.db.query('SELECT COUNT(*) AS n FROM notice');
    expect(Number(n)).toBe(1);
  });

  test('in place of another subject’s, of one that is withdrawn, or of one that was replaced', async () => {
    const { publish, publishNext, callOff, states } = await aNoticeWorld();
    const [replaced, withdrawn] = [await publish(), await publish()];
    const next = await publishNext(replaced);
    await callOff(withdrawn);
    await expect(publish({ replaces: next })).rejects.toThrow('is not of the lottery');
    await expect(publishNext(next, { kind: 'ranking' })).rejects.toThrow('is not of the ranking');
    await expect(publishNext(replaced)).rejects.toThrow('cannot be replaced any more');
    await expect(publishNext(withdrawn)).rejects.toThrow('cannot be replaced any more');
    await expect(publish({ replaces: newId() })).rejects.toThrow('is not of the lottery');
    expect(await states([replaced, next, withdrawn])).toEqual(['superseded', 'open', 'withdrawn']);
  });

  test('when the domain that publishes it fails in the same transaction', async () => {
    const { deps, east, publish, states } = await aNoticeWorld();
    const id = await publish();
    const [{ subject_id: subjectId }] = await deps.db.query('SELECT subject_id FROM notice');
    const lines = LINES.map((label) => ({ label, detail: '', memberId: null }));
    const words = { unionId: east, kind: 'lottery' as const, subjectId, title: '更正', about: '' };
    const failing = inTransaction(deps.db, async (tx) => {
      const fields = { ...words, lines, workingDays: 5, publishedBy: 'system:lotteries', replaces: id };
      await publishNotice(tx, fields, deps.clock.now());
      throw new Error('the domain failed');
    });
    await expect(failing).rejects.toThrow('the domain failed');
    expect(await states([id])).toEqual(['open']);
  });
});

test('what a notice, its lines or an objection say cannot be changed behind the public’s back', async () => {
  const { deps, ann, publish, file, decide, settle } = await aNoticeWorld();
  const id = await publish();
  const objectionId = await file(ann, id);
  await decide(objectionId, 'rejected');
  deps.clock.set('2026-08-11T02:00:00Z');
  await settle(id);
  for (const statement of [
    "UPDATE notice_line SET label = '赵*'",
    'DELETE FROM notice_line',
    "UPDATE notice SET title = '另一结果'",
    "UPDATE notice SET last_day = '2026-08-04'",
    "UPDATE notice SET state = 'open', settled_at = NULL",
    'DELETE FROM notice',
    "UPDATE objection SET text = '无'",
    "UPDATE objection SET state = 'upheld'",
    "UPDATE objection SET reason = '另一理由'",
    'DELETE FROM objection',
  ])
    await expect(deps.db.query(statement), statement).rejects.toThrow(/never changed/);
});

import { expect, test } from 'vitest';
import { fileObjection } from '../../src/notices/file-objection.ts';
import { publishNotice } from '../../src/notices/publish-notice.ts';
import { settleNotice, upheldObjections } from '../../src/notices/settle-notice.ts';
import type { Outcome } from '../../src/platform/db/idempotency.ts';
import { newId } from '../../src/platform/ids.ts';
import { asMember } from '../cards/world.ts';
import { aMember, auditTrail, refused } from '../unions/tree.ts';
import { aDecider, aNoticeWorld } from './world.ts';

const BEFORE = new Date('2026-08-10T15:59:59.999Z');
const AFTER = new Date('2026-08-10T16:00:00.000Z');

test('of admins who decide on one objection at once exactly one does, and the trail has one decision', async () => {
  const { deps, east, ann, publish, file, decide, objection } = await aNoticeWorld();
  const id = await file(ann, await publish());
  const admins = await Promise.all(Array.from({ length: 6 }, () => aDecider(deps, east)));
  const outcomes = await Promise.all(admins.map((by, i) => decide(id, i % 2 === 0 ? 'upheld' : 'rejected', by)));
  const winners = admins.filter((_, i) => outcomes[i]!.ok);
  expect(winners).toHaveLength(1);
  for (const outcome of outcomes.filter(({ ok }) => !ok)) expect(outcome).toMatchObject(refused('OBJECTION_DECIDED'));
  expect((await objection(id)).decidedBy).toBe(winners[0]!.actor);
  expect((await auditTrail(deps)).map(({ actor }) => actor)).toEqual([winners[0]!.actor]);
});

test('a decision and a withdrawal at once: exactly one counts', async () => {
  const { deps, ann, publish, file, decide, takeBack, objection } = await aNoticeWorld();
  const noticeId = await publish();
  for (let round = 0; round < 5; round++) {
    const id = await file(ann, noticeId);
    const [decided, withdrawn] = await Promise.all([decide(id, 'rejected'), takeBack(ann, id)]);
    expect(decided.ok).toBe(!withdrawn.ok);
    expect((await objection(id)).state).toBe(decided.ok ? 'rejected' : 'withdrawn');
  }
  expect((await deps.db.query("SELECT id FROM objection WHERE state = 'waiting'")).length).toBe(0);
});

/** A notice that is to be settled at the instant at which its period ends, and an objection of a moment before. */
async function aLastMoment(of?: Awaited<ReturnType<typeof aNoticeWorld>>) {
  const world = of ?? (await aNoticeWorld());
  const { deps, ann } = world;
  const id = await world.publish();
  const objectInTime = (): Promise<Outcome> => {
    const inTime = { ...deps, clock: { now: () => BEFORE } };
    const objection = { noticeId: id, lineNumber: 1, text: '此人已退会', evidenceIds: [] };
    return fileObjection(inTime, asMember(ann), newId(), objection);
  };
  return { ...world, id, objectInTime };
}

test('an objection filed while its notice is settled either keeps it open or is refused', async () => {
  const world = await aNoticeWorld();
  for (let round = 0; round < 5; round++) {
    const { id, settle, objectInTime, states } = await aLastMoment(world);
    const [state, filed] = await Promise.all([settle(id, AFTER), objectInTime()]);
    expect(state).toBe(filed.ok ? 'open' : 'final');
    if (!filed.ok) expect(filed).toMatchObject(refused('NOTICE_NOT_OPEN'));
    expect(await states([id])).toEqual([state]);
  }
});

test('an objection that comes while the settling is not committed yet is refused', async () => {
  const { id, inTx, objectInTime } = await aLastMoment();
  const coming = await inTx(async (tx) => {
    expect(await settleNotice(tx, id, AFTER)).toBe('final');
    return { filed: objectInTime() };
  });
  expect(await coming.filed).toMatchObject(refused('NOTICE_NOT_OPEN'));
});

test('a settling that comes while an objection is not committed yet leaves the notice open', async () => {
  const { deps, ann, id, settle, inTx } = await aLastMoment();
  const coming = await inTx(async (tx) => {
    await tx.query('SELECT id FROM notice WHERE id = ? FOR UPDATE', [id]);
    const settled = settle(id, AFTER);
    await tx.query('INSERT INTO objection (id, notice_id, member_id, text, state, filed_at, due_on) VALUES (?)', [
      [newId(), id, ann, '此人已退会', 'waiting', BEFORE, '2026-08-13'],
    ]);
    return { settled };
  });
  expect(await coming.settled).toBe('open');
  deps.clock.set(AFTER.toISOString());
  expect(await settle(id)).toBe('open');
});

test('of the same objection sent many times at once one is kept', async () => {
  const { deps, ann, publish, tryFile } = await aNoticeWorld();
  const noticeId = await publish();
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => tryFile(ann, noticeId, { lineNumber: null })));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  for (const outcome of outcomes.filter(({ ok }) => !ok)) expect(outcome).toMatchObject(refused('OBJECTION_REPEATED'));
  expect(await deps.db.query('SELECT id FROM objection')).toHaveLength(1);
});

test('many members object at once and nobody is lost', async () => {
  const { deps, eastWorks, publish, tryFile } = await aNoticeWorld();
  const noticeId = await publish();
  const memberIds = await Promise.all(
    Array.from({ length: 12 }, (_, i) => aMember(deps, eastWorks, { name: `工${i}` })),
  );
  const outcomes = await Promise.all(memberIds.map((memberId) => tryFile(memberId, noticeId)));
  expect(outcomes.every(({ ok }) => ok)).toBe(true);
  expect(await deps.db.query("SELECT id FROM objection WHERE state = 'waiting'")).toHaveLength(12);
});

test('what is upheld while the next version is being made is either answered by it or waits for the one after', async () => {
  const { deps, east, ann, bob, inTx, publish, notice, file, decide, objection, upheld } = await aNoticeWorld();
  const id = await publish();
  const [known, late] = [await file(ann, id), await file(bob, id)];
  await decide(known, 'upheld');
  const { subjectId } = await notice(id);
  const words = { unionId: east, kind: 'lottery' as const, subjectId, title: '更正', about: '', lines: [] };
  const { next, deciding } = await inTx(async (tx) => {
    expect((await upheldObjections(tx, id)).map((one) => one.id)).toEqual([known]);
    const decided = decide(late, 'upheld');
    const fields = { ...words, workingDays: 1, publishedBy: 'system:lotteries', replaces: id };
    return { next: await publishNotice(tx, fields, deps.clock.now()), deciding: { decided } };
  });
  expect((await deciding.decided).ok).toBe(true);
  expect([(await objection(known)).answeredBy, (await objection(late)).answeredBy]).toEqual([next, null]);
  expect((await upheld(next)).map((one) => one.id)).toEqual([late]);
});

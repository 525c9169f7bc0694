import { describe, expect, test } from 'vitest';
import type { AdminCaller } from '../../src/identity/caller.ts';
import { newId } from '../../src/platform/ids.ts';
import { anAdmin, auditTrail, refused } from '../unions/tree.ts';
import { aDecider, aNoticeWorld } from './world.ts';

test('a decision is kept with its reason and is on the trail of the union', async () => {
  const { deps, east, ann, admin, publish, file, decide, objection } = await aNoticeWorld();
  const id = await file(ann, await publish());
  expect(await decide(id, 'rejected', admin, ' 材料不足以证明 ')).toEqual({ ok: true, value: id });
  expect(await objection(id)).toMatchObject({
    ...{ state: 'rejected', reason: '材料不足以证明', decidedBy: admin.actor, settledAt: deps.clock.now() },
    answeredBy: null,
  });
  expect(await auditTrail(deps)).toEqual([
    {
      ...{ actor: admin.actor, action: 'decideObjection', targetId: id, unionId: east },
      before: { state: 'waiting' },
      after: { state: 'rejected', reason: '材料不足以证明' },
    },
  ]);
});

describe('nothing changes when an objection is decided on', () => {
  async function aWaitingObjection(lineNumber: number | null = 3) {
    const world = await aNoticeWorld();
    const id = await world.file(world.ann, await world.publish(), { lineNumber });
    const decideBy = async (by: AdminCaller, code: string, { objectionId = id, reason = '理由' } = {}) => {
      for (const decision of ['upheld', 'rejected'] as const)
        expect(await world.decide(objectionId, decision, by, reason)).toMatchObject(refused(code));
      expect((await world.objection(id)).state).toBe('waiting');
      expect(await auditTrail(world.deps)).toEqual([]);
    };
    return { ...world, id, decideBy };
  }

  test('by an admin of another branch or of one below, by one who may only read, or when there is none', async () => {
    const { deps, east, west, eastWorks, admin, decideBy } = await aWaitingObjection();
    for (const unionId of [west, eastWorks]) await decideBy(await aDecider(deps, unionId), 'OBJECTION_UNKNOWN');
    await decideBy(await anAdmin(deps, [east], ['notices:read']), 'OBJECTION_UNKNOWN');
    await decideBy(admin, 'OBJECTION_UNKNOWN', { objectionId: newId() });
  });

  test('by an API token', async () => {
    const { admin, decideBy } = await aWaitingObjection();
    await decideBy({ ...admin, operatorId: null, actor: `api-token:${newId()}` }, 'PERSON_NEEDED');
  });

  test('by the member who filed it, as an admin', async () => {
    const { deps, east, ann, decideBy } = await aWaitingObjection();
    await decideBy(await aDecider(deps, east, ann), 'OWN_OBJECTION');
  });

  test('by the member whose line it challenges, as an admin', async () => {
    const { deps, east, winner, decideBy } = await aWaitingObjection();
    await decideBy(await aDecider(deps, east, winner), 'OWN_LINE');
  });

  test('by a member who is on the notice, when it challenges the whole of it', async () => {
    const { deps, east, winner, decideBy } = await aWaitingObjection(null);
    await decideBy(await aDecider(deps, east, winner), 'OWN_LINE');
  });

  test('without a reason or with too long a one', async () => {
    const { admin, decideBy } = await aWaitingObjection();
    for (const reason of ['', '  ', '长'.repeat(301)]) await decideBy(admin, 'REASON_MISSING', { reason });
  });
});

test('an admin on the notice decides on objections to the lines of others', async () => {
  const { deps, east, ann, winner, publish, file, decide } = await aNoticeWorld();
  const id = await file(ann, await publish(), { lineNumber: 1 });
  expect((await decide(id, 'upheld', await aDecider(deps, east, winner))).ok).toBe(true);
});

test('an admin of a union above decides', async () => {
  const { deps, province, ann, publish, file, decide } = await aNoticeWorld();
  const id = await file(ann, await publish());
  expect((await decide(id, 'rejected', await aDecider(deps, province))).ok).toBe(true);
});

test('what was decided, withdrawn or became moot is not decided again', async () => {
  const { ann, bob, winner, publish, file, takeBack, callOff, decide, objection } = await aNoticeWorld();
  const noticeId = await publish();
  const [decided, withdrawn, moot] = [
    await file(ann, noticeId),
    await file(bob, noticeId),
    await file(winner, noticeId),
  ];
  await decide(decided, 'upheld');
  await takeBack(bob, withdrawn);
  await callOff(noticeId);
  for (const id of [decided, withdrawn, moot]) {
    const before = await objection(id);
    expect(await decide(id, 'rejected')).toMatchObject(refused('OBJECTION_DECIDED'));
    expect(await objection(id)).toEqual(before);
  }
});

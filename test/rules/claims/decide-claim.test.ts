import { describe, expect, test } from 'vitest';
import type { AdminCaller } from '../../../src/identity/caller.ts';
import { newId } from '../../../src/platform/ids.ts';
import { DEGREE, fixed } from '../world.ts';
import { aBranch, aClaimsWorld } from './world.ts';

const refused = (code: string, at?: string) => ({ ok: false, refusal: { code, ...(at && { at }) } });

test('an approved claim records the event and pays it, and the trail says who approved', async () => {
  const { deps, publish, memberIds, approver, works, submit, approve, claim, history, pay, balance } =
    await aClaimsWorld();
  const [ann, bob] = memberIds as [string, string];
  await publish('学历提升', 'degree', DEGREE);
  const id = await submit(ann, { eventType: 'degree', attributes: { 学历层次: '硕士' }, occurredOn: '2026-07-01' });
  expect(await approve(id)).toEqual({ ok: true, value: id });
  const { state, eventId } = await claim(id);
  expect(state).toBe('approved');
  const [event] = await deps.db.query('SELECT * FROM activity_event');
  expect(event).toMatchObject({
    ...{ id: eventId, member_id: ann, type: 'degree', occurred_on: '2026-07-01', reference: null },
    ...{ attributes: '{"学历层次":"硕士"}', recorded_by: approver.actor },
  });
  expect(await history(id)).toEqual([`submitted member:${ann}`, `approved ${approver.actor}`]);
  await pay();
  expect([await balance(ann), await balance(bob)]).toEqual([2000, 0]);
  const audit = await deps.db.query("SELECT * FROM audit_record WHERE action = 'approveClaim'");
  expect(audit).toMatchObject([
    {
      actor: approver.actor,
      target_kind: 'claim',
      target_id: id,
      union_id: works.id,
      value_before: '{"state":"submitted"}',
    },
  ]);
  await expect(deps).toHaveCoherentLedger();
});

test('a claim that is returned tells why, is mended, submitted again with other evidence, approved and paid', async () => {
  const world = await aClaimsWorld();
  const { deps, publish, memberIds, approver, submit, resubmit, approve, giveBack, upload, attachedTo } = world;
  const { claim, history, pay, balance } = world;
  const [ann] = memberIds as [string];
  await publish('结婚', 'milestone.marriage', { ...fixed(200, { kind: 'ever' }), evidence: true });
  const [blurred, kept, sharp] = [await upload(ann), await upload(ann), await upload(ann)];
  const id = await submit(ann, { evidenceIds: [blurred, kept] });
  expect(await giveBack(id, ' 照片不清晰，请重拍 ')).toEqual({ ok: true, value: id });
  expect((await claim(id)).state).toBe('returned');
  deps.clock.advance({ days: 4 });
  expect(await resubmit(ann, id)).toMatchObject(refused('EVIDENCE_NEEDED'));
  const mended = { occurredOn: '2026-07-31', note: '已重拍', evidenceIds: [sharp, kept] };
  expect(await resubmit(ann, id, mended)).toEqual({ ok: true, value: id });
  expect([await attachedTo(blurred), await attachedTo(kept), await attachedTo(sharp)]).toEqual([
    null,
    `claim:${id}`,
    `claim:${id}`,
  ]);
  expect(await claim(id)).toMatchObject({
    ...{ state: 'submitted', occurredOn: '2026-07-31', note: '已重拍', dueOn: '2026-08-12' },
    submittedAt: deps.clock.now(),
  });
  expect((await approve(id)).ok).toBe(true);
  expect(await history(id)).toEqual([
    `submitted member:${ann}`,
    `returned ${approver.actor} 照片不清晰，请重拍`,
    `resubmitted member:${ann}`,
    `approved ${approver.actor}`,
  ]);
  await pay();
  expect(await balance(ann)).toBe(200);
  await expect(deps).toHaveCoherentLedger();
});

test('a returned claim is mended into what is claimed or recorded already: refused, and it stays as it was', async () => {
  const { memberIds, event, record, submit, resubmit, giveBack, claim } = await aClaimsWorld();
  const [ann] = memberIds as [string];
  const id = await submit(ann);
  await submit(ann, { occurredOn: '2026-07-30' });
  await record(event(ann, 'milestone.marriage', { occurredOn: '2026-07-29' }));
  await giveBack(id);
  const before = await claim(id);
  expect(await resubmit(ann, id, { occurredOn: '2026-07-30' })).toMatchObject(refused('CLAIM_REPEATED'));
  expect(await resubmit(ann, id, { occurredOn: '2026-07-29' })).toMatchObject(refused('CLAIM_ALREADY_RECORDED'));
  expect(await claim(id)).toEqual(before);
  expect((await resubmit(ann, id)).ok).toBe(true);
});

test('only a returned claim is submitted again, and only an open one is withdrawn, each by its own member', async () => {
  const { memberIds, submit, resubmit, withdraw, approve, giveBack, claim } = await aClaimsWorld();
  const [ann, bob] = memberIds as [string, string];
  const id = await submit(ann);
  expect(await resubmit(ann, id)).toMatchObject(refused('CLAIM_NOT_RETURNED'));
  await giveBack(id);
  expect(await resubmit(bob, id)).toMatchObject(refused('CLAIM_UNKNOWN'));
  expect(await withdraw(bob, id)).toMatchObject(refused('CLAIM_UNKNOWN'));
  expect((await claim(id)).state).toBe('returned');
  expect((await withdraw(ann, id)).ok).toBe(true);
  expect(await withdraw(ann, id)).toMatchObject(refused('CLAIM_DECIDED'));
  expect(await resubmit(ann, id)).toMatchObject(refused('CLAIM_NOT_RETURNED'));
  const approved = await submit(ann);
  await approve(approved);
  expect(await withdraw(ann, approved)).toMatchObject(refused('CLAIM_DECIDED'));
  expect((await claim(approved)).state).toBe('approved');
});

test('a withdrawn claim lets its evidence go, to be used for another', async () => {
  const { memberIds, submit, withdraw, upload, attachedTo } = await aClaimsWorld();
  const [ann] = memberIds as [string];
  const file = await upload(ann);
  await withdraw(ann, await submit(ann, { evidenceIds: [file] }));
  expect(await attachedTo(file)).toBeNull();
  const id = await submit(ann, { eventType: 'milestone.new-home', evidenceIds: [file] });
  expect(await attachedTo(file)).toBe(`claim:${id}`);
});

describe('nothing changes when a claim is decided on', () => {
  /** A claim of the first member, and what must be as it was. */
  async function aWaitingClaim() {
    const world = await aClaimsWorld();
    const id = await world.submit(world.memberIds[0]!);
    const unchanged = async () => {
      expect((await world.claim(id)).state).toBe('submitted');
      expect([await world.count('activity_event'), await world.count('claim_step')]).toEqual([0, 1]);
    };
    const decideBy = async (by: AdminCaller | undefined, code: string, claimId = id) => {
      expect(await world.approve(claimId, by)).toMatchObject(refused(code));
      expect(await world.giveBack(claimId, undefined, by)).toMatchObject(refused(code));
      await unchanged();
    };
    return { ...world, id, unchanged, decideBy };
  }

  test('by an admin of another branch, or when there is no such claim', async () => {
    const { deps, unionId, anApprover, decideBy } = await aWaitingClaim();
    const stranger = await anApprover(await aBranch(deps, `/${unionId}/`));
    await decideBy(stranger, 'CLAIM_UNKNOWN');
    await decideBy(undefined, 'CLAIM_UNKNOWN', newId());
  });

  test('by an admin who may only read claims', async () => {
    const { approver, decideBy } = await aWaitingClaim();
    const permissions = new Set(['claims:read']);
    await decideBy({ ...approver, grants: [{ ...approver.grants[0]!, permissions }] }, 'CLAIM_UNKNOWN');
  });

  test('by the member who made it, whichever of her accounts she uses', async () => {
    const { memberIds, works, anApprover, decideBy } = await aWaitingClaim();
    await decideBy(await anApprover(works, { memberId: memberIds[0]! }), 'OWN_CLAIM');
  });

  test('by an API token', async () => {
    const { approver, decideBy } = await aWaitingClaim();
    await decideBy({ ...approver, operatorId: null, actor: `api-token:${newId()}` }, 'PERSON_NEEDED');
  });

  test.each([
    ['no reason', ''],
    ['nothing but spaces for a reason', '   '],
    ['a reason too long', '退'.repeat(301)],
  ])('and returned with %s', async (_, reason) => {
    const { id, giveBack, unchanged } = await aWaitingClaim();
    expect(await giveBack(id, reason)).toMatchObject(refused('REASON_MISSING', 'reason'));
    await unchanged();
  });

  test('and its member has left, or moved to where the programme does not reach; it can be returned', async () => {
    const { deps, id, memberIds, approve, giveBack, unchanged, approver } = await aWaitingClaim();
    const { db, clock } = deps;
    await db.query("UPDATE member SET state = 'left' WHERE id = ?", [memberIds[0]]);
    expect(await approve(id)).toMatchObject(refused('MEMBER_LEFT'));
    const elsewhere = newId();
    await db.query('INSERT INTO union_node (id, name, kind, path, created_at) VALUES (?)', [
      [elsewhere, '外省工会', 'province', `/${elsewhere}/`, clock.now()],
    ]);
    await db.query("UPDATE member SET state = 'active', union_id = ? WHERE id = ?", [elsewhere, memberIds[0]]);
    const abroad = { ...approver, grants: [{ ...approver.grants[0]!, unionPath: `/${elsewhere}/` }] };
    expect(await approve(id, abroad)).toMatchObject(refused('MEMBER_OUTSIDE_PROGRAMME'));
    await unchanged();
    expect((await giveBack(id, '已调离', abroad)).ok).toBe(true);
  });
});

test('what was decided or withdrawn is not decided again', async () => {
  const { memberIds, submit, withdraw, approve, giveBack, count } = await aClaimsWorld();
  const [ann, bob] = memberIds as [string, string];
  const [approved, returned, withdrawn] = [
    await submit(ann),
    await submit(bob),
    await submit(bob, { occurredOn: '2026-07-01' }),
  ];
  await approve(approved);
  await giveBack(returned);
  await withdraw(bob, withdrawn);
  for (const id of [approved, returned, withdrawn]) {
    expect(await approve(id)).toMatchObject(refused('CLAIM_DECIDED', 'claimId'));
    expect(await giveBack(id)).toMatchObject(refused('CLAIM_DECIDED', 'claimId'));
  }
  expect([await count('activity_event'), await count('claim_step')]).toEqual([1, 6]);
});

test('the same approval sent again is told the same, and a claim is not approved by it twice', async () => {
  const { memberIds, submit, approve, count } = await aClaimsWorld();
  const id = await submit(memberIds[0]!);
  const key = newId();
  const outcomes = [await approve(id, undefined, key), await approve(id, undefined, key)];
  expect(outcomes).toEqual([accept(id), accept(id)]);
  expect([await count('activity_event'), await count('claim_step')]).toEqual([1, 2]);
});

const accept = (value: string) => ({ ok: true, value });

test('of several admins who decide at once one does, and one event is recorded and paid once', async () => {
  const { deps, publish, works, anApprover, memberIds, submit, approve, giveBack, count, pay, balance } =
    await aClaimsWorld({ memberCount: 6 });
  await publish('结婚', 'milestone.marriage', fixed(200));
  const admins = await Promise.all([1, 2, 3, 4].map(() => anApprover(works)));
  for (const memberId of memberIds) {
    const id = await submit(memberId);
    const outcomes = await Promise.all(admins.map((admin) => approve(id, admin)));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome).toMatchObject(refused('CLAIM_DECIDED'));
  }
  expect(await count('activity_event')).toBe(6);
  const disputed = await submit(memberIds[0]!, { occurredOn: '2026-07-01' });
  const both = await Promise.all([approve(disputed, admins[0]), giveBack(disputed, undefined, admins[1])]);
  expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(await count('activity_event')).toBe(both[0]!.ok ? 7 : 6);
  await pay();
  expect(await balance(memberIds[1]!)).toBe(200);
  await expect(deps).toHaveCoherentLedger();
});

test('what HR recorded while the claim waited stands for it and is paid once', async () => {
  const { deps, publish, memberIds, event, record, submit, approve, claim, count, pay, balance } = await aClaimsWorld();
  const [ann] = memberIds as [string];
  await publish('结婚', 'milestone.marriage', fixed(200));
  const id = await submit(ann);
  const { eventIds } = await record(event(ann, 'milestone.marriage', { occurredOn: '2026-08-01' }));
  expect((await approve(id)).ok).toBe(true);
  expect((await claim(id)).eventId).toBe(eventIds[0]);
  expect(await count('activity_event')).toBe(1);
  await pay();
  expect(await balance(ann)).toBe(200);
  await expect(deps).toHaveCoherentLedger();
});

describe('where a rule asks for two levels', () => {
  async function twoLevels() {
    const world = await aClaimsWorld();
    const { publish, unionId, works, anApprover } = world;
    await publish('结婚', 'milestone.marriage', { ...fixed(200), approval: 'two_levels' });
    const province = { id: unionId, path: `/${unionId}/` };
    const [first, colleague] = [await anApprover(works), await anApprover(works)];
    return { ...world, province, first, colleague, above: await anApprover(province) };
  }

  test('the branch passes the claim on, and the union of the programme approves it', async () => {
    const { deps, memberIds, first, above, submit, approve, claim, history, count, pay, balance } = await twoLevels();
    const [ann] = memberIds as [string];
    const id = await submit(ann);
    deps.clock.advance({ days: 2 });
    expect(await approve(id, first)).toEqual({ ok: true, value: id });
    expect(await claim(id)).toMatchObject({ state: 'passed', firstApprovedBy: first.actor, dueOn: '2026-08-10' });
    expect(await count('activity_event')).toBe(0);
    expect((await approve(id, above)).ok).toBe(true);
    expect((await claim(id)).state).toBe('approved');
    expect(await history(id)).toEqual([
      `submitted member:${ann}`,
      `approved ${first.actor}`,
      `approved ${above.actor}`,
    ]);
    await pay();
    expect(await balance(ann)).toBe(200);
    await expect(deps).toHaveCoherentLedger();
  });

  test('the second is another person of the higher level', async () => {
    const { deps, memberIds, province, first, colleague, above, anApprover, submit, approve, claim } =
      await twoLevels();
    const [ann, bob] = memberIds as [string, string];
    const id = await submit(ann);
    await approve(id, first);
    expect(await approve(id, first)).toMatchObject(refused('SECOND_PERSON_NEEDED'));
    expect(await approve(id, colleague)).toMatchObject(refused('HIGHER_LEVEL_NEEDED'));
    expect((await claim(id)).state).toBe('passed');

    const other = await submit(bob);
    await approve(other, above);
    expect(await approve(other, above)).toMatchObject(refused('SECOND_PERSON_NEEDED'));
    await deps.db.query('UPDATE operator SET member_id = ? WHERE id = ?', [ann, above.operatorId]);
    const sameInOtherClothes = await anApprover(province, { memberId: ann });
    expect(await approve(other, sameInOtherClothes)).toMatchObject(refused('SECOND_PERSON_NEEDED'));
    expect((await claim(other)).state).toBe('passed');
    expect((await approve(other, await anApprover(province))).ok).toBe(true);
  });

  test('two who approve at once leave it passed on or approved, never passed on twice', async () => {
    const { memberIds, first, above, submit, approve, claim, history, count } = await twoLevels();
    const id = await submit(memberIds[0]!);
    const outcomes = await Promise.all([approve(id, first), approve(id, above)]);
    const { state } = await claim(id);
    const done = outcomes.filter((outcome) => outcome.ok).length;
    expect({ state, steps: (await history(id)).length }).toEqual({
      state: done === 2 ? 'approved' : 'passed',
      steps: 1 + done,
    });
    expect(await count('activity_event')).toBe(done - 1);
  });

  test('a claim that the second level returns begins anew', async () => {
    const { memberIds, first, above, submit, resubmit, approve, giveBack, claim } = await twoLevels();
    const [ann] = memberIds as [string];
    const id = await submit(ann);
    await approve(id, first);
    expect((await giveBack(id, '日期与证件不符', above)).ok).toBe(true);
    expect(await claim(id)).toMatchObject({ state: 'returned', firstApprovedBy: null });
    expect((await resubmit(ann, id)).ok).toBe(true);
    expect((await approve(id, above)).ok).toBe(true);
    expect(await claim(id)).toMatchObject({ state: 'passed', firstApprovedBy: above.actor });
  });
});

import { expect, test } from 'vitest';
import type { AdminCaller } from '../../../src/identity/caller.ts';
import { newId } from '../../../src/platform/ids.ts';
import { points } from '../../../src/platform/points.ts';
import { adjustPoints } from '../../../src/rules/corrections/adjust-points.ts';
import { confirmAdjustment } from '../../../src/rules/corrections/confirm-adjustment.ts';
import { declineAdjustment } from '../../../src/rules/corrections/decline-adjustment.ts';
import { filesOf } from '../../evidence/world.ts';
import { aProgramme, members } from '../../support/ledger.ts';
import { accepted, adminOf, fixed } from '../world.ts';
import { aCorrectableWorld } from './world.ts';

/** The world with two admins, and shorthands for their adjustments. */
async function aWorldOfAdjustments(fields: Parameters<typeof aCorrectableWorld>[0] = {}) {
  const world = await aCorrectableWorld(fields);
  const { deps, programmeId, memberIds } = world;
  const [ann] = memberIds as [string];
  const [clerk, second] = [await world.anAdmin(), await world.anAdmin()];
  interface Fields {
    by?: AdminCaller;
    key?: string;
    memberId?: string;
    programmeId?: string;
    reason?: string;
    evidenceIds?: string[];
  }
  const tryAdjust = async (amount: number, { by = clerk, key = newId(), ...rest }: Fields = {}) => {
    const evidenceIds = rest.evidenceIds ?? (await filesOf(deps, by.actor, 1));
    const asked = { programmeId, memberId: ann, points: points(amount), reason: '补录先进班组', ...rest, evidenceIds };
    return adjustPoints(deps, by, key, asked);
  };
  const adjust = async (amount: number, rest: Fields = {}): Promise<string> => accepted(await tryAdjust(amount, rest));
  const confirm = (adjustmentId: string, by: AdminCaller = second, key = newId()) =>
    confirmAdjustment(deps, by, key, { adjustmentId });
  const decline = (adjustmentId: string, { by = second as AdminCaller, reason = '依据不足' } = {}) =>
    declineAdjustment(deps, by, newId(), { adjustmentId, reason });
  const row = async (id: string) => {
    const [found] = await deps.db.query('SELECT * FROM adjustment WHERE id = ?', [id]);
    return found;
  };
  return { ...world, ann, clerk, second, tryAdjust, adjust, confirm, decline, row };
}

const refused = (code: string) => ({ ok: false, refusal: { code } });

test('an adjustment within the limit is posted at once, with its reason, its document and an audit record', async () => {
  const { deps, programmeId, ann, clerk, adjust, row, balance } = await aWorldOfAdjustments();
  const evidenceIds = await filesOf(deps, clerk.actor, 2);
  const id = await adjust(500, { reason: ' 补录先进班组 ', evidenceIds });
  expect(await balance(ann)).toBe(500);
  expect(await row(id)).toMatchObject({
    points: 500,
    reason: '补录先进班组',
    state: 'posted',
    requested_by: clerk.actor,
    requested_at: deps.clock.now(),
    decided_by: null,
  });
  const [transfer] = await deps.db.query('SELECT id, kind, business_key, cause_id FROM transfer');
  expect(transfer).toEqual({
    id: (await row(id)).transfer_id,
    kind: 'adjustment',
    business_key: `adjustment:${id}`,
    cause_id: id,
  });
  // 365 days in Beijing, the third of August being the first.
  expect(await deps.db.query('SELECT expires_at FROM lot')).toEqual([{ expires_at: new Date('2027-08-02T16:00:00Z') }]);
  expect(await deps.db.query('SELECT attached_to FROM evidence_file')).toEqual([
    { attached_to: `adjustment:${id}` },
    { attached_to: `adjustment:${id}` },
  ]);
  const [audit] = await deps.db.query("SELECT value_after FROM audit_record WHERE action = 'adjustPoints'");
  expect(JSON.parse(audit.value_after)).toEqual({
    programmeId,
    memberId: ann,
    points: 500,
    reason: '补录先进班组',
    evidenceIds,
    state: 'posted',
  });
  await expect(deps).toHaveCoherentLedger();
});

test('points are taken away as they are given, and go back to what the programme may issue', async () => {
  const { deps, ann, adjust, balance, issued } = await aWorldOfAdjustments();
  await adjust(300);
  await adjust(-120);
  expect([await balance(ann), await issued()]).toEqual([180, 180]);
  await expect(deps).toHaveCoherentLedger();
});

test('an adjustment beyond the limit moves nothing until a second admin confirms it', async () => {
  const { deps, ann, second, adjust, confirm, row, balance } = await aWorldOfAdjustments();
  const id = await adjust(501);
  expect(await row(id)).toMatchObject({ state: 'waiting', transfer_id: null });
  expect(await balance(ann)).toBe(0);
  deps.clock.advance({ days: 1 });
  expect(await confirm(id)).toEqual({ ok: true, value: id });
  expect(await row(id)).toMatchObject({
    state: 'posted',
    decided_by: second.actor,
    decided_at: deps.clock.now(),
  });
  expect(await balance(ann)).toBe(501);
  const audited = await deps.db.query(
    "SELECT value_before, value_after FROM audit_record WHERE action = 'confirmAdjustment'",
  );
  expect(audited).toEqual([{ value_before: '{"state":"waiting"}', value_after: '{"state":"posted"}' }]);
  await expect(deps).toHaveCoherentLedger();
});

test('many small adjustments of one admin for one member do not get round the limit, whichever way they go', async () => {
  const { deps, second, memberIds, adjust, confirm, row } = await aWorldOfAdjustments();
  const states = async (ids: string[]) => Promise.all(ids.map(async (id) => (await row(id)).state));
  const ids = [await adjust(300), await adjust(-150), await adjust(50), await adjust(1)];
  expect(await states(ids)).toEqual(['posted', 'posted', 'posted', 'waiting']);
  // What a second admin confirmed does not count, and neither do others' adjustments or other members'.
  accepted(await confirm(ids[3]!));
  expect((await row(await adjust(1))).state).toBe('waiting');
  expect((await row(await adjust(500, { by: second }))).state).toBe('posted');
  expect((await row(await adjust(500, { memberId: memberIds[1]! }))).state).toBe('posted');
  // The next month begins in Beijing eight hours before it does in UTC.
  deps.clock.set('2026-08-31T15:59:00Z');
  expect((await row(await adjust(1))).state).toBe('waiting');
  deps.clock.set('2026-08-31T16:00:00Z');
  expect((await row(await adjust(500))).state).toBe('posted');
  await expect(deps).toHaveCoherentLedger();
});

test('ten adjustments at once find room below the limit for as many as it holds', async () => {
  const { deps, ann, clerk, tryAdjust, balance, count } = await aWorldOfAdjustments();
  const files = await filesOf(deps, clerk.actor, 10);
  const outcomes = await Promise.all(files.map((id) => tryAdjust(200, { evidenceIds: [id] })));
  expect(outcomes.every((one) => one.ok)).toBe(true);
  expect(await balance(ann)).toBe(400);
  expect([await count("adjustment WHERE state = 'posted'"), await count("adjustment WHERE state = 'waiting'")]).toEqual(
    [2, 8],
  );
  await expect(deps).toHaveCoherentLedger();
});

test('the limit is the programme’s own, and with none a second admin confirms every adjustment', async () => {
  const { policy, adjust, row } = await aWorldOfAdjustments();
  await policy({ adjustmentLimit: points(2000) });
  expect((await row(await adjust(2000))).state).toBe('posted');
  await policy({ adjustmentLimit: points(0) });
  expect((await row(await adjust(-1))).state).toBe('waiting');
});

test('admins who confirm one adjustment at once post it once', async () => {
  const { deps, ann, anAdmin, adjust, confirm, balance, count } = await aWorldOfAdjustments();
  const id = await adjust(2000);
  const admins = await Promise.all(Array.from({ length: 8 }, () => anAdmin()));
  const outcomes = await Promise.all(admins.map((admin) => confirm(id, admin)));
  expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
  expect(outcomes.filter((one) => !one.ok && one.refusal.code === 'ADJUSTMENT_DECIDED')).toHaveLength(7);
  expect([await balance(ann), await count('transfer')]).toEqual([2000, 1]);
  await expect(deps).toHaveCoherentLedger();
});

test('the same key adjusts once', async () => {
  const { deps, ann, clerk, tryAdjust, balance } = await aWorldOfAdjustments();
  const [key, evidenceIds] = [newId(), await filesOf(deps, clerk.actor, 1)];
  const first = await tryAdjust(100, { key, evidenceIds });
  expect(await tryAdjust(100, { key, evidenceIds })).toEqual(first);
  expect(await balance(ann)).toBe(100);
});

test('a declined adjustment moves nothing and cannot be confirmed any more', async () => {
  const { deps, ann, second, adjust, confirm, decline, row, balance, count } = await aWorldOfAdjustments();
  const id = await adjust(2000);
  expect(await decline(id, { reason: '' })).toMatchObject(refused('REASON_MALFORMED'));
  expect(await decline(id)).toEqual({ ok: true, value: id });
  expect(await row(id)).toMatchObject({ state: 'declined', decided_by: second.actor, decline_reason: '依据不足' });
  expect(await confirm(id)).toMatchObject(refused('ADJUSTMENT_DECIDED'));
  expect(await decline(id)).toMatchObject(refused('ADJUSTMENT_DECIDED'));
  expect([await balance(ann), await count('transfer')]).toEqual([0, 0]);
  expect(await count("audit_record WHERE action = 'declineAdjustment'")).toBe(1);
  await expect(deps).toHaveCoherentLedger();
});

test('an adjustment is confirmed and declined by another person than asked for it, and two accounts do not make two persons', async () => {
  const { clerk, anAdmin, memberIds, adjust, confirm, decline, row } = await aWorldOfAdjustments({ memberCount: 3 });
  const id = await adjust(2000);
  expect(await confirm(id, clerk)).toMatchObject(refused('SECOND_PERSON_NEEDED'));
  expect(await decline(id, { by: clerk })).toMatchObject(refused('SECOND_PERSON_NEEDED'));
  const [one, other] = [await anAdmin(memberIds[2]!), await anAdmin(memberIds[2]!)];
  const own = await adjust(2000, { by: one });
  expect(await confirm(own, other)).toMatchObject(refused('SECOND_PERSON_NEEDED'));
  expect([(await row(id)).state, (await row(own)).state]).toEqual(['waiting', 'waiting']);
});

test('nobody asks for, confirms or declines an adjustment of her own points', async () => {
  const { ann, anAdmin, tryAdjust, adjust, confirm, decline, row, balance } = await aWorldOfAdjustments();
  const self = await anAdmin(ann);
  expect(await tryAdjust(10, { by: self })).toMatchObject(refused('OWN_ACCOUNT'));
  const id = await adjust(2000);
  expect(await confirm(id, self)).toMatchObject(refused('OWN_ACCOUNT'));
  expect(await decline(id, { by: self })).toMatchObject(refused('OWN_ACCOUNT'));
  expect([(await row(id)).state, await balance(ann)]).toEqual(['waiting', 0]);
});

test('an API token adjusts, confirms and declines nothing', async () => {
  const { clerk, tryAdjust, adjust, confirm, decline, row } = await aWorldOfAdjustments();
  const token: AdminCaller = { ...clerk, actor: `api-token:${newId()}`, operatorId: null, sessionId: null };
  expect(await tryAdjust(10, { by: token })).toMatchObject(refused('PERSON_NEEDED'));
  const id = await adjust(2000);
  expect(await confirm(id, token)).toMatchObject(refused('PERSON_NEEDED'));
  expect(await decline(id, { by: token })).toMatchObject(refused('PERSON_NEEDED'));
  expect((await row(id)).state).toBe('waiting');
});

test.each([
  ['of nothing', 0, {}, 'POINTS_OUT_OF_RANGE'],
  ['of more than a million', 1_000_001, {}, 'POINTS_OUT_OF_RANGE'],
  ['that takes more than a million', -1_000_001, {}, 'POINTS_OUT_OF_RANGE'],
  ['without a reason', 10, { reason: '  ' }, 'REASON_MALFORMED'],
  ['with a reason of 301 characters', 10, { reason: '补'.repeat(301) }, 'REASON_MALFORMED'],
  ['without a document', 10, { evidenceIds: [] }, 'EVIDENCE_NEEDED'],
  ['with a document that is not there', 10, { evidenceIds: [newId()] }, 'EVIDENCE_UNKNOWN'],
  ['of points that the member does not have', -1, {}, 'NOT_ENOUGH_POINTS'],
  ['in a programme that is not there', 10, { programmeId: newId() }, 'PROGRAMME_UNKNOWN'],
  ['for a member who is not there', 10, { memberId: newId() }, 'MEMBER_UNKNOWN'],
])('an adjustment %s is refused, and nothing changes', async (_, amount, rest, code) => {
  const { deps, clerk, tryAdjust, count } = await aWorldOfAdjustments();
  const evidenceIds = await filesOf(deps, clerk.actor, 1);
  expect(await tryAdjust(amount, { evidenceIds, ...rest })).toMatchObject(refused(code));
  expect([await count('adjustment'), await count('transfer'), await count('audit_record')]).toEqual([0, 0, 0]);
  expect(await deps.db.query('SELECT attached_to FROM evidence_file')).toEqual([{ attached_to: null }]);
});

test('ten documents, and those of another admin, are refused', async () => {
  const { deps, clerk, second, tryAdjust, count } = await aWorldOfAdjustments();
  const ten = await filesOf(deps, clerk.actor, 10);
  expect(await tryAdjust(10, { evidenceIds: ten })).toMatchObject(refused('EVIDENCE_COUNT'));
  const others = await filesOf(deps, second.actor, 1);
  expect(await tryAdjust(10, { evidenceIds: others })).toMatchObject(refused('EVIDENCE_UNKNOWN'));
  expect(await count('adjustment')).toBe(0);
});

test('a document proves one adjustment only', async () => {
  const { deps, clerk, tryAdjust, count } = await aWorldOfAdjustments();
  const evidenceIds = await filesOf(deps, clerk.actor, 1);
  accepted(await tryAdjust(10, { evidenceIds }));
  expect(await tryAdjust(10, { evidenceIds })).toMatchObject(refused('EVIDENCE_UNKNOWN'));
  expect(await count('adjustment')).toBe(1);
});

test('a programme outside the branch, its adjustments and the members of others answer as if they were not there', async () => {
  const { deps, ann, tryAdjust, adjust, confirm, decline, row, balance } = await aWorldOfAdjustments();
  const elsewhere = await aProgramme(deps);
  const [stranger] = (await members(deps.db, elsewhere.unionId, 1)) as [string];
  expect(await tryAdjust(10, { programmeId: elsewhere.programmeId })).toMatchObject(refused('PROGRAMME_UNKNOWN'));
  expect(await tryAdjust(10, { memberId: stranger })).toMatchObject(refused('MEMBER_UNKNOWN'));
  const id = await adjust(2000);
  for (const by of [adminOf(`/${elsewhere.unionId}/`), adminOf('/', ['ledger:read', 'budgets:write'])]) {
    expect(await tryAdjust(10, { by })).toMatchObject(refused('PROGRAMME_UNKNOWN'));
    expect(await confirm(id, by)).toEqual(await confirm(newId()));
    expect(await decline(id, { by })).toEqual(await decline(newId()));
  }
  expect(await confirm(id, adminOf(`/${newId()}/`))).toMatchObject(refused('ADJUSTMENT_UNKNOWN'));
  expect([(await row(id)).state, await balance(ann)]).toEqual(['waiting', 0]);
});

test('the points of a member who left are adjusted no more, also when that was asked for before', async () => {
  const { deps, ann, tryAdjust, adjust, confirm, decline, balance } = await aWorldOfAdjustments();
  const id = await adjust(2000);
  await deps.db.query("UPDATE member SET state = 'left' WHERE id = ?", [ann]);
  expect(await tryAdjust(10)).toMatchObject(refused('MEMBER_LEFT'));
  expect(await confirm(id)).toMatchObject(refused('MEMBER_LEFT'));
  expect(await decline(id)).toMatchObject({ ok: true });
  expect(await balance(ann)).toBe(0);
});

test('what the programme’s budget does not hold is refused, at once or when it is confirmed, and can be confirmed later', async () => {
  const world = await aWorldOfAdjustments({ budget: 600 });
  const { deps, ann, second, tryAdjust, adjust, confirm, row, balance } = world;
  const id = await adjust(601);
  expect(await confirm(id)).toMatchObject({
    refusal: { code: 'OVER_BUDGET', message: { zh: expect.stringContaining('没有调整') } },
  });
  expect((await row(id)).state).toBe('waiting');
  await adjust(500);
  expect(await tryAdjust(101, { by: second })).toMatchObject(refused('OVER_BUDGET'));
  await deps.db.query('UPDATE programme_budget SET budget = 5000');
  expect(await confirm(id)).toMatchObject({ ok: true });
  expect(await balance(ann)).toBe(1101);
  await expect(deps).toHaveCoherentLedger();
});

test('points that were spent meanwhile are not taken by a confirmation', async () => {
  const { deps, ann, memberIds, publish, event, earn, spend, adjust, confirm, row, balance } =
    await aWorldOfAdjustments();
  await publish('分会荣誉', 'honour', fixed(1000));
  await earn(event(memberIds[0]!, 'honour'));
  const id = await adjust(-900);
  accepted(await spend(ann, 200));
  expect(await confirm(id)).toMatchObject(refused('NOT_ENOUGH_POINTS'));
  expect([(await row(id)).state, await balance(ann)]).toEqual(['waiting', 800]);
  await expect(deps).toHaveCoherentLedger();
});

test('what is given by hand pays off first what the member owes', async () => {
  const { deps, ann, publish, event, earn, revoke, spend, adjust, balance, owed } = await aWorldOfAdjustments();
  await publish('分会荣誉', 'honour', fixed(1000));
  const [eventId] = (await earn(event(ann, 'honour'))) as [string];
  accepted(await spend(ann, 300));
  await revoke(eventId);
  await adjust(400);
  expect([await balance(ann), await owed(ann)]).toEqual([100, 0]);
  await expect(deps).toHaveCoherentLedger();
});

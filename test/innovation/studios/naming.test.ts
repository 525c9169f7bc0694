import { expect, test } from 'vitest';
import { evidenceOf } from '../../../src/evidence/queries.ts';
import { addMember } from '../../../src/innovation/studios/add-member.ts';
import { completeApplication } from '../../../src/innovation/studios/naming/apply-for-naming.ts';
import {
  declineNaming,
  returnNaming,
  withdrawApplication,
  withdrawName,
} from '../../../src/innovation/studios/naming/decide-naming.ts';
import { namingEvidence } from '../../../src/innovation/studios/naming/naming.entity.ts';
import { isStudioNamed } from '../../../src/innovation/studios/queries.ts';
import { ActivityEvent } from '../../../src/rules/activity-event.entity.ts';
import { aDecider } from '../../notices/world.ts';
import { accepted, aKey, aMember, anAdmin, aProgramme, auditTrail, refused } from '../../unions/tree.ts';
import { aFile, aStudioWorld } from './world.ts';

/** A world, and how the union that names decides, and the branch answers. */
async function aScene() {
  const world = await aStudioWorld();
  const { deps, admin, branch } = world;
  const decide =
    (use: typeof returnNaming, usual: typeof admin) =>
    (namingId: string, reason = '缺少获奖证明', by = usual) =>
      use(deps, by, aKey(), { namingId, reason });
  const complete = (namingId: string, fields: { statement?: string; evidenceIds?: string[] } = {}) =>
    completeApplication(deps, branch, aKey(), { namingId, statement: '补齐证明', evidenceIds: [], ...fields });
  return {
    ...world,
    complete,
    giveBack: decide(returnNaming, admin),
    decline: decide(declineNaming, admin),
    takeBack: decide(withdrawApplication, branch),
    withdraw: decide(withdrawName, admin),
  };
}

test('a studio is named once the notice of the list is over: with a number, from that day, for its term', async () => {
  const { deps, found, apply, publish, advance, naming, round } = await aScene();
  const studioId = await found();
  const namingId = accepted(await apply(studioId));
  const roundId = accepted(await publish([namingId]));
  expect(await naming(namingId)).toMatchObject({ state: 'listed', roundId, number: null });
  // Five working days after Monday the 2nd end with Monday the 9th.
  deps.clock.set('2026-03-09T15:59:59.000Z');
  expect(await advance()).toBe(0);
  deps.clock.set('2026-03-09T16:00:00.000Z');
  expect(await advance()).toBe(1);
  expect(await naming(namingId)).toMatchObject({
    ...{ state: 'named', termMonths: 36, namedOn: '2026-03-10', endsOn: '2029-03-09', endedOn: null, reason: null },
    number: expect.stringMatching(/^GZS2026-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/),
  });
  expect(await round(roundId)).toMatchObject({ state: 'final', settledAt: deps.clock.now() });
  expect(await isStudioNamed(deps.db.manager, studioId)).toBe(true);
  expect(await advance()).toBe(0);
});

test('two machines that settle at one moment name a studio once, and reward each of its people once', async () => {
  const { deps, province, found, join, person, apply, publish, advance } = await aScene();
  const programmeId = await aProgramme(deps, province, '全省积分');
  const studioId = await found({ name: '焊花工作室' });
  const memberId = await person();
  accepted(await join(studioId, memberId));
  accepted(await publish([accepted(await apply(studioId))], { programmeId }));
  deps.clock.advance({ days: 14 });
  const changed = await Promise.all([advance(), advance()]);
  expect(changed[0]! + changed[1]!).toBe(1);
  const events = await deps.db.manager.findBy(ActivityEvent, { programmeId, type: 'innovation.studio' });
  expect(events).toHaveLength(2);
  expect(events.find((event) => event.memberId === memberId)).toMatchObject({
    ...{ attributes: { 工作室: '焊花工作室' }, occurredOn: '2026-03-16', recordedBy: 'system:innovation' },
  });
});

test('who left the union before her studio is named is rewarded with nothing, and without a programme nobody is', async () => {
  const { deps, province, found, join, person, apply, publish, afterNotice } = await aScene();
  const programmeId = await aProgramme(deps, province, '全省积分');
  const [studioId, other] = [await found(), await found()];
  const left = await person();
  accepted(await join(studioId, left));
  accepted(await publish([accepted(await apply(studioId))], { programmeId }));
  accepted(await publish([accepted(await apply(other))]));
  await deps.db.query("UPDATE member SET state = 'left' WHERE id = ?", [left]);
  await afterNotice();
  const events = await deps.db.manager.find(ActivityEvent, {});
  expect(events.map(({ memberId }) => memberId)).not.toContain(left);
  expect(events).toHaveLength(1);
});

test('an application is returned with what is missing, completed with files, and decided then', async () => {
  const { deps, branch, admin, found, apply, naming, giveBack, complete, decline } = await aScene();
  const evidenceIds = [await aFile(deps, branch)];
  const namingId = accepted(await apply(await found(), { evidenceIds }));
  accepted(await giveBack(namingId));
  expect(await naming(namingId)).toMatchObject({ state: 'returned', reason: '缺少获奖证明' });
  const added = await aFile(deps, branch);
  deps.clock.advance({ days: 1 });
  accepted(await complete(namingId, { evidenceIds: [...evidenceIds, added] }));
  expect(await naming(namingId)).toMatchObject({
    ...{ state: 'applied', reason: null, statement: '补齐证明', appliedAt: deps.clock.now() },
  });
  const target = namingEvidence(namingId);
  expect((await evidenceOf(deps.db.manager, [target])).get(target)).toHaveLength(2);
  expect(await complete(namingId)).toMatchObject(refused('NAMING_NOT_RETURNED'));
  accepted(await decline(namingId, '创新成果不足'));
  expect(await naming(namingId)).toMatchObject({ state: 'declined', reason: '创新成果不足' });
  expect((await auditTrail(deps)).slice(-2)).toMatchObject([
    { action: 'completeNamingApplication', actor: branch.actor, before: { reason: '缺少获奖证明' } },
    { action: 'declineNaming', actor: admin.actor, after: { state: 'declined', reason: '创新成果不足' } },
  ]);
});

test('a branch takes an application back before it is listed, and may apply again', async () => {
  const { found, apply, publish, takeBack, naming } = await aScene();
  const studioId = await found();
  const first = accepted(await apply(studioId));
  expect(await apply(studioId)).toMatchObject({ refusal: { code: 'NAMING_PENDING', at: 'level' } });
  accepted(await takeBack(first, '换一批次申报'));
  expect(await naming(first)).toMatchObject({ state: 'withdrawn', reason: '换一批次申报' });
  const second = accepted(await apply(studioId));
  accepted(await publish([second]));
  expect(await takeBack(second)).toMatchObject({ refusal: { code: 'NAMING_NOT_OPEN', at: 'namingId' } });
});

test('only the right kind of union names at a level, and only the studio’s own or one above it', async () => {
  const { deps, found, apply, province, east, west, eastWorks, publish, branch } = await aScene();
  const studioId = await found();
  const wrong = { refusal: { code: 'LEVEL_NOT_OF_UNION', at: 'level' } };
  expect(await apply(studioId, { level: 'firm', namingUnionId: east })).toMatchObject(wrong);
  expect(await apply(studioId, { level: 'city', namingUnionId: province })).toMatchObject(wrong);
  expect(await apply(studioId, { level: 'province', namingUnionId: eastWorks })).toMatchObject(wrong);
  expect(await apply(studioId, { level: 'nation', namingUnionId: east })).toMatchObject(wrong);
  expect(await apply(studioId, { level: 'city', namingUnionId: west })).toMatchObject({
    refusal: { code: 'UNION_UNKNOWN', at: 'namingUnionId' },
  });
  const namingIds = [
    await apply(studioId, { level: 'firm', namingUnionId: eastWorks }),
    await apply(studioId, { level: 'city', namingUnionId: east }),
    await apply(studioId, { level: 'nation' }),
  ].map(accepted);
  expect(await publish(namingIds.slice(0, 1), { level: 'city' })).toMatchObject(wrong);
  const own = { unionId: eastWorks, level: 'firm' as const };
  expect(await publish(namingIds.slice(0, 1), own, branch)).toMatchObject({ ok: true });
  const inCity = { unionId: east, level: 'city' as const };
  expect(await publish(namingIds.slice(1, 2), inCity, branch)).toMatchObject(refused('UNION_UNKNOWN'));
  expect(await publish(namingIds.slice(1, 2), inCity, await anAdmin(deps, [east]))).toMatchObject({ ok: true });
});

test('bad lists are refused with the place', async () => {
  const { deps, found, apply, publish, giveBack, west, east } = await aScene();
  const namingId = accepted(await apply(await found()));
  const listing = async (ids: readonly string[], fields = {}) => {
    const answer = await publish(ids, fields);
    return answer.ok ? 'accepted' : `${answer.refusal.code} ${answer.refusal.at}`;
  };
  expect(await listing([])).toBe('LIST_LENGTH namingIds');
  expect(await listing([namingId, namingId])).toBe('LIST_LENGTH namingIds');
  expect(await listing([namingId], { name: '' })).toBe('TEXT_LENGTH name');
  expect(await listing([namingId], { termMonths: 0 })).toBe('NUMBER_OUT_OF_RANGE termMonths');
  expect(await listing([namingId], { workingDays: 61 })).toBe('NUMBER_OUT_OF_RANGE workingDays');
  const western = await aProgramme(deps, west, '西市积分');
  expect(await listing([namingId], { programmeId: western })).toBe('PROGRAMME_UNKNOWN programmeId');
  const ofCity = accepted(await apply(await found(), { level: 'city', namingUnionId: east }));
  expect(await listing([namingId, ofCity])).toBe('NAMING_UNKNOWN namingIds.1');
  const returned = accepted(await apply(await found()));
  accepted(await giveBack(returned));
  expect(await listing([namingId, returned])).toBe('NAMING_NOT_WAITING namingIds.1');
  expect(await listing([namingId])).toBe('accepted');
  expect(await listing([namingId])).toBe('NAMING_NOT_WAITING namingIds.0');
});

test('nobody decides on a studio of her own', async () => {
  const { deps, province, found, eastWorks, branch, apply, publish, giveBack, decline, withdraw, naming } =
    await aScene();
  const memberId = await aMember(deps, eastWorks);
  const self = await aDecider(deps, province, memberId);
  const studioId = await found();
  accepted(await addMember(deps, branch, aKey(), { studioId, memberId, duty: '统筹' }));
  const namingId = accepted(await apply(studioId));
  const own = refused('OWN_STUDIO');
  expect(await giveBack(namingId, '缺材料', self)).toMatchObject(own);
  expect(await decline(namingId, '不符', self)).toMatchObject(own);
  expect(await publish([namingId], {}, self)).toMatchObject({ refusal: { code: 'OWN_STUDIO', at: 'namingIds.0' } });
  expect(await withdraw(namingId, '撤销', self)).toMatchObject(own);
  expect(await naming(namingId)).toMatchObject({ state: 'applied' });
});

test('a name is withdrawn for a reason by the union that gave it, and by no other', async () => {
  const { deps, named, withdraw, naming, east, admin, branch } = await aScene();
  const { id, namingId } = await named();
  expect(await withdraw(namingId, '')).toMatchObject({ refusal: { code: 'REASON_NEEDED', at: 'reason' } });
  expect(await withdraw(namingId, '弄虚作假', branch)).toMatchObject(refused('NAMING_UNKNOWN'));
  expect(await withdraw(namingId, '弄虚作假', await anAdmin(deps, [east]))).toMatchObject(refused('NAMING_UNKNOWN'));
  accepted(await withdraw(namingId, '弄虚作假'));
  expect(await naming(namingId)).toMatchObject({ state: 'withdrawn', reason: '弄虚作假', endedOn: '2026-03-16' });
  expect(await isStudioNamed(deps.db.manager, id)).toBe(false);
  expect(await withdraw(namingId, '弄虚作假')).toMatchObject(refused('NAME_NOT_BORNE'));
  expect((await auditTrail(deps)).at(-1)).toMatchObject({
    ...{ action: 'withdrawStudioName', actor: admin.actor, targetId: id },
    ...{ before: { state: 'named' }, after: { state: 'withdrawn', reason: '弄虚作假' } },
  });
});

test('a name ends after the last day of its term', async () => {
  const { deps, named, advance, naming } = await aScene();
  const { id, namingId } = await named();
  expect(await naming(namingId)).toMatchObject({ endsOn: '2029-03-15' });
  deps.clock.set('2029-03-15T15:59:59.000Z');
  expect(await advance()).toBe(0);
  expect(await isStudioNamed(deps.db.manager, id)).toBe(true);
  deps.clock.set('2029-03-15T16:00:00.000Z');
  expect(await advance()).toBe(1);
  expect(await naming(namingId)).toMatchObject({ state: 'expired', endedOn: '2029-03-15' });
  expect(await isStudioNamed(deps.db.manager, id)).toBe(false);
});

test('a renewal is applied for in the last half year; the name before ends when the new one begins', async () => {
  const { deps, named, apply, publish, afterNotice, naming } = await aScene();
  const { id, namingId: first } = await named();
  deps.clock.set('2028-09-14T02:00:00.000Z');
  expect(await apply(id)).toMatchObject({ refusal: { code: 'NAMING_STANDS', at: 'level' } });
  deps.clock.set('2028-09-15T02:00:00.000Z');
  const second = accepted(await apply(id));
  expect(await naming(second)).toMatchObject({ renews: first, state: 'applied' });
  accepted(await publish([second]));
  expect(await naming(first)).toMatchObject({ state: 'named' });
  await afterNotice();
  expect(await naming(first)).toMatchObject({ state: 'expired', endedOn: '2028-09-28', endsOn: '2029-03-15' });
  expect(await naming(second)).toMatchObject({ state: 'named', namedOn: '2028-09-29', endsOn: '2031-09-28' });
});

test('a renewal that takes longer than the name lasts stands all the same', async () => {
  const { deps, named, apply, publish, advance, afterNotice, naming } = await aScene();
  const { id, namingId: first } = await named();
  deps.clock.set('2029-03-12T02:00:00.000Z');
  const second = accepted(await apply(id));
  deps.clock.set('2029-04-02T02:00:00.000Z');
  await advance();
  expect(await naming(first)).toMatchObject({ state: 'expired', endedOn: '2029-03-15' });
  accepted(await publish([second]));
  await afterNotice();
  expect(await naming(first)).toMatchObject({ endedOn: '2029-03-15' });
  expect(await naming(second)).toMatchObject({ state: 'named', renews: first });
});

import { expect, test } from 'vitest';
import { revokeEvent } from '../../../src/rules/corrections/revoke-event.ts';
import { moveMember } from '../../../src/unions/move-member.ts';
import { accepted, aKey, aMember, anAdmin, aUnion } from '../../unions/tree.ts';
import { aYear, EVERY_BIRTHDAY, forYears } from './world.ts';

/** The 20th of August 2026, with rules for all milestones in force for two months and today's run done. */
async function aLateSummer() {
  const year = await aYear('2026-06-20');
  await year.publish('生日', 'milestone.birthday', EVERY_BIRTHDAY);
  await year.publish('工龄', 'milestone.service', forYears('服务年数', 1, 10));
  await year.publish('会龄', 'milestone.membership', forYears('入会年数', 10));
  await year.skipTo('2026-08-20');
  await year.find();
  year.at('2026-08-20', '15:00');
  /** Takes back the one event that a member has. */
  const revoke = async (memberId: string) => {
    const [event] = await year.deps.db.query('SELECT id FROM activity_event WHERE member_id = ?', [memberId]);
    const admin = await anAdmin(year.deps, [year.unionId]);
    accepted(await revokeEvent(year.deps, admin, aKey(), { eventId: event.id, reason: '出生日期有误' }));
  };
  return { ...year, revoke };
}

test('who comes on the roll late gets the milestones of the 31 days before, and that day’s, once', async () => {
  const { deps, at, join, find, pay, days, balance } = await aLateSummer();
  const ann = await join({ birthDate: '1990-08-05', joinedOn: '2016-07-20', unionJoinedOn: '2016-08-20' });
  const bo = await join({ birthDate: '1990-07-20' });
  const cy = await join({ birthDate: '1990-07-19' });
  const dee = await join({ birthDate: '1990-08-21' });
  expect(await find()).toBe(0);
  at('2026-08-21');
  expect(await find()).toBe(5);
  at('2026-08-22');
  expect(await find()).toBe(0);
  await pay();
  expect(await days(ann)).toEqual(['2026-07-20', '2026-08-05', '2026-08-20']);
  expect([await days(bo), await days(cy), await days(dee)]).toEqual([['2026-07-20'], [], ['2026-08-21']]);
  expect(await balance(ann)).toBe(100 + 100 + 100);
  await expect(deps).toHaveCoherentLedger();
});

test('forty days without a process change nothing of what late members get', async () => {
  const { at, join, find, days } = await aLateSummer();
  const ann = await join({ birthDate: '1990-08-05' });
  at('2026-09-25', '15:00');
  const bo = await join({ birthDate: '1990-08-05' });
  const cy = await join({ birthDate: '1990-08-25' });
  at('2026-09-29');
  await find();
  expect([await days(ann), await days(bo), await days(cy)]).toEqual([['2026-08-05'], [], ['2026-08-25']]);
});

test('what a member lived before joining the union earns nothing', async () => {
  const { at, join, find, days } = await aLateSummer();
  const joinedThatDay = await join({ birthDate: '1990-08-05', unionJoinedOn: '2026-08-05' });
  const joinedLater = await join({ birthDate: '1990-08-05', joinedOn: '2025-08-05', unionJoinedOn: '2026-08-06' });
  const joinsSoon = await join({ birthDate: '1990-08-21', unionJoinedOn: '2026-09-01' });
  at('2026-08-21');
  await find();
  expect(await days(joinedThatDay)).toEqual(['2026-08-05']);
  expect([...(await days(joinedLater)), ...(await days(joinsSoon))]).toEqual([]);
});

test('whose row was written before the last run and committed after it is not missed', async () => {
  const { deps, at, unionId, find, days } = await aLateSummer();
  at('2026-08-20', '00:12');
  const slow = await aMember(deps, unionId, { birthDate: '1990-08-20' });
  at('2026-08-21');
  expect(await find()).toBe(1);
  expect(await days(slow)).toEqual(['2026-08-20']);
});

test('a birth date that is put right within the year does not make a second birthday of it', async () => {
  const { deps, at, skipTo, join, change, find, pay, days, balance } = await aLateSummer();
  const ann = await join({ birthDate: '1990-08-05' });
  at('2026-08-21');
  await find();
  await change(ann, 'birth_date', '1990-08-18');
  at('2026-08-22');
  await find();
  await change(ann, 'birth_date', '1990-12-24');
  for (const day of ['2026-12-24', '2027-12-24']) {
    await skipTo(day);
    await find();
  }
  await pay();
  expect(await days(ann)).toEqual(['2026-08-05', '2027-12-24']);
  expect(await balance(ann)).toBe(200);
  await expect(deps).toHaveCoherentLedger();
});

test('a member without a birth date gets the birthday of the weeks before once it is known', async () => {
  const { at, join, change, find, days } = await aLateSummer();
  const ann = await join({});
  at('2026-08-21');
  expect(await find()).toBe(0);
  await change(ann, 'birth_date', '1990-08-18');
  at('2026-08-22');
  expect(await find()).toBe(1);
  expect(await days(ann)).toEqual(['2026-08-18']);
});

test('who moves into the branch gets the milestones of the weeks before there', async () => {
  const { deps, at, unionId, find, days } = await aLateSummer();
  const elsewhere = await aUnion(deps, null, '外省总工会', 'province');
  const ann = await aMember(deps, elsewhere, { birthDate: '1990-08-18' });
  at('2026-08-25');
  expect(await find()).toBe(0);
  const admin = await anAdmin(deps, [unionId, elsewhere]);
  accepted(await moveMember(deps, admin, aKey(), { id: ann, unionId }));
  at('2026-08-26');
  expect(await find()).toBe(1);
  expect(await days(ann)).toEqual(['2026-08-18']);
});

test('a milestone that was taken back is not found again, but on another day it is', async () => {
  const { deps, at, join, change, find, pay, revoke, lived, balance } = await aLateSummer();
  const ann = await join({ birthDate: '1990-08-18' });
  at('2026-08-21');
  await find();
  await pay();
  await revoke(ann);
  await change(ann, 'name', '王晓明');
  at('2026-08-22');
  expect(await find()).toBe(0);
  expect(await balance(ann)).toBe(0);
  await change(ann, 'birth_date', '1990-08-19');
  at('2026-08-23');
  expect(await find()).toBe(1);
  await pay();
  expect(await lived(ann)).toMatchObject([
    { occurredOn: '2026-08-18', state: 'revoked' },
    { occurredOn: '2026-08-19', state: 'paid' },
  ]);
  expect(await balance(ann)).toBe(100);
  await expect(deps).toHaveCoherentLedger();
});

import { expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { revokeEvent } from '../../../src/rules/corrections/revoke-event.ts';
import { confirmChild } from '../../../src/unions/family/confirm-child.ts';
import { declareChild } from '../../../src/unions/family/declare-child.ts';
import { withdrawChild } from '../../../src/unions/family/withdraw-child.ts';
import { accepted, aKey, anAdmin, type Person } from '../../unions/tree.ts';
import { aYear, EVERY_CHILD } from './world.ts';

/** A day on which a rule for children who enter school is in force. */
async function aSchoolYear(day: string) {
  const year = await aYear(day);
  const { deps, unionId, join } = year;
  await year.publish('子女入学', 'milestone.school-entry', EVERY_CHILD);
  const admin = await anAdmin(deps, [unionId]);
  const confirm = async (childId: string) => accepted(await confirmChild(deps, admin, aKey(), { childId }));
  /** A member with children who are confirmed when not said otherwise. */
  const aParent = async (person: Person = {}) => {
    const memberId = await join(person);
    const permissions = new Set(['self']);
    const parent = { door: 'member', actor: `member:${memberId}`, memberId, sessionId: newId(), permissions } as const;
    const declare = async (birthDate: string, nameHint: string | null = null) =>
      accepted(await declareChild(deps, parent, aKey(), { birthDate, nameHint, consent: true }));
    const have = async (birthDate: string, nameHint: string | null = null) =>
      confirm(await declare(birthDate, nameHint));
    const withdraw = async (childId: string) => accepted(await withdrawChild(deps, parent, aKey(), { childId }));
    const children = async () => (await year.lived(memberId)).map((event) => event.attributes.子女);
    return { memberId, declare, have, withdraw, children };
  };
  return { ...year, admin, confirm, aParent };
}

test('children who are six enter school on the 1st of September, and nobody else’s do', async () => {
  const { deps, at, aParent, find, pay, lived, balance } = await aSchoolYear('2026-08-31');
  const { memberId, have, declare } = await aParent();
  await have('2019-08-31');
  await have('2019-09-01');
  await have('2020-08-31', '老三');
  await have('2020-09-01');
  await declare('2020-01-01');
  expect(await find()).toBe(0);
  at('2026-09-01');
  expect(await find()).toBe(2);
  at('2026-09-02');
  expect(await find()).toBe(0);
  await pay();
  const entered = { type: 'milestone.school-entry', occurredOn: '2026-09-01', state: 'paid' };
  expect(new Set(await lived(memberId))).toEqual(
    new Set([
      { ...entered, attributes: { 子女: '2019年9月生' } },
      { ...entered, attributes: { 子女: '2020年8月生（老三）' } },
    ]),
  );
  expect(await balance(memberId)).toBe(400);
  await expect(deps).toHaveCoherentLedger();
});

test('a child is paid for once consent and confirmation are there, to the end of the year', async () => {
  const { at, skipTo, confirm, aParent, find, lived } = await aSchoolYear('2026-08-31');
  const { memberId, declare } = await aParent();
  const [autumn, late] = [await declare('2020-03-07'), await declare('2020-03-08')];
  at('2026-09-01');
  expect(await find()).toBe(0);
  await skipTo('2026-12-31');
  await confirm(autumn);
  expect(await find()).toBe(1);
  await confirm(late);
  at('2027-01-01');
  expect(await find()).toBe(0);
  await skipTo('2027-09-01');
  expect(await find()).toBe(0);
  expect(await lived(memberId)).toMatchObject([{ occurredOn: '2026-09-01' }]);
});

test('a member who takes the consent back before it has no such milestone', async () => {
  const { at, aParent, find, count } = await aSchoolYear('2026-08-31');
  const { have, withdraw } = await aParent();
  await withdraw(await have('2020-03-07'));
  at('2026-09-01');
  expect(await find()).toBe(0);
  expect(await count('activity_event')).toBe(0);
});

test('children of a member who seem the same are paid for each, and each parent for her own', async () => {
  const { deps, at, aParent, find, pay, balance } = await aSchoolYear('2026-08-31');
  const mother = await aParent();
  const father = await aParent();
  for (const day of ['2020-03-07', '2020-03-08']) {
    await mother.have(day);
    await father.have(day);
  }
  at('2026-09-01');
  expect(await find()).toBe(4);
  await pay();
  const names = new Set(['2020年3月生', '2020年3月生之2']);
  expect(new Set(await mother.children())).toEqual(names);
  expect(new Set(await father.children())).toEqual(names);
  expect([await balance(mother.memberId), await balance(father.memberId)]).toEqual([400, 400]);
  await expect(deps).toHaveCoherentLedger();
});

test('a 1st of September without a process is made up for, in the next year too', async () => {
  const { at, aParent, find, days } = await aSchoolYear('2026-08-20');
  const { memberId, have } = await aParent();
  await have('2020-03-07');
  await find();
  at('2027-02-10');
  expect(await find()).toBe(1);
  expect(await days(memberId)).toEqual(['2026-09-01']);
});

test('who joined the union after the 1st of September, or has left it, has none', async () => {
  const { at, aParent, change, find } = await aSchoolYear('2026-08-31');
  const joined = await aParent({ unionJoinedOn: '2026-09-02' });
  await joined.have('2020-03-07');
  const left = await aParent();
  await left.have('2020-03-07');
  await change(left.memberId, 'state', 'left');
  at('2026-09-01');
  expect(await find()).toBe(0);
  at('2026-10-01');
  expect(await find()).toBe(0);
});

test('one that was taken back is not found again', async () => {
  const { deps, at, admin, aParent, find, pay, balance } = await aSchoolYear('2026-08-31');
  const { memberId, have } = await aParent();
  await have('2020-03-07');
  at('2026-09-01');
  await find();
  await pay();
  const [event] = await deps.db.query('SELECT id FROM activity_event');
  accepted(await revokeEvent(deps, admin, aKey(), { eventId: event.id, reason: '材料不实' }));
  at('2026-09-02');
  expect(await find()).toBe(0);
  expect(await balance(memberId)).toBe(0);
  await expect(deps).toHaveCoherentLedger();
});

import { expect, test } from 'vitest';
import { remindOfClaims } from '../../../src/rules/claims/remind-of-claims.ts';
import { findReminder } from '../../../src/rules/claims/reminders.ts';
import { countQueries } from '../../support/count-queries.ts';
import { members } from '../../support/ledger.ts';
import { fixed } from '../world.ts';
import { aBranch, aClaimsWorld } from './world.ts';

/** The morning of 3 August: approvers of the province, the works and a workshop of the works, and three claims that wait. */
async function aMorning() {
  const world = await aClaimsWorld();
  const { deps, unionId, works, publish, anApprover, submit, memberIds } = world;
  deps.clock.set('2026-07-27T02:00:00Z');
  await publish('乔迁', 'milestone.new-home', { ...fixed(100), approval: 'two_levels' });
  const province = { id: unionId, path: `/${unionId}/` };
  const workshop = await aBranch(deps, works.path);
  const [carl] = (await members(deps.db, workshop.id, 1)) as [string];
  const above = await anApprover(province);
  const atWorks = await anApprover(works);
  const atWorkshop = await anApprover(workshop);
  const auditor = await anApprover(works, { role: 'auditor' });
  const submitOn = async (now: string, ...claim: Parameters<typeof submit>) => {
    deps.clock.set(now);
    return submit(...claim);
  };
  await submitOn('2026-07-28T02:00:00Z', memberIds[0]!, { occurredOn: '2026-07-01' });
  await submitOn('2026-07-29T02:00:00Z', memberIds[1]!, { occurredOn: '2026-07-01' });
  await submitOn('2026-07-31T02:00:00Z', carl, { occurredOn: '2026-07-01' });
  deps.clock.set('2026-08-03T00:30:00Z');
  const reminder = (operatorId: string, day = '2026-08-03') => findReminder(deps.db.manager, operatorId, day);
  return { ...world, carl, province, workshop, above, atWorks, atWorkshop, auditor, reminder };
}

test('each approver is told how many claims of her branches wait, are due by tomorrow, and are overdue', async () => {
  const { deps, above, atWorks, atWorkshop, auditor, reminder } = await aMorning();
  expect(await remindOfClaims(deps)).toBe(3);
  const all = { day: '2026-08-03', waiting: 3, dueSoon: 1, overdue: 1 };
  expect(await reminder(above.operatorId)).toEqual(all);
  expect(await reminder(atWorks.operatorId)).toEqual(all);
  expect(await reminder(atWorkshop.operatorId)).toEqual({ day: '2026-08-03', waiting: 1, dueSoon: 0, overdue: 0 });
  expect(await reminder(auditor.operatorId)).toBeUndefined();
});

test('counting again, at once or by two machines, writes the same; and what was decided meanwhile goes', async () => {
  const { deps, carl, above, atWorks, atWorkshop, approve, reminder, count } = await aMorning();
  await remindOfClaims(deps);
  const before = await deps.db.query('SELECT * FROM claim_reminder ORDER BY operator_id');
  await Promise.all([1, 2, 3].map(() => remindOfClaims(deps)));
  expect(await deps.db.query('SELECT * FROM claim_reminder ORDER BY operator_id')).toEqual(before);
  const [{ id }] = await deps.db.query('SELECT id FROM claim WHERE member_id = ?', [carl]);
  await approve(id, atWorkshop);
  expect(await remindOfClaims(deps)).toBe(2);
  expect(await reminder(atWorkshop.operatorId)).toBeUndefined();
  expect(await reminder(above.operatorId)).toMatchObject({ waiting: 2 });
  deps.clock.advance({ days: 1 });
  await remindOfClaims(deps);
  expect(await reminder(atWorks.operatorId, '2026-08-04')).toMatchObject({ waiting: 2, dueSoon: 0, overdue: 2 });
  expect(await count('claim_reminder')).toBe(4);
});

test('a claim that was passed on waits for the union of the programme, and not for who passed it on', async () => {
  const world = await aMorning();
  const { deps, province, memberIds, above, atWorks, anApprover, submit, approve, reminder } = world;
  const colleague = await anApprover(province);
  await approve(await submit(memberIds[0]!, { eventType: 'milestone.new-home' }), above);
  await remindOfClaims(deps);
  expect(await reminder(atWorks.operatorId)).toMatchObject({ waiting: 3 });
  expect(await reminder(above.operatorId)).toMatchObject({ waiting: 3 });
  expect(await reminder(colleague.operatorId)).toMatchObject({ waiting: 4 });
});

test('an approver with several roles in the branch counts a claim once, and a disabled one is not reminded', async () => {
  const { deps, works, above, atWorks, reminder } = await aMorning();
  await deps.db.query('INSERT INTO admin_role (operator_id, union_id, role) VALUES (?, ?, ?)', [
    above.operatorId,
    works.id,
    'programme-admin',
  ]);
  await deps.db.query('UPDATE operator SET disabled_at = ? WHERE id = ?', [deps.clock.now(), atWorks.operatorId]);
  await remindOfClaims(deps);
  expect(await reminder(above.operatorId)).toMatchObject({ waiting: 3 });
  expect(await reminder(atWorks.operatorId)).toBeUndefined();
});

test('counting takes as many statements for thirty approvers as for three', async () => {
  const { deps, workshop, anApprover } = await aMorning();
  const few = await countQueries(deps.db, () => remindOfClaims(deps));
  for (let i = 0; i < 30; i++) await anApprover(workshop);
  expect(await countQueries(deps.db, () => remindOfClaims(deps))).toBe(few);
});

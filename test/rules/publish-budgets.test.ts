import { expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { accrue } from '../../src/rules/accrue.ts';
import type { RuleDraft } from '../../src/rules/definition.ts';
import { retireRule } from '../../src/rules/retire-rule.ts';
import { members } from '../support/ledger.ts';
import { accepted, aWorld, fixed } from './world.ts';

/** A programme whose union has two branches with members in each. */
async function aBranchedWorld() {
  const world = await aWorld();
  const { db, clock } = world.deps;
  const branch = async (name: string) => {
    const id = newId();
    await db.query('INSERT INTO union_node (id, parent_id, name, kind, path, created_at) VALUES (?)', [
      [id, world.unionId, name, 'grass_roots', `/${world.unionId}/${id}/`, clock.now()],
    ]);
    return { id, memberIds: await members(db, id, 3) };
  };
  const awarded = async (): Promise<Record<string, number>> => {
    const rows: { branch_id: string; awarded: number }[] = await db.query('SELECT branch_id, awarded FROM rule_budget');
    return Object.fromEntries(rows.map((row) => [row.branch_id || 'all', Number(row.awarded)]));
  };
  return { ...world, cabin: await branch('客舱部工会'), ground: await branch('地面服务部工会'), awarded };
}

const budgeted = (total: number | null, ...branches: [string, number][]): RuleDraft => ({
  ...fixed(10),
  budget: { total, branches: branches.map(([unionId, points]) => ({ unionId, points })) },
});

test('a rule that gets a budget late counts from then on what it gave before, in all and in each branch', async () => {
  const { deps, publish, publishNext, earn, event, cabin, ground, memberIds, awarded } = await aBranchedWorld();
  const ruleId = await publish('分会荣誉', 'honour', fixed(10));
  await earn(...[...cabin.memberIds, ...ground.memberIds.slice(1), memberIds[0]!].map((id) => event(id, 'honour')));
  expect(await awarded()).toEqual({});
  accepted(await publishNext(ruleId, budgeted(1000, [cabin.id, 100])));
  expect(await awarded()).toEqual({ all: 60, [cabin.id]: 30 });
  await earn(event(cabin.memberIds[0]!, 'honour', { reference: '二' }));
  accepted(await publishNext(ruleId, budgeted(null, [ground.id, 100])));
  expect(await awarded()).toEqual({ all: 70, [cabin.id]: 40, [ground.id]: 20 });
  await expect(deps).toHaveCoherentLedger();
});

test('what was given while a budget was being published is counted once', async () => {
  const { deps, publish, publishNext, record, event, cabin, awarded, count } = await aBranchedWorld();
  const ruleId = await publish('分会荣誉', 'honour', fixed(10));
  const { eventIds } = await record(
    ...Array.from({ length: 24 }, (_, i) => event(cabin.memberIds[i % 3]!, 'honour', { reference: `第${i}件` })),
  );
  await Promise.all([
    ...eventIds.map((id) => accrue(deps, [id])),
    publishNext(ruleId, budgeted(1000, [cabin.id, 1000])).then(accepted),
  ]);
  expect(await count('accrual')).toBe(24);
  expect(await awarded()).toEqual({ all: 240, [cabin.id]: 240 });
  await expect(deps).toHaveCoherentLedger();
});

test('events that wait for a budget are judged again by the next version, or without a rule that is retired', async () => {
  const { deps, caller, publish, publishNext, earn, event, cabin, states, outbox } = await aBranchedWorld();
  const ruleId = await publish('分会荣誉', 'honour', budgeted(15));
  const events = await earn(...cabin.memberIds.map((id) => event(id, 'honour')));
  expect(await states(events)).toEqual(['paid', 'over_budget', 'over_budget']);
  const waking = async () => (await outbox()).filter(({ job }) => job === 'pay-waiting').length;
  expect(await waking()).toBe(0);
  accepted(await publishNext(ruleId, budgeted(25)));
  expect(await waking()).toBe(1);
  await accrue(deps, events);
  expect(await states(events)).toEqual(['paid', 'paid', 'over_budget']);
  accepted(await retireRule(deps, caller, newId(), { ruleId }));
  expect(await waking()).toBe(2);
  await accrue(deps, events);
  expect(await states(events)).toEqual(['paid', 'paid', 'no_award']);
  await expect(deps).toHaveCoherentLedger();
});

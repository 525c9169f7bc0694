import { expect, test } from 'vitest';
import { aWorld, DEGREE, fixed } from './world.ts';

/** The happiness account as the airline's branch union runs it: what the table says is what members get. */
const RULES = [
  ['职业资格证书', 'certificate', certificate()],
  ['学历提升', 'degree', DEGREE],
  ['分会荣誉', 'honour', fixed(1000)],
  ['结婚', 'milestone.marriage', fixed(200, { kind: 'ever' })],
  ['生育', 'milestone.childbirth', fixed(200, { kind: 'values', attributes: ['子女'] })],
  ['子女入学', 'milestone.school-entry', fixed(200, { kind: 'values', attributes: ['子女'] })],
  ['乔迁', 'milestone.new-home', fixed(200)],
] as const;

function certificate() {
  const award = { kind: 'tiered' as const, attribute: '等级', tiers: [{ value: '初级', points: 500 }] };
  return { award, occurrence: { kind: 'values' as const, attributes: ['证书'] } };
}

async function happiness() {
  const world = await aWorld();
  for (const [name, type, definition] of RULES) await world.publish(name, type, definition);
  return world;
}

test.each([
  ['certificate', { 等级: '初级', 证书: '电工证' }, 500],
  ['degree', { 学历层次: '本科' }, 2000],
  ['honour', {}, 1000],
  ['milestone.marriage', {}, 200],
  ['milestone.childbirth', { 子女: '一孩' }, 200],
  ['milestone.school-entry', { 子女: '一孩' }, 200],
  ['milestone.new-home', {}, 200],
] as const)('%s earns what the table says', async (type, attributes, points) => {
  const { deps, memberIds, event, earn, balance, states } = await happiness();
  const [ann, bob] = memberIds as [string, string];
  const eventIds = await earn(event(ann, type, { attributes }));
  expect(await balance(ann)).toBe(points);
  expect(await balance(bob)).toBe(0);
  expect(await states(eventIds)).toEqual(['paid']);
  await expect(deps).toHaveCoherentLedger();
});

test('a degree pays once for each level and a second honour pays again', async () => {
  const { deps, memberIds, event, earn, balance, states } = await happiness();
  const [ann] = memberIds as [string];
  const eventIds = await earn(
    event(ann, 'degree', { attributes: { 学历层次: '大专' }, occurredOn: '2019-07-01' }),
    event(ann, 'degree', { attributes: { 学历层次: '本科' }, occurredOn: '2023-07-01' }),
    event(ann, 'degree', { attributes: { 学历层次: '本科' }, occurredOn: '2025-07-01' }),
    event(ann, 'honour', { occurredOn: '2025-05-01' }),
    event(ann, 'honour', { occurredOn: '2026-05-01' }),
  );
  expect(await balance(ann)).toBe(2000 + 2000 + 1000 + 1000);
  expect(await states(eventIds)).toEqual(['paid', 'paid', 'repeated', 'paid', 'paid']);
  const again = await earn(event(ann, 'degree', { attributes: { 学历层次: '大专' }, occurredOn: '2020-01-01' }));
  expect(await states(again)).toEqual(['repeated']);
  expect(await balance(ann)).toBe(6000);
  await expect(deps).toHaveCoherentLedger();
});

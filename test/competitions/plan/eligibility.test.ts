import { expect, test } from 'vitest';
import type { Entrant } from '../../../src/competitions/plan/competition.entity.ts';
import { checkEligibility, obstacle } from '../../../src/competitions/plan/eligibility.ts';
import {
  askedOfEntrant,
  firmOfMember,
  firmsEntering,
  membersEntering,
} from '../../../src/competitions/plan/entrants.ts';
import type { Condition } from '../../../src/rules/conditions.ts';
import { describeFirm } from '../../../src/unions/firms/describe-firm.ts';
import { recordSkill } from '../../../src/unions/skill/record-skill.ts';
import { tagMembers } from '../../../src/unions/tag-members.ts';
import { countQueries } from '../../support/count-queries.ts';
import { accepted, aKey, aMember, aUnion } from '../../unions/tree.ts';
import { aPlanningWorld } from './world.ts';

const TODAY = '2026-02-01';
const attribute = (name: string, is: 'equal' | 'at_least', value: string | number): Condition => ({
  kind: 'attribute',
  attribute: name,
  is,
  values: [value],
});
const fact = (name: 'age' | 'service_years' | 'occurred_on', value: number | string): Condition => ({
  kind: 'fact',
  fact: name,
  is: 'at_least',
  values: [value],
});

/** A welder of a workshop of the eastern works, a little giant; nothing is known of the western works. */
async function aRegion() {
  const world = await aPlanningWorld();
  const { deps, admin, eastWorks } = world;
  const workshop = await aUnion(deps, eastWorks, '一车间工会', 'grass-roots');
  const person = { sex: 'female', birthDate: '1990-02-01', joinedOn: '2020-02-02' };
  const memberId = await aMember(deps, workshop, person);
  const firm = { firmType: 'little_giant', ownership: 'private', trade: '装备制造', employees: 240 } as const;
  accepted(await describeFirm(deps, admin, aKey(), { unionId: eastWorks, ...firm }));
  for (const [trade, level] of [
    ['焊工', 3],
    ['钳工', 4],
  ] as const)
    accepted(await recordSkill(deps, admin, aKey(), { memberId, trade, level, since: '2024-05-01' }));
  accepted(await tagMembers(deps, admin, aKey(), { tag: '劳模', memberIds: [memberId] }));
  const asked = async (trade: string | null = null, id = memberId) =>
    askedOfEntrant((await membersEntering(deps.db.manager, [id])).get(id)!, TODAY, trade);
  return { ...world, workshop, memberId, asked };
}

test('a member is asked about her firm, her skill in the trade, and what is on record of herself', async () => {
  const { east, west, asked } = await aRegion();
  const holds = [
    attribute('企业类型', 'equal', '小巨人'),
    attribute('企业性质', 'equal', '民营'),
    attribute('行业', 'equal', '装备制造'),
    attribute('职工人数', 'at_least', 240),
    attribute('技能等级', 'at_least', 4),
    fact('age', 36),
    fact('service_years', 5),
    { kind: 'branch', unionIds: [west, east] },
    { kind: 'tag', tags: ['劳模'] },
  ] satisfies Condition[];
  const member = await asked();
  for (const one of holds) expect(obstacle([one], member), JSON.stringify(one)).toBeUndefined();
  for (const one of [
    attribute('企业类型', 'equal', '专精特新'),
    fact('service_years', 6),
    { kind: 'not', condition: holds[0]! },
  ] satisfies Condition[])
    expect(obstacle([one], member)?.zh).toContain('目前不符合');
});

test('the level of skill is that of the trade of the competition, and of any trade when it names none', async () => {
  const { asked } = await aRegion();
  const technician = [attribute('技能等级', 'at_least', 4)];
  expect(obstacle(technician, await asked('钳工'))).toBeUndefined();
  expect(obstacle(technician, await asked(null))).toBeUndefined();
  expect(obstacle(technician, await asked('焊工'))?.zh).toBe('须技能等级不少于 4，目前不符合。');
  expect(obstacle(technician, await asked('电工'))?.zh).toContain('未登记');
});

test('the first condition that fails is told, of the competition before the division', async () => {
  const { asked, east, west } = await aRegion();
  const names = new Map([[west, '西市总工会']]);
  const wanted: Condition = { kind: 'all', conditions: [{ kind: 'branch', unionIds: [west] }, fact('age', 60)] };
  expect(obstacle([null, wanted], await asked(), names)?.zh).toBe('须属于西市总工会，目前不符合。');
  expect(obstacle([fact('age', 60), wanted], await asked(), names)?.zh).toBe('须年龄不少于 60 岁，目前不符合。');
  expect(obstacle([null, null, { kind: 'branch', unionIds: [east] }], await asked(), names)).toBeUndefined();
});

test('what is not on record holds for nobody, and says so', async () => {
  const { deps, westWorks, asked } = await aRegion();
  const stranger = await aMember(deps, westWorks);
  const giant = attribute('企业类型', 'equal', '小巨人');
  for (const one of [giant, { kind: 'not', condition: giant } satisfies Condition])
    expect(obstacle([one], await asked(null, stranger))?.zh).toContain('请联系工会补登');
});

test('a firm is asked about itself, also as the firm of a member', async () => {
  const { deps, eastWorks, westWorks, workshop, memberId } = await aRegion();
  const firms = await firmsEntering(deps.db.manager, [eastWorks, westWorks]);
  const giant = attribute('企业类型', 'equal', '小巨人');
  const asked = (id: string) => askedOfEntrant(firms.get(id)!, TODAY, null);
  expect(obstacle([giant], asked(eastWorks))).toBeUndefined();
  expect(obstacle([giant], asked(westWorks))).toBeDefined();
  const member = (await membersEntering(deps.db.manager, [memberId])).get(memberId)!;
  expect(askedOfEntrant(firmOfMember(member), TODAY, null)).toEqual(asked(eastWorks));
  expect(
    obstacle([{ kind: 'branch', unionIds: [workshop] }], askedOfEntrant(firmOfMember(member), TODAY, null)),
  ).toBeDefined();
});

test('what is on record of many members is read in as many statements as of one', async () => {
  const { deps, eastWorks, westWorks, memberId } = await aRegion();
  const many = [memberId, ...(await Promise.all([eastWorks, westWorks].map((id) => aMember(deps, id))))];
  const one = await countQueries(deps.db, () => membersEntering(deps.db.manager, [memberId]));
  expect(await countQueries(deps.db, () => membersEntering(deps.db.manager, many))).toBe(one);
});

test.for<[string, string, Entrant, Condition]>([
  ['ELIGIBILITY_NOT_ASKABLE', 'at.attribute.name', 'individual', attribute('学历', 'equal', '本科')],
  ['ELIGIBILITY_NOT_ASKABLE', 'at.attribute.name', 'firm', attribute('技能等级', 'at_least', 3)],
  ['ELIGIBILITY_NOT_ASKABLE', 'at.fact.fact', 'firm', fact('age', 30)],
  ['ELIGIBILITY_NOT_ASKABLE', 'at.tags', 'firm', { kind: 'tag', tags: ['劳模'] }],
  ['ELIGIBILITY_NOT_ASKABLE', 'at.fact.fact', 'team', fact('occurred_on', '2026-01-01')],
  ['CONDITION_VALUE', 'at.attribute.values.0', 'firm', attribute('企业类型', 'equal', '独角兽')],
  [
    'CONDITION_VALUE',
    'at.all.0.attribute.values.0',
    'team',
    { kind: 'all', conditions: [attribute('职工人数', 'equal', '很多')] },
  ],
  ['ATTRIBUTE_KIND', 'at.attribute.is', 'firm', attribute('行业', 'at_least', '制造')],
  ['CONDITION_MALFORMED', 'at.all', 'team', { kind: 'all', conditions: [] }],
])('%s at %s: nobody could be asked that of a %s', ([code, at, entrant, condition]) => {
  const checked = checkEligibility(condition, entrant, 'at');
  expect(checked).toMatchObject({ ok: false, refusal: { code, at } });
});

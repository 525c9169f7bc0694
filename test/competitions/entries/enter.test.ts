import { beforeEach, expect, test } from 'vitest';
import { enterFirm } from '../../../src/competitions/entries/enter-firm.ts';
import { Entry } from '../../../src/competitions/entries/entry.entity.ts';
import { EntryMember } from '../../../src/competitions/entries/entry-member.entity.ts';
import { entriesOf } from '../../../src/competitions/entries/queries.ts';
import { withdrawEntry, withdrawOwnEntry } from '../../../src/competitions/entries/withdraw-entry.ts';
import { cancelCompetition } from '../../../src/competitions/plan/cancel-competition.ts';
import { FIRM_TYPE, SKILL_LEVEL } from '../../../src/competitions/plan/eligibility.ts';
import { Stage } from '../../../src/competitions/plan/stage.entity.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { recordSkillLevels } from '../../../src/unions/skill/record-skill-levels.ts';
import { accepted, aKey, anAdmin, aUnion, auditTrail, refused } from '../../unions/tree.ts';
import { aFinal, aHeat } from '../plan/world.ts';
import { aCompetition, aPerson, aScene, enter, type Scene, whoIsIn } from './world.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await aScene();
});

const all = { first: 100, after: undefined };
const entryOf = (id: string) => scene.deps.db.manager.findOneByOrFail(Entry, { id });

test('a member enters: the entry is of her firm, begins at the stage of the nearest union, and notes what she is that day', async () => {
  const { deps, east, eastWorks, province } = scene;
  const stages = [
    aFinal(province),
    aHeat(east),
    aHeat(province, { name: '省直赛', round: 'semi_final', level: 'city' }),
  ];
  const competitionId = await aCompetition(scene, { stages });
  const workshop = await aUnion(deps, eastWorks, '一车间', 'grass-roots');
  const person = await aPerson(scene, workshop, { sex: 'female', birthDate: '1990-03-16' });
  const level = { memberId: person.memberId, trade: '焊工', level: 3 as const, since: '2025-01-01' };
  await inTransaction(deps.db, (tx) =>
    recordSkillLevels(tx, [{ ...level, source: 'declared', causeId: null }], deps.clock.now()),
  );
  const id = accepted(await enter(deps, person, competitionId));
  const heat = await deps.db.manager.findOneByOrFail(Stage, { competitionId, number: 2 });
  expect(await entryOf(id)).toMatchObject({
    competitionId,
    divisionId: null,
    stageId: heat.id,
    unionId: eastWorks,
    kind: 'individual',
    name: person.name,
    state: 'entered',
    firmType: 'little_giant',
    enteredBy: person.caller.actor,
    enteredAt: deps.clock.now(),
  });
  expect(await deps.db.manager.findBy(EntryMember, { entryId: id })).toMatchObject([
    { memberId: person.memberId, role: 'member', sex: 'female', age: 35, skillLevel: 3, leftAt: null },
  ]);
});

test('the server’s clock decides: not before the opening, not at the deadline nor after it', async () => {
  const { deps, eastWorks } = scene;
  const competitionId = await aCompetition(scene);
  const person = await aPerson(scene, eastWorks);
  const at = (iso: string) => {
    deps.clock.set(iso);
    return enter(deps, person, competitionId);
  };
  expect(await at('2026-02-28T15:59:59.999Z')).toMatchObject(refused('ENTRY_NOT_OPEN'));
  expect(await at('2026-03-31T16:00:00.000Z')).toMatchObject(refused('ENTRY_CLOSED'));
  expect(await whoIsIn(deps, competitionId)).toEqual([]);
  accepted(await at('2026-03-31T15:59:59.999Z'));
});

test('who is not eligible is told the condition; a gap in the records lets nobody in', async () => {
  const { deps, eastWorks, westWorks } = scene;
  const giants = { kind: 'attribute', attribute: FIRM_TYPE, is: 'equal', values: ['小巨人'] } as const;
  const skilled = { kind: 'attribute', attribute: SKILL_LEVEL, is: 'at_least', values: [3] } as const;
  const competitionId = await aCompetition(scene, {
    eligibility: { ...giants, values: ['小巨人'] },
    divisions: [
      { name: '基础组', trade: null, eligibility: null },
      { name: '特色组', trade: null, eligibility: { ...skilled, values: [3] } },
    ],
    stages: [aFinal(scene.province, { division: 1 }), aFinal(scene.province, { division: 2 })],
  });
  const divisions: { id: string }[] = await deps.db.query(
    'SELECT id FROM competition_division WHERE competition_id = ? ORDER BY number',
    [competitionId],
  );
  const [basic, special] = divisions.map(({ id }) => id) as [string, string];
  const person = await aPerson(scene, eastWorks);
  const other = await aPerson(scene, westWorks);
  const kept = await enter(deps, other, competitionId, basic);
  expect(kept).toMatchObject({ refusal: { code: 'NOT_ELIGIBLE', message: { zh: expect.stringContaining('小巨人') } } });
  expect(await enter(deps, person, competitionId, special)).toMatchObject(refused('NOT_ELIGIBLE'));
  expect(await enter(deps, person, competitionId, null)).toMatchObject(refused('DIVISION_UNKNOWN'));
  expect(await enter(deps, person, competitionId, competitionId)).toMatchObject(refused('DIVISION_UNKNOWN'));
  accepted(await enter(deps, person, competitionId, basic));
  expect(await whoIsIn(deps, competitionId)).toEqual([`${person.name} member`]);
});

test('a competition of another branch, a draft and one without a stage for the union are not entered', async () => {
  const { deps, east, province, westWorks } = scene;
  const person = await aPerson(scene, westWorks);
  const competitionId = await aCompetition(scene, { stages: [aFinal(province), aHeat(east)] });
  expect(await enter(deps, person, competitionId)).toMatchObject(refused('NO_STAGE_HERE'));
  const stranger = await aPerson(scene, await aUnion(deps, null, '邻省总工会', 'province'));
  expect(await enter(deps, stranger, competitionId)).toMatchObject(refused('COMPETITION_UNKNOWN'));
  const frozen = await aPerson(scene, scene.eastWorks, { state: 'frozen' });
  expect(await enter(deps, frozen, competitionId)).toMatchObject(refused('MEMBER_NOT_ACTIVE'));
  accepted(await cancelCompetition(deps, scene.caller, aKey(), { competitionId, reason: '经费未到位' }));
  const late = await aPerson(scene, scene.eastWorks);
  expect(await enter(deps, late, competitionId)).toMatchObject(refused('COMPETITION_OVER'));
});

test('of ten entries of one member at once one stands', async () => {
  const { deps, eastWorks } = scene;
  const competitionId = await aCompetition(scene);
  const person = await aPerson(scene, eastWorks);
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => enter(deps, person, competitionId)));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.filter(({ ok }) => !ok)).toMatchObject(Array(9).fill(refused('ALREADY_ENTERED')));
  expect(await whoIsIn(deps, competitionId)).toEqual([`${person.name} member`]);
});

test('who withdraws before the deadline of changes is free to enter anew, under another number', async () => {
  const { deps, eastWorks, westWorks } = scene;
  const competitionId = await aCompetition(scene);
  const person = await aPerson(scene, eastWorks);
  const entryId = accepted(await enter(deps, person, competitionId));
  const other = await aPerson(scene, westWorks);
  const withdraw = ({ caller } = person) => withdrawOwnEntry(deps, caller, aKey(), { entryId });
  expect(await withdraw(other)).toMatchObject(refused('ENTRY_UNKNOWN'));
  accepted(await withdraw());
  expect(await withdraw()).toMatchObject(refused('ENTRY_WITHDRAWN'));
  expect(await entryOf(entryId)).toMatchObject({ state: 'withdrawn', withdrawnBy: person.caller.actor });
  expect(await whoIsIn(deps, competitionId)).toEqual([]);
  const again = accepted(await enter(deps, person, competitionId));
  expect((await entryOf(again)).number).not.toBe((await entryOf(entryId)).number);
  deps.clock.set('2026-04-14T16:00:00.000Z');
  const late = withdrawOwnEntry(deps, person.caller, aKey(), { entryId: again });
  expect(await late).toMatchObject(refused('CHANGES_CLOSED'));
  expect(await whoIsIn(deps, competitionId)).toEqual([`${person.name} member`]);
});

test('an admin withdraws entries of her branch alone, and it is in the audit trail', async () => {
  const { deps, east, west, eastWorks } = scene;
  const competitionId = await aCompetition(scene);
  const entryId = accepted(await enter(deps, await aPerson(scene, eastWorks), competitionId));
  const western = await anAdmin(deps, [west]);
  expect(await withdrawEntry(deps, western, aKey(), { entryId })).toMatchObject(refused('ENTRY_UNKNOWN'));
  const reader = await anAdmin(deps, [east], ['competitions:read']);
  expect(await withdrawEntry(deps, reader, aKey(), { entryId })).toMatchObject(refused('ENTRY_UNKNOWN'));
  const eastern = await anAdmin(deps, [east]);
  accepted(await withdrawEntry(deps, eastern, aKey(), { entryId }));
  expect((await auditTrail(deps)).at(-1)).toMatchObject({
    actor: eastern.actor,
    action: 'withdrawEntry',
    targetId: entryId,
    unionId: eastWorks,
  });
});

test('a firm is entered once by an admin of its own, when it is described and eligible', async () => {
  const { deps, east, eastWorks, westWorks } = scene;
  const eligibility = { kind: 'attribute', attribute: FIRM_TYPE, is: 'equal', values: ['小巨人'] } as const;
  const competitionId = await aCompetition(scene, {
    entrant: 'firm',
    trade: null,
    eligibility: { ...eligibility, values: ['小巨人'] },
  });
  const ofFirm = await anAdmin(deps, [eastWorks]);
  const given = (unionId: string) => ({ competitionId, divisionId: null, unionId });
  expect(await enterFirm(deps, ofFirm, aKey(), given(westWorks))).toMatchObject(refused('UNION_UNKNOWN'));
  expect(await enterFirm(deps, scene.caller, aKey(), given(east))).toMatchObject(refused('FIRM_NOT_DESCRIBED'));
  expect(await enterFirm(deps, scene.caller, aKey(), given(westWorks))).toMatchObject(refused('NOT_ELIGIBLE'));
  const outcomes = await Promise.all([1, 2, 3].map(() => enterFirm(deps, ofFirm, aKey(), given(eastWorks))));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.filter(({ ok }) => !ok)).toHaveLength(2);
  const page = await entriesOf(deps.db.manager, { competitionId }, all);
  expect(page.items).toMatchObject([{ unionId: eastWorks, kind: 'firm', name: '东厂工会', firmType: 'little_giant' }]);
  const person = await aPerson(scene, eastWorks);
  expect(await enter(deps, person, competitionId)).toMatchObject(refused('ENTRANT_OTHER'));
});

test('entries are listed by branch, stage and division, page after page', async () => {
  const { deps, east, province, eastWorks, westWorks } = scene;
  const competitionId = await aCompetition(scene, { stages: [aFinal(province), aHeat(east), aHeat(scene.west)] });
  const ids: string[] = [];
  for (const union of [eastWorks, westWorks, eastWorks])
    ids.push(accepted(await enter(deps, await aPerson(scene, union), competitionId)));
  const list = async (filter: object, page = all) =>
    (await entriesOf(deps.db.manager, { competitionId, ...filter }, page)).items.map(({ id }) => id);
  expect(await list({})).toEqual(ids);
  expect(await list({}, { first: 1, after: ids[0] as undefined })).toEqual([ids[1]]);
  expect(await list({ divisionId: null })).toEqual(ids);
  expect(await list({ unionPaths: [`/${province}/${east}/`] })).toEqual([ids[0], ids[2]]);
  const { stageId } = await entryOf(ids[1]!);
  expect(await list({ stageId })).toEqual([ids[1]]);
  expect(await list({ state: 'withdrawn' })).toEqual([]);
});

import { beforeEach, expect, test } from 'vitest';
import { EntryMember } from '../../../src/competitions/entries/entry-member.entity.ts';
import { substituteColleague, substituteMember } from '../../../src/competitions/entries/substitute-member.ts';
import { withdrawOwnEntry } from '../../../src/competitions/entries/withdraw-entry.ts';
import { accepted, aKey, auditTrail, refused } from '../../unions/tree.ts';
import { aCompetition, aPerson, aScene, enterTeamOf, type Scene, type SomePerson, TEAMS, whoIsIn } from './world.ts';

let scene: Scene;
let competitionId: string;
let people: SomePerson[];

beforeEach(async () => {
  scene = await aScene();
  competitionId = await aCompetition(scene, TEAMS);
  people = [];
  for (let i = 0; i < 5; i++) people.push(await aPerson(scene, scene.eastWorks, { name: `队员${i}` }));
});

const refusedAt = (code: string, at: string) => ({ ok: false, refusal: { code, at } });

/** The part of a person in an entry. */
async function partOf(entryId: string, { memberId }: SomePerson): Promise<string> {
  const parts = await scene.deps.db.manager.findBy(EntryMember, { entryId, memberId });
  return parts.find(({ leftAt }) => leftAt === null)!.id;
}

test('a captain enters a team of colleagues, whom she names by name and staff number', async () => {
  const { deps } = scene;
  const [captain, ...others] = people as [SomePerson, ...SomePerson[]];
  accepted(await enterTeamOf(deps, captain, competitionId, others.slice(0, 3), { substitutes: 1 }));
  expect(await whoIsIn(deps, competitionId)).toEqual([
    '队员0 captain',
    '队员1 member',
    '队员2 member',
    '队员3 substitute',
  ]);
});

test('a team under strength or above it, or with a person twice, is refused and nobody of it has entered', async () => {
  const { deps, westWorks } = scene;
  const [captain, one, two, three, four] = people as [SomePerson, SomePerson, SomePerson, SomePerson, SomePerson];
  const team = (colleagues: SomePerson[], fields = {}) => enterTeamOf(deps, captain, competitionId, colleagues, fields);
  expect(await team([])).toMatchObject(refusedAt('TEAM_UNDER_STRENGTH', 'colleagues'));
  expect(await team([one], { substitutes: 1 })).toMatchObject(refusedAt('TEAM_UNDER_STRENGTH', 'colleagues'));
  expect(await team([one, two, three])).toMatchObject(refusedAt('TEAM_TOO_LARGE', 'colleagues'));
  const crowd = [one, two, three, four];
  expect(await team(crowd, { substitutes: 2 })).toMatchObject(refusedAt('SUBSTITUTES_TOO_MANY', 'colleagues'));
  expect(await team([one, one])).toMatchObject(refusedAt('MEMBER_REPEATED', 'colleagues.1'));
  const stranger = await aPerson(scene, westWorks);
  expect(await team([one, stranger])).toMatchObject(refusedAt('COLLEAGUE_UNKNOWN', 'colleagues.1'));
  expect(await team([{ ...one, name: '别人' }])).toMatchObject(refusedAt('COLLEAGUE_UNKNOWN', 'colleagues.0'));
  expect(await team([one], { name: ' 队 ' })).toMatchObject(refusedAt('TEAM_NAME_MALFORMED', 'name'));
  expect(await whoIsIn(deps, competitionId)).toEqual([]);
});

test('nobody is in two teams, also when both are entered at the same moment', async () => {
  const { deps } = scene;
  const [first, second, shared] = people as [SomePerson, SomePerson, SomePerson];
  const outcomes = await Promise.all(
    [first, second].map((captain) => enterTeamOf(deps, captain, competitionId, [shared])),
  );
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.find(({ ok }) => !ok)).toMatchObject(refusedAt('ALREADY_ENTERED', 'colleagues.0'));
  expect(await whoIsIn(deps, competitionId)).toHaveLength(2);
});

test('a captain has a member substituted by a colleague, a substitute or herself replaced, until the deadline', async () => {
  const { deps } = scene;
  const [captain, one, two, three, four] = people as [SomePerson, SomePerson, SomePerson, SomePerson, SomePerson];
  const entryId = accepted(await enterTeamOf(deps, captain, competitionId, [one, two], { substitutes: 1 }));
  const exchange = async (out: SomePerson, { name, staffNumber }: SomePerson, by = captain) => {
    const outId = await partOf(entryId, out);
    return substituteColleague(deps, by.caller, aKey(), { entryId, outId, name, staffNumber });
  };
  accepted(await exchange(one, three));
  expect(await whoIsIn(deps, competitionId)).toEqual(['队员0 captain', '队员2 substitute', '队员3 member']);
  accepted(await exchange(three, two));
  expect(await whoIsIn(deps, competitionId)).toEqual(['队员0 captain', '队员2 member']);
  expect(await exchange(two, captain)).toMatchObject(refused('MEMBER_REPEATED'));
  expect(await exchange(two, one, two)).toMatchObject(refused('ENTRY_UNKNOWN'));
  accepted(await exchange(captain, four));
  expect(await whoIsIn(deps, competitionId)).toEqual(['队员2 member', '队员4 captain']);
  expect(await exchange(two, one)).toMatchObject(refused('ENTRY_UNKNOWN'));
  deps.clock.set('2026-04-15T00:00:00+08:00');
  expect(await exchange(two, one, four)).toMatchObject(refused('CHANGES_CLOSED'));
});

test('who comes in by substitution is judged like all others', async () => {
  const { deps, caller, westWorks } = scene;
  const [captain, one, other, mate] = people as [SomePerson, SomePerson, SomePerson, SomePerson];
  const entryId = accepted(await enterTeamOf(deps, captain, competitionId, [one]));
  accepted(await enterTeamOf(deps, other, competitionId, [mate], { name: '二队' }));
  const outId = await partOf(entryId, one);
  const exchange = ({ memberId }: SomePerson) => substituteMember(deps, caller, aKey(), { entryId, outId, memberId });
  expect(await exchange(mate)).toMatchObject(refused('ALREADY_ENTERED'));
  expect(await exchange(await aPerson(scene, westWorks))).toMatchObject(refused('MEMBER_OF_OTHER_FIRM'));
  const frozen = await aPerson(scene, scene.eastWorks, { state: 'frozen' });
  expect(await exchange(frozen)).toMatchObject(refused('MEMBER_NOT_ACTIVE'));
  const newcomer = await aPerson(scene, scene.eastWorks);
  accepted(await exchange(newcomer));
  expect((await auditTrail(deps)).at(-1)).toMatchObject({
    action: 'substituteMember',
    before: { memberId: one.memberId },
    after: { memberId: newcomer.memberId },
  });
  expect(await exchange(one)).toMatchObject(refused('NOT_IN_ENTRY'));
});

test('only the captain withdraws a team, and then all of it is free', async () => {
  const { deps } = scene;
  const [captain, one] = people as [SomePerson, SomePerson];
  const entryId = accepted(await enterTeamOf(deps, captain, competitionId, [one]));
  const withdraw = ({ caller }: SomePerson) => withdrawOwnEntry(deps, caller, aKey(), { entryId });
  expect(await withdraw(one)).toMatchObject(refused('ENTRY_UNKNOWN'));
  accepted(await withdraw(captain));
  accepted(await enterTeamOf(deps, one, competitionId, [captain]));
});

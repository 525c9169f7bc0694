import { describe, expect, test } from 'vitest';
import { entryEvidence } from '../../../src/competitions/entries/evidence/entry-evidence.ts';
import { setEvidence, setOwnEvidence } from '../../../src/competitions/entries/evidence/set-evidence.ts';
import { withdrawOwnEntry } from '../../../src/competitions/entries/withdraw-entry.ts';
import { evidenceOf } from '../../../src/evidence/queries.ts';
import type { AdminCaller } from '../../../src/identity/caller.ts';
import { ownSeat } from '../../../src/judging/scope.ts';
import { ownSheets } from '../../../src/judging/sheets/queries.ts';
import { filesOf } from '../../evidence/world.ts';
import { accepted, aKey, anAdmin, auditTrail, refused } from '../../unions/tree.ts';
import { aStageWorld, FINAL, HEATS } from '../stages/world.ts';
import { aCompetition, aPerson, enterTeamOf, type SomePerson, TEAMS } from './world.ts';

async function aWorld() {
  const world = await aStageWorld();
  const { deps } = world;
  const files = (by: { actor: string }, count = 1) => filesOf(deps, by.actor, count);
  const hand = ({ caller }: SomePerson, entryId: string, evidenceIds: readonly string[]) =>
    setOwnEvidence(deps, caller, aKey(), { entryId, evidenceIds });
  const handAs = (admin: AdminCaller, entryId: string, evidenceIds: readonly string[]) =>
    setEvidence(deps, admin, aKey(), { entryId, evidenceIds });
  const attached = async (entryId: string) => {
    const to = entryEvidence(entryId);
    return ((await evidenceOf(deps.db.manager, [to])).get(to) ?? []).map(({ id }) => id);
  };
  return { ...world, files, hand, handAs, attached };
}

describe('the evidence of an entry', () => {
  test('is handed in by the captain or by an admin of the firm, each of whom has her own files', async () => {
    const world = await aWorld();
    const { deps, eastWorks, westWorks, files, hand, handAs, attached } = world;
    const competitionId = await aCompetition(world, TEAMS);
    const [captain, mate, other] = [
      await aPerson(world, eastWorks),
      await aPerson(world, eastWorks),
      await aPerson(world, eastWorks),
    ];
    const entryId = accepted(await enterTeamOf(deps, captain, competitionId, [mate]));
    const ofFirm = await anAdmin(deps, [eastWorks]);
    const [one, two] = await files(captain.caller, 2);
    const [three] = await files(ofFirm);
    accepted(await hand(captain, entryId, [one!, two!]));
    accepted(await handAs(ofFirm, entryId, [three!]));
    expect(await attached(entryId)).toEqual([one, two, three]);
    expect((await auditTrail(deps)).at(-1)).toMatchObject({
      ...{ action: 'setEntryEvidence', targetId: entryId, after: { evidenceIds: [three] } },
    });
    accepted(await hand(captain, entryId, [two!]));
    expect(await attached(entryId)).toEqual([two, three]);
    const unknown = { ok: false, refusal: { code: 'ENTRY_UNKNOWN', at: 'entryId' } };
    for (const nobody of [mate, other]) expect(await hand(nobody, entryId, [])).toMatchObject(unknown);
    expect(await handAs(await anAdmin(deps, [westWorks]), entryId, [])).toMatchObject(unknown);
    expect(await attached(entryId)).toEqual([two, three]);
  });

  test('is nobody else’s file, nine at the most together, and none of an entry that was withdrawn', async () => {
    const { deps, competition, files, hand, handAs, attached, admin } = await aWorld();
    const { people, entryIds } = await competition();
    const [ann, bob] = people as [SomePerson, SomePerson];
    const [entryId] = entryIds as [string];
    const [mine] = await files(ann.caller);
    accepted(await hand(ann, entryId, [mine!]));
    const [his] = await files(bob.caller);
    expect(await hand(ann, entryId, [his!])).toMatchObject({
      refusal: { code: 'EVIDENCE_UNKNOWN', at: 'evidenceIds.0' },
    });
    expect(await handAs(admin, entryId, await files(admin, 9))).toMatchObject({
      refusal: { code: 'EVIDENCE_COUNT', at: 'evidenceIds' },
    });
    expect(await attached(entryId)).toEqual([mine]);
    accepted(await withdrawOwnEntry(deps, ann.caller, aKey(), { entryId }));
    expect(await hand(ann, entryId, [])).toMatchObject(refused('ENTRY_WITHDRAWN'));
  });

  test('stays as it is once the judges score, who read it; for the next stage files are added and none taken away', async () => {
    const {
      deps,
      competition,
      heats,
      files,
      hand,
      attached,
      open,
      start,
      aJudge,
      score,
      close,
      publish,
      run,
      ...world
    } = await aWorld();
    const { people, entryIds, stageIds } = await competition(heats());
    const [ann, bob] = people as [SomePerson, SomePerson];
    const [winner, loser] = entryIds as [string, string];
    const [final, east] = stageIds as [string, string];
    deps.clock.set(HEATS);
    accepted(await open(east));
    const [work] = await files(ann.caller);
    accepted(await hand(ann, winner, [work!]));
    const judge = await aJudge(east);
    accepted(await start(east));
    const seat = accepted(await ownSeat(deps.db.manager, judge, (await run(east)).panelId));
    const sheets = await ownSheets(deps.db.manager, seat, {}, { first: 10, after: undefined });
    expect(sheets.items.map((sheet) => sheet.evidenceOf)).toEqual(entryIds.map(entryEvidence));
    const more = await files(ann.caller);
    expect(await hand(ann, winner, more)).toMatchObject({ refusal: { code: 'EVIDENCE_CLOSED', at: 'entryId' } });
    for (const [i, points] of [90, 80, 70].entries()) await score(east, judge, i + 1, points);
    accepted(await close(east));
    accepted(await publish(east));
    expect(await hand(ann, winner, more)).toMatchObject(refused('EVIDENCE_CLOSED'));
    await world.afterNotice();
    expect(await hand(bob, loser, await files(bob.caller))).toMatchObject(refused('EVIDENCE_CLOSED'));
    accepted(await hand(ann, winner, more));
    expect(await attached(winner)).toEqual([work, ...more]);
    deps.clock.set(FINAL);
    accepted(await open(final));
    await aJudge(final);
    accepted(await start(final));
    expect(await hand(ann, winner, [])).toMatchObject(refused('EVIDENCE_CLOSED'));
  });
});

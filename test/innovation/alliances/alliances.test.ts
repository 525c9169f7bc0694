import { beforeEach, expect, test } from 'vitest';
import { Alliance } from '../../../src/innovation/alliances/alliance.entity.ts';
import { joinAlliance, leaveAlliance } from '../../../src/innovation/alliances/change-members.ts';
import { endAlliance } from '../../../src/innovation/alliances/end-alliance.ts';
import { foundAlliance, type NewAlliance } from '../../../src/innovation/alliances/found-alliance.ts';
import { alliancesOf, memberStudiosOf } from '../../../src/innovation/alliances/queries.ts';
import { dissolveStudio } from '../../../src/innovation/studios/dissolve-studio.ts';
import { accepted, aKey, anAdmin, aUnion, auditTrail, refused } from '../../unions/tree.ts';
import { aStudio, aStudioWorld } from '../studios/world.ts';

/** The eastern city with three studios in two of its firms, a studio in the west, and what its admin does. */
async function aScene() {
  const world = await aStudioWorld();
  const { deps, east, eastWorks, westWorks, admin } = world;
  const { manager } = deps.db;
  const city = await anAdmin(deps, [east]);
  const mill = await aUnion(deps, east, '东磨厂工会');
  const lead = await aStudio(deps, admin, eastWorks);
  const [second, third] = [await aStudio(deps, admin, mill), await aStudio(deps, admin, mill)];
  const western = await aStudio(deps, admin, westWorks);
  const ally = (memberStudioIds: readonly string[], fields: Partial<NewAlliance> = {}) => {
    const usual = { unionId: east, name: '焊接创新联盟', field: '焊接', leadStudioId: lead };
    return foundAlliance(deps, city, aKey(), { ...usual, memberStudioIds, ...fields });
  };
  const join = (allianceId: string, studioId: string) => joinAlliance(deps, city, aKey(), { allianceId, studioId });
  const leave = (allianceId: string, studioId: string) => leaveAlliance(deps, city, aKey(), { allianceId, studioId });
  const end = (allianceId: string, reason = '目标已达成') => endAlliance(deps, city, aKey(), { allianceId, reason });
  const alliance = (id: string) => manager.findOneByOrFail(Alliance, { id });
  const memberIds = async (id: string) =>
    ((await memberStudiosOf(manager, [id])).get(id) ?? []).map(({ studioId }) => studioId);
  const ofStudio = async (id: string) => ((await alliancesOf(manager, [id])).get(id) ?? []).map((one) => one.id);
  const studios = { lead, second, third, western };
  return { ...world, ...studios, city, ally, join, leave, end, alliance, memberIds, ofStudio };
}

let scene: Awaited<ReturnType<typeof aScene>>;

beforeEach(async () => {
  scene = await aScene();
});

test('studios of two firms ally, another one joins, one leaves, and the alliance ends; all of it is on record', async () => {
  const { deps, city, lead, second, third, ally, join, leave, end, alliance, memberIds, ofStudio } = scene;
  const id = accepted(await ally([second]));
  expect(await alliance(id)).toMatchObject({ leadStudioId: lead, foundedOn: '2026-03-02', state: 'active' });
  accepted(await join(id, third));
  expect(await memberIds(id)).toEqual([second, third]);
  for (const studioId of [lead, second, third]) expect(await ofStudio(studioId)).toEqual([id]);
  deps.clock.advance({ days: 10 });
  accepted(await leave(id, second));
  expect(await memberIds(id)).toEqual([third]);
  expect(await ofStudio(second)).toEqual([]);
  accepted(await join(id, second));
  accepted(await end(id));
  expect(await alliance(id)).toMatchObject({ state: 'ended', endedOn: '2026-03-12', endReason: '目标已达成' });
  expect(await memberIds(id)).toEqual([]);
  expect(await ofStudio(lead)).toEqual([]);
  const left: { leftOn: string }[] = await deps.db.query('SELECT left_on AS leftOn FROM alliance_studio ORDER BY id');
  expect(left).toHaveLength(3);
  const trail = (await auditTrail(deps)).filter(({ actor }) => actor === city.actor);
  expect(trail.map(({ action }) => action)).toEqual([
    ...['foundAlliance', 'joinAlliance', 'leaveAlliance', 'joinAlliance', 'endAlliance'],
  ]);
});

test('an alliance with itself, a studio twice, one of another branch, and none at all are refused with the place', async () => {
  const { lead, second, western, ally, join, ofStudio } = scene;
  const refusal = (code: string, at: string) => ({ ok: false, refusal: { code, at } });
  expect(await ally([second, lead])).toMatchObject(refusal('ALLIANCE_WITH_ITSELF', 'memberStudioIds.1'));
  expect(await ally([second, second])).toMatchObject(refusal('STUDIO_REPEATED', 'memberStudioIds.1'));
  expect(await ally([second, western])).toMatchObject(refusal('STUDIO_UNKNOWN', 'memberStudioIds.1'));
  expect(await ally([second], { leadStudioId: western })).toMatchObject(refusal('STUDIO_UNKNOWN', 'leadStudioId'));
  expect(await ally([])).toMatchObject(refusal('MEMBER_STUDIOS_COUNT', 'memberStudioIds'));
  expect(await ally([second], { name: '' })).toMatchObject(refusal('TEXT_LENGTH', 'name'));
  expect(await ally([second], { field: ' 焊接' })).toMatchObject(refusal('TEXT_LENGTH', 'field'));
  expect(await ofStudio(lead)).toEqual([]);
  const id = accepted(await ally([second]));
  expect(await ally([second])).toMatchObject(refusal('ALLIANCE_NAME_TAKEN', 'name'));
  expect(await join(id, lead)).toMatchObject(refusal('ALLIANCE_WITH_ITSELF', 'studioId'));
  expect(await join(id, second)).toMatchObject(refusal('STUDIO_REPEATED', 'studioId'));
  expect(await join(id, western)).toMatchObject(refusal('STUDIO_UNKNOWN', 'studioId'));
});

test('a dissolved studio founds and joins nothing, leaves what it is in, and is not dissolved while it leads', async () => {
  const { deps, admin, lead, second, third, ally, join, end, memberIds } = scene;
  const dissolve = (studioId: string) => dissolveStudio(deps, admin, aKey(), { studioId, reason: '车间合并' });
  const id = accepted(await ally([second]));
  accepted(await dissolve(second));
  expect(await memberIds(id)).toEqual([]);
  const gone = refused('STUDIO_DISSOLVED');
  expect(await join(id, second)).toMatchObject(gone);
  expect(await ally([second], { name: '另一联盟', leadStudioId: third })).toMatchObject(gone);
  expect(await ally([third], { name: '另一联盟', leadStudioId: second })).toMatchObject(gone);
  expect(await dissolve(lead)).toMatchObject({ refusal: { code: 'STUDIO_LEADS_ALLIANCE', at: 'studioId' } });
  accepted(await end(id));
  expect(await dissolve(lead)).toMatchObject({ ok: true });
});

test('a studio that joins at the moment of its dissolution is not left behind in the alliance', async () => {
  const { deps, admin, second, third, ally, join, memberIds } = scene;
  const id = accepted(await ally([second]));
  const [dissolved] = await Promise.all([
    dissolveStudio(deps, admin, aKey(), { studioId: third, reason: '车间合并' }),
    join(id, third),
  ]);
  expect(dissolved).toMatchObject({ ok: true });
  expect(await memberIds(id)).toEqual([second]);
});

test('of two that take the same studio in at one moment, one does', async () => {
  const { second, third, ally, join, memberIds } = scene;
  const id = accepted(await ally([second]));
  const answers = await Promise.all([join(id, third), join(id, third)]);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.find(({ ok }) => !ok)).toMatchObject(refused('STUDIO_REPEATED'));
  expect(await memberIds(id)).toEqual([second, third]);
});

test('what has ended changes no more, what is no member does not leave, and an end has a reason', async () => {
  const { second, third, ally, join, leave, end } = scene;
  const id = accepted(await ally([second]));
  expect(await leave(id, third)).toMatchObject({ refusal: { code: 'STUDIO_NOT_IN_ALLIANCE', at: 'studioId' } });
  expect(await end(id, '')).toMatchObject({ refusal: { code: 'REASON_NEEDED', at: 'reason' } });
  accepted(await end(id));
  for (const answer of [await end(id), await join(id, third), await leave(id, second)])
    expect(answer).toMatchObject({ refusal: { code: 'ALLIANCE_ENDED', at: 'allianceId' } });
  expect(await ally([second])).toMatchObject({ ok: true });
});

test('an admin of one of its firms, or of another branch, does nothing with an alliance of the city', async () => {
  const { deps, branch, westWorks, second, third, ally } = scene;
  const id = accepted(await ally([second]));
  const western = await anAdmin(deps, [westWorks]);
  for (const by of [branch, western]) {
    const unknown = refused('ALLIANCE_UNKNOWN');
    expect(await joinAlliance(deps, by, aKey(), { allianceId: id, studioId: third })).toMatchObject(unknown);
    expect(await leaveAlliance(deps, by, aKey(), { allianceId: id, studioId: second })).toMatchObject(unknown);
    expect(await endAlliance(deps, by, aKey(), { allianceId: id, reason: '终止' })).toMatchObject(unknown);
  }
  expect(await scene.memberIds(id)).toEqual([second]);
});

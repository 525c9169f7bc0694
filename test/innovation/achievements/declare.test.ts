import { beforeEach, expect, test } from 'vitest';
import { evidenceOf } from '../../../src/evidence/queries.ts';
import { achievementTarget } from '../../../src/innovation/achievements/achievement.entity.ts';
import { AchievementText } from '../../../src/innovation/achievements/achievement-text.entity.ts';
import { changeDeclaredFor } from '../../../src/innovation/achievements/change-achievement.ts';
import { declareFor } from '../../../src/innovation/achievements/declare-achievement.ts';
import {
  achievementsOfMember,
  authorsOf,
  draftsOf,
  studioSharesOf,
} from '../../../src/innovation/achievements/queries.ts';
import {
  achievementInScope,
  achievementOfMember,
  achievementToRead,
} from '../../../src/innovation/achievements/scope.ts';
import { submitDeclaredFor } from '../../../src/innovation/achievements/submit-achievement.ts';
import { withdrawDeclaredFor } from '../../../src/innovation/achievements/withdraw-achievement.ts';
import { foundAlliance } from '../../../src/innovation/alliances/found-alliance.ts';
import { Season } from '../../../src/innovation/seasons/season.entity.ts';
import { inTransaction } from '../../../src/platform/db/transaction.ts';
import { newId } from '../../../src/platform/ids.ts';
import { recordSkillLevels } from '../../../src/unions/skill/record-skill-levels.ts';
import { receive } from '../../evidence/world.ts';
import { accepted, aKey, anAdmin, aUnion, auditTrail, refused } from '../../unions/tree.ts';
import { aStudio } from '../studios/world.ts';
import { aCategory, aCriterion, CLOSED, everyKind } from '../world.ts';
import { aDeclaringWorld, aFirm, aPerson, type DeclaringWorld, named, someContent } from './world.ts';

let world: DeclaringWorld;
beforeEach(async () => {
  world = await aDeclaringWorld();
});

const refusedAt = (code: string, at: string) => ({ ok: false, refusal: { code, at } });
const all = { first: 100, after: undefined };
const seenBy = async (memberId: string) =>
  (await achievementsOfMember(world.deps.db.manager, memberId, all)).items.map(({ id }) => id);

test('a draft is nobody else’s: neither an author nor an admin of the whole tree learns that it is there', async () => {
  const { deps, draft, person, admin, eastWorks, submit } = world;
  const colleague = await aPerson(deps, eastWorks);
  const id = accepted(await draft({ share: 6000, colleagues: [named(colleague, 4000)] }));
  const { manager } = deps.db;
  expect(await seenBy(person.memberId)).toEqual([id]);
  expect(await seenBy(colleague.memberId)).toEqual([]);
  expect(await achievementOfMember(manager, colleague.memberId, id)).toEqual(
    await achievementOfMember(manager, colleague.memberId, newId()),
  );
  expect(await achievementInScope(manager, admin, 'achievements:read', id)).toEqual(
    await achievementInScope(manager, admin, 'achievements:read', newId()),
  );
  expect(await achievementToRead(manager, admin, id)).toMatchObject(refused('ACHIEVEMENT_UNKNOWN'));
  expect(await world.change(id, {}, colleague)).toMatchObject(refused('ACHIEVEMENT_UNKNOWN'));
  expect(await world.submit(id, colleague)).toMatchObject(refused('ACHIEVEMENT_UNKNOWN'));
  expect(await world.withdraw(id, colleague)).toMatchObject(refused('ACHIEVEMENT_UNKNOWN'));
  accepted(await submit(id));
  expect(await seenBy(colleague.memberId)).toEqual([id]);
  expect(await achievementInScope(manager, admin, 'achievements:read', id)).toMatchObject({ ok: true });
});

test('a submission keeps what is known then: firm, ownership, unions and skill levels, and the category that fits', async () => {
  const { deps, draft, submit, one, eastWorks, person } = world;
  const workshop = await aUnion(deps, eastWorks, '一车间', 'grass-roots');
  const declarer = await aPerson(deps, workshop);
  const id = accepted(
    await draft({ kind: 'method', post: 'professional', share: 9000, colleagues: [named(person, 1000)] }, declarer),
  );
  expect(await one(id)).toMatchObject({ state: 'draft', number: null, categoryNumber: null, firmUnionId: workshop });
  await aFirm(deps, eastWorks, 'state');
  const level = { memberId: person.memberId, trade: '焊工', level: 4 as const, since: '2025-01-01', causeId: null };
  await inTransaction(deps.db, (tx) => recordSkillLevels(tx, [{ ...level, source: 'declared' }], deps.clock.now()));
  accepted(await submit(id, declarer));
  await deps.db.query("UPDATE firm SET ownership = 'private'");
  expect(await one(id)).toMatchObject({
    ...{ state: 'submitted', number: 1, categoryNumber: 3, group: 'professionals', groupReason: null },
    ...{ unionId: workshop, firmUnionId: eastWorks, ownership: 'state', firmType: 'specialised' },
    ...{ submittedVersion: 1, submittedAt: deps.clock.now() },
  });
  expect((await authorsOf(deps.db.manager, [id])).get(id)).toMatchObject([
    { number: 1, memberId: declarer.memberId, share: 9000, post: 'professional', skillLevel: null, unionId: workshop },
    { number: 2, memberId: person.memberId, share: 1000, post: 'worker', skillLevel: 4, unionId: eastWorks },
  ]);
  expect(await world.history(id)).toEqual([{ what: 'submitted' }]);
});

test('the server’s clock decides: nothing is declared before the season, at its end or after it, nor in a season of others', async () => {
  const { deps, draft, submit, season, west } = world;
  const id = accepted(await draft());
  deps.clock.set('2026-01-31T15:59:59.999Z');
  expect(await draft()).toMatchObject(refusedAt('SEASON_CLOSED', 'seasonId'));
  deps.clock.set(CLOSED);
  expect(await submit(id)).toMatchObject(refusedAt('SEASON_CLOSED', 'seasonId'));
  expect(await draft()).toMatchObject(refusedAt('SEASON_CLOSED', 'seasonId'));
  deps.clock.set('2026-04-30T15:59:59.999Z');
  accepted(await submit(id));
  expect(await draft({}, undefined, newId())).toMatchObject(refusedAt('SEASON_UNKNOWN', 'seasonId'));
  await deps.db.manager.update(Season, { id: season.id }, { unionId: west });
  expect(await draft()).toMatchObject(refusedAt('SEASON_UNKNOWN', 'seasonId'));
});

test('a kind, group or field for which the season has no category is refused', async () => {
  const seasonId = await world.anotherSeason({
    categories: [aCategory({ group: 'workers', fields: ['焊接'] }), aCategory({ name: '专利', kind: 'patent' })],
  });
  const draft = (fields: Parameters<typeof world.draft>[0]) => world.draft(fields, undefined, seasonId);
  accepted(await draft({ field: ' 焊接 ' }));
  expect(await draft({ field: '电气' })).toMatchObject(refusedAt('CATEGORY_MISSING', 'kind'));
  expect(await draft({ post: 'professional' })).toMatchObject(refusedAt('CATEGORY_MISSING', 'kind'));
  expect(await draft({ kind: 'method' })).toMatchObject(refusedAt('CATEGORY_MISSING', 'kind'));
});

test('colleagues are found by name and staff number in the whole federation; who left, or is of another, is not', async () => {
  const { deps, draft, westWorks, eastWorks } = world;
  const far = await aPerson(deps, westWorks, { name: '李雷', staffNumber: 'X1' });
  const near = await aPerson(deps, eastWorks, { name: '李雷', staffNumber: 'X1' });
  const id = accepted(await draft({ share: 5000, colleagues: [{ ...named(near, 5000), staffNumber: ' x1 ' }] }));
  const authors = (await authorsOf(deps.db.manager, [id])).get(id)!;
  expect(authors[1]!.memberId).toBe(near.memberId);
  await deps.db.query("UPDATE member SET state = 'left' WHERE id = ?", [near.memberId]);
  const again = accepted(await draft({ share: 5000, colleagues: [named(far, 5000)] }));
  expect((await authorsOf(deps.db.manager, [again])).get(again)![1]!.memberId).toBe(far.memberId);
  await deps.db.query("UPDATE member SET state = 'left' WHERE id = ?", [far.memberId]);
  const other = await aUnion(deps, null, '另一省', 'province');
  const stranger = await aPerson(deps, other, { name: '韩梅梅', staffNumber: 'Y1' });
  for (const one of [near, stranger])
    expect(await draft({ share: 5000, colleagues: [named(one, 5000)] })).toMatchObject(
      refusedAt('AUTHOR_UNKNOWN', 'colleagues.0'),
    );
  expect(await world.submit(id)).toMatchObject(refusedAt('AUTHOR_UNKNOWN', 'authors.1'));
});

test('trouble with authors has its place among what the member gave', async () => {
  const { deps, draft, person, eastWorks } = world;
  const colleague = await aPerson(deps, eastWorks);
  const twice = [named(colleague, 3000), named(colleague, 3000)];
  expect(await draft({ share: 4000, colleagues: twice })).toMatchObject(refusedAt('AUTHOR_REPEATED', 'colleagues.1'));
  expect(await draft({ share: 4000, colleagues: [named(person, 6000)] })).toMatchObject(
    refusedAt('AUTHOR_REPEATED', 'colleagues.0'),
  );
  expect(await draft({ share: 4000, colleagues: [named(colleague, 5000)] })).toMatchObject(
    refusedAt('SHARES_NOT_WHOLE', 'colleagues'),
  );
  expect(await draft({ share: 10_000, colleagues: [named(colleague, 0)] })).toMatchObject(
    refusedAt('SHARE_OUT_OF_RANGE', 'colleagues.0.share'),
  );
  expect(await draft({ share: 0, colleagues: [named(colleague, 10_000)] })).toMatchObject(
    refusedAt('SHARE_OUT_OF_RANGE', 'share'),
  );
});

test('a draft may lack what a submission asks for', async () => {
  const { draft, submit, change } = world;
  const id = accepted(await draft({ kind: 'patent', summary: '', text: '' }));
  expect(await submit(id)).toMatchObject(refusedAt('SUMMARY_MISSING', 'summary'));
  accepted(await change(id, { kind: 'patent', text: ' ' }));
  expect(await submit(id)).toMatchObject(refusedAt('TEXT_MISSING', 'text'));
  accepted(await change(id, { kind: 'patent' }));
  expect(await submit(id)).toMatchObject(refusedAt('PATENT_NUMBER_MISSING', 'patentNumber'));
  accepted(await change(id, { kind: 'proposal', adoption: 'in_use' }));
  expect(await submit(id)).toMatchObject(refusedAt('EFFECT_MISSING', 'effectMeasured'));
  accepted(await change(id, { kind: 'proposal', adoption: 'in_use', effectMeasured: '每月省电 3000 度' }));
  accepted(await submit(id));
  expect(await submit(id)).toMatchObject(refusedAt('ACHIEVEMENT_FIXED', 'achievementId'));
  expect(await change(id)).toMatchObject(refusedAt('ACHIEVEMENT_FIXED', 'achievementId'));
});

test('where a criterion asks for evidence nothing is submitted without it; what is let go is free again', async () => {
  const { deps, draft, submit, change, person, withdraw, anotherSeason } = world;
  const seasonId = await anotherSeason({
    categories: everyKind({ criteria: [aCriterion({ evidenceAsked: '应用证明' })] }),
  });
  const id = accepted(await draft({}, undefined, seasonId));
  expect(await submit(id)).toMatchObject(refusedAt('EVIDENCE_NEEDED', 'evidenceIds'));
  const [first, second] = [await receive(deps, person.caller.actor), await receive(deps, person.caller.actor)].map(
    accepted,
  );
  const stranger = accepted(await receive(deps, 'member:other'));
  accepted(await change(id, { evidenceIds: [first!] }));
  expect(await change(id, { evidenceIds: [first!, stranger] })).toMatchObject(
    refusedAt('EVIDENCE_UNKNOWN', 'evidenceIds.1'),
  );
  accepted(await change(id, { evidenceIds: [second!] }));
  const attached = async () =>
    (await evidenceOf(deps.db.manager, [achievementTarget(id)])).get(achievementTarget(id))?.map((file) => file.id);
  expect(await attached()).toEqual([second]);
  accepted(await submit(id));
  accepted(await withdraw(id));
  expect(await attached()).toBeUndefined();
});

test('numbers run through a season without a gap, also when many submit at the same moment', async () => {
  const { deps, draft, submit, declared, anotherSeason } = world;
  const ids: string[] = [];
  for (let i = 0; i < 12; i++) ids.push(accepted(await draft({ title: `成果${i}` })));
  (await Promise.all(ids.map((id) => submit(id)))).forEach(accepted);
  const numbers = await Promise.all(ids.map(async (id) => (await world.one(id)).number));
  expect(numbers.sort((a, b) => a! - b!)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
  const other = await declared({}, undefined, await anotherSeason());
  expect(await world.one(other)).toMatchObject({ number: 1 });
  expect(await auditTrail(deps)).not.toContainEqual(expect.objectContaining({ action: 'submitAchievement' }));
});

test('of drafts a member has twenty at the most, also when two are made at the same moment', async () => {
  const { draft, withdraw } = world;
  const ids: string[] = [];
  for (let i = 0; i < 19; i++) ids.push(accepted(await draft()));
  const outcomes = await Promise.all([draft(), draft()]);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.find(({ ok }) => !ok)).toMatchObject(refused('DRAFTS_TOO_MANY'));
  accepted(await withdraw(ids[0]!));
  accepted(await draft());
});

test('what is withdrawn is over; a draft goes at any time, a submission until the review begins', async () => {
  const { deps, draft, declared, withdraw, submit, season, one } = world;
  const [first, second] = [await declared(), accepted(await draft())];
  accepted(await withdraw(first));
  expect(await one(first)).toMatchObject({ state: 'withdrawn', number: 1 });
  expect(await withdraw(first)).toMatchObject(refusedAt('NOT_WITHDRAWABLE', 'achievementId'));
  expect(await submit(first)).toMatchObject(refused('ACHIEVEMENT_FIXED'));
  const third = await declared();
  const fields = { state: 'reviewing' as const, reviewingAt: deps.clock.now() };
  await deps.db.manager.update(Season, { id: season.id }, fields);
  expect(await withdraw(third)).toMatchObject(refused('NOT_WITHDRAWABLE'));
  accepted(await withdraw(second));
});

test('each submission keeps its text; what is written after a return is seen with the next submission alone', async () => {
  const { deps, declared, giveBack, change, submit, one } = world;
  const texts = async (achievementId: string) =>
    (await deps.db.manager.find(AchievementText, { where: { achievementId }, order: { version: 'ASC' } })).map(
      ({ version, title, text }) => `${version} ${title} ${text}`,
    );
  const id = await declared({ title: '甲', text: '一' });
  accepted(await giveBack(id));
  accepted(await change(id, { title: '乙', text: '二' }));
  accepted(await change(id, { title: '乙', text: '三' }));
  expect(await texts(id)).toEqual(['1 甲 一', '2 乙 三']);
  expect(await one(id)).toMatchObject({ state: 'returned', title: '甲', version: 2, submittedVersion: 1 });
  accepted(await submit(id));
  expect(await one(id)).toMatchObject({ state: 'submitted', title: '乙', number: 1, submittedVersion: 2 });
  accepted(await giveBack(id));
  accepted(await change(id, { title: '乙', text: '三', share: 10_000 }));
  accepted(await submit(id));
  expect(await texts(id)).toEqual(['1 甲 一', '2 乙 三']);
  expect((await world.history(id)).map(({ what }) => what)).toEqual([
    ...['submitted', 'returned', 'resubmitted', 'returned', 'resubmitted'],
  ]);
});

test('what was returned is completed after the time for declarations too, but not once the review has begun', async () => {
  const { deps, declared, giveBack, change, submit, season } = world;
  const [first, second] = [await declared(), await declared()];
  accepted(await giveBack(first));
  accepted(await giveBack(second));
  deps.clock.set('2026-05-10T02:00:00.000Z');
  accepted(await change(first, { text: '补正后' }));
  accepted(await submit(first));
  const fields = { state: 'reviewing' as const, reviewingAt: deps.clock.now() };
  await deps.db.manager.update(Season, { id: season.id }, fields);
  expect(await change(second)).toMatchObject(refusedAt('COMPLETION_CLOSED', 'achievementId'));
  expect(await submit(second)).toMatchObject(refusedAt('COMPLETION_CLOSED', 'achievementId'));
});

test('studios are those in which authors are, several of them by their alliance', async () => {
  const { deps, draft, admin, eastWorks, westWorks, province, person, submit } = world;
  const [east, west] = [await aPerson(deps, eastWorks), await aPerson(deps, westWorks)];
  const leader = (memberId: string) => ({ memberId, kind: 'craftsman' as const, evidenceIds: [] as string[] });
  const proof = async () => [accepted(await receive(deps, admin.actor))];
  const one = await aStudio(deps, admin, eastWorks, {
    leader: { ...leader(east.memberId), evidenceIds: await proof() },
  });
  const two = await aStudio(deps, admin, westWorks, {
    leader: { ...leader(west.memberId), evidenceIds: await proof() },
  });
  const stranger = await aStudio(deps, admin, eastWorks);
  const alliance = { unionId: province, name: '焊接联盟', field: '焊接', leadStudioId: one, memberStudioIds: [two] };
  const allianceId = accepted(await foundAlliance(deps, admin, aKey(), alliance));
  const colleagues = [named(east, 3000), named(west, 3000)];
  const made = (fields: object) => draft({ share: 4000, colleagues, ...fields });
  const studio = (studioId: string, share: number) => ({ studioId, share });
  expect(await made({ studios: [studio(stranger, 10_000)] })).toMatchObject(
    refusedAt('STUDIO_OF_NO_AUTHOR', 'studios.0'),
  );
  expect(await made({ studios: [studio(one, 6000), studio(two, 4000)] })).toMatchObject(
    refusedAt('ALLIANCE_NEEDED', 'allianceId'),
  );
  expect(await made({ allianceId: newId(), studios: [studio(one, 10_000)] })).toMatchObject(
    refusedAt('ALLIANCE_UNKNOWN', 'allianceId'),
  );
  expect(await made({ allianceId })).toMatchObject(refusedAt('ALLIANCE_UNKNOWN', 'allianceId'));
  const id = accepted(await made({ allianceId, studios: [studio(one, 6000), studio(two, 4000)] }));
  accepted(await submit(id, person));
  expect(await world.one(id)).toMatchObject({ studioId: one, allianceId });
  expect((await studioSharesOf(deps.db.manager, [id])).get(id)).toMatchObject([{ share: 6000 }, { share: 4000 }]);
});

test('an admin declares for a member of her branch; the draft is the branch’s, and what she does is audited', async () => {
  const { deps, eastWorks, westWorks, person, season, one } = world;
  const [clerk, second, western] = [
    await anAdmin(deps, [eastWorks]),
    await anAdmin(deps, [eastWorks]),
    await anAdmin(deps, [westWorks]),
  ];
  const { share: _, post, colleagues: __, ...content } = someContent();
  const authors = [{ memberId: person.memberId, share: 10_000, post }];
  const input = { seasonId: season.id, declarerId: person.memberId, ...content, authors };
  expect(await declareFor(deps, western, aKey(), input)).toMatchObject(refusedAt('MEMBER_UNKNOWN', 'declarerId'));
  const outsider = [...authors, { memberId: newId(), share: 1, post }].map((a, i) => ({ ...a, share: i ? 1 : 9999 }));
  expect(await declareFor(deps, clerk, aKey(), { ...input, authors: outsider })).toMatchObject(
    refusedAt('AUTHOR_UNKNOWN', 'authors.1'),
  );
  const id = accepted(await declareFor(deps, clerk, aKey(), input));
  expect(await seenBy(person.memberId)).toEqual([]);
  expect(await world.change(id)).toMatchObject(refused('ACHIEVEMENT_UNKNOWN'));
  const changed = { achievementId: id, ...content, authors, title: '改名' };
  expect(await changeDeclaredFor(deps, western, aKey(), changed)).toMatchObject(refused('ACHIEVEMENT_UNKNOWN'));
  accepted(await changeDeclaredFor(deps, second, aKey(), changed));
  expect((await draftsOf(deps.db.manager, clerk.actor, all)).items).toMatchObject([{ id, title: '改名' }]);
  accepted(await submitDeclaredFor(deps, second, aKey(), { achievementId: id }));
  expect(await one(id)).toMatchObject({ state: 'submitted', declaredBy: clerk.actor, declarerId: person.memberId });
  expect(await seenBy(person.memberId)).toEqual([id]);
  expect(await world.withdraw(id)).toMatchObject(refused('ACHIEVEMENT_UNKNOWN'));
  accepted(await withdrawDeclaredFor(deps, clerk, aKey(), { achievementId: id }));
  const own = await world.declared();
  expect(await withdrawDeclaredFor(deps, clerk, aKey(), { achievementId: own })).toMatchObject(
    refused('ACHIEVEMENT_UNKNOWN'),
  );
  const acts = (await auditTrail(deps)).filter(({ targetId }) => targetId === id).map(({ action }) => action);
  expect(acts).toEqual(['declareFor', 'changeDeclaredFor', 'submitDeclaredFor', 'withdrawDeclaredFor']);
});

test('whose membership is frozen declares nothing', async () => {
  const { deps, draft, submit, person } = world;
  const id = accepted(await draft());
  await deps.db.query("UPDATE member SET state = 'frozen' WHERE id = ?", [person.memberId]);
  expect(await draft()).toMatchObject(refused('MEMBER_NOT_ACTIVE'));
  expect(await submit(id)).toMatchObject(refused('MEMBER_NOT_ACTIVE'));
});

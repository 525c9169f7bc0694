import { beforeEach, describe, expect, test } from 'vitest';
import { evidenceOf } from '../../../src/evidence/queries.ts';
import { Benefit, benefitTarget } from '../../../src/innovation/benefits/benefit.entity.ts';
import { type BenefitGiven, claimBenefitFor } from '../../../src/innovation/benefits/claim-benefit.ts';
import { declineBenefit, returnBenefit } from '../../../src/innovation/benefits/return-benefit.ts';
import { asMember } from '../../competitions/entries/world.ts';
import { filesOf } from '../../evidence/world.ts';
import { anAccount } from '../../judging/world.ts';
import { accepted, aKey, anAdmin, auditTrail, refused } from '../../unions/tree.ts';
import { aBenefitWorld, type BenefitWorld } from './world.ts';

let world: BenefitWorld;
beforeEach(async () => {
  world = await aBenefitWorld();
});

const sendBack = (benefitId: string, by = world.auditor, reason = '缺少财务证明') =>
  returnBenefit(world.deps, by, aKey(), { benefitId, reason });
const decline = (benefitId: string, by = world.auditor, reason = '没有产生效益') =>
  declineBenefit(world.deps, by, aKey(), { benefitId, reason });

describe('a benefit', () => {
  test('is claimed by the declarer with its evidence, audited, and accepted by a third person; each step is audited', async () => {
    const { deps, anAchievement, claim, audit, accept, benefit, auditor, officer, seasonId, eastWorks } = world;
    const { id: achievementId, declarer } = await anAchievement();
    const id = accepted(await claim(declarer, achievementId));
    expect(await benefit(id)).toMatchObject({
      ...{ achievementId, seasonId, unionId: eastWorks, state: 'claimed', claimedFen: 2_000_000, auditedFen: null },
      ...{ periodFrom: '2025-01-01', periodUntil: '2025-12-31', claimedBy: declarer.actor },
    });
    expect((await evidenceOf(deps.db.manager, [benefitTarget(id)])).get(benefitTarget(id))).toHaveLength(1);
    accepted(await audit(id, 1_800_000));
    accepted(await accept(id, 1_750_000));
    expect(await benefit(id)).toMatchObject({
      ...{ state: 'accepted', auditedFen: 1_800_000, auditNote: '核对台账属实', auditedBy: auditor.actor },
      ...{ acceptedFen: 1_750_000, acceptedOn: '2026-03-02', acceptedBy: officer.actor, reason: null },
    });
    expect((await auditTrail(deps)).map(({ action, actor }) => [action, actor])).toEqual([
      ['claimBenefit', declarer.actor],
      ['auditBenefit', auditor.actor],
      ['acceptBenefit', officer.actor],
    ]);
  });

  const WRONG: [string, Partial<BenefitGiven>, string, string][] = [
    ['no evidence', { evidenceIds: [] }, 'EVIDENCE_NEEDED', 'evidenceIds'],
    ['nothing gained', { fen: 0 }, 'BENEFIT_OUT_OF_RANGE', 'fen'],
    ['a period that ends before it begins', { periodFrom: '2026-01-01' }, 'BENEFIT_PERIOD', 'periodUntil'],
    ['a period that is not over', { periodUntil: '2026-03-03' }, 'BENEFIT_PERIOD', 'periodUntil'],
    ['no reckoning', { how: ' ' }, 'HOW_NEEDED', 'how'],
  ];
  test.each(WRONG)('with %s is refused with the place', async (_what, fields, code, at) => {
    const { anAchievement, claim, deps } = world;
    const { id, declarer } = await anAchievement();
    expect(await claim(declarer, id, fields)).toMatchObject({ ok: false, refusal: { code, at } });
    expect(await deps.db.manager.count(Benefit)).toBe(0);
  });

  test('is proved by files of the claimer’s own', async () => {
    const { deps, anAchievement, claim } = world;
    const { id, declarer, memberIds } = await anAchievement();
    const [other] = await filesOf(deps, `member:${memberIds[1]}`, 1);
    expect(await claim(declarer, id, { evidenceIds: [other!] })).toMatchObject({
      refusal: { code: 'EVIDENCE_UNKNOWN', at: 'evidenceIds.0' },
    });
    expect(await deps.db.manager.count(Benefit)).toBe(0);
  });

  test.each(['submitted', 'returned', 'ineligible', 'withdrawn'] as const)(
    'is not claimed of an achievement that is %s',
    async (state) => {
      const { id, declarer } = await world.anAchievement([10_000], { state });
      expect(await world.claim(declarer, id)).toMatchObject(refused('BENEFIT_TOO_EARLY'));
    },
  );

  test.each(['listed', 'honoured', 'not_honoured'] as const)('may be claimed of one that is %s', async (state) => {
    expect(await world.benefit(await world.claimed({}, state))).toMatchObject({ state: 'claimed' });
  });

  test('is claimed by the declarer or her firm, and by nobody else', async () => {
    const { deps, anAchievement, claim, clerk, westWorks, benefit } = world;
    const { id, memberIds } = await anAchievement();
    expect(await claim(asMember(memberIds[1]!), id)).toMatchObject(refused('ACHIEVEMENT_UNKNOWN'));
    const stranger = await anAdmin(deps, [westWorks]);
    const given = { fen: 5, periodFrom: '2025-01-01', periodUntil: '2025-12-31', how: '测算表', achievementId: id };
    const asAdmin = async (by: typeof clerk) =>
      claimBenefitFor(deps, by, aKey(), { ...given, evidenceIds: await filesOf(deps, by.actor, 1) });
    expect(await asAdmin(stranger)).toMatchObject(refused('ACHIEVEMENT_UNKNOWN'));
    expect(await benefit(accepted(await asAdmin(clerk)))).toMatchObject({ claimedBy: clerk.actor, claimedFen: 5 });
  });

  test('is claimed once, also when declarer and firm claim at the same moment', async () => {
    const { deps, anAchievement, claim } = world;
    const { id, declarer } = await anAchievement();
    const both = await Promise.all([claim(declarer, id), claim(declarer, id)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject(refused('BENEFIT_CLAIMED'));
    expect(await deps.db.manager.count(Benefit)).toBe(1);
  });
});

describe('the audit', () => {
  test('finds no more than was claimed, and says what it found', async () => {
    const { audit, claimed, benefit } = world;
    const id = await claimed();
    expect(await audit(id, 2_000_001)).toMatchObject(refused('BENEFIT_ABOVE_CLAIMED'));
    expect(await audit(id, 0)).toMatchObject(refused('BENEFIT_ABOVE_CLAIMED'));
    expect(await audit(id, 1, world.auditor, ' ')).toMatchObject(refused('NOTE_NEEDED'));
    expect(await benefit(id)).toMatchObject({ state: 'claimed', auditedFen: null });
  });

  test('is another person’s than the claimer’s, an author’s never, and no token’s', async () => {
    const { deps, east, anAchievement, claim, audit, auditor } = world;
    const { id, memberIds } = await anAchievement();
    const author = await anAccount(deps, east, 'federation-admin', { memberId: memberIds[1]! });
    const given = { fen: 9, periodFrom: '2025-01-01', periodUntil: '2025-12-31', how: '测算表', achievementId: id };
    const evidenceIds = await filesOf(deps, auditor.actor, 1);
    const ofAuditor = accepted(await claimBenefitFor(deps, auditor, aKey(), { ...given, evidenceIds }));
    expect(await audit(ofAuditor, 9, auditor)).toMatchObject(refused('SECOND_PERSON_NEEDED'));
    expect(await audit(ofAuditor, 9, author)).toMatchObject(refused('OWN_BENEFIT'));
    expect(await audit(ofAuditor, 9, { ...world.officer, operatorId: null })).toMatchObject(refused('PERSON_NEEDED'));
    const stranger = await anAdmin(deps, [world.west]);
    expect(await audit(ofAuditor, 9, stranger)).toMatchObject(refused('BENEFIT_UNKNOWN'));
    const other = await anAchievement();
    const ofMember = accepted(await claim(other.declarer, other.id));
    const declarer = await anAccount(deps, east, 'federation-admin', { memberId: other.memberIds[0]! });
    expect(await audit(ofMember, 9, declarer)).toMatchObject(refused('OWN_BENEFIT'));
  });

  test('returns what lacks something, which is claimed again with what it lacked', async () => {
    const { deps, anAchievement, claim, audit, benefit } = world;
    const { id: achievementId, declarer } = await anAchievement();
    const id = accepted(await claim(declarer, achievementId));
    const [kept] = (await evidenceOf(deps.db.manager, [benefitTarget(id)])).get(benefitTarget(id))!;
    expect(await sendBack(id, world.auditor, '')).toMatchObject(refused('REASON_NEEDED'));
    accepted(await audit(id));
    accepted(await sendBack(id));
    expect(await benefit(id)).toMatchObject({ state: 'returned', reason: '缺少财务证明', auditedFen: null });
    expect(await audit(id)).toMatchObject(refused('BENEFIT_NOT_CLAIMED'));
    const [added] = await filesOf(deps, declarer.actor, 1);
    const evidenceIds = [kept!.id, added!];
    expect(await claim(declarer, achievementId, { fen: 3_000_000, evidenceIds })).toEqual({ ok: true, value: id });
    expect(await benefit(id)).toMatchObject({ state: 'claimed', claimedFen: 3_000_000, reason: null });
    expect((await evidenceOf(deps.db.manager, [benefitTarget(id)])).get(benefitTarget(id))).toHaveLength(2);
  });

  test('declines what is none, for good', async () => {
    const { anAchievement, claim, accept, audit } = world;
    const { id: achievementId, declarer } = await anAchievement();
    const id = accepted(await claim(declarer, achievementId));
    accepted(await decline(id));
    expect(await claim(declarer, achievementId)).toMatchObject(refused('BENEFIT_CLAIMED'));
    expect(await audit(id)).toMatchObject(refused('BENEFIT_NOT_CLAIMED'));
    expect(await accept(id)).toMatchObject(refused('BENEFIT_NOT_AUDITED'));
    expect(await sendBack(id)).toMatchObject(refused('BENEFIT_SETTLED'));
  });
});

describe('the acceptance', () => {
  test('is never above the audit', async () => {
    const { claimed, audit, accept, benefit } = world;
    const id = await claimed();
    expect(await accept(id)).toMatchObject(refused('BENEFIT_NOT_AUDITED'));
    accepted(await audit(id, 1_500_000));
    expect(await accept(id, 1_500_001)).toMatchObject(refused('BENEFIT_ABOVE_AUDITED'));
    expect(await accept(id, 0)).toMatchObject(refused('BENEFIT_ABOVE_AUDITED'));
    expect(await benefit(id)).toMatchObject({ state: 'audited', acceptedFen: null });
  });

  test('is another person’s than the auditor’s, also when she has two accounts; once', async () => {
    const { deps, east, claimed, audit, accept, auditor, officer } = world;
    const memberId = (await world.anAchievement([10_000])).memberIds[0]!;
    const [one, alias] = [
      await anAccount(deps, east, 'federation-admin', { memberId }),
      await anAccount(deps, east, 'federation-admin', { memberId }),
    ];
    const id = await claimed();
    accepted(await audit(id, 1_000, one));
    expect(await accept(id, 1_000, one)).toMatchObject(refused('SECOND_PERSON_NEEDED'));
    expect(await accept(id, 1_000, alias)).toMatchObject(refused('SECOND_PERSON_NEEDED'));
    const both = await Promise.all([accept(id, 1_000, officer), accept(id, 900, auditor)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject(refused('BENEFIT_NOT_AUDITED'));
    expect(await sendBack(id)).toMatchObject(refused('BENEFIT_SETTLED'));
  });

  test('is kept by the database from being above the audit, or the auditor’s own', async () => {
    const { deps, claimed, audit } = world;
    const id = await claimed();
    accepted(await audit(id, 1_000));
    const acceptAs = (fen: number, by: string) =>
      deps.db.query(
        "UPDATE benefit SET state = 'accepted', accepted_fen = ?, accepted_on = '2026-03-02', accepted_at = NOW(), accepted_by = ? WHERE id = ?",
        [fen, by, id],
      );
    await expect(acceptAs(1_001, 'operator:x')).rejects.toThrow('benefit_never_more');
    await expect(acceptAs(1_000, world.auditor.actor)).rejects.toThrow('benefit_three_people');
  });
});

import { fastify } from 'fastify';
import { readXlsx } from 'hucre/xlsx';
import { beforeEach, describe, expect, test } from 'vitest';
import { InnovationContract } from '../../../src/innovation/contracts/innovation-contract.entity.ts';
import { InnovationPayment } from '../../../src/innovation/contracts/innovation-payment.entity.ts';
import { takeBackPayment } from '../../../src/innovation/contracts/take-back-payment.ts';
import { rewardFileUrl } from '../../../src/innovation/rewards/address.ts';
import { rewardFileRoute } from '../../../src/innovation/rewards/file-route.ts';
import { rewardsOfMember } from '../../../src/innovation/rewards/queries.ts';
import { Reward } from '../../../src/innovation/rewards/reward.entity.ts';
import { RewardLine } from '../../../src/innovation/rewards/reward-line.entity.ts';
import { RewardList } from '../../../src/innovation/rewards/reward-list.entity.ts';
import { ActivityEvent } from '../../../src/rules/activity-event.entity.ts';
import { anAccount } from '../../judging/world.ts';
import { accepted, aKey, anAdmin, auditTrail, refused } from '../../unions/tree.ts';
import { aPayingProgramme, aRewardWorld, PER_POINT, type RewardWorld } from './world.ts';

let world: RewardWorld;
beforeEach(async () => {
  world = await aRewardWorld();
});

const THIRDS = [3334, 3333, 3333];
const payments = () => world.deps.db.manager.find(InnovationPayment, { order: { number: 'ASC' } });
const contract = (id: string) => world.deps.db.manager.findOneByOrFail(InnovationContract, { id });

describe('a list of rewards', () => {
  test('has what the contract gives for each accepted benefit, divided among the authors to the fen', async () => {
    const { deps, signed, proven, make, list, rewards, split, clerk, eastWorks } = world;
    const contractId = await signed();
    const [one, two] = [await proven(2_000_001, THIRDS), await proven(400_000)];
    const listId = accepted(await make([one.id, two.id]));
    expect(await list(listId)).toMatchObject({
      ...{ state: 'made', unionId: eastWorks, rewardCount: 2, madeBy: clerk.actor },
      ...{ rewardFen: 120_000, moneyFen: 120_000, points: 0 },
    });
    expect(await rewards(listId)).toMatchObject([
      { achievementId: one.id, contractId, benefitFen: 2_000_001, rewardFen: 100_000, acceptedOn: '2026-03-02' },
      { achievementId: two.id, contractId, benefitFen: 400_000, rewardFen: 20_000, programmeId: null },
    ]);
    expect(await split(listId)).toEqual([
      ['33340 0', '33330 0', '33330 0'],
      ['10000 0', '10000 0'],
    ]);
    expect(await payments()).toEqual([]);
    expect((await auditTrail(deps)).at(-1)).toMatchObject({ action: 'makeRewardList', after: { rewardFen: 120_000 } });
  });

  test('pays the agreed part in points, and what makes no whole point in money', async () => {
    const { signedWithPoints, proven, make, rewards, split } = world;
    await signedWithPoints(5000);
    // 5 % of 20,019.99 yuan is 1,000.99; half of it makes 5,004 points of 10 fen.
    const { id } = await proven(2_001_999, THIRDS);
    const listId = accepted(await make([id]));
    expect(await rewards(listId)).toMatchObject([
      { rewardFen: 100_099, moneyFen: 50_059, points: 5_004, pointPriceFen: 10 },
    ]);
    expect(await split(listId)).toEqual([['16690 1668', '16685 1668', '16684 1668']]);
  });

  test('rewards an achievement once, also when two lists are made at the same moment', async () => {
    const { signed, proven, make, deps } = world;
    await signed();
    const [one, two] = [await proven(400_000), await proven(400_000)];
    const both = await Promise.all([make([one.id]), make([one.id])]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const later = await make([two.id, one.id]);
    expect([both.find(({ ok }) => !ok), later]).toMatchObject([
      { refusal: { code: 'REWARD_MADE', at: 'achievementIds.0' } },
      { refusal: { code: 'REWARD_MADE', at: 'achievementIds.1' } },
    ]);
    expect(await deps.db.manager.count(Reward)).toBe(1);
    expect(await make([two.id, two.id])).toMatchObject(refused('REWARD_COUNT'));
    expect(await make([])).toMatchObject(refused('REWARD_COUNT'));
  });

  test('is by the contract of the day of acceptance, whatever holds now', async () => {
    const { signed, proven, make, deps, rewards } = world;
    const old = await signed({ number: '旧', validUntil: '2026-03-02' });
    await signed({ number: '新', validFrom: '2026-03-03', reward: { kind: 'share', share: 1000, mostFen: null } });
    const before = await proven(400_000);
    deps.clock.set('2026-03-03T02:00:00.000Z');
    const after = await proven(400_000);
    const made = await rewards(accepted(await make([before.id, after.id])));
    expect(made.map(({ rewardFen }) => rewardFen)).toEqual([20_000, 40_000]);
    expect(made[0]!.contractId).toBe(old);
  });

  test('names the achievement that cannot be rewarded', async () => {
    const { deps, make, proven, anAchievement, claim, audit, signed, westWorks, west } = world;
    const open = await anAchievement();
    accepted(await audit(accepted(await claim(open.declarer, open.id))));
    const early = await proven(400_000);
    expect(await make([early.id])).toMatchObject({ refusal: { code: 'CONTRACT_MISSING', at: 'achievementIds.0' } });
    const table = { kind: 'table' as const, rows: [{ fromFen: 500_000, rewardFen: 100 }] };
    await signed({ reward: table });
    expect(await make([early.id])).toMatchObject({ refusal: { code: 'NOTHING_TO_REWARD', at: 'achievementIds.0' } });
    const good = await proven(500_000);
    expect(await make([good.id, open.id])).toMatchObject({
      refusal: { code: 'BENEFIT_NOT_ACCEPTED', at: 'achievementIds.1' },
    });
    const other = await anAchievement([10_000], { unionId: westWorks });
    const both = await anAdmin(deps, [world.east, west]);
    expect(await make([good.id, other.id], { by: both, unionId: world.eastWorks })).toMatchObject({
      refusal: { code: 'ACHIEVEMENT_UNKNOWN', at: 'achievementIds.1' },
    });
    expect(await make([good.id], { by: await anAdmin(deps, [west]), unionId: world.eastWorks })).toMatchObject(
      refused('UNION_UNKNOWN'),
    );
    expect(await deps.db.manager.count(RewardList)).toBe(0);
  });

  test('promises nobody more points than a rule can give for one event', async () => {
    const { signedWithPoints, proven, make } = world;
    await signedWithPoints(10_000, { fundFen: 1_000_000_000, reward: { kind: 'share', share: 10_000, mostFen: null } });
    const { id } = await proven(20_000_020);
    expect(await make([id])).toMatchObject({ refusal: { code: 'POINTS_TOO_MANY', at: 'achievementIds.0' } });
  });

  test('is withdrawn for a reason while it is not released, and its achievements can be rewarded anew', async () => {
    const { signed, proven, make, withdraw, release, list, rewards } = world;
    await signed();
    const { id } = await proven(400_000);
    const first = accepted(await make([id]));
    expect(await withdraw(first, world.clerk, '')).toMatchObject(refused('REASON_NEEDED'));
    accepted(await withdraw(first));
    expect(await list(first)).toMatchObject({ state: 'withdrawn', withdrawReason: '重新核对' });
    expect(await rewards(first)).toMatchObject([{ state: 'withdrawn' }]);
    expect(await release(first)).toMatchObject(refused('REWARD_LIST_SETTLED'));
    const second = accepted(await make([id]));
    accepted(await release(second));
    expect(await withdraw(second)).toMatchObject(refused('REWARD_LIST_SETTLED'));
    expect(await make([id])).toMatchObject(refused('REWARD_MADE'));
  });
});

describe('the release', () => {
  test('pays money from the fund, a payment for each reward, and points to each author by her share', async () => {
    const { deps, signedWithPoints, proven, make, release, list, earned, officer } = world;
    const { contractId, programmeId } = await signedWithPoints(5000);
    const [one, two] = [await proven(2_001_999, THIRDS), await proven(400_000)];
    const listId = accepted(await make([one.id, two.id]));
    accepted(await release(listId));
    expect(await list(listId)).toMatchObject({ state: 'released', releasedBy: officer.actor });
    const [first] = await world.rewards(listId);
    expect(await payments()).toMatchObject([
      { contractId, number: 1, fen: 50_059, rewardId: first!.id, paidOn: '2026-03-02', recordedBy: officer.actor },
      { contractId, number: 2, fen: 10_000, purpose: expect.stringContaining('创新成果奖励：') },
    ]);
    expect(await contract(contractId)).toMatchObject({ paidFen: 60_059, paymentCount: 2 });
    expect(await deps.db.manager.find(ActivityEvent)).toHaveLength(5);
    expect(await earned([...one.memberIds, ...two.memberIds])).toEqual([1_668, 1_668, 1_668, 500, 500]);
    const events = await deps.db.manager.findBy(ActivityEvent, { memberId: one.memberIds[0]! });
    expect(events).toMatchObject([
      {
        ...{ programmeId, type: 'innovation.reward', recordedBy: 'system:innovation' },
        ...{ reference: `${first!.id}:${one.memberIds[0]}`, attributes: { 成果: first!.title, 积分: 1_668 } },
      },
    ]);
    expect((await auditTrail(deps)).at(-1)).toMatchObject({ action: 'releaseRewardList', after: { points: 6_004 } });
    await expect(deps).toHaveCoherentLedger();
  });

  test('is a second person’s, whom the list does not pay, and happens once', async () => {
    const { deps, east, signed, proven, make, release, clerk, west } = world;
    const contractId = await signed();
    const { id, memberIds } = await proven(400_000);
    const maker = await anAccount(deps, east, 'federation-admin', { memberId: (await proven(1)).memberIds[0]! });
    const listId = accepted(await make([id], { by: maker, unionId: east }));
    const paid = await anAccount(deps, east, 'federation-admin', { memberId: memberIds[1]! });
    expect(await release(listId, maker)).toMatchObject(refused('SECOND_PERSON_NEEDED'));
    expect(await release(listId, paid)).toMatchObject(refused('OWN_REWARD'));
    expect(await release(listId, { ...world.officer, operatorId: null })).toMatchObject(refused('PERSON_NEEDED'));
    expect(await release(listId, await anAdmin(deps, [west]))).toMatchObject(refused('REWARD_LIST_UNKNOWN'));
    expect(await release(listId, clerk)).toMatchObject(refused('REWARD_LIST_UNKNOWN'));
    const both = await Promise.all([release(listId), release(listId, world.auditor)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject(refused('REWARD_LIST_SETTLED'));
    expect(await contract(contractId)).toMatchObject({ paidFen: 20_000, paymentCount: 1 });
  });

  test('pays nothing at all when the fund does not suffice', async () => {
    const { deps, signedWithPoints, proven, make, release, list, pay } = world;
    const { contractId } = await signedWithPoints(5000, { fundFen: 109_999 });
    accepted(await pay(contractId));
    const listId = accepted(await make([(await proven(400_000)).id]));
    expect(await release(listId)).toMatchObject({ refusal: { code: 'FUND_TOO_LOW', at: 'listId' } });
    expect(await list(listId)).toMatchObject({ state: 'made' });
    expect(await deps.db.manager.count(ActivityEvent)).toBe(0);
    expect(await contract(contractId)).toMatchObject({ paidFen: 100_000, paymentCount: 1 });
  });

  test('of two lists for the last of the fund pays one', async () => {
    const { signed, proven, make, release } = world;
    const contractId = await signed({ fundFen: 30_000 });
    const lists = [];
    for (const fen of [400_000, 400_000]) lists.push(accepted(await make([(await proven(fen)).id])));
    const both = await Promise.all(lists.map((id) => release(id)));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject(refused('FUND_TOO_LOW'));
    expect(await contract(contractId)).toMatchObject({ paidFen: 20_000 });
  });

  test.each([
    ['there is no rule', null],
    ['the rule gives two points for one', { ...PER_POINT, award: { ...PER_POINT.award, points: 2 } }],
    ['the rule gives less at the most', { ...PER_POINT, award: { ...PER_POINT.award, most: 499 } }],
  ] as const)('promises no points when %s to pay them', async (_what, definition) => {
    const { deps, signed, proven, make, release, province } = world;
    const programmeId = await aPayingProgramme(deps, province, definition as typeof PER_POINT | null);
    await signed({ pointsPart: 5000, programmeId });
    const listId = accepted(await make([(await proven(400_000)).id]));
    expect(await release(listId)).toMatchObject(refused('POINTS_NOT_PAYABLE'));
    expect(await payments()).toEqual([]);
  });

  test('adds everything up again, and pays nothing when it does not fit', async () => {
    const { deps, signed, proven, make, release } = world;
    await signed();
    const listId = accepted(await make([(await proven(400_000)).id]));
    await deps.db.query('UPDATE reward SET reward_fen = reward_fen - 1, money_fen = money_fen - 1');
    expect(await release(listId)).toMatchObject(refused('REWARDS_NOT_SUM'));
    const { manager } = deps.db;
    await expect(manager.update(RewardLine, { number: 1 }, { fen: 9_999 })).rejects.toThrow('is fixed');
    await expect(manager.delete(RewardLine, { number: 1 })).rejects.toThrow('is fixed');
    expect(await payments()).toEqual([]);
  });

  test('stands: its payment is not taken back by hand', async () => {
    const { deps, signed, proven, make, release, clerk } = world;
    await signed();
    accepted(await release(accepted(await make([(await proven(400_000)).id]))));
    const [payment] = await payments();
    const input = { paymentId: payment!.id, purpose: '误付', reference: aKey() };
    expect(await takeBackPayment(deps, clerk, aKey(), input)).toMatchObject(refused('PAYMENT_OF_REWARD'));
  });

  test('is what an author sees of her rewards, page by page', async () => {
    const { deps, signed, proven, make, release } = world;
    await signed();
    const { id, memberIds } = await proven(400_000);
    const own = (after?: string) => rewardsOfMember(deps.db.manager, memberIds[0]!, { first: 1, after });
    const listId = accepted(await make([id]));
    expect(await own()).toEqual({ items: [], hasNextPage: false });
    accepted(await release(listId));
    const page = await own();
    expect(page).toMatchObject({
      items: [{ achievementId: id, rewardFen: 20_000, share: 5000, fen: 10_000, points: 0 }],
      hasNextPage: false,
    });
    expect(await own(page.items[0]!.rewardId)).toEqual({ items: [], hasNextPage: false });
  });
});

test('the list is a file of what each author gets, for an address that lasts five minutes', async () => {
  const { deps, signedWithPoints, proven, make } = world;
  await signedWithPoints(5000);
  const listId = accepted(await make([(await proven(2_001_999, THIRDS)).id, (await proven(400_000)).id]));
  const app = fastify();
  rewardFileRoute(app, deps);
  const address = rewardFileUrl(deps.config, listId, deps.clock.now());
  const answer = await app.inject(address);
  expect(answer.headers['content-disposition']).toContain(encodeURIComponent('创新奖励发放表-东厂工会-2026-03-02'));
  const { sheets } = await readXlsx(answer.rawPayload);
  const rows = sheets[0]!.rows.map((row) => [row[0], row[2], row[4], row[5], row[6], row[7]]);
  expect(rows.slice(1)).toEqual([
    [1, '完成人1', '东厂工会', 33.34, 166.9, 1_668],
    [1, '完成人2', '东厂工会', 33.33, 166.85, 1_668],
    [1, '完成人3', '东厂工会', 33.33, 166.84, 1_668],
    [2, '完成人1', '东厂工会', 50, 50, 500],
    [2, '完成人2', '东厂工会', 50, 50, 500],
    ['合计', null, null, null, 600.59, 6_004],
  ]);
  expect((await app.inject(address.replace(/signature=./, 'signature=-'))).statusCode).toBe(404);
  deps.clock.set(new Date(deps.clock.now().getTime() + 300_000).toISOString());
  expect((await app.inject(address)).statusCode).toBe(410);
  await app.close();
});

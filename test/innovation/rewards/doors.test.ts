import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesOf } from '../../evidence/world.ts';
import { anAdmin as anOperator } from '../../identity/world.ts';
import { startApi, type TestApi, tokenFor } from '../../support/api.ts';
import { countQueries } from '../../support/count-queries.ts';
import { type TestDeps, testDeps } from '../../support/deps.ts';
import { accepted, aKey } from '../../unions/tree.ts';
import { aRewardWorld } from './world.ts';

let deps: TestDeps;
let api: TestApi;

beforeAll(async () => {
  deps = await testDeps();
  api = await startApi(deps);
});
afterAll(() => api.close());

/** The world of rewards with a clerk, an auditor and an officer of the city East at the door. */
async function aScene() {
  const world = await aRewardWorld();
  const ofEast = [[{ id: world.east, path: '' }, 'programme-admin']] as const;
  const [clerk, auditor, officer] = [
    await anOperator(deps, 'clerk', ofEast),
    await anOperator(deps, 'auditor', ofEast),
    await anOperator(deps, 'officer', ofEast),
  ];
  const ask = async (door: 'admin' | 'member', subjectId: string, query: string, variables: object = {}) => {
    deps.clock.set(world.deps.clock.now().toISOString());
    const token = await tokenFor(deps, door, subjectId);
    return api.ask(door, query, { token, variables: { ...variables }, language: 'zh' });
  };
  type Args = Record<string, [type: string, value: unknown]>;
  const actAt = async (door: 'admin' | 'member', subjectId: string, name: string, fields: string, args: Args) => {
    const declared = Object.entries(args).map(([arg, [type]]) => `, $${arg}: ${type}`);
    const passed = Object.keys(args).map((arg) => `, ${arg}: $${arg}`);
    const query = `mutation ($key: String!${declared.join('')}) {
      ${name}(key: $key${passed.join('')}) { ${fields} ... on Refusal { code at message } }
    }`;
    const values = Object.fromEntries(Object.entries(args).map(([arg, [, value]]) => [arg, value]));
    const { data, errors } = await ask(door, subjectId, query, { key: aKey(), ...values });
    expect(errors).toEqual([]);
    return data[name];
  };
  const act = (name: string, fields: string, args: Args, who = clerk) =>
    actAt('admin', who.operatorId, name, fields, args);
  return { ...world, clerk, auditor, officer, ask, act, actAt };
}

const id = (value: string): [string, unknown] => ['Id!', value];
const text = (value: string): [string, unknown] => ['String!', value];
const fen = (value: number): [string, unknown] => ['Fen!', value];
const day = (value: string): [string, unknown] => ['Day!', value];

const CONTRACT = `... on InnovationContract { id number validUntil state endReason fundFen paidFen covered
  union { name } reward { share mostFen rows { fromFen rewardFen } } payments { nodes { number fen purpose } } }`;
const TERMS = {
  ...{ number: 'CX-1', name: '创新专项集体合同', signedOn: '2025-12-20', validFrom: '2026-01-01' },
  ...{ validUntil: '2026-12-31', covered: 600, fundFen: 1_000_000 },
};

test('an admin records a contract at her door, what is paid from its fund, and its end; and sums them up', async () => {
  const { act, ask, clerk, eastWorks, westWorks } = await aScene();
  const record = (contract: object, unionId = eastWorks) =>
    act('recordInnovationContract', CONTRACT, {
      unionId: id(unionId),
      contract: ['InnovationContractInput!', contract],
    });
  const both = { share: 500, rows: [{ fromFen: 0, rewardFen: 1 }] };
  for (const reward of [{}, both, { mostFen: 5 }])
    expect(await record({ ...TERMS, reward })).toMatchObject({ code: 'REWARD_RULE_NOT_ONE', at: 'contract.reward' });
  expect(await record({ ...TERMS, reward: { share: 500 } }, westWorks)).toMatchObject({ code: 'UNION_UNKNOWN' });
  const made = await record({ ...TERMS, reward: { rows: [{ fromFen: 1_000, rewardFen: 50 }] } });
  expect(made).toMatchObject({
    ...{ state: 'ACTIVE', paidFen: 0, union: { name: '东厂工会' } },
    reward: { share: null, mostFen: null, rows: [{ fromFen: 1_000, rewardFen: 50 }] },
  });
  const contractId = id(made.id);
  const PAYMENT = '... on InnovationPayment { id number fen correctsId }';
  const pay = {
    contractId,
    paidOn: day('2026-03-01'),
    fen: fen(700_000),
    purpose: text('奖金'),
    reference: text('凭1'),
  };
  const payment = await act('recordInnovationPayment', PAYMENT, pay);
  expect(payment).toMatchObject({ number: 1, fen: 700_000, correctsId: null });
  const second = { ...pay, reference: text('凭2') };
  expect(await act('recordInnovationPayment', PAYMENT, second)).toMatchObject({
    ...{ code: 'FUND_TOO_LOW', message: expect.stringContaining('3000.00') },
  });
  const back = { paymentId: id(payment.id), purpose: text('登记有误'), reference: text('红1') };
  expect(await act('takeBackInnovationPayment', PAYMENT, back)).toMatchObject({ number: 2, correctsId: payment.id });
  expect(await act('recordInnovationPayment', PAYMENT, second)).toMatchObject({ number: 3 });
  const end = { contractId, lastDay: day('2026-06-30'), reason: text('协商一致') };
  expect(await act('endInnovationContract', CONTRACT, end)).toMatchObject({
    ...{ state: 'ENDED', validUntil: '2026-06-30', endReason: '协商一致', paidFen: 700_000 },
    payments: { nodes: [{ number: 1 }, { number: 2, fen: -700_000 }, { number: 3, fen: 700_000 }] },
  });
  const read = `query ($day: Day, $union: Id) {
    innovationContracts(validOn: $day, unionId: $union) { nodes { number payments { nodes { number } } } }
    innovationContractSums(unionId: $union, year: 2026) { firms covered fundFen paidFen effectFen } }`;
  const shown = (variables: object) => ask('admin', clerk.operatorId, read, variables);
  expect(await shown({ day: '2026-06-30' })).toMatchObject({
    data: {
      innovationContracts: { nodes: [{ number: 'CX-1', payments: { nodes: [{}, {}, {}] } }] },
      innovationContractSums: { firms: 1, covered: 600, fundFen: 1_000_000, paidFen: 700_000, effectFen: 0 },
    },
  });
  expect(await shown({ day: '2026-07-01' })).toMatchObject({ data: { innovationContracts: { nodes: [] } } });
  expect(await shown({ union: westWorks })).toMatchObject({
    data: { innovationContracts: { nodes: [] }, innovationContractSums: { firms: 0 } },
  });
});

test('a member claims a benefit, two admins settle it, and two pay its reward, which she then sees', async () => {
  const { act, actAt, ask, auditor, officer, anAchievement, signedWithPoints, eastWorks, seasonId } = await aScene();
  await signedWithPoints(5000);
  const { id: achievementId, memberIds } = await anAchievement();
  const [declarer, mate] = memberIds as [string, string];
  const claim = { achievementId: id(achievementId), fen: fen(400_000), how: text('节约工时 120 小时') };
  const period = { periodFrom: day('2025-01-01'), periodUntil: day('2025-12-31') };
  const evidence = async (owner: string): Promise<[string, unknown]> => ['[Id!]!', await filesOf(deps, owner, 1)];
  const BENEFIT = '... on Benefit { id state claimedFen auditedFen acceptedFen reason evidence { fileName } }';
  const byMember = (args: object) =>
    actAt('member', declarer, 'claimBenefit', BENEFIT, { ...claim, ...period, ...args });
  expect(await byMember({ evidenceIds: ['[Id!]!', []] })).toMatchObject({ code: 'EVIDENCE_NEEDED', at: 'evidenceIds' });
  const claimed = await byMember({ evidenceIds: await evidence(`member:${declarer}`) });
  expect(claimed).toMatchObject({ state: 'CLAIMED', claimedFen: 400_000, evidence: [{ fileName: '证书.png' }] });
  const benefitId = id(claimed.id);
  const back = { benefitId, reason: text('缺少财务证明') };
  expect(await act('returnBenefit', BENEFIT, back, auditor)).toMatchObject({
    state: 'RETURNED',
    reason: '缺少财务证明',
  });
  const evidenceIds = await evidence(`member:${declarer}`);
  expect(await byMember({ evidenceIds })).toMatchObject({ state: 'CLAIMED', reason: null, evidence: [{}] });
  const audit = { benefitId, fen: fen(400_000), note: text('属实') };
  expect(await act('auditBenefit', BENEFIT, audit, auditor)).toMatchObject({ state: 'AUDITED', auditedFen: 400_000 });
  const accept = { benefitId, fen: fen(400_000) };
  expect(await act('acceptBenefit', BENEFIT, accept, auditor)).toMatchObject({ code: 'SECOND_PERSON_NEEDED' });
  expect(await act('acceptBenefit', BENEFIT, accept, officer)).toMatchObject({ state: 'ACCEPTED' });
  const mine = 'query ($id: Id!) { achievementBenefit(achievementId: $id) { state acceptedFen } }';
  expect(await ask('member', mate, mine, { id: achievementId })).toMatchObject({
    data: { achievementBenefit: { state: 'ACCEPTED', acceptedFen: 400_000 } },
  });

  const LIST = `... on RewardList { id state rewardFen moneyFen points fileUrl releasedBy union { name }
    rewards { nodes { title benefitFen pointPriceFen lines { payee share fen points } } } }`;
  const list = { unionId: id(eastWorks), achievementIds: ['[Id!]!', [achievementId]] as [string, unknown] };
  const made = await act('makeRewardList', LIST, list);
  expect(made).toMatchObject({
    ...{ state: 'MADE', rewardFen: 20_000, moneyFen: 10_000, points: 1_000, releasedBy: null },
    rewards: { nodes: [{ benefitFen: 400_000, lines: [1, 2].map(() => ({ share: 5000, fen: 5_000, points: 500 })) }] },
  });
  const file = await fetch(`${api.url}${made.fileUrl}`);
  expect([file.status, file.headers.get('content-type')]).toEqual([200, expect.stringContaining('spreadsheetml')]);
  const own = '{ myInnovationRewards { nodes { title share fen points rewardFen } } }';
  expect(await ask('member', mate, own)).toMatchObject({ data: { myInnovationRewards: { nodes: [] } } });
  const listId = { listId: id(made.id) };
  expect(await act('releaseRewardList', LIST, listId)).toMatchObject({ code: 'SECOND_PERSON_NEEDED' });
  expect(await act('releaseRewardList', LIST, listId, officer)).toMatchObject({ state: 'RELEASED' });
  const again = { ...listId, reason: text('误编') };
  expect(await act('withdrawRewardList', LIST, again)).toMatchObject({ code: 'REWARD_LIST_SETTLED' });
  expect(await ask('member', mate, own)).toMatchObject({
    data: { myInnovationRewards: { nodes: [{ share: 5000, fen: 5_000, points: 500, rewardFen: 20_000 }] } },
  });
  const FIGURES = `query ($id: Id!) { innovationSeasonFigures(seasonId: $id) { counts { entries privateShare authors }
    before { entries } entriesGrowth benefits { acceptedFen } rewards { moneyFen points } } }`;
  expect(await ask('admin', officer.operatorId, FIGURES, { id: seasonId })).toMatchObject({
    data: {
      innovationSeasonFigures: {
        ...{ counts: { entries: 1, privateShare: 0, authors: 2 }, before: null, entriesGrowth: null },
        ...{ benefits: { acceptedFen: 400_000 }, rewards: { moneyFen: 10_000, points: 1_000 } },
      },
    },
  });
});

test('the statements of lists do not grow with their rows', async () => {
  const { ask, clerk, signed, proven, make, release } = await aScene();
  await signed();
  const ids = [];
  for (const some of [100_000, 200_000, 300_000]) ids.push((await proven(some)).id);
  for (const one of ids) accepted(await release(accepted(await make([one]))));
  const LISTS = `query ($first: Int) {
    benefits(first: $first) { nodes { title union { name } rewardId evidence { fileName } } }
    rewardLists(first: $first) { nodes { union { name } rewards { nodes { title lines { payee } } } } } }`;
  const read = (first: number) => ask('admin', clerk.operatorId, LISTS, { first });
  const three = await read(3);
  expect(three.errors).toEqual([]);
  expect(
    three.data.rewardLists.nodes.map(({ rewards }: { rewards: { nodes: object[] } }) => rewards.nodes),
  ).toHaveLength(3);
  expect(three.data.benefits.nodes).toMatchObject(
    [1, 2, 3].map(() => ({ rewardId: expect.any(String), evidence: [{}] })),
  );
  const one = await countQueries(deps.db, () => read(1));
  expect(await countQueries(deps.db, () => read(3))).toBe(one);
  const open = 'query { benefits(notRewarded: true, state: ACCEPTED) { nodes { id } } }';
  expect(await ask('admin', clerk.operatorId, open)).toMatchObject({ data: { benefits: { nodes: [] } } });
});

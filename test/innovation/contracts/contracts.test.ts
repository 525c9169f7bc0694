import { beforeEach, describe, expect, test } from 'vitest';
import type { ContractTerms } from '../../../src/innovation/contracts/contract-terms.ts';
import { endInnovationContract } from '../../../src/innovation/contracts/end-contract.ts';
import { InnovationContract } from '../../../src/innovation/contracts/innovation-contract.entity.ts';
import { InnovationPayment } from '../../../src/innovation/contracts/innovation-payment.entity.ts';
import { contractsCovering } from '../../../src/innovation/contracts/queries.ts';
import { takeBackPayment } from '../../../src/innovation/contracts/take-back-payment.ts';
import { unionPath } from '../../../src/unions/queries.ts';
import { accepted, aKey, anAdmin, aProgramme, aUnion, auditTrail, refused } from '../../unions/tree.ts';
import { aContractWorld, type ContractWorld } from './world.ts';

let world: ContractWorld;
beforeEach(async () => {
  world = await aContractWorld();
});

const contract = (id: string) => world.deps.db.manager.findOneByOrFail(InnovationContract, { id });
const payments = (contractId: string) =>
  world.deps.db.manager.find(InnovationPayment, { where: { contractId }, order: { number: 'ASC' } });
const end = (contractId: string, lastDay: string, reason = '双方协商提前终止') =>
  endInnovationContract(world.deps, world.clerk, aKey(), { contractId, lastDay, reason });
const takeBack = (paymentId: string, by = world.clerk) =>
  takeBackPayment(world.deps, by, aKey(), { paymentId, purpose: '金额登记有误', reference: aKey() });

describe('a contract on innovation', () => {
  test('is recorded as it was signed, and that is audited', async () => {
    const { deps, signed, clerk, eastWorks } = world;
    const reward = { kind: 'table' as const, rows: [{ fromFen: 0, rewardFen: 100 }] };
    const id = await signed({ reward });
    expect(await contract(id)).toMatchObject({
      ...{ unionId: eastWorks, number: 'CX-2026-01', covered: 600, fundFen: 1_000_000, paidFen: 0, reward },
      ...{ validFrom: '2026-01-01', validUntil: '2026-12-31', state: 'active', recordedBy: clerk.actor },
    });
    expect(await auditTrail(deps)).toMatchObject([
      { action: 'recordInnovationContract', targetId: id, unionId: eastWorks, after: { number: 'CX-2026-01', reward } },
    ]);
  });

  const [share, table] = ['REWARD_SHARE_OUT_OF_RANGE', 'REWARD_TABLE_MALFORMED'];
  const row = (fromFen: number, rewardFen: number) => ({ fromFen, rewardFen });
  const rows = (...all: ReturnType<typeof row>[]): Partial<ContractTerms> => ({ reward: { kind: 'table', rows: all } });
  const ofShare = (of: number, mostFen: number | null = null): Partial<ContractTerms> => ({
    reward: { kind: 'share', share: of, mostFen },
  });
  const WRONG: [string, Partial<ContractTerms>, string, string][] = [
    ['no number', { number: '' }, 'TEXT_MALFORMED', 'contract.number'],
    ['a name of two lines', { name: '合\n同' }, 'TEXT_MALFORMED', 'contract.name'],
    ['a signature of tomorrow', { signedOn: '2026-03-03' }, 'CONTRACT_DAYS', 'contract.signedOn'],
    ['an end before its beginning', { validUntil: '2025-12-31' }, 'CONTRACT_DAYS', 'contract.validUntil'],
    ['nobody covered', { covered: 0 }, 'COVERED_OUT_OF_RANGE', 'contract.covered'],
    ['an empty fund', { fundFen: 0 }, 'FUND_OUT_OF_RANGE', 'contract.fundFen'],
    ['a share of nothing', ofShare(0), share, 'contract.reward.share'],
    ['a share beyond all', ofShare(10_001), share, 'contract.reward.share'],
    ['a limit of nothing', ofShare(500, 0), share, 'contract.reward.share'],
    ['an empty table', rows(), table, 'contract.reward.rows'],
    ['a table that steps back', rows(row(100, 10), row(100, 20)), table, 'contract.reward.rows.1'],
    ['a table whose rewards fall', rows(row(100, 20), row(200, 10)), table, 'contract.reward.rows.1'],
    ['a reward of nothing', rows(row(100, 0)), table, 'contract.reward.rows.0'],
    ['a part beyond all', { pointsPart: 10_001 }, 'POINTS_PART_OUT_OF_RANGE', 'contract.pointsPart'],
    ['points of no programme', { pointsPart: 1 }, 'POINTS_PROGRAMME', 'contract.programmeId'],
  ];
  test.each(WRONG)('with %s is refused with the place', async (_what, fields, code, at) => {
    expect(await world.sign(fields)).toMatchObject({ ok: false, refusal: { code, at } });
    expect(await world.deps.db.manager.count(InnovationContract)).toBe(0);
  });

  test('pays points of a programme that covers the firm, and of no other', async () => {
    const { deps, sign, east, west } = world;
    const [near, far] = [await aProgramme(deps, east, '东市积分'), await aProgramme(deps, west, '西市积分')];
    expect(await sign({ pointsPart: 2000, programmeId: far })).toMatchObject(refused('POINTS_PROGRAMME'));
    expect(await sign({ pointsPart: 0, programmeId: near })).toMatchObject(refused('POINTS_PROGRAMME'));
    expect(await contract(accepted(await sign({ pointsPart: 2000, programmeId: near })))).toMatchObject({
      ...{ pointsPart: 2000, programmeId: near },
    });
  });

  test('is that of a firm in the admin’s branch, and of no city', async () => {
    const { deps, sign, east, westWorks } = world;
    expect(await sign({}, { by: world.clerk, unionId: westWorks })).toMatchObject(refused('UNION_UNKNOWN'));
    const city = await anAdmin(deps, [east]);
    expect(await sign({}, { by: city, unionId: east })).toMatchObject(refused('UNION_NO_FIRM'));
    const reader = await anAdmin(deps, [east], ['innovation-contracts:read']);
    expect(await sign({}, { by: reader, unionId: world.eastWorks })).toMatchObject(refused('UNION_UNKNOWN'));
  });

  test('covers days that no other of the union covers, also when two are recorded at once', async () => {
    const { sign, signed, deps } = world;
    const id = await signed();
    expect(await sign()).toMatchObject(refused('CONTRACT_NUMBER_TAKEN'));
    const next = { number: 'CX-2027-01', validFrom: '2026-12-31', validUntil: '2027-12-31' };
    expect(await sign(next)).toMatchObject(refused('CONTRACT_OVERLAPS'));
    accepted(await end(id, '2026-12-30'));
    const both = await Promise.all([sign(next), sign({ ...next, number: 'CX-2027-02' })]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await deps.db.manager.count(InnovationContract)).toBe(2);
  });

  test('is ended early once, for a reason, and not in the past', async () => {
    const { signed, deps } = world;
    const id = await signed();
    expect(await end(id, '2026-03-01')).toMatchObject(refused('CONTRACT_END_DAY'));
    expect(await end(id, '2026-12-31')).toMatchObject(refused('CONTRACT_END_DAY'));
    expect(await end(id, '2026-03-02', ' ')).toMatchObject(refused('REASON_NEEDED'));
    accepted(await end(id, '2026-03-02'));
    expect(await contract(id)).toMatchObject({
      state: 'ended',
      validUntil: '2026-03-02',
      endReason: '双方协商提前终止',
    });
    expect(await end(id, '2026-03-02')).toMatchObject(refused('CONTRACT_ENDED'));
    expect((await auditTrail(deps)).at(-1)).toMatchObject({
      ...{ action: 'endInnovationContract', before: { validUntil: '2026-12-31' }, after: { validUntil: '2026-03-02' } },
    });
  });

  test('rewards those of the firm on its days, and of its shops that have none of their own', async () => {
    const { deps, signed, eastWorks, westWorks } = world;
    const id = await signed();
    const shop = await aUnion(deps, eastWorks, '一车间工会', 'grass-roots');
    const paths = await Promise.all([eastWorks, shop, westWorks].map((one) => unionPath(deps.db.manager, one)));
    const covering = async (day: string) => {
      const asked = paths.map((path) => ({ path: path!, day }));
      return (await contractsCovering(deps.db.manager, asked)).map((found) => found?.id);
    };
    expect(await covering('2026-12-31')).toEqual([id, id, undefined]);
    expect(await covering('2027-01-01')).toEqual([undefined, undefined, undefined]);
    const own = accepted(await world.sign({}, { by: world.clerk, unionId: shop }));
    expect(await covering('2026-01-01')).toEqual([id, own, undefined]);
  });
});

describe('the fund of a contract', () => {
  test('is paid from until it is empty, never beyond, however many record at once', async () => {
    const { signed, pay } = world;
    const id = await signed({ fundFen: 300_000 });
    const all = await Promise.all(Array.from({ length: 5 }, () => pay(id)));
    expect(all.filter(({ ok }) => ok)).toHaveLength(3);
    expect(all.find(({ ok }) => !ok)).toMatchObject(refused('FUND_TOO_LOW'));
    expect((await payments(id)).map(({ number, fen }) => [number, fen])).toEqual([1, 2, 3].map((n) => [n, 100_000]));
    expect(await contract(id)).toMatchObject({ paidFen: 300_000, paymentCount: 3 });
    const none = await pay(id, { fen: 1 });
    expect(none).toMatchObject({ refusal: { code: 'FUND_TOO_LOW', message: { zh: expect.stringContaining('0.00') } } });
  });

  test('pays only what the paper shows', async () => {
    const { signed, pay } = world;
    const id = await signed();
    expect(await pay(id, { paidOn: '2026-03-03' })).toMatchObject(refused('PAYMENT_DAY'));
    expect(await pay(id, { paidOn: '2025-12-19' })).toMatchObject(refused('PAYMENT_DAY'));
    expect(await pay(id, { fen: 0 })).toMatchObject(refused('PAYMENT_OUT_OF_RANGE'));
    expect(await pay(id, { fen: -5 })).toMatchObject(refused('PAYMENT_OUT_OF_RANGE'));
    expect(await pay(id, { purpose: '' })).toMatchObject({ refusal: { code: 'TEXT_MALFORMED', at: 'purpose' } });
    expect(await pay(id, { reference: ' ' })).toMatchObject({ refusal: { code: 'TEXT_MALFORMED', at: 'reference' } });
    accepted(await pay(id, { reference: '凭证 17' }));
    expect(await pay(id, { reference: '凭证 17' })).toMatchObject(refused('REFERENCE_TAKEN'));
    const other = await anAdmin(world.deps, [world.westWorks]);
    expect(await pay(id, {}, other)).toMatchObject(refused('INNOVATION_CONTRACT_UNKNOWN'));
    expect(await payments(id)).toHaveLength(1);
  });

  test('gets back what was recorded wrongly by an entry of its own, once; nothing is changed', async () => {
    const { deps, signed, pay } = world;
    const id = await signed();
    const wrong = accepted(await pay(id));
    const stranger = await anAdmin(deps, [world.westWorks]);
    expect(await takeBack(wrong, stranger)).toMatchObject(refused('PAYMENT_UNKNOWN'));
    const both = await Promise.all([takeBack(wrong), takeBack(wrong)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject(refused('PAYMENT_TAKEN_BACK'));
    const [first, entry] = await payments(id);
    expect(entry).toMatchObject({ number: 2, fen: -100_000, correctsId: first!.id, paidOn: '2026-03-02' });
    expect(await contract(id)).toMatchObject({ paidFen: 0, paymentCount: 2 });
    expect(await takeBack(entry!.id)).toMatchObject(refused('PAYMENT_TAKEN_BACK'));
    const { manager } = deps.db;
    await expect(manager.update(InnovationPayment, { id: wrong }, { fen: 1 })).rejects.toThrow('is fixed');
    await expect(manager.delete(InnovationPayment, { id: wrong })).rejects.toThrow('is fixed');
  });
});

import type { ContractTerms } from '../../../src/innovation/contracts/contract-terms.ts';
import { recordInnovationContract } from '../../../src/innovation/contracts/record-contract.ts';
import { type PaymentGiven, recordInnovationPayment } from '../../../src/innovation/contracts/record-payment.ts';
import { accepted, aKey, anAdmin, aTree } from '../../unions/tree.ts';

/** 2 March 2026, 10:00 in Beijing. */
export const NOW = '2026-03-02T02:00:00.000Z';

/** A contract of this year with a fund of 10,000 yuan, which rewards 5 % of a benefit in money. */
export const aContract = (fields: Partial<ContractTerms> = {}): ContractTerms => ({
  number: 'CX-2026-01',
  name: '职工创新专项集体合同',
  signedOn: '2025-12-20',
  validFrom: '2026-01-01',
  validUntil: '2026-12-31',
  covered: 600,
  fundFen: 1_000_000,
  reward: { kind: 'share', share: 500, mostFen: null },
  pointsPart: 0,
  programmeId: null,
  ...fields,
});

/** A tree of two cities with a works each, an admin of the eastern works, and what she does with contracts. */
export async function aContractWorld() {
  const tree = await aTree();
  const { deps, eastWorks } = tree;
  deps.clock.set(NOW);
  const clerk = await anAdmin(deps, [eastWorks]);
  const sign = (fields: Partial<ContractTerms> = {}, { by = clerk, unionId = eastWorks } = {}) =>
    recordInnovationContract(deps, by, aKey(), { unionId, contract: aContract(fields) });
  const signed = async (fields: Partial<ContractTerms> = {}) => accepted(await sign(fields));
  const pay = (contractId: string, fields: Partial<PaymentGiven> = {}, by = clerk) => {
    const given = { paidOn: '2026-03-01', fen: 100_000, purpose: '创新竞赛奖金', reference: aKey() };
    return recordInnovationPayment(deps, by, aKey(), { contractId, ...given, ...fields });
  };
  return { ...tree, clerk, sign, signed, pay };
}

export type ContractWorld = Awaited<ReturnType<typeof aContractWorld>>;

import { Args, Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import type { BeijingDay } from '../../../platform/clock.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { DayScalar, FenScalar, IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { UnionView, unionView } from '../../../unions/graphql/admin-views.ts';
import { unionLoader } from '../../../unions/loaders.ts';
import type { InnovationContract, InnovationContractState } from '../innovation-contract.entity.ts';
import type { InnovationPayment } from '../innovation-payment.entity.ts';
import { MOST_ROWS } from '../limits.ts';
import { innovationPaymentsLoaders } from '../loaders.ts';
import type { RewardRule } from '../reward-rule.ts';
import type { ContractSums } from '../sum-contracts.ts';
import { InnovationContractStateWord } from './words.ts';

@ObjectType('RewardRow', { description: 'A row of a table of rewards.' })
class RewardRowView {
  @Field(() => FenScalar, { description: 'From this benefit on.' })
  fromFen!: number;

  @Field(() => FenScalar, { description: 'The reward.' })
  rewardFen!: number;
}

@ObjectType('RewardRule', {
  description: 'How innovation is rewarded, once: by a share of the net benefit, or a table.',
})
class RewardRuleView {
  @Field(() => Int, {
    nullable: true,
    description: 'A share in hundredths of a per cent: 500 is 5 %. Null where there is a table.',
  })
  share!: number | null;

  @Field(() => FenScalar, {
    nullable: true,
    description: 'With a share: the most that a reward can be; null for no limit.',
  })
  mostFen!: number | null;

  @Field(() => [RewardRowView], {
    description: `The table, ${MOST_ROWS} rows at the most: the last that the benefit reaches counts. Empty with a share.`,
  })
  rows!: RewardRowView[];
}

@ObjectType('InnovationPayment', {
  description: 'A payment from the fund of a contract, or the entry that takes one back.',
  simpleResolvers: true,
})
export class InnovationPaymentView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  contractId!: string;

  @Field(() => Int, { description: 'From 1, in the order of recording.' })
  number!: number;

  @Field(() => DayScalar, { description: 'The day of payment, or on which it was taken back.' })
  paidOn!: BeijingDay;

  @Field(() => FenScalar, { description: 'Below zero where it takes back another.' })
  fen!: number;

  @Field(() => String, { description: 'What for.' })
  purpose!: string;

  @Field(() => String, { description: 'Of the bank or the voucher; unique in the contract.' })
  reference!: string;

  @Field(() => IdScalar, {
    nullable: true,
    description: 'The reward whose money it is; null for one recorded by hand.',
  })
  rewardId!: string | null;

  @Field(() => IdScalar, { nullable: true, description: 'The payment that it takes back; null for a payment.' })
  correctsId!: string | null;

  @Field(() => InstantScalar)
  recordedAt!: Date;

  @Field(() => String, { description: 'Who recorded it: operator:<id>.' })
  recordedBy!: string;
}

export const InnovationPaymentConnection = connectionType(InnovationPaymentView, 'InnovationPayment');

@ObjectType('InnovationContract', {
  description: '创新专项集体合同: what a firm and its union signed on how innovation is rewarded, and from which fund.',
  simpleResolvers: true,
})
export class InnovationContractView {
  unionId!: string;
  rule!: RewardRule;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => String, { description: 'As on the paper; unique in the union.' })
  number!: string;

  @Field(() => String)
  name!: string;

  @Field(() => DayScalar, { description: 'When it was signed.' })
  signedOn!: BeijingDay;

  @Field(() => DayScalar, { description: 'The first day that it covers.' })
  validFrom!: BeijingDay;

  @Field(() => DayScalar, { description: 'The last day that it covers.' })
  validUntil!: BeijingDay;

  @Field(() => Int, { description: 'How many members it covers.' })
  covered!: number;

  @Field(() => FenScalar, { description: 'The fund from which rewards and other bonuses are paid.' })
  fundFen!: number;

  @Field(() => FenScalar, { description: 'What was paid from the fund; never more than it has.' })
  paidFen!: number;

  @Field(() => Int, { description: 'How much of a reward is paid in points, in hundredths of a per cent.' })
  pointsPart!: number;

  @Field(() => IdScalar, { nullable: true, description: 'In whose points; null where all is paid in money.' })
  programmeId!: string | null;

  @Field(() => InnovationContractStateWord)
  state!: InnovationContractState;

  @Field(() => String, { nullable: true, description: 'Why its end was put earlier; null when it was not.' })
  endReason!: string | null;

  @Field(() => InstantScalar)
  recordedAt!: Date;

  @Field(() => UnionView, { description: 'The firm’s union.' })
  async union(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionView((await loader(context, unionLoader).load(this.unionId))!);
  }

  @Field(() => RewardRuleView)
  reward(): RewardRuleView {
    return rewardRuleView(this.rule);
  }

  @Field(() => InnovationPaymentConnection, { description: 'What was paid from the fund, in the order of recording.' })
  async payments(
    @Ctx() context: AdminContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<InnovationPaymentView>> {
    const found = await loader(context, innovationPaymentsLoaders)(pageAsked(page)).load(this.id);
    return connection(found, ({ number }) => String(number), innovationPaymentView);
  }
}

export const InnovationContractConnection = connectionType(InnovationContractView, 'InnovationContract');

@ObjectType('InnovationContractSums', { description: 'What the contracts on innovation of a branch come to.' })
export class ContractSumsView implements ContractSums {
  @Field(() => Int, { description: 'How many there are.' })
  contracts!: number;

  @Field(() => Int, { description: 'Unions with a contract.' })
  firms!: number;

  @Field(() => Int, { description: '覆盖职工: members covered, each firm counted by its newest contract.' })
  covered!: number;

  @Field(() => FenScalar, { description: 'All funds.' })
  fundFen!: number;

  @Field(() => FenScalar, { description: '奖金: what was paid from the funds.' })
  paidFen!: number;

  @Field(() => FenScalar, { description: '经济效益: the accepted benefit of what was rewarded.' })
  effectFen!: number;
}

function rewardRuleView(rule: RewardRule): RewardRuleView {
  const { share, mostFen } = rule.kind === 'share' ? rule : { share: null, mostFen: null };
  return Object.assign(new RewardRuleView(), { share, mostFen, rows: rule.kind === 'table' ? rule.rows : [] });
}

export function innovationPaymentView(row: InnovationPayment): InnovationPaymentView {
  return Object.assign(new InnovationPaymentView(), row);
}

export function innovationContractView(contract: InnovationContract): InnovationContractView {
  const { id, unionId, number, name, signedOn, validFrom, validUntil, covered, fundFen, paidFen } = contract;
  const { pointsPart, programmeId, state, endReason, recordedAt, reward: rule } = contract;
  return Object.assign(new InnovationContractView(), {
    ...{ id, unionId, number, name, signedOn, validFrom, validUntil, covered, fundFen, paidFen },
    ...{ pointsPart, programmeId, state, endReason, recordedAt, rule },
  });
}

export function contractSumsView(sums: ContractSums): ContractSumsView {
  return Object.assign(new ContractSumsView(), sums);
}

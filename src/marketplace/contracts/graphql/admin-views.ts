import { Field, InputType, Int, ObjectType } from 'type-graphql';
import type { BeijingDay } from '../../../platform/clock.ts';
import { connectionType } from '../../../platform/graphql/connection.ts';
import { DayScalar, FenScalar, IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import type { ContractRow, SettlementMode } from '../contract.entity.ts';
import type { ContractTerms } from '../contract-terms.ts';
import { SettlementModeWord } from './words.ts';

@ObjectType('Contract', {
  description:
    'What a merchant and the union of a programme signed (合同). From the day after its last, nothing is sold or charged under it; vouchers stay good.',
  simpleResolvers: true,
})
export class ContractView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar)
  programmeId!: string;

  @Field(() => IdScalar)
  merchantId!: string;

  @Field(() => String, { description: 'As on the paper; unique in the programme.' })
  number!: string;

  @Field(() => DayScalar, { description: 'The first day that it covers.' })
  fromDay!: BeijingDay;

  @Field(() => DayScalar, { nullable: true, description: 'The last day that it covers; null without end.' })
  untilDay!: BeijingDay | null;

  @Field(() => FenScalar, {
    nullable: true,
    description: 'What the union pays this merchant for a point, in fen; null where it is the programme’s price.',
  })
  pointPriceFen!: number | null;

  @Field(() => String, { nullable: true, description: 'What card holders are given at the counter; null for nothing.' })
  discount!: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many per cent it takes off a bill, 1 to 99 (九折 is 10), for the figures; null where its words say it some other way.',
  })
  discountPercent!: number | null;

  @Field(() => SettlementModeWord)
  settlement!: SettlementMode;

  @Field(() => FenScalar, { nullable: true, description: 'Prepaid: below how many fen left the union is told.' })
  alertBelowFen!: number | null;

  @Field(() => InstantScalar)
  signedAt!: Date;

  @Field(() => String, { nullable: true, description: 'Why its end was put earlier; null when it was not.' })
  endReason!: string | null;
}

export const ContractConnection = connectionType(ContractView, 'Contract');

export function contractView({ signedBy: _signedBy, ...contract }: ContractRow): ContractView {
  return Object.assign(new ContractView(), contract);
}

@InputType('ContractTermsInput', { description: 'What is agreed with a merchant.' })
export class ContractTermsInput {
  @Field(() => String, {
    nullable: true,
    description: 'As on the paper, 1 to 40 characters, unique in the programme; made by the server when not given.',
  })
  number?: string | null;

  @Field(() => DayScalar, { description: 'The first day that it covers.' })
  fromDay!: BeijingDay;

  @Field(() => DayScalar, { nullable: true, description: 'The last day that it covers; without end when not given.' })
  untilDay?: BeijingDay | null;

  @Field(() => FenScalar, {
    nullable: true,
    description: 'What this merchant is paid for a point, 0 to 1,000,000 fen; the programme’s price when not given.',
  })
  pointPriceFen?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'What card holders are given at the counter, 1 to 100 characters.',
  })
  discount?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many per cent `discount` takes off a bill, 1 to 99 (九折 is 10); by it the figures count what was given. Leave it out where the words say it some other way.',
  })
  discountPercent?: number | null;

  @Field(() => SettlementModeWord, { defaultValue: SettlementModeWord.POSTPAID })
  settlement!: SettlementMode;

  @Field(() => FenScalar, {
    nullable: true,
    description: 'Prepaid: below how many fen left the union is told, 0 to 2,000,000,000.',
  })
  alertBelowFen?: number | null;
}

/** What every mutation that takes ContractTermsInput may refuse. */
export const TERMS_REFUSALS =
  'CONTRACT_DAYS, CONTRACT_NUMBER_TAKEN, CONTRACT_OVERLAPS, TERM_OUT_OF_RANGE, DISCOUNT_WITHOUT_WORDS, ALERT_NOT_PREPAID, TEXT_LENGTH (`at` names the place in `contract`)';

/** The terms as given, with null for what was left out. */
export function contractTerms({ fromDay, settlement, ...terms }: ContractTermsInput): ContractTerms {
  const { number = null, untilDay = null, pointPriceFen = null, alertBelowFen = null } = terms;
  const { discount = null, discountPercent = null } = terms;
  return { number, fromDay, untilDay, pointPriceFen, discount, discountPercent, settlement, alertBelowFen };
}

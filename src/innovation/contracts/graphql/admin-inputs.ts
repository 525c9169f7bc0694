import { Field, InputType, Int } from 'type-graphql';
import type { BeijingDay } from '../../../platform/clock.ts';
import { DayScalar, FenScalar, IdScalar } from '../../../platform/graphql/scalars.ts';
import { accept, type Result, refuse } from '../../../platform/result.ts';
import type { ContractTerms } from '../contract-terms.ts';
import { LONGEST_NAME, LONGEST_NUMBER, MOST_COVERED, MOST_ROWS, WHOLE } from '../limits.ts';
import { rewardRuleNotOne } from '../refusals.ts';
import type { RewardRule } from '../reward-rule.ts';

@InputType('RewardRowInput', { description: 'A row of a table of rewards.' })
class RewardRowInput {
  @Field(() => FenScalar, { description: 'From this benefit on: higher than in the row before.' })
  fromFen!: number;

  @Field(() => FenScalar, { description: 'The reward: at least 1 fen, and no lower than in the row before.' })
  rewardFen!: number;
}

@InputType('RewardRuleInput', { description: 'How innovation is rewarded: give `share` or `rows`.' })
class RewardRuleInput {
  @Field(() => Int, {
    nullable: true,
    description: `A share of the net benefit in hundredths of a per cent, 1 to ${WHOLE}: 500 is 5 %.`,
  })
  share?: number | null;

  @Field(() => FenScalar, {
    nullable: true,
    description: 'With `share`: the most that a reward can be; else no limit.',
  })
  mostFen?: number | null;

  @Field(() => [RewardRowInput], {
    nullable: true,
    description: `A table of 1 to ${MOST_ROWS} rows: the last that the benefit reaches says the reward.`,
  })
  rows?: RewardRowInput[] | null;
}

@InputType('InnovationContractInput', { description: 'What a firm and its union signed on innovation.' })
export class InnovationContractInput {
  @Field(() => String, { description: `As on the paper, 1 to ${LONGEST_NUMBER} characters; unique in the union.` })
  number!: string;

  @Field(() => String, { description: `1 to ${LONGEST_NAME} characters.` })
  name!: string;

  @Field(() => DayScalar, { description: 'Today or before.' })
  signedOn!: BeijingDay;

  @Field(() => DayScalar, { description: 'The first day that it covers.' })
  validFrom!: BeijingDay;

  @Field(() => DayScalar, { description: 'The last day that it covers. Contracts of a union do not overlap.' })
  validUntil!: BeijingDay;

  @Field(() => Int, { description: `How many members it covers, 1 to ${MOST_COVERED}.` })
  covered!: number;

  @Field(() => FenScalar, { description: 'The fund from which rewards and other bonuses are paid.' })
  fundFen!: number;

  @Field(() => RewardRuleInput)
  reward!: RewardRuleInput;

  @Field(() => Int, {
    defaultValue: 0,
    description: `How much of a reward is paid in points instead of money, in hundredths of a per cent, 0 to ${WHOLE}.`,
  })
  pointsPart!: number;

  @Field(() => IdScalar, {
    nullable: true,
    description:
      'With `pointsPart`: in whose points, at its price of a point. It covers the firm, and a rule of it pays innovation.reward.',
  })
  programmeId?: string | null;
}

/** The terms as given, with null for what was left out. Refusal: REWARD_RULE_NOT_ONE. */
export function contractGiven({
  reward,
  programmeId = null,
  ...terms
}: InnovationContractInput): Result<ContractTerms> {
  const rule = ruleGiven(reward);
  return rule ? accept({ ...terms, reward: rule, programmeId }) : refuse(rewardRuleNotOne);
}

function ruleGiven({ share = null, mostFen = null, rows = null }: RewardRuleInput): RewardRule | undefined {
  if (share !== null && rows === null) return { kind: 'share', share, mostFen };
  if (share !== null || mostFen !== null || rows === null) return undefined;
  return { kind: 'table', rows: rows.map(({ fromFen, rewardFen }) => ({ fromFen, rewardFen })) };
}

import { Args, Ctx, Field, Int, ObjectType } from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import type { BeijingDay } from '../../../platform/clock.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { DayScalar, FenScalar, IdScalar, InstantScalar, PointsScalar } from '../../../platform/graphql/scalars.ts';
import { UnionView, unionView } from '../../../unions/graphql/admin-views.ts';
import { unionLoader } from '../../../unions/loaders.ts';
import { rewardFileUrl } from '../address.ts';
import { listRewardsLoaders, rewardLinesLoader } from '../loaders.ts';
import type { Reward } from '../reward.entity.ts';
import type { RewardLine } from '../reward-line.entity.ts';
import type { RewardList, RewardState } from '../reward-list.entity.ts';
import { RewardStateWord } from './words.ts';

@ObjectType('RewardLine', { description: 'What an author has of a reward.' })
class RewardLineView {
  @Field(() => Int, { description: 'In the order in which the authors are named, from 1.' })
  number!: number;

  @Field(() => IdScalar)
  memberId!: string;

  @Field(() => String, { description: 'Her name when the reward was made.' })
  payee!: string;

  @Field(() => Int, { description: 'Her share in hundredths of a per cent.' })
  share!: number;

  @Field(() => FenScalar, { description: 'In money.' })
  fen!: number;

  @Field(() => PointsScalar, { description: 'In points.' })
  points!: number;
}

@ObjectType('InnovationReward', {
  description: '创新奖励: the reward of an achievement by the contract of its firm; money and points make it up.',
  simpleResolvers: true,
})
class RewardView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => Int, { description: 'In its list, from 1.' })
  number!: number;

  @Field(() => IdScalar, { description: 'It is rewarded once.' })
  achievementId!: string;

  @Field(() => String, { description: 'Of the achievement.' })
  title!: string;

  @Field(() => IdScalar, { description: 'The contract that covered the firm when the benefit was accepted.' })
  contractId!: string;

  @Field(() => DayScalar, { description: 'The day on which the benefit was accepted.' })
  acceptedOn!: BeijingDay;

  @Field(() => FenScalar, { description: 'The benefit as it was accepted.' })
  benefitFen!: number;

  @Field(() => FenScalar, { description: 'What the contract gives for it.' })
  rewardFen!: number;

  @Field(() => FenScalar, { description: 'What of it is paid in money.' })
  moneyFen!: number;

  @Field(() => PointsScalar, { description: 'What of it is paid in points.' })
  points!: number;

  @Field(() => Int, { nullable: true, description: 'The price of a point, in fen; null where all is money.' })
  pointPriceFen!: number | null;

  @Field(() => [RewardLineView], {
    description: 'What each author gets: as many as the achievement has, 20 at the most.',
  })
  async lines(@Ctx() context: AdminContext): Promise<RewardLineView[]> {
    return (await loader(context, rewardLinesLoader).load(this.id)).map(rewardLineView);
  }
}

const RewardConnection = connectionType(RewardView, 'InnovationReward');

@ObjectType('RewardList', {
  description: '创新奖励发放表: rewards that a firm pays together. Its sums are those of its rewards.',
  simpleResolvers: true,
})
export class RewardListView {
  unionId!: string;

  @Field(() => IdScalar)
  id!: string;

  @Field(() => RewardStateWord)
  state!: RewardState;

  @Field(() => Int, { description: 'How many achievements are rewarded.' })
  rewardCount!: number;

  @Field(() => FenScalar, { description: 'All rewards.' })
  rewardFen!: number;

  @Field(() => FenScalar, { description: 'What of them is paid in money.' })
  moneyFen!: number;

  @Field(() => PointsScalar, { description: 'What of them is paid in points.' })
  points!: number;

  @Field(() => InstantScalar)
  madeAt!: Date;

  @Field(() => String, { description: 'Who made it: operator:<id>.' })
  madeBy!: string;

  @Field(() => InstantScalar, { nullable: true })
  releasedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Who released it, another person; null before that.' })
  releasedBy!: string | null;

  @Field(() => String, { nullable: true, description: 'With WITHDRAWN: why.' })
  withdrawReason!: string | null;

  @Field(() => UnionView, { description: 'In whose branch the achievements are.' })
  async union(@Ctx() context: AdminContext): Promise<UnionView> {
    return unionView((await loader(context, unionLoader).load(this.unionId))!);
  }

  @Field(() => String, { description: 'An address on this server where it can be read as .xlsx for five minutes.' })
  fileUrl(@Ctx() { deps }: AdminContext): string {
    return rewardFileUrl(deps.config, this.id, deps.clock.now());
  }

  @Field(() => RewardConnection, { description: 'Its rewards, in the order in which the achievements were given.' })
  async rewards(@Ctx() context: AdminContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<RewardView>> {
    const found = await loader(context, listRewardsLoaders)(pageAsked(page)).load(this.id);
    return connection(found, ({ number }) => String(number), rewardView);
  }
}

export const RewardListConnection = connectionType(RewardListView, 'RewardList');

function rewardLineView({ number, memberId, payee, share, fen, points }: RewardLine): RewardLineView {
  return Object.assign(new RewardLineView(), { number, memberId, payee, share, fen, points });
}

function rewardView(reward: Reward): RewardView {
  const { id, number, achievementId, title, contractId, acceptedOn } = reward;
  const { benefitFen, rewardFen, moneyFen, points, pointPriceFen } = reward;
  return Object.assign(new RewardView(), {
    ...{ id, number, achievementId, title, contractId, acceptedOn },
    ...{ benefitFen, rewardFen, moneyFen, points, pointPriceFen },
  });
}

export function rewardListView(list: RewardList): RewardListView {
  const { id, unionId, state, rewardCount, rewardFen, moneyFen, points } = list;
  const { madeAt, madeBy, releasedAt, releasedBy, withdrawReason } = list;
  return Object.assign(new RewardListView(), {
    ...{ id, unionId, state, rewardCount, rewardFen, moneyFen, points },
    ...{ madeAt, madeBy, releasedAt, releasedBy, withdrawReason },
  });
}

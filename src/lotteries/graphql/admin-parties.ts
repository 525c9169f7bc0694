import { Arg, Args, Ctx, Field, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { type AdminContext, loader } from '../../identity/context.ts';
import { Permission } from '../../identity/permission.ts';
import { type Connection, connection, connectionType } from '../../platform/graphql/connection.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../platform/graphql/mutation.ts';
import { PageArgs, pageAsked } from '../../platform/graphql/page.ts';
import { type RefusalView, refusalView } from '../../platform/graphql/refusal.ts';
import { IdScalar, InstantScalar } from '../../platform/graphql/scalars.ts';
import { programmeLoader } from '../../unions/loaders.ts';
import { commitEntropy } from '../entropy/commit-entropy.ts';
import { partiesLoader } from '../loaders.ts';
import { Lottery, type LotteryState } from '../lottery.entity.ts';
import { lotteriesOfParty } from '../queries.ts';
import { PartyView, partyView } from './admin-terms-views.ts';
import { LotteryStateWord } from './words.ts';

const NONE = { items: [], hasNextPage: false };

@ObjectType('LotteryPart', {
  description: 'A lottery to whose draw you bring a part of the randomness, as far as you need to know it.',
  simpleResolvers: true,
})
export class LotteryPartView {
  operatorId!: string;
  programmeId!: string;

  @Field(() => IdScalar)
  lotteryId!: string;

  @Field(() => String)
  lotteryName!: string;

  @Field(() => LotteryStateWord)
  state!: LotteryState;

  @Field(() => Int, { description: 'The draw that it is at: 1, and one more each time places are drawn again.' })
  drawNumber!: number;

  @Field(() => InstantScalar, { description: 'Commit before this instant: it cannot freeze without you.' })
  freezesAt!: Date;

  @Field(() => InstantScalar)
  drawsAt!: Date;

  @Field(() => String)
  async programmeName(@Ctx() context: AdminContext): Promise<string> {
    return (await loader(context, programmeLoader).load(this.programmeId))!.name;
  }

  @Field(() => PartyView, { description: 'The party that you stand for.' })
  async party(@Ctx() context: AdminContext): Promise<PartyView> {
    const parties = await loader(context, partiesLoader).load(this.lotteryId);
    const { drawNumber, operatorId } = this;
    return partyView(parties.find((one) => one.drawNumber === drawNumber && one.operatorId === operatorId)!);
  }
}

const LotteryPartConnection = connectionType(LotteryPartView, 'LotteryPart');
const CommitEntropyResult = resultType('CommitEntropy', LotteryPartView);

@Resolver()
export class AdminLotteryPartiesResolver {
  @Permission('self')
  @Query(() => LotteryPartConnection, {
    description: 'The lotteries to whose present draw you bring a part of the randomness, newest first.',
  })
  async ownLotteryParts(
    @Ctx() { deps, caller }: AdminContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<LotteryPartView>> {
    const asked = pageAsked(page);
    const { operatorId } = caller;
    const found = operatorId === null ? NONE : await lotteriesOfParty(deps.db.manager, operatorId, asked);
    return connection(
      found,
      ({ id }) => id,
      (lottery) => lotteryPartView(lottery, operatorId ?? ''),
    );
  }

  @Permission('self')
  @Mutation(() => CommitEntropyResult, {
    description: `Publishes the hash of the 32 random bytes that you will reveal after the freeze, for the party that you stand for; keep the bytes. Given once, it stays. The description of the draw says how to make it. Refusals: LOTTERY_UNKNOWN, COMMITMENT_MALFORMED, COMMITMENTS_CLOSED, COMMITMENT_MADE, COMMITMENT_COPIED, ${KEY_REFUSALS}.`,
  })
  async commitEntropy(
    @Ctx() { deps, caller, language }: AdminContext,
    @Arg('key', () => String, KEY) key: string,
    @Arg('lotteryId', () => IdScalar) lotteryId: string,
    @Arg('commitment', () => String, { description: 'SHA-256 as 64 lower-case hexadecimal digits.' })
    commitment: string,
  ): Promise<LotteryPartView | RefusalView> {
    const outcome = await commitEntropy(deps, caller, key, { lotteryId, commitment });
    if (!outcome.ok) return refusalView(outcome.refusal, language);
    const lottery = await deps.db.manager.findOneByOrFail(Lottery, { id: outcome.value });
    return lotteryPartView(lottery, caller.operatorId ?? '');
  }
}

/** What the admin who stands for a party of its draw sees of a lottery. */
export function lotteryPartView(lottery: Lottery, operatorId: string): LotteryPartView {
  const { id: lotteryId, programmeId, name: lotteryName, state, drawNumber, freezesAt, drawsAt } = lottery;
  const shown = { lotteryId, programmeId, lotteryName, state, drawNumber, freezesAt, drawsAt };
  return Object.assign(new LotteryPartView(), { ...shown, operatorId });
}

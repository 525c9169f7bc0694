import { Args, Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { loader, type MemberContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { type BeijingDay, beijingDay, endOfDay } from '../../../platform/clock.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { DayScalar, IdScalar, InstantScalar } from '../../../platform/graphql/scalars.ts';
import { programmesOfMemberLoader } from '../../../unions/loaders.ts';
import { OfferView, offerView, RedemptionView, redemptionView } from '../../graphql/member-views.ts';
import { offersOfRoundLoader, takenLoader } from '../loaders.ts';
import { roundCursor, roundsToCome } from '../queries.ts';
import type { TreatRound } from '../round.entity.ts';

@ObjectType('TreatRound', {
  description: '每月礼: what your programme gives away on a day, first come, first served; one for each member.',
  simpleResolvers: true,
})
class TreatRoundView {
  @Field(() => IdScalar)
  id!: string;

  @Field(() => IdScalar, { description: 'The programme that gives it.' })
  programmeId!: string;

  @Field(() => String)
  name!: string;

  @Field(() => DayScalar, { description: 'The day on which it is taken and used.' })
  day!: BeijingDay;

  @Field(() => InstantScalar, { description: 'From this instant on it can be taken. Count down to it.' })
  opensAt!: Date;

  @Field(() => InstantScalar, { description: 'From this instant on it can be neither taken nor used.' })
  closesAt(): Date {
    return endOfDay(this.day);
  }

  @Field(() => [OfferView], {
    description: 'What you can choose from, 1 to 50; `redeem` takes one. See `remaining` for what is left.',
  })
  async offers(@Ctx() context: MemberContext): Promise<OfferView[]> {
    return (await loader(context, offersOfRoundLoader).load(this.id)).map(offerView);
  }

  @Field(() => RedemptionView, {
    nullable: true,
    description: 'What you have taken; null while nothing. To take another, cancel its voucher while it is unused.',
  })
  async taken(@Ctx() context: MemberContext): Promise<RedemptionView | null> {
    const taken = await loader(context, takenLoader).load({ memberId: context.caller.memberId, roundId: this.id });
    return taken && redemptionView(taken);
  }
}

const TreatRoundConnection = connectionType(TreatRoundView, 'TreatRound');

function treatRoundView({ id, programmeId, name, day, opensAt }: TreatRound): TreatRoundView {
  return Object.assign(new TreatRoundView(), { id, programmeId, name, day, opensAt });
}

@Resolver()
export class MemberTreatsResolver {
  @Permission('self')
  @Query(() => TreatRoundConnection, {
    description: 'The treats of today and of the next days that your programmes give, the next first.',
  })
  async treats(
    @Ctx() context: MemberContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<TreatRoundView>> {
    const { deps, caller } = context;
    const asked = pageAsked(page);
    const programmes = await loader(context, programmesOfMemberLoader).load(caller.memberId);
    const ids = programmes.map(({ id }) => id);
    const found = await roundsToCome(deps.db.manager, ids, beijingDay(deps.clock.now()), asked);
    return connection(found, roundCursor, treatRoundView);
  }
}

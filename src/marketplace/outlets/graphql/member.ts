import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  Float,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { loader, type MemberContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { type Connection, connection, connectionType } from '../../../platform/graphql/connection.ts';
import { SpokenError } from '../../../platform/graphql/errors.ts';
import { PageArgs, pageAsked } from '../../../platform/graphql/page.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { programmesOfMemberLoader } from '../../../unions/loaders.ts';
import type { Contract } from '../../contracts/contracts.ts';
import { contractLoader } from '../../contracts/loaders.ts';
import { NearInput } from '../../graphql/member.ts';
import { MerchantView, merchantView, OutletView, outletView } from '../../graphql/member-views.ts';
import { MerchantCategoryWord } from '../../graphql/words.ts';
import { merchantLoader, outletLoader } from '../../loaders.ts';
import type { MerchantCategory } from '../../merchant.entity.ts';
import { isPlace } from '../../search/asked.ts';
import { hoursLoader } from '../loaders.ts';
import { type NearbyOutlet, nearbyCursor, nearbyOutlets } from '../nearby.ts';
import { isOpenAt, type Opening, type OpeningText, openingText } from '../opening-hours.ts';
import { outletsServing } from '../queries.ts';

@ObjectType('OpeningHours', {
  description: 'One stretch in which an outlet is open (营业时段).',
  simpleResolvers: true,
})
class OpeningHoursView implements OpeningText {
  @Field(() => Int, { description: '1 is Monday, 7 is Sunday.' })
  weekday!: number;

  @Field(() => String, { description: 'HH:MM in Beijing.' })
  opens!: string;

  @Field(() => String, { description: 'HH:MM, up to 24:00; at or before `opens` it is that time of the next day.' })
  closes!: string;
}

function openingHoursView(opening: Opening): OpeningHoursView {
  return Object.assign(new OpeningHoursView(), openingText(opening));
}

@ObjectType('NearbyOutlet', { description: 'An outlet and how far away it is.', simpleResolvers: true })
class NearbyOutletView {
  outletId!: string;

  @Field(() => Int, { description: 'Metres in a straight line.' })
  metres!: number;

  @Field(() => OutletView)
  async outlet(@Ctx() context: MemberContext): Promise<OutletView> {
    return outletView((await loader(context, outletLoader).load(this.outletId))!);
  }
}

const NearbyOutletConnection = connectionType(NearbyOutletView, 'NearbyOutlet');

@ArgsType()
class NearbyArgs extends PageArgs {
  @Field(() => NearInput, { description: 'Where you are, and how far you would go. Keep it while you page.' })
  near!: NearInput;

  @Field(() => MerchantCategoryWord, {
    nullable: true,
    description: 'Only merchants of this kind, and of those under it.',
  })
  category?: MerchantCategory | null;
}

const badPlace = () =>
  new SpokenError('BAD_SEARCH', {
    zh: '位置须为有效经纬度（GCJ-02），距离为 1 至 50000 米。',
    en: 'near is a place on the map (GCJ-02) with 1 to 50,000 metres.',
  });

async function programmeIdsOf(context: MemberContext): Promise<string[]> {
  const programmes = await loader(context, programmesOfMemberLoader).load(context.caller.memberId);
  return programmes.map(({ id }) => id);
}

/** Where members can go: outlets around them, where an outlet is and when it is open. */
@Resolver(() => OutletView)
export class MemberOutletsResolver {
  @Permission('self')
  @Query(() => NearbyOutletConnection, {
    description: 'The outlets around you of merchants under contract with your programmes, the nearest first.',
  })
  async nearbyOutlets(
    @Ctx() context: MemberContext,
    @Args(() => NearbyArgs) { near, category, ...page }: NearbyArgs,
  ): Promise<Connection<NearbyOutletView>> {
    const { db, clock } = context.deps;
    const asked = pageAsked(page);
    if (!isPlace(near)) throw badPlace();
    const programmeIds = await programmeIdsOf(context);
    const wanted = { programmeIds, near, category: category ?? undefined, now: clock.now() };
    return connection(await nearbyOutlets(db.manager, wanted, asked), nearbyCursor, nearbyOutletView);
  }

  @Permission('self')
  @Query(() => OutletView, {
    nullable: true,
    description: 'An outlet of an active merchant that serves your programmes, or null.',
  })
  async outlet(@Ctx() context: MemberContext, @Arg('id', () => IdScalar) id: string): Promise<OutletView | null> {
    const serving = await outletsServing(context.deps.db.manager, [id], await programmeIdsOf(context));
    return serving.has(id) ? outletView((await loader(context, outletLoader).load(id))!) : null;
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: 'Degrees of GCJ-02, as Chinese maps use them; null where the place is not known.',
  })
  async latitude(@Root() { id }: OutletView, @Ctx() context: MemberContext): Promise<number | null> {
    return (await loader(context, outletLoader).load(id))!.latitude;
  }

  @FieldResolver(() => Float, { nullable: true, description: 'Degrees of GCJ-02; null where the place is not known.' })
  async longitude(@Root() { id }: OutletView, @Ctx() context: MemberContext): Promise<number | null> {
    return (await loader(context, outletLoader).load(id))!.longitude;
  }

  @FieldResolver(() => [OpeningHoursView], {
    description: 'When it is open, in the order of the week, 21 stretches at the most; empty where that is not known.',
  })
  async hours(@Root() { id }: OutletView, @Ctx() context: MemberContext): Promise<OpeningHoursView[]> {
    return (await loader(context, hoursLoader).load(id)).map(openingHoursView);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Whether it is open at this moment; null where its hours are not known.',
  })
  async isOpenNow(@Root() { id }: OutletView, @Ctx() context: MemberContext): Promise<boolean | null> {
    return isOpenAt(await loader(context, hoursLoader).load(id), context.deps.clock.now());
  }

  @FieldResolver(() => MerchantView)
  async merchant(@Root() { id }: OutletView, @Ctx() context: MemberContext): Promise<MerchantView> {
    const { merchantId } = (await loader(context, outletLoader).load(id))!;
    return merchantView((await loader(context, merchantLoader).load(merchantId))!);
  }

  @FieldResolver(() => [String], {
    description:
      'What holders of your membership cards are given here today: one line for each programme that agreed it.',
  })
  async discounts(@Root() { id }: OutletView, @Ctx() context: MemberContext): Promise<string[]> {
    return (await contractsToday(id, context)).flatMap((contract) => contract.discount ?? []);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'How many per cent the best of `discounts` takes off a bill, 1 to 99 (九折 is 10); null where none is told in per cent.',
  })
  async discountPercent(@Root() { id }: OutletView, @Ctx() context: MemberContext): Promise<number | null> {
    const percents = (await contractsToday(id, context)).flatMap((contract) => contract.discountPercent ?? []);
    return percents.length === 0 ? null : Math.max(...percents);
  }
}

/** What holds today between the merchant of an outlet and the programmes of the member. */
async function contractsToday(outletId: string, context: MemberContext): Promise<Contract[]> {
  const { merchantId } = (await loader(context, outletLoader).load(outletId))!;
  const contracts = loader(context, contractLoader);
  const programmeIds = await programmeIdsOf(context);
  const today = await Promise.all(programmeIds.map((programmeId) => contracts.load({ programmeId, merchantId })));
  return today.flatMap((contract) => contract ?? []);
}

function nearbyOutletView({ outletId, metres }: NearbyOutlet): NearbyOutletView {
  return Object.assign(new NearbyOutletView(), { outletId, metres });
}

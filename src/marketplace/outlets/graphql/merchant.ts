import {
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  Float,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import { loader, type StaffContext } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import { type RefusalView, refusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { OutletView, outletView } from '../../graphql/merchant.ts';
import { outletLoader } from '../../loaders.ts';
import { Outlet } from '../../outlet.entity.ts';
import { changeOwnOutlet } from '../change-own-outlet.ts';
import { hoursLoader } from '../loaders.ts';
import { type Opening, type OpeningText, openingText } from '../opening-hours.ts';
import type { Place } from '../place.ts';
import { DETAILS_REFUSALS } from './admin-inputs.ts';

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

@InputType('PlaceInput', { description: 'A point on the map in degrees of GCJ-02, as Chinese maps give it.' })
class PlaceInput implements Place {
  @Field(() => Float, { description: '3 to 54.' })
  latitude!: number;

  @Field(() => Float, { description: '73 to 136.' })
  longitude!: number;
}

@InputType('OpeningHoursInput', { description: 'One stretch in which an outlet is open.' })
class OpeningHoursInput implements OpeningText {
  @Field(() => Int, { description: '1 is Monday, 7 is Sunday.' })
  weekday!: number;

  @Field(() => String, { description: 'HH:MM in Beijing.' })
  opens!: string;

  @Field(() => String, { description: 'HH:MM, up to 24:00; at or before `opens` it is that time of the next day.' })
  closes!: string;
}

@ArgsType()
class ChangeOwnOutletArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  outletId!: string;

  @Field(() => String, { nullable: true, description: 'Where it is, 1 to 200 characters.' })
  address?: string | null;

  @Field(() => PlaceInput, { nullable: true, description: 'null takes it off the map.' })
  place?: PlaceInput | null;

  @Field(() => [OpeningHoursInput], {
    nullable: true,
    description: 'All of its week in place of what it had, 21 stretches at the most; [] for hours that are not known.',
  })
  hours?: OpeningHoursInput[] | null;
}

const ChangeOutletResult = resultType('ChangeOutlet', OutletView);

/** Where an outlet is and when it is open, as members read it, and how an owner changes that. */
@Resolver(() => OutletView)
export class MerchantOutletResolver {
  @FieldResolver(() => Float, {
    nullable: true,
    description: 'Degrees of GCJ-02, as Chinese maps use them; null where the place is not known.',
  })
  async latitude(@Root() { id }: OutletView, @Ctx() context: StaffContext): Promise<number | null> {
    return (await loader(context, outletLoader).load(id))!.latitude;
  }

  @FieldResolver(() => Float, { nullable: true, description: 'Degrees of GCJ-02; null where the place is not known.' })
  async longitude(@Root() { id }: OutletView, @Ctx() context: StaffContext): Promise<number | null> {
    return (await loader(context, outletLoader).load(id))!.longitude;
  }

  @FieldResolver(() => [OpeningHoursView], {
    description: 'When it is open, in the order of the week, 21 stretches at the most; empty where that is not known.',
  })
  async hours(@Root() { id }: OutletView, @Ctx() context: StaffContext): Promise<OpeningHoursView[]> {
    return (await loader(context, hoursLoader).load(id)).map(openingHoursView);
  }

  @Permission('outlets:write')
  @Mutation(() => ChangeOutletResult, {
    description: `Changes what is given of an outlet of your firm and leaves the rest; members see it at once. Its name is changed by the union. Refusals: OUTLET_UNKNOWN, MERCHANT_ENDED, ${DETAILS_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  async changeOutlet(
    @Ctx() { deps, caller, language }: StaffContext,
    @Args(() => ChangeOwnOutletArgs) { key, outletId, address, place, hours }: ChangeOwnOutletArgs,
  ): Promise<OutletView | RefusalView> {
    const change = { outletId, place, address: address ?? undefined, hours: hours ?? undefined };
    const outcome = await changeOwnOutlet(deps, caller, key, change);
    if (!outcome.ok) return refusalView(outcome.refusal, language);
    return outletView(await deps.db.manager.findOneByOrFail(Outlet, { id: outcome.value }));
  }
}

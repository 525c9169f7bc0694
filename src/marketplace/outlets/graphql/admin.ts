import {
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  Float,
  Int,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import { type AdminContext, loader } from '../../../identity/context.ts';
import { Permission } from '../../../identity/permission.ts';
import { KEY, KEY_REFUSALS, resultType } from '../../../platform/graphql/mutation.ts';
import type { RefusalView } from '../../../platform/graphql/refusal.ts';
import { IdScalar } from '../../../platform/graphql/scalars.ts';
import { answer, OutletView, outletView } from '../../graphql/admin-views.ts';
import { outletLoader } from '../../loaders.ts';
import { outletInScope } from '../../scope.ts';
import { changeOutlet } from '../change-outlet.ts';
import { hoursLoader } from '../loaders.ts';
import { type Opening, type OpeningText, openingText } from '../opening-hours.ts';
import { DETAILS_REFUSALS, OpeningHoursInput, PlaceInput } from './admin-inputs.ts';

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

@ArgsType()
class ChangeOutletArgs {
  @Field(() => String, KEY)
  key!: string;

  @Field(() => IdScalar)
  outletId!: string;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => String, { nullable: true })
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

/** Where an outlet is and when it is open. */
@Resolver(() => OutletView)
export class AdminOutletsResolver {
  @FieldResolver(() => Float, {
    nullable: true,
    description: 'Degrees of GCJ-02, as Chinese maps use them; null where the place is not known.',
  })
  async latitude(@Root() { id }: OutletView, @Ctx() context: AdminContext): Promise<number | null> {
    return (await loader(context, outletLoader).load(id))!.latitude;
  }

  @FieldResolver(() => Float, { nullable: true, description: 'Degrees of GCJ-02; null where the place is not known.' })
  async longitude(@Root() { id }: OutletView, @Ctx() context: AdminContext): Promise<number | null> {
    return (await loader(context, outletLoader).load(id))!.longitude;
  }

  @FieldResolver(() => [OpeningHoursView], {
    description: 'When it is open, in the order of the week, 21 stretches at the most; empty where that is not known.',
  })
  async hours(@Root() { id }: OutletView, @Ctx() context: AdminContext): Promise<OpeningHoursView[]> {
    return (await loader(context, hoursLoader).load(id)).map(openingHoursView);
  }

  @Permission('merchants:write')
  @Mutation(() => ChangeOutletResult, {
    description: `Changes what is given of an outlet and leaves the rest. Refusals: OUTLET_UNKNOWN, MERCHANT_ENDED, OUTLET_NAME_TAKEN, ${DETAILS_REFUSALS}, ${KEY_REFUSALS}.`,
  })
  async changeOutlet(
    @Ctx() context: AdminContext,
    @Args(() => ChangeOutletArgs) { key, outletId, name, address, place, hours }: ChangeOutletArgs,
  ): Promise<OutletView | RefusalView> {
    const { deps, caller } = context;
    const change = {
      outletId,
      place,
      name: name ?? undefined,
      address: address ?? undefined,
      hours: hours ?? undefined,
    };
    const outcome = await changeOutlet(deps, caller, key, change);
    return answer(context, outcome, (id) => outletInScope(deps.db.manager, caller, 'merchants:write', id), outletView);
  }
}

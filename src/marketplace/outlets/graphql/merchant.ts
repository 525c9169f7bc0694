import { Ctx, Field, FieldResolver, Float, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { loader, type StaffContext } from '../../../identity/context.ts';
import { OutletView } from '../../graphql/merchant.ts';
import { outletLoader } from '../../loaders.ts';
import { hoursLoader } from '../loaders.ts';
import { type Opening, type OpeningText, openingText } from '../opening-hours.ts';

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

/** Where an outlet is and when it is open, as members read it. */
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
}

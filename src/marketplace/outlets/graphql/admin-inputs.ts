import { Field, Float, InputType, Int } from 'type-graphql';
import type { OpeningText } from '../opening-hours.ts';
import type { Place } from '../place.ts';

@InputType('PlaceInput', { description: 'A point on the map in degrees of GCJ-02, as Chinese maps give it.' })
export class PlaceInput implements Place {
  @Field(() => Float, { description: '3 to 54.' })
  latitude!: number;

  @Field(() => Float, { description: '73 to 136.' })
  longitude!: number;
}

@InputType('OpeningHoursInput', { description: 'One stretch in which an outlet is open.' })
export class OpeningHoursInput implements OpeningText {
  @Field(() => Int, { description: '1 is Monday, 7 is Sunday.' })
  weekday!: number;

  @Field(() => String, { description: 'HH:MM in Beijing.' })
  opens!: string;

  @Field(() => String, { description: 'HH:MM, up to 24:00; at or before `opens` it is that time of the next day.' })
  closes!: string;
}

/** What every mutation that takes the details of an outlet may refuse. */
export const DETAILS_REFUSALS =
  'TEXT_LENGTH (name, address), PLACE_OUT_OF_RANGE, HOURS_OUT_OF_RANGE, HOURS_MALFORMED, HOURS_OVERLAP (`at` names the stretch)';

import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { type Result, refuse } from '../../platform/result.ts';
import { textLength } from '../refusals.ts';
import { isText } from '../text.ts';
import { type Opening, type OpeningText, readHours } from './opening-hours.ts';
import { isPlaceInChina, type Place } from './place.ts';
import { placeOutOfRange } from './refusals.ts';

/** What is known of an outlet. */
export interface OutletDetails {
  name: string;
  address: string;
  /** Null where it is not known; the outlet is not found by distance then. */
  place: Place | null;
  /** Empty where they are not known. */
  hours: readonly OpeningText[];
}

/**
 * The opening hours of an outlet, read, when nothing is wrong with its details. Refusals: TEXT_LENGTH (name, address),
 * PLACE_OUT_OF_RANGE, those of readHours.
 */
export function readDetails({ name, address, place, hours }: OutletDetails): Result<Opening[]> {
  if (!isText(name, 120)) return refuse(textLength('name', 120));
  if (!isText(address, 200)) return refuse(textLength('address', 200));
  if (place !== null && !isPlaceInChina(place)) return refuse(placeOutOfRange);
  return readHours(hours);
}

/** Writes the opening hours of an outlet in place of those it had. */
export async function writeHours(tx: Tx, outletId: string, openings: readonly Opening[]): Promise<void> {
  await tx.query('DELETE FROM outlet_hours WHERE outlet_id = ?', [outletId]);
  await insertRows(
    tx,
    'outlet_hours',
    ['outlet_id', 'weekday', 'opens', 'closes'],
    openings.map(({ weekday, opens, closes }) => [outletId, weekday, opens, closes]),
  );
}

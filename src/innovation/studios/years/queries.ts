import { type EntityManager, In } from 'typeorm';
import { groupBy } from '../../../platform/group-by.ts';
import { StudioYear } from './studio-year.entity.ts';

/** How many years of a studio its view shows. */
export const YEARS_SHOWN = 10;

/** The years of which studios have a plan, the latest first, so many as are shown; one without any has no entry. */
export async function yearsOf(db: EntityManager, studioIds: readonly string[]): Promise<Map<string, StudioYear[]>> {
  const rows = await db.find(StudioYear, { where: { studioId: In([...studioIds]) }, order: { year: 'DESC' } });
  const years = groupBy(rows, ({ studioId }) => studioId);
  return new Map([...years].map(([id, ofStudio]) => [id, ofStudio.slice(0, YEARS_SHOWN)]));
}

import type { Category } from './category.entity.ts';
import type { Season } from './season.entity.ts';

/** Whether achievements can be declared in a season now. */
export function takesDeclarations(
  { state, declareFrom, declareUntil }: Pick<Season, 'state' | 'declareFrom' | 'declareUntil'>,
  now: Date,
): boolean {
  return state === 'open' && declareFrom <= now && now < declareUntil;
}

/** A field as it is kept and compared: 焊接 is the same however it was typed. */
export function normaliseField(field: string): string {
  return field.normalize('NFKC').trim();
}

/** What of an achievement tells its category; the field is normalised. */
export type Classified = Pick<Category, 'kind'> & { group: NonNullable<Category['group']>; field: string };

/** The category of a season, of all of them in order, to which an achievement belongs: the first that fits it. */
export function categoryFor<C extends Pick<Category, 'kind' | 'group' | 'fields'>>(
  categories: readonly C[],
  { kind, group, field }: Classified,
): C | undefined {
  return categories.find(
    (one) =>
      one.kind === kind &&
      (one.group === null || one.group === group) &&
      (one.fields === null || one.fields.includes(field)),
  );
}

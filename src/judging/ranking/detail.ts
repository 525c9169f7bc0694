import type { Reckoned } from './aggregate.ts';

/** What a place keeps of how its total came to be. */
export interface PlaceDetail {
  /** For each criterion its marks. */
  marks: number[];
  /** With rank_sum, for each judge in the order of their ids: how many of her sheets stand above, are equal, there are. */
  places?: [above: number, equal: number, of: number][];
}

/** The detail of what a candidate came to. */
export function detailOf({ criteria, places }: Reckoned): PlaceDetail {
  const marks = criteria.map((one) => one.marks);
  if (places.length === 0) return { marks };
  return { marks, places: places.map(({ above, equal, of }) => [above, equal, of]) };
}

/** A place, and how far from it is still near. */
export interface Near {
  /** Degrees, as outlets have them. */
  latitude: number;
  longitude: number;
  metres: number;
}

/** A place with the box of degrees around all that is near: cheap to compare with, and a little larger than the circle. */
export interface Box extends Near {
  south: number;
  north: number;
  west: number;
  east: number;
}

const METRES_OF_A_DEGREE = 111_000;

/** The box around a place. In China, where this is used, no box reaches a pole or the date line. */
export function boxAround({ latitude, longitude, metres }: Near): Box {
  const up = metres / METRES_OF_A_DEGREE;
  const across = up / Math.cos(((Math.abs(latitude) + up) * Math.PI) / 180);
  return {
    latitude,
    longitude,
    metres,
    south: latitude - up,
    north: latitude + up,
    west: longitude - across,
    east: longitude + across,
  };
}

/** What lies so far away, in whole metres. */
export interface Distant {
  id: string;
  metres: number;
}

/** The cursor of a list by distance, of one distance by id. */
export function distanceCursor({ id, metres }: Distant): string {
  return `${metres}:${id}`;
}

/** Behind what a page of such a list begins. What is no cursor of it stands after all that it holds. */
export function readDistanceCursor(after: string | undefined): Distant {
  if (after === undefined) return { metres: -1, id: '' };
  const [, metres, id] = /^(\d{1,6}):([0-9A-Z]{26})$/.exec(after) ?? [];
  return id === undefined ? { metres: Number.MAX_SAFE_INTEGER, id: '' } : { metres: Number(metres), id };
}

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

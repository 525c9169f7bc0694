import { type Points, pointsFromSql } from '../platform/points.ts';

/** Reads a BIGINT column as Points: TypeORM hands it over as text. */
export const asPoints = { from: pointsFromSql, to: (value: Points) => value };

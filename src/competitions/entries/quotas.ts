import type { EntityManager } from 'typeorm';
import type { Tx } from '../../platform/db/transaction.ts';
import { findUnions, idsOnPath } from '../../unions/queries.ts';

/** How many entries may still come from the branches of unions with a quota, counted down as they are taken. */
export class QuotaRoom {
  private readonly taken = new Map<string, number>();

  constructor(private readonly quotas: ReadonlyMap<string, Quota>) {}

  /** Takes a place in every quota on the path of an entry's union; takes none and says which is full, when one is. */
  take(unionPath: string): Quota | undefined {
    const counting = idsOnPath(unionPath).flatMap((id) => this.quotas.get(id) ?? []);
    const full = counting.find(({ unionId, atMost, entered }) => entered + (this.taken.get(unionId) ?? 0) >= atMost);
    if (full) return full;
    for (const { unionId } of counting) this.taken.set(unionId, (this.taken.get(unionId) ?? 0) + 1);
    return undefined;
  }

  /** How many places were taken of each quota. */
  takings(): [string, number][] {
    return [...this.taken];
  }
}

export interface Quota {
  unionId: string;
  unionName: string;
  atMost: number;
  entered: number;
}

/** The room in the quotas of a competition as it is now; nothing is held. */
export async function roomInQuotas(db: EntityManager, competitionId: string): Promise<QuotaRoom> {
  return room(db, await db.query(`${QUOTAS} WHERE competition_id = ?`, [competitionId]));
}

/** The room in those quotas that count entries of unions with these paths, held until the commit. */
export async function lockQuotas(tx: Tx, competitionId: string, paths: readonly string[]): Promise<QuotaRoom> {
  const ids = [...new Set(paths.flatMap(idsOnPath))];
  const where = 'WHERE competition_id = ? AND union_id IN (?) ORDER BY union_id FOR UPDATE';
  return room(tx, ids.length === 0 ? [] : await tx.query(`${QUOTAS} ${where}`, [competitionId, ids]));
}

/** Counts the places that were taken of quotas which are held. */
export async function countTakings(tx: Tx, competitionId: string, room: QuotaRoom): Promise<void> {
  for (const [unionId, count] of room.takings())
    await tx.query('UPDATE entry_quota SET entered = entered + ? WHERE competition_id = ? AND union_id = ?', [
      count,
      competitionId,
      unionId,
    ]);
}

/** Gives back the place of an entry in every quota that counted it. */
export async function givePlaceBack(tx: Tx, competitionId: string, unionPath: string): Promise<void> {
  await lockQuotas(tx, competitionId, [unionPath]);
  await tx.query('UPDATE entry_quota SET entered = entered - 1 WHERE competition_id = ? AND union_id IN (?)', [
    competitionId,
    idsOnPath(unionPath),
  ]);
}

const QUOTAS = 'SELECT union_id AS unionId, at_most AS atMost, entered FROM entry_quota';

async function room(db: EntityManager, quotas: readonly Omit<Quota, 'unionName'>[]): Promise<QuotaRoom> {
  const unions = await findUnions(
    db,
    quotas.map(({ unionId }) => unionId),
  );
  const names = new Map(unions.map(({ id, name }) => [id, name]));
  return new QuotaRoom(
    new Map(quotas.map((quota) => [quota.unionId, { ...quota, unionName: names.get(quota.unionId)! }])),
  );
}

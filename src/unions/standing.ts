import type { EntityManager } from 'typeorm';

export interface Standing {
  state: 'active' | 'frozen' | 'left';
  /** The path of the member's union in the tree. */
  unionPath: string;
}

/** Where members stand: may they act, and in which branch. */
export async function memberStandings(db: EntityManager, ids: readonly string[]): Promise<Map<string, Standing>> {
  if (ids.length === 0) return new Map();
  const rows: { id: string; state: Standing['state']; path: string }[] = await db.query(
    'SELECT member.id, member.state, union_node.path FROM member JOIN union_node ON union_node.id = member.union_id WHERE member.id IN (?)',
    [ids],
  );
  return new Map(rows.map((row) => [row.id, { state: row.state, unionPath: row.path }]));
}

export interface ProgrammeTerms {
  /** The path of the union whose members the programme serves. */
  unionPath: string;
  pointsLiveDays: number;
  undoMinutes: number;
}

/** What programmes lay down, by id. */
export async function programmeTerms(db: EntityManager, ids: readonly string[]): Promise<Map<string, ProgrammeTerms>> {
  if (ids.length === 0) return new Map();
  const rows: { id: string; path: string; points_live_days: number; undo_minutes: number }[] = await db.query(
    `SELECT programme.id, union_node.path, programme.points_live_days, programme.undo_minutes
     FROM programme JOIN union_node ON union_node.id = programme.union_id WHERE programme.id IN (?)`,
    [ids],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      { unionPath: row.path, pointsLiveDays: row.points_live_days, undoMinutes: row.undo_minutes },
    ]),
  );
}

import type { EntityManager } from 'typeorm';
import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { idsOnPath, unionPath } from '../../unions/queries.ts';
import type { UnionKind } from '../../unions/union-node.entity.ts';
import type { Stage } from '../plan/stage.entity.ts';
import { advancing, type PlaceToJudge } from './who-advances.ts';

const PLACES_AT_ONCE = 1000;

/**
 * Writes down who goes on from a stage by its rule, when its ranking has become final: a thousand places at a time,
 * however many there are. Resolves with how many.
 */
export async function advanceEntries(tx: Tx, stage: Stage, rankingId: string, now: Date): Promise<number> {
  const { id, advance } = stage;
  if (advance === null) return 0;
  const goesOn = advancing(advance);
  const branchOf = advance.kind === 'top_per_branch' ? await branchFinder(tx, stage, advance.unionKind) : () => '';
  let count = 0;
  for await (const places of readPlaces(tx, rankingId)) {
    const going = places.filter((place) => goesOn({ ...place, branch: branchOf(place.path) }));
    await insertRows(
      tx,
      'stage_advance',
      ['stage_id', 'entry_id', 'place', 'kind', 'advanced_at'],
      going.map(({ entryId, place }) => [id, entryId, place, 'rule', now]),
    );
    count += going.length;
  }
  return count;
}

interface PlaceOfEntry extends Omit<PlaceToJudge, 'branch'> {
  entryId: string;
  /** Of the entry's union. */
  path: string;
}

async function* readPlaces(db: EntityManager, rankingId: string): AsyncGenerator<PlaceOfEntry[]> {
  for (let after = 0; ; after += PLACES_AT_ONCE) {
    const rows: (Omit<PlaceOfEntry, 'total'> & { total: string })[] = await db.query(
      `SELECT p.place, p.total, e.id AS entryId, u.path FROM ranking_place p
       JOIN entry e ON e.id = p.candidate_id JOIN union_node u ON u.id = e.union_id
       WHERE p.ranking_id = ? AND p.place > ? AND p.place <= ? ORDER BY p.place`,
      [rankingId, after, after + PLACES_AT_ONCE],
    );
    if (rows.length === 0) return;
    yield rows.map((row) => ({ ...row, total: Number(row.total) }));
  }
}

/** Finds the nearest union of a kind on a path; those without one are a branch of their own together. */
async function branchFinder(db: EntityManager, { unionId }: Stage, kind: UnionKind): Promise<(path: string) => string> {
  const top = await unionPath(db, unionId);
  const rows: { id: string }[] = await db.query('SELECT id FROM union_node WHERE path LIKE ? AND kind = ?', [
    `${top}%`,
    kind,
  ]);
  const ofKind = new Set(rows.map(({ id }) => id));
  return (path) => idsOnPath(path).findLast((id) => ofKind.has(id)) ?? '';
}

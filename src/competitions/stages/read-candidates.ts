import type { EntityManager } from 'typeorm';
import { LONGEST_LABEL } from '../../judging/limits.ts';
import type { NewCandidate } from '../../judging/panels/add-candidates.ts';
import type { Entrant } from '../plan/competition.entity.ts';

const ENTRIES_AT_ONCE = 1000;

interface EntryRow {
  id: string;
  unionId: string;
  name: string;
  kind: Entrant;
  unionName: string;
}

/** Who takes part in a stage, in the order of their entering, a thousand at a time: who begins there, and who advanced. */
export async function* readCandidates(db: EntityManager, stageId: string): AsyncGenerator<NewCandidate[]> {
  for (let after = ''; ; ) {
    const rows: EntryRow[] = await db.query(
      `SELECT e.id, e.union_id AS unionId, e.name, e.kind, u.name AS unionName
       FROM (SELECT id FROM entry WHERE stage_id = ? AND state = 'entered'
             UNION SELECT a.entry_id FROM stage_advance a JOIN competition_stage s ON s.id = a.stage_id
             WHERE s.parent_id = ?) part
       JOIN entry e ON e.id = part.id JOIN union_node u ON u.id = e.union_id
       WHERE e.id > ? ORDER BY e.id LIMIT ?`,
      [stageId, stageId, after, ENTRIES_AT_ONCE],
    );
    if (rows.length === 0) return;
    yield rows.map(({ id, unionId, ...entry }) => ({ id, unionId, label: labelOf(entry), evidenceOf: null }));
    after = rows.at(-1)!.id;
  }
}

function labelOf({ name, kind, unionName }: Omit<EntryRow, 'id' | 'unionId'>): string {
  return (kind === 'firm' ? name : `${name}｜${unionName}`).slice(0, LONGEST_LABEL);
}

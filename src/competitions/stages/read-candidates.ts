import type { EntityManager } from 'typeorm';
import { LONGEST_LABEL } from '../../judging/limits.ts';
import type { NewCandidate } from '../../judging/panels/add-candidates.ts';
import { entryEvidence } from '../entries/evidence/entry-evidence.ts';
import type { Entrant } from '../plan/competition.entity.ts';

const ENTRIES_AT_ONCE = 1000;

interface EntryRow {
  id: string;
  unionId: string;
  name: string;
  kind: Entrant;
  unionName: string;
}

/** Those who begin at a stage, and those who advanced to it. An entry is one of the two. */
const BEGIN = "SELECT id FROM entry WHERE stage_id = ? AND state = 'entered'";
const ADVANCED = `SELECT a.entry_id AS id FROM stage_advance a JOIN competition_stage s ON s.id = a.stage_id
  WHERE s.parent_id = ?`;

/** Who takes part in a stage, in the order of their entering, a thousand at a time. */
export async function* readCandidates(db: EntityManager, stageId: string): AsyncGenerator<NewCandidate[]> {
  for (let after = ''; ; ) {
    // Each part gives its first thousand, so that a page costs the same however many there are.
    const rows: EntryRow[] = await db.query(
      `SELECT e.id, e.union_id AS unionId, e.name, e.kind, u.name AS unionName
       FROM ((${BEGIN} AND id > ? ORDER BY id LIMIT ?)
             UNION (${ADVANCED} AND a.entry_id > ? ORDER BY a.entry_id LIMIT ?)) part
       JOIN entry e ON e.id = part.id JOIN union_node u ON u.id = e.union_id
       ORDER BY e.id LIMIT ?`,
      [...[stageId, after, ENTRIES_AT_ONCE], ...[stageId, after, ENTRIES_AT_ONCE], ENTRIES_AT_ONCE],
    );
    if (rows.length === 0) return;
    yield rows.map(({ id, unionId, ...entry }) => ({
      id,
      unionId,
      label: labelOf(entry),
      evidenceOf: entryEvidence(id),
    }));
    after = rows.at(-1)!.id;
  }
}

/** How many take part in a stage. */
export async function countCandidates(db: EntityManager, stageId: string): Promise<number> {
  const [row]: { count: string }[] = await db.query(`SELECT COUNT(*) AS count FROM (${BEGIN} UNION ${ADVANCED}) part`, [
    stageId,
    stageId,
  ]);
  return Number(row!.count);
}

function labelOf({ name, kind, unionName }: Omit<EntryRow, 'id' | 'unionId'>): string {
  return (kind === 'firm' ? name : `${name}｜${unionName}`).slice(0, LONGEST_LABEL);
}

import type { EntityManager } from 'typeorm';
import { Candidate } from './candidate.entity.ts';
import type { Panel } from './panel.entity.ts';

/** The candidate of a panel whom its judges know by this number; null when there is none. */
export async function candidateByNumber(
  db: EntityManager,
  { id: panelId, blind }: Pick<Panel, 'id' | 'blind'>,
  number: number,
): Promise<Candidate | null> {
  return db.findOneBy(Candidate, { panelId, ...(blind ? { blindNumber: number } : { number }) });
}

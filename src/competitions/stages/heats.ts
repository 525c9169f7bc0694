import type { EntityManager } from 'typeorm';
import { Stage } from '../plan/stage.entity.ts';

/**
 * A stage that feeds into this one and from which nobody has gone on yet, though somebody may; undefined when there is
 * none. One that was never opened because nobody entered for it, or for what feeds into it, is passed over.
 */
export async function unfinishedHeat(
  db: EntityManager,
  { id, competitionId }: Pick<Stage, 'id' | 'competitionId'>,
): Promise<Stage | undefined> {
  return (await unfinished(db, competitionId)).find(({ parentId }) => parentId === id);
}

/** Whether every stage of a competition is final but for those that nobody comes to. */
export async function isAllFinal(db: EntityManager, competitionId: string): Promise<boolean> {
  return (await unfinished(db, competitionId)).length === 0;
}

/** The stages that are not final and that somebody takes part in, or may yet, in order. */
async function unfinished(db: EntityManager, competitionId: string): Promise<Stage[]> {
  const stages = await db.find(Stage, { where: { competitionId }, order: { number: 'ASC' } });
  const begunAt = await stagesWithEntries(db, competitionId);
  const mayHold = (stage: Stage): boolean =>
    stage.state !== 'planned' ||
    begunAt.has(stage.id) ||
    stages.some((heat) => heat.parentId === stage.id && mayHold(heat));
  return stages.filter((stage) => stage.state !== 'final' && mayHold(stage));
}

async function stagesWithEntries(db: EntityManager, competitionId: string): Promise<Set<string>> {
  const rows: { id: string }[] = await db.query(
    `SELECT id FROM competition_stage s WHERE competition_id = ?
     AND EXISTS (SELECT 1 FROM entry e WHERE e.stage_id = s.id AND e.state = 'entered')`,
    [competitionId],
  );
  return new Set(rows.map(({ id }) => id));
}

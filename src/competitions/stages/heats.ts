import type { EntityManager } from 'typeorm';
import { Stage } from '../plan/stage.entity.ts';

/**
 * A stage that feeds into this one and is not final yet; undefined when there is none. One that was never opened because
 * nobody entered for it, or came on from what feeds into it, is passed over.
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
  const letOn = await stagesLettingOn(db, competitionId);
  const mayHold = (stage: Stage): boolean =>
    stage.state !== 'planned' ||
    begunAt.has(stage.id) ||
    stages.some((heat) => heat.parentId === stage.id && mayLetOn(heat));
  const mayLetOn = (heat: Stage): boolean => (heat.state === 'final' ? letOn.has(heat.id) : mayHold(heat));
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

/** The final stages from which somebody has gone on, or can be named to by a wild card. */
async function stagesLettingOn(db: EntityManager, competitionId: string): Promise<Set<string>> {
  const rows: { id: string }[] = await db.query(
    `SELECT s.id FROM competition_stage s LEFT JOIN stage_run r ON r.stage_id = s.id
     LEFT JOIN ranking k ON k.id = r.ranking_id
     WHERE s.competition_id = ? AND s.state = 'final'
       AND (EXISTS (SELECT 1 FROM stage_advance a WHERE a.stage_id = s.id)
            OR (s.wild_cards > 0 AND k.candidate_count > 0))`,
    [competitionId],
  );
  return new Set(rows.map(({ id }) => id));
}

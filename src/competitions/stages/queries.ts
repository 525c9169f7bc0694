import type { EntityManager } from 'typeorm';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { groupBy } from '../../platform/group-by.ts';
import { StageAdvance } from './stage-advance.entity.ts';

/** The same page of those who go on from each of these stages, by place, in one statement; the cursor is the place. */
export async function advancedFrom(
  db: EntityManager,
  stageIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<StageAdvance>>> {
  const after = Number(page.after ?? 0);
  if (!Number.isSafeInteger(after)) return new Map();
  const rows = await db
    .createQueryBuilder(StageAdvance, 'a')
    .innerJoin(
      `(SELECT stage_id AS of_stage, place AS at_place, ROW_NUMBER() OVER (PARTITION BY stage_id ORDER BY place) AS turn
        FROM stage_advance WHERE stage_id IN (:...stageIds) AND place > :after)`,
      'page',
      'page.of_stage = a.stageId AND page.at_place = a.place AND page.turn <= :most',
      { stageIds: ['', ...stageIds], after, most: page.first + 1 },
    )
    .orderBy('a.place')
    .getMany();
  const groups = groupBy(rows, ({ stageId }) => stageId);
  return new Map([...groups].map(([id, ofStage]) => [id, pageOf(ofStage, page)]));
}

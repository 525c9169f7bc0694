import { Brackets, type EntityManager, In } from 'typeorm';
import { readPage } from '../../platform/db/read-page.ts';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { groupBy } from '../../platform/group-by.ts';
import { idsOnPath } from '../../unions/queries.ts';
import { UnionNode } from '../../unions/union-node.entity.ts';
import { Award } from './award.entity.ts';
import { Competition, type CompetitionState } from './competition.entity.ts';
import { Division } from './division.entity.ts';
import { Stage } from './stage.entity.ts';

/** Which competitions a list shows. */
export interface CompetitionFilter {
  year: number | undefined;
  state: CompetitionState | undefined;
}

/**
 * A page of the competitions of these branches, and of those that were published above and are open to them, the newest
 * first; the cursor is the id.
 */
export async function competitionsIn(
  db: EntityManager,
  branches: readonly string[],
  { year, state }: CompetitionFilter,
  page: PageRequest,
): Promise<Page<Competition>> {
  const query = db
    .createQueryBuilder(Competition, 'c')
    .innerJoin(UnionNode, 'u', 'u.id = c.unionId')
    .where(
      new Brackets((any) => {
        const above = ['', ...branches.flatMap(idsOnPath)];
        any.where('c.publishedAt IS NOT NULL AND c.unionId IN (:...above)', { above });
        for (const [i, path] of branches.entries())
          any.orWhere(`u.path LIKE :branch${i}`, { [`branch${i}`]: `${path}%` });
      }),
    );
  if (year !== undefined) query.andWhere('c.year = :year', { year });
  if (state !== undefined) query.andWhere('c.state = :state', { state });
  return readPage(query, 'c.id', page, 'DESC');
}

/** A page of the competitions that one of these unions published, of every year or of one, the newest first. */
export async function publishedCompetitions(
  db: EntityManager,
  unionIds: readonly string[],
  year: number | undefined,
  page: PageRequest,
): Promise<Page<Competition>> {
  const query = db
    .createQueryBuilder(Competition, 'c')
    .where('c.unionId IN (:...unionIds)', { unionIds: ['', ...unionIds] })
    .andWhere('c.publishedAt IS NOT NULL');
  if (year !== undefined) query.andWhere('c.year = :year', { year });
  return readPage(query, 'c.id', page, 'DESC');
}

/** The divisions of competitions, in order. A competition without any has no entry. */
export async function divisionsOf(
  db: EntityManager,
  competitionIds: readonly string[],
): Promise<Map<string, Division[]>> {
  const rows = await db.find(Division, {
    where: { competitionId: In([...competitionIds]) },
    order: { number: 'ASC' },
  });
  return groupBy(rows, ({ competitionId }) => competitionId);
}

/** All stages of competitions, in order. A competition without any has no entry. */
export async function stagesInAll(db: EntityManager, competitionIds: readonly string[]): Promise<Map<string, Stage[]>> {
  const rows = await db.find(Stage, { where: { competitionId: In([...competitionIds]) }, order: { number: 'ASC' } });
  return groupBy(rows, ({ competitionId }) => competitionId);
}

/** The awards of competitions, in order. A competition without any has no entry. */
export async function awardsOf(db: EntityManager, competitionIds: readonly string[]): Promise<Map<string, Award[]>> {
  const rows = await db.find(Award, { where: { competitionId: In([...competitionIds]) }, order: { number: 'ASC' } });
  return groupBy(rows, ({ competitionId }) => competitionId);
}

/** The same page of the stages of each of these competitions, in one statement; the cursor is the number. */
export async function stagesOf(
  db: EntityManager,
  competitionIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<Stage>>> {
  const rows = await db
    .createQueryBuilder(Stage, 's')
    .innerJoin(
      `(SELECT id AS stage_id, ROW_NUMBER() OVER (PARTITION BY competition_id ORDER BY number) AS place
        FROM competition_stage WHERE competition_id IN (:...competitionIds) AND number > :after)`,
      'page',
      'page.stage_id = s.id AND page.place <= :most',
      {
        competitionIds: ['', ...competitionIds],
        after: Number.parseInt(page.after ?? '0', 10) || 0,
        most: page.first + 1,
      },
    )
    .orderBy('s.number')
    .getMany();
  const stages = groupBy(rows, ({ competitionId }) => competitionId);
  return new Map(competitionIds.map((id) => [id, pageOf(stages.get(id) ?? [], page)]));
}

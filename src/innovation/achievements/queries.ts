import { type EntityManager, In } from 'typeorm';
import { readPage } from '../../platform/db/read-page.ts';
import type { Page, PageRequest } from '../../platform/graphql/connection.ts';
import { groupBy } from '../../platform/group-by.ts';
import { Achievement } from './achievement.entity.ts';
import { AchievementText } from './achievement-text.entity.ts';
import { Author } from './author.entity.ts';
import { STEPS_SHOWN } from './limits.ts';
import { AchievementStep } from './step.entity.ts';
import { StudioShare } from './studio-share.entity.ts';

/** Achievements by id; ids of none are absent. */
export async function findAchievements(db: EntityManager, ids: readonly string[]): Promise<Map<string, Achievement>> {
  const rows = await db.findBy(Achievement, { id: In([...ids]) });
  return new Map(rows.map((row) => [row.id, row]));
}

/** An achievement that is known to exist. */
export function findAchievement(db: EntityManager, id: string): Promise<Achievement> {
  return db.findOneByOrFail(Achievement, { id });
}

/** The authors of these achievements, in their order. One statement. */
export async function authorsOf(db: EntityManager, ids: readonly string[]): Promise<Map<string, Author[]>> {
  const rows = await db.find(Author, {
    where: { achievementId: In([...ids]) },
    order: { achievementId: 'ASC', number: 'ASC' },
  });
  return groupBy(rows, ({ achievementId }) => achievementId);
}

/** The studios of these achievements with their shares, the largest first. One without any is absent. */
export async function studioSharesOf(db: EntityManager, ids: readonly string[]): Promise<Map<string, StudioShare[]>> {
  const rows = await db.find(StudioShare, {
    where: { achievementId: In([...ids]) },
    order: { share: 'DESC', studioId: 'ASC' },
  });
  return groupBy(rows, ({ achievementId }) => achievementId);
}

/** The texts of these versions, by `textKey`. */
export async function textsOf(
  db: EntityManager,
  versions: readonly Pick<AchievementText, 'achievementId' | 'version'>[],
): Promise<Map<string, AchievementText>> {
  if (versions.length === 0) return new Map();
  const where = versions.map(({ achievementId, version }) => ({ achievementId, version }));
  const rows = await db.find(AchievementText, { where });
  return new Map(rows.map((row) => [textKey(row), row]));
}

export function textKey({ achievementId, version }: Pick<AchievementText, 'achievementId' | 'version'>): string {
  return `${achievementId} ${version}`;
}

/** A page of the texts of an achievement that were submitted, the newest first; the cursor is the version. */
export async function submittedTexts(
  db: EntityManager,
  { id, submittedVersion }: Pick<Achievement, 'id' | 'submittedVersion'>,
  page: PageRequest,
): Promise<Page<AchievementText>> {
  const query = db
    .createQueryBuilder(AchievementText, 't')
    .where('t.achievementId = :id AND t.version <= :submittedVersion', { id, submittedVersion });
  return readPage(query, 't.version', page, 'DESC');
}

/** The histories of these achievements, oldest first; of each its newest steps, so many as are shown. */
export async function stepsOf(db: EntityManager, ids: readonly string[]): Promise<Map<string, AchievementStep[]>> {
  const rows = await db
    .createQueryBuilder(AchievementStep, 's')
    .innerJoin(
      `(SELECT achievement_id, number, ROW_NUMBER() OVER (PARTITION BY achievement_id ORDER BY number DESC) AS place
        FROM achievement_step WHERE achievement_id IN (:...ids))`,
      'shown',
      'shown.achievement_id = s.achievementId AND shown.number = s.number AND shown.place <= :most',
      { ids: ['', ...ids], most: STEPS_SHOWN },
    )
    .orderBy('s.achievementId')
    .addOrderBy('s.number')
    .getMany();
  return groupBy(rows, ({ achievementId }) => achievementId);
}

/**
 * A page of the achievements that a member is an author of, the newest first: hers that she declares, and those of others
 * from their submission on. The cursor is the id.
 */
export async function achievementsOfMember(
  db: EntityManager,
  memberId: string,
  page: PageRequest,
): Promise<Page<Achievement>> {
  const query = db
    .createQueryBuilder(Achievement, 'a')
    .innerJoin(Author, 'o', 'o.achievementId = a.id AND o.memberId = :memberId', { memberId })
    .where('(a.number IS NOT NULL OR a.declaredBy = :actor)', { actor: `member:${memberId}` });
  return readPage(query, 'a.id', page, 'DESC');
}

/** A page of the drafts that somebody made, the newest first; the cursor is the id. */
export async function draftsOf(db: EntityManager, actor: string, page: PageRequest): Promise<Page<Achievement>> {
  const query = db.createQueryBuilder(Achievement, 'a').where("a.declaredBy = :actor AND a.state = 'draft'", { actor });
  return readPage(query, 'a.id', page, 'DESC');
}

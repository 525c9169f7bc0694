import { type EntityManager, In } from 'typeorm';
import { readPage } from '../../platform/db/read-page.ts';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { groupBy } from '../../platform/group-by.ts';
import { Reward } from './reward.entity.ts';
import { RewardLine } from './reward-line.entity.ts';
import { RewardList, type RewardState } from './reward-list.entity.ts';

/** Which lists of rewards are shown: of these branches; in this state. */
export interface RewardListFilter {
  branches: readonly string[];
  state: RewardState | undefined;
}

/** A page of lists of rewards, the newest first; the cursor is the id. */
export async function rewardListsIn(
  db: EntityManager,
  { branches, state }: RewardListFilter,
  page: PageRequest,
): Promise<Page<RewardList>> {
  if (branches.length === 0) return { items: [], hasNextPage: false };
  const paths = branches.map((path, i) => [`branch${i}`, `${path}%`] as const);
  const query = db
    .createQueryBuilder(RewardList, 'l')
    .innerJoin('union_node', 'u', 'u.id = l.unionId')
    .where(`(${paths.map(([name]) => `u.path LIKE :${name}`).join(' OR ')})`, Object.fromEntries(paths));
  if (state !== undefined) query.andWhere('l.state = :state', { state });
  return readPage(query, 'l.id', page, 'DESC');
}

/** The same page of the rewards of each of these lists, in order, in one statement; the cursor is the number. */
export async function rewardsOfLists(
  db: EntityManager,
  listIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<Reward>>> {
  const after = Number(page.after ?? 0);
  if (!Number.isSafeInteger(after)) return new Map();
  // Rewards are numbered without a gap, so a page of them is a range.
  const rows = await db
    .createQueryBuilder(Reward, 'r')
    .where('r.listId IN (:...listIds)', { listIds: ['', ...listIds] })
    .andWhere('r.number > :after AND r.number <= :last', { after, last: after + page.first + 1 })
    .orderBy('r.listId')
    .addOrderBy('r.number')
    .getMany();
  return new Map([...groupBy(rows, ({ listId }) => listId)].map(([id, rewards]) => [id, pageOf(rewards, page)]));
}

/** The lines of these rewards, in order: of each as many as its achievement has authors. */
export async function linesOfRewards(
  db: EntityManager,
  rewardIds: readonly string[],
): Promise<Map<string, RewardLine[]>> {
  const rows = await db.find(RewardLine, {
    where: { rewardId: In([...rewardIds]) },
    order: { rewardId: 'ASC', number: 'ASC' },
  });
  return groupBy(rows, ({ rewardId }) => rewardId);
}

/** The rewards of achievements by their ids, made or released; one without is absent. */
export async function rewardsOf(db: EntityManager, achievementIds: readonly string[]): Promise<Map<string, Reward>> {
  const rows = await db.findBy(Reward, { achievementId: In([...achievementIds]), state: In(['made', 'released']) });
  return new Map(rows.map((row) => [row.achievementId, row]));
}

/** What a member has of a reward that was released. */
export interface OwnReward {
  rewardId: string;
  achievementId: string;
  title: string;
  rewardFen: number;
  share: number;
  fen: number;
  points: number;
  programmeId: string | null;
  releasedAt: Date;
}

/** A page of the released rewards that a member has a part in, the newest first; the cursor is the reward's id. */
export async function rewardsOfMember(
  db: EntityManager,
  memberId: string,
  page: PageRequest,
): Promise<Page<OwnReward>> {
  const rows = await db.query<(OwnReward & Record<'rewardFen' | 'fen' | 'points', string | number>)[]>(
    `SELECT l.reward_id AS rewardId, r.achievement_id AS achievementId, r.title, r.reward_fen AS rewardFen, l.share,
            l.fen, l.points, r.programme_id AS programmeId, s.released_at AS releasedAt
     FROM reward_line l JOIN reward r ON r.id = l.reward_id JOIN reward_list s ON s.id = r.list_id
     WHERE l.member_id = ? AND l.reward_id < ? AND r.state = 'released' ORDER BY l.reward_id DESC LIMIT ?`,
    [memberId, page.after ?? '~', page.first + 1],
  );
  const own = rows.map((row) => ({
    ...row,
    ...{ rewardFen: Number(row.rewardFen), fen: Number(row.fen), points: Number(row.points) },
  }));
  return pageOf(own, page);
}

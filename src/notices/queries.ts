import { type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import { inBranches } from '../identity/queries.ts';
import { type BeijingDay, isDay } from '../platform/clock.ts';
import { readPage } from '../platform/db/read-page.ts';
import { type Page, type PageRequest, pageOf } from '../platform/graphql/connection.ts';
import { groupBy } from '../platform/group-by.ts';
import { Notice, type NoticeKind, type NoticeState } from './notice.entity.ts';
import { NoticeLine } from './notice-line.entity.ts';
import { Objection } from './objection.entity.ts';

/** How many versions of a notice its view shows. */
export const VERSIONS_SHOWN = 20;

/** Which notices a list shows: of these unions; of a kind; in a state. */
export interface NoticeFilter {
  unionIds: readonly string[];
  kind: NoticeKind | undefined;
  state: NoticeState | undefined;
}

/** A page of notices, the newest first; the cursor is the id. */
export async function noticesOf(
  db: EntityManager,
  { unionIds, kind, state }: NoticeFilter,
  page: PageRequest,
): Promise<Page<Notice>> {
  const query = db
    .createQueryBuilder(Notice, 'n')
    .where('n.unionId IN (:...unionIds)', { unionIds: ['', ...unionIds] });
  if (kind !== undefined) query.andWhere('n.kind = :kind', { kind });
  if (state !== undefined) query.andWhere('n.state = :state', { state });
  return readPage(query, 'n.id', page, 'DESC');
}

/** The ids of all unions of these branches. */
export async function unionIdsIn(db: EntityManager, branches: readonly string[]): Promise<string[]> {
  const within = inBranches('path', branches);
  const unions: { id: string }[] = await db.query(`SELECT id FROM union_node WHERE ${within.sql}`, within.params);
  return unions.map(({ id }) => id);
}

/** The objection of this id, when it is this member's; null for any other. */
export async function objectionOfMember(db: EntityManager, memberId: string, id: string): Promise<Objection | null> {
  return db.findOneBy(Objection, { id, memberId });
}

/**
 * A page of the objections to notices of these unions that wait for a decision, the one that is due first at the top;
 * with `overdueOn` only those whose day was over by then. The cursor is `objectionCursor`.
 */
export async function waitingObjections(
  db: EntityManager,
  { unionIds, overdueOn }: { unionIds: readonly string[]; overdueOn: BeijingDay | undefined },
  page: PageRequest,
): Promise<Page<Objection>> {
  const [day, id = ''] = page.after?.split('.') ?? [];
  // After what is no cursor of ours nothing comes.
  if (day !== undefined && !isDay(day)) return { items: [], hasNextPage: false };
  const query = db
    .createQueryBuilder(Objection, 'o')
    .innerJoin(Notice, 'n', 'n.id = o.noticeId')
    .where('o.is_waiting = TRUE AND n.unionId IN (:...unionIds)', { unionIds: ['', ...unionIds] });
  if (overdueOn !== undefined) query.andWhere('o.dueOn < :overdueOn', { overdueOn });
  if (day !== undefined) query.andWhere('o.dueOn >= :day AND (o.dueOn > :day OR o.id > :id)', { day, id });
  const rows = await query
    .orderBy('o.dueOn')
    .addOrderBy('o.id')
    .limit(page.first + 1)
    .getMany();
  return pageOf(rows, page);
}

/** The place of an objection in the queue. */
export function objectionCursor({ dueOn, id }: Pick<Objection, 'dueOn' | 'id'>): string {
  return `${dueOn}.${id}`;
}

/** The same page of the lines of each of these notices, in order, in one statement; the cursor is the number. */
export async function linesOf(
  db: EntityManager,
  noticeIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<NoticeLine>>> {
  const after = Number(page.after ?? 0);
  if (!Number.isSafeInteger(after)) return new Map();
  // Lines are numbered without a gap, so a page of them is a range.
  const lines = await db
    .createQueryBuilder(NoticeLine, 'l')
    .where('l.noticeId IN (:...noticeIds)', { noticeIds })
    .andWhere('l.number > :after AND l.number <= :last', { after, last: after + page.first + 1 })
    .orderBy('l.noticeId')
    .addOrderBy('l.number')
    .getMany();
  return pagesOf(lines, page);
}

/** The lines of these places; a place that is none is absent. */
export async function findLines(
  db: EntityManager,
  places: readonly Pick<NoticeLine, 'noticeId' | 'number'>[],
): Promise<NoticeLine[]> {
  return db.find(NoticeLine, { where: places.map(({ noticeId, number }) => ({ noticeId, number })) });
}

/**
 * The same page of the objections to each of these notices, in the order of their filing, in one statement; the cursor
 * is the id. What others took back is not shown to a member; without a `viewer` all are shown.
 */
export async function objectionsOf(
  db: EntityManager,
  noticeIds: readonly string[],
  viewer: string | null,
  page: PageRequest,
): Promise<Map<string, Page<Objection>>> {
  const shown = viewer === null ? '' : "AND (state <> 'withdrawn' OR member_id = :viewer)";
  const query = firstOfEach(
    db.createQueryBuilder(Objection, 'o'),
    `(SELECT id AS shown_id, ROW_NUMBER() OVER (PARTITION BY notice_id ORDER BY id) AS place
      FROM objection WHERE notice_id IN (:...noticeIds) AND id > :after ${shown})`,
    { noticeIds, viewer, after: page.after ?? '', most: page.first + 1 },
  );
  return pagesOf(await query.orderBy('o.id').getMany(), page);
}

/** All versions of the notices whose first versions these are, the newest first; of each so many as are shown. */
export async function versionsOf(db: EntityManager, firstIds: readonly string[]): Promise<Notice[]> {
  const query = firstOfEach(
    db.createQueryBuilder(Notice, 'n'),
    `(SELECT id AS shown_id, ROW_NUMBER() OVER (PARTITION BY first_id ORDER BY version DESC) AS place
      FROM notice WHERE first_id IN (:...firstIds))`,
    { firstIds, most: VERSIONS_SHOWN },
  );
  return query.orderBy('n.version', 'DESC').getMany();
}

/** What keeps a notice from being final besides its period: objections to any of its versions. */
export interface HoldUps {
  /** That nobody has decided on yet. */
  waiting: number;
  /** That were upheld and that no new version answers yet. */
  unanswered: number;
}

/** What holds up the notices whose first versions these are; one that nothing holds up is absent. */
export async function holdUpsOf(db: EntityManager, firstIds: readonly string[]): Promise<Map<string, HoldUps>> {
  const rows: { firstId: string; waiting: string; unanswered: string }[] = await db.query(
    `SELECT n.first_id AS firstId, SUM(o.state = 'waiting') AS waiting,
       SUM(o.state = 'upheld' AND o.answered_by IS NULL) AS unanswered
     FROM notice n JOIN objection o ON o.notice_id = n.id WHERE n.first_id IN (?) GROUP BY n.first_id`,
    [firstIds],
  );
  return new Map(
    rows.map(({ firstId, waiting, unanswered }) => [
      firstId,
      { waiting: Number(waiting), unanswered: Number(unanswered) },
    ]),
  );
}

/** The notices of these ids, in no order. */
export async function findNotices(db: EntityManager, ids: readonly string[]): Promise<Notice[]> {
  return db.find(Notice, { where: { id: In([...ids]) } });
}

/** Narrows a query to the first rows of each group, `most` at the most; `places` numbers the rows of a group from 1. */
function firstOfEach<T extends object>(
  query: SelectQueryBuilder<T>,
  places: string,
  parameters: Record<string, unknown> & { most: number },
): SelectQueryBuilder<T> {
  const on = `shown.shown_id = ${query.alias}.id AND shown.place <= :most`;
  return query.innerJoin(places, 'shown', on).setParameters(parameters);
}

function pagesOf<T extends { noticeId: string }>(rows: T[], page: PageRequest): Map<string, Page<T>> {
  const groups = groupBy(rows, (row) => row.noticeId);
  return new Map([...groups].map(([noticeId, ofNotice]) => [noticeId, pageOf(ofNotice, page)]));
}

import { type EntityManager, In } from 'typeorm';
import { inBranches } from '../../identity/queries.ts';
import { type BeijingDay, isDay } from '../../platform/clock.ts';
import { readPage } from '../../platform/db/read-page.ts';
import { type Page, type PageRequest, pageOf } from '../../platform/graphql/connection.ts';
import { Member } from '../../unions/member.entity.ts';
import { Claim, type ClaimState, isWaiting, OPEN_STATES } from './claim.entity.ts';
import { ClaimStep } from './claim-step.entity.ts';

/** How many steps of a claim its view shows. */
export const STEPS_SHOWN = 20;

/** The claim of this id, when it is this member's; null for any other. */
export async function claimOfMember(db: EntityManager, memberId: string, id: string): Promise<Claim | null> {
  return db.findOneBy(Claim, { id, memberId });
}

/** A page of a member's claims, the newest first; the cursor is the id. */
export async function claimsOfMember(
  db: EntityManager,
  { memberId, state }: { memberId: string; state: ClaimState | undefined },
  page: PageRequest,
): Promise<Page<Claim>> {
  const query = db.createQueryBuilder(Claim, 'c').where('c.memberId = :memberId', { memberId });
  if (state !== undefined) query.andWhere('c.state = :state', { state });
  return readPage(query, 'c.id', page, 'DESC');
}

/** What a member has open, at most as many as she may have. */
export async function openClaimsOf(db: EntityManager, memberId: string): Promise<Claim[]> {
  return db.find(Claim, { where: { memberId, state: In([...OPEN_STATES]) }, order: { id: 'ASC' } });
}

/** Which claims a list shows: of these branches; of a programme; in a state, else those that wait; whose day is over. */
export interface ClaimFilter {
  branches: readonly string[];
  programmeId: string | undefined;
  state: ClaimState | undefined;
  overdue: boolean;
  today: BeijingDay;
}

/**
 * A page of claims, of those that wait the one that is due first at the top, of others the one that was due last. Two
 * statements. The cursor is `claimCursor`.
 */
export async function claimsIn(
  db: EntityManager,
  { branches, programmeId, state, overdue, today }: ClaimFilter,
  page: PageRequest,
): Promise<Page<Claim>> {
  const waiting = state === undefined || isWaiting(state);
  const after = page.after?.split('.') ?? [];
  // What waits for nobody is not overdue, and after what is no cursor of ours nothing comes.
  if ((overdue && !waiting) || (page.after !== undefined && !isDay(after[0]!)))
    return { items: [], hasNextPage: false };
  // The ids first and no join with the unions: so the server sees how large the branch is, and goes along the queue's
  // index for a whole tree but by the members of a single union. With the join it sorts the whole tree for each page.
  const within = inBranches('path', branches);
  const unions: { id: string }[] = await db.query(`SELECT id FROM union_node WHERE ${within.sql}`, within.params);
  const query = db
    .createQueryBuilder(Claim, 'c')
    .innerJoin(Member, 'm', 'm.id = c.memberId')
    .where('m.unionId IN (:...unionIds)', { unionIds: ['', ...unions.map((union) => union.id)] });
  if (programmeId !== undefined) query.andWhere('c.programmeId = :programmeId', { programmeId });
  query.andWhere(state === undefined ? 'c.is_waiting = TRUE' : 'c.state = :state', { state });
  if (overdue) query.andWhere('c.dueOn < :today', { today });
  if (page.after !== undefined) {
    const [day, id = ''] = after;
    const [from, beyond] = waiting ? ['>=', '>'] : ['<=', '<'];
    query.andWhere(`c.dueOn ${from} :day AND (c.dueOn ${beyond} :day OR c.id ${beyond} :id)`, { day, id });
  }
  const direction = waiting ? 'ASC' : 'DESC';
  const rows = await query
    .orderBy('c.dueOn', direction)
    .addOrderBy('c.id', direction)
    .limit(page.first + 1)
    .getMany();
  return pageOf(rows, page);
}

/** The place of a claim in the branch's list. */
export function claimCursor({ dueOn, id }: Pick<Claim, 'dueOn' | 'id'>): string {
  return `${dueOn}.${id}`;
}

/** What was done about these claims, in order; of each its newest steps, so many as are shown. */
export async function stepsOf(db: EntityManager, claimIds: readonly string[]): Promise<ClaimStep[]> {
  if (claimIds.length === 0) return [];
  return db
    .createQueryBuilder(ClaimStep, 's')
    .innerJoin(
      `(SELECT claim_id, number, ROW_NUMBER() OVER (PARTITION BY claim_id ORDER BY number DESC) AS place
        FROM claim_step WHERE claim_id IN (:...claimIds))`,
      'shown',
      'shown.claim_id = s.claimId AND shown.number = s.number AND shown.place <= :most',
      { claimIds, most: STEPS_SHOWN },
    )
    .orderBy('s.claimId')
    .addOrderBy('s.number')
    .getMany();
}

import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { readPage } from '../platform/db/read-page.ts';
import { type Page, type PageRequest, pageOf } from '../platform/graphql/connection.ts';
import { groupBy } from '../platform/group-by.ts';
import { Lottery, type LotteryState } from './lottery.entity.ts';
import { LotteryTemplate } from './templates/template.entity.ts';

/** A page of the lotteries of a programme, in every state or in one, the newest first; the cursor is the id. */
export async function lotteriesOfProgramme(
  db: EntityManager,
  programmeId: string,
  page: PageRequest,
  state?: LotteryState,
): Promise<Page<Lottery>> {
  const query = db.createQueryBuilder(Lottery, 'l').where('l.programmeId = :programmeId', { programmeId });
  if (state !== undefined) query.andWhere('l.state = :state', { state });
  return readPage(query, 'l.id', page, 'DESC');
}

/** A page of the lotteries of programmes that were opened, the newest first; the cursor is the id. */
export async function openedLotteries(
  db: EntityManager,
  programmeIds: readonly string[],
  page: PageRequest,
): Promise<Page<Lottery>> {
  const query = db
    .createQueryBuilder(Lottery, 'l')
    .where('l.programmeId IN (:...programmeIds)', { programmeIds: ['', ...programmeIds] })
    .andWhere('l.openedAt IS NOT NULL');
  return readPage(query, 'l.id', page, 'DESC');
}

/** The lottery of this id, when it is of one of these programmes and was opened; else null. */
export function openedLottery(db: EntityManager, programmeIds: readonly string[], id: string): Promise<Lottery | null> {
  return db.findOneBy(Lottery, { id, programmeId: In([...programmeIds]), openedAt: Not(IsNull()) });
}

/** A page of the templates of a programme, the newest first; the cursor is the id. */
export async function templatesOfProgramme(
  db: EntityManager,
  programmeId: string,
  page: PageRequest,
): Promise<Page<LotteryTemplate>> {
  const query = db.createQueryBuilder(LotteryTemplate, 't').where('t.programmeId = :programmeId', { programmeId });
  return readPage(query, 't.id', page, 'DESC');
}

/** A page of the lotteries that an admin brings randomness to, as a party of the draw that they are at; newest first. */
export async function lotteriesOfParty(
  db: EntityManager,
  operatorId: string,
  page: PageRequest,
): Promise<Page<Lottery>> {
  const query = db
    .createQueryBuilder(Lottery, 'l')
    .innerJoin(
      '(SELECT lottery_id, draw_number FROM lottery_party WHERE operator_id = :operatorId)',
      'p',
      'p.lottery_id = l.id AND p.draw_number = l.drawNumber',
      { operatorId },
    );
  return readPage(query, 'l.id', page, 'DESC');
}

/** A member's tickets of a lottery that came together. */
export interface TicketGrant {
  id: string;
  lotteryId: string;
  source: 'free' | 'rule' | 'bought';
  tickets: number;
  leftOut: 'not_active' | 'won_lately' | 'revoked' | null;
  refundedAt: Date | null;
  givenAt: Date;
}

/**
 * The same page of a member's tickets in each of these lotteries, grant by grant, the oldest first, in one statement;
 * the cursor is the id.
 */
export async function grantsOfMember(
  db: EntityManager,
  memberId: string,
  lotteryIds: readonly string[],
  page: PageRequest,
): Promise<Map<string, Page<TicketGrant>>> {
  const rows: TicketGrant[] = await db.query(
    `SELECT id, lottery_id AS lotteryId, source, tickets, left_out AS leftOut, refunded_at AS refundedAt,
            given_at AS givenAt
     FROM (SELECT g.*, ROW_NUMBER() OVER (PARTITION BY g.lottery_id ORDER BY g.id) AS place FROM lottery_grant g
           WHERE g.member_id = ? AND g.lottery_id IN (?) AND g.id > ?) own
     WHERE own.place <= ? ORDER BY id`,
    [memberId, ['', ...lotteryIds], page.after ?? '', page.first + 1],
  );
  const own = groupBy(rows, (row) => row.lotteryId);
  return new Map(lotteryIds.map((id) => [id, pageOf(own.get(id) ?? [], page)]));
}

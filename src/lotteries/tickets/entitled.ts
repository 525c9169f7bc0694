import type { EntityManager } from 'typeorm';
import { addDays, type BeijingDay } from '../../platform/clock.ts';
import { Programme } from '../../unions/programme.entity.ts';
import { branchUnions, unionPath } from '../../unions/queries.ts';
import type { Lottery } from '../lottery.entity.ts';
import type { TicketRule } from '../set-up/terms.ts';
import { monthsBefore } from './recent-winners.ts';

/** Tickets that somebody is to be given, and for what. */
export interface Entitled {
  memberId: string;
  source: 'free' | 'rule';
  /** 'free', or the accrual's id. */
  cause: string;
  tickets: number;
}

/** Reads those who are entitled and have not got their tickets yet, in batches. */
type Batches = (db: EntityManager) => AsyncGenerator<Entitled[]>;

const MEMBERS_AT_ONCE = 5000;

/** The free tickets of every active member of the programme who has none, by member. */
export function freeTickets({ id, programmeId, freeTickets: tickets }: Lottery): Batches {
  return async function* (db) {
    if (tickets === 0) return;
    const unionIds = await unionsOf(db, programmeId);
    for (let after = ''; ; ) {
      const rows: { id: string }[] = await db.query(
        `SELECT m.id FROM member m
         LEFT JOIN lottery_grant g
           ON g.lottery_id = ? AND g.member_id = m.id AND g.source = 'free' AND g.cause = 'free'
         WHERE m.id > ? AND m.state = 'active' AND m.union_id IN (?) AND g.id IS NULL ORDER BY m.id LIMIT ?`,
        [id, after, unionIds, MEMBERS_AT_ONCE],
      );
      if (rows.length === 0) return;
      after = rows.at(-1)!.id;
      yield rows.map((row) => ({ memberId: row.id, source: 'free', cause: 'free', tickets }));
    }
  };
}

interface AccrualRow {
  id: string;
  memberId: string;
  occurredOn: BeijingDay;
}

/**
 * The tickets for what a rule gave active members of the programme, for things that happened in the month before that
 * of the draw, and did not take back. By member and day, as the index of accruals has them.
 */
export function ticketsByRule({ id, programmeId, month }: Lottery, { ruleId, tickets }: TicketRule): Batches {
  return async function* (db) {
    const unionIds = await unionsOf(db, programmeId);
    const days = [`${monthsBefore(month, 1)}-01`, addDays(`${month}-01`, -1)];
    for (let last: AccrualRow = { id: '', memberId: '', occurredOn: '1000-01-01' }; ; ) {
      const rows: AccrualRow[] = await db.query(
        `SELECT a.id, a.member_id AS memberId, a.occurred_on AS occurredOn
         FROM accrual a JOIN member m ON m.id = a.member_id
         LEFT JOIN lottery_grant g
           ON g.lottery_id = ? AND g.member_id = a.member_id AND g.source = 'rule' AND g.cause = a.id
         WHERE a.rule_id = ? AND a.occurred_on BETWEEN ? AND ? AND a.revocation_id = '' AND a.member_id >= ?
           AND (a.member_id > ? OR a.occurred_on > ? OR (a.occurred_on = ? AND a.id > ?))
           AND m.state = 'active' AND m.union_id IN (?) AND g.id IS NULL
         ORDER BY a.member_id, a.occurred_on, a.id LIMIT ?`,
        [
          ...[id, ruleId, ...days, last.memberId, last.memberId, last.occurredOn, last.occurredOn, last.id],
          unionIds,
          MEMBERS_AT_ONCE,
        ],
      );
      if (rows.length === 0) return;
      last = rows.at(-1)!;
      yield rows.map(({ id: cause, memberId }) => ({ memberId, source: 'rule', cause, tickets }));
    }
  };
}

/** The unions whose members a programme covers. */
async function unionsOf(db: EntityManager, programmeId: string): Promise<string[]> {
  const { unionId } = await db.findOneByOrFail(Programme, { id: programmeId });
  const path = await unionPath(db, unionId);
  return (await branchUnions(db, path!)).map((union) => union.id);
}

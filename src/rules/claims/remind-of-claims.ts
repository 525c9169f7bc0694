import type { EntityManager } from 'typeorm';
import { ADMIN_ROLE_NAMES, adminPermissions } from '../../identity/roles.ts';
import { addDays, type BeijingDay, beijingDay } from '../../platform/clock.ts';
import { insertRows } from '../../platform/db/sql.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { groupBy } from '../../platform/group-by.ts';
import { idsOnPath } from '../../unions/queries.ts';
import type { Reminder } from './reminders.ts';

/**
 * Counts for each operator who may approve claims those that wait for her today, and writes her reminder; one for whom
 * nothing waits has none. Doing it again writes the same, or what is true by then. Three statements to read and, for
 * each thousand operators, one to write. Returns how many operators are reminded.
 */
export async function remindOfClaims({ db, clock }: Deps): Promise<number> {
  const day = beijingDay(clock.now());
  return inTransaction(db, async (tx) => {
    const reminders = remindersOf(day, await countWaiting(tx, day), await approversByUnion(tx));
    await tx.query('DELETE FROM claim_reminder WHERE day = ?', [day]);
    await insertRows(
      tx,
      'claim_reminder',
      ['operator_id', 'day', 'waiting', 'due_soon', 'overdue'],
      // In the order of the key, so that two that do it at once meet at the first row.
      [...reminders]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([operatorId, { waiting, dueSoon, overdue }]) => [operatorId, day, waiting, dueSoon, overdue]),
    );
    return reminders.size;
  });
}

/** How many claims wait for the operators of the unions on one path. */
interface Waiting {
  /** "/<root>/…/<id>/" */
  asked: string;
  /** Who may not be the second to approve them, as an actor. */
  firstApprovedBy: string | null;
  waiting: number;
  dueSoon: number;
  overdue: number;
}

/** What waits, by whom it waits for: the unions above the member, or, at the second level, those above the programme. */
async function countWaiting(db: EntityManager, day: BeijingDay): Promise<Waiting[]> {
  const rows: Record<keyof Waiting, string>[] = await db.query(
    `SELECT IF(c.state = 'passed', above.path, own.path) AS asked, c.first_approved_by AS firstApprovedBy,
       COUNT(*) AS waiting, SUM(c.due_on BETWEEN ? AND ?) AS dueSoon, SUM(c.due_on < ?) AS overdue
     FROM claim c
       JOIN member m ON m.id = c.member_id JOIN union_node own ON own.id = m.union_id
       JOIN programme p ON p.id = c.programme_id JOIN union_node above ON above.id = p.union_id
     WHERE c.is_waiting = TRUE GROUP BY asked, firstApprovedBy`,
    [day, addDays(day, 1), day],
  );
  return rows.map(({ asked, firstApprovedBy, waiting, dueSoon, overdue }) => ({
    ...{ asked, firstApprovedBy },
    ...{ waiting: Number(waiting), dueSoon: Number(dueSoon), overdue: Number(overdue) },
  }));
}

/** The operators who may approve claims in the branch of a union, by the union's id. */
async function approversByUnion(db: EntityManager): Promise<Map<string, string[]>> {
  const roles = ADMIN_ROLE_NAMES.filter((role) => adminPermissions(role).has('claims:approve'));
  const rows: { operatorId: string; unionId: string }[] = await db.query(
    `SELECT r.operator_id AS operatorId, r.union_id AS unionId FROM admin_role r JOIN operator o ON o.id = r.operator_id
     WHERE r.role IN (?) AND o.door = 'admin' AND o.disabled_at IS NULL`,
    [roles],
  );
  const byUnion = groupBy(rows, (row) => row.unionId);
  return new Map([...byUnion].map(([unionId, grants]) => [unionId, grants.map((grant) => grant.operatorId)]));
}

/** The reminder of each operator for whom something waits, by the operator's id. Pure. */
function remindersOf(
  day: BeijingDay,
  waiting: readonly Waiting[],
  approvers: ReadonlyMap<string, readonly string[]>,
): Map<string, Reminder> {
  const reminders = new Map<string, Reminder>();
  for (const group of waiting) {
    // Once for each, however many of the unions above give her the permission.
    const operators = new Set(idsOnPath(group.asked).flatMap((unionId) => approvers.get(unionId) ?? []));
    for (const operatorId of operators) {
      if (`operator:${operatorId}` === group.firstApprovedBy) continue;
      const so = reminders.get(operatorId) ?? { day, waiting: 0, dueSoon: 0, overdue: 0 };
      reminders.set(operatorId, {
        day,
        waiting: so.waiting + group.waiting,
        dueSoon: so.dueSoon + group.dueSoon,
        overdue: so.overdue + group.overdue,
      });
    }
  }
  return reminders;
}

/** An accrual as a good engineer writes it by hand: one transaction, every check and every row that ours has. */
import type { Connection } from 'mysql2/promise';
import { beijingDay } from '../../../src/platform/clock.ts';
import { newId } from '../../../src/platform/ids.ts';
import { change, insertTransfer, rows } from './statements.ts';

interface Due {
  programmeId: string;
  memberId: string;
  points: number;
  key: string;
  causeId: string;
  expiresAt: Date;
}

/** Gives a member points, once for the key and within the programme's budget. Returns undefined, or the code of the refusal. */
export async function accrueNaively(c: Connection, due: Due): Promise<string | undefined> {
  const now = new Date();
  const [posted] = await rows(c, 'SELECT id FROM transfer WHERE business_key = ?', [due.key]);
  if (posted) {
    await c.commit();
    return undefined;
  }
  const [ids] = await rows<{ member: string; issuance: string }>(
    c,
    `SELECT m.id AS member, i.id AS issuance FROM account m JOIN account i ON i.programme_id = m.programme_id
     WHERE m.programme_id = ? AND m.kind = 'member' AND m.owner_id = ? AND i.kind = 'issuance' AND i.owner_id = ?`,
    [due.programmeId, due.memberId, due.programmeId],
  );
  const { member, issuance } = ids!;
  const [account] = await rows<{ balance: number }>(c, 'SELECT balance FROM account WHERE id = ? FOR UPDATE', [member]);
  const transfer = {
    programmeId: due.programmeId,
    kind: 'accrual',
    debitAccountId: issuance,
    creditAccountId: member,
    points: due.points,
    key: due.key,
    causeId: due.causeId,
    balanceAfter: account!.balance + due.points,
  };
  const transferId = await insertTransfer(c, newId(), beijingDay(now), transfer, now);
  await change(c, 'INSERT INTO lot (id, account_id, points, remaining, expires_at) VALUES (?, ?, ?, ?, ?)', [
    transferId,
    member,
    due.points,
    due.points,
    due.expiresAt,
  ]);
  await change(c, 'UPDATE account SET balance = balance + ? WHERE id = ?', [due.points, member]);
  // Last, so that the row that all accruals of the programme want is locked for as short as can be.
  const issued = await change(
    c,
    'UPDATE programme_budget SET issued = issued + ? WHERE programme_id = ? AND issued + ? <= budget',
    [due.points, due.programmeId, due.points],
  );
  if (issued === 0) {
    await c.rollback();
    return 'OVER_BUDGET';
  }
  await c.commit();
  return undefined;
}

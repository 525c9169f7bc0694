import type { Tx } from '../platform/db/transaction.ts';
import { lockNotice } from './lock-notice.ts';
import { type Notice, type NoticeState, takesObjections } from './notice.entity.ts';

/**
 * Makes a notice final when it may be: its period is over, no objection to it or to a version before waits for a
 * decision, and each that was upheld is answered by a version after. Resolves with the state in which it then is; what
 * was final stays so, whatever the clock says later. For the transaction of the domain whose result it is.
 */
export async function settleNotice(tx: Tx, noticeId: string, now: Date): Promise<NoticeState> {
  const notice = await lockKnown(tx, noticeId);
  if (notice.state !== 'open' || takesObjections(notice, now) || (await isHeldUp(tx, notice))) return notice.state;
  await tx.query("UPDATE notice SET state = 'final', settled_at = ? WHERE id = ?", [now, noticeId]);
  return 'final';
}

/**
 * Withdraws an open notice because its whole subject is void; the reason (1 to 300 characters) stays visible with it,
 * and objections that wait become moot. Resolves with the state in which it then is: one that was open no longer stays
 * as it was.
 */
export async function withdrawNotice(tx: Tx, noticeId: string, reason: string, now: Date): Promise<NoticeState> {
  const notice = await lockKnown(tx, noticeId);
  if (notice.state !== 'open') return notice.state;
  await tx.query("UPDATE notice SET state = 'withdrawn', settled_at = ?, withdrawn_reason = ? WHERE id = ?", [
    now,
    reason,
    noticeId,
  ]);
  await tx.query(
    `UPDATE objection SET state = 'moot', settled_at = ? WHERE state = 'waiting'
       AND notice_id IN (SELECT id FROM notice WHERE first_id = ?)`,
    [now, notice.firstId],
  );
  return 'withdrawn';
}

/** An objection that was upheld. */
export interface UpheldObjection {
  id: string;
  /** The version to which it was filed. */
  noticeId: string;
  /** The line of that version; null for the notice as a whole. */
  lineNumber: number | null;
  /** The member whom that line names; null where it names none. */
  memberId: string | null;
  /** Why it was upheld: what has to change. */
  reason: string;
}

/**
 * What the next version of a notice must answer: the objections to this one and to the versions before that were upheld
 * and have no answer yet, in the order of their filing. The notice is locked, so that none is upheld between this and
 * the version which this transaction publishes.
 */
export async function upheldObjections(tx: Tx, noticeId: string): Promise<UpheldObjection[]> {
  const { firstId } = await lockKnown(tx, noticeId);
  return tx.query(
    `SELECT o.id, o.notice_id AS noticeId, o.line_number AS lineNumber, l.member_id AS memberId, o.reason
     FROM notice n JOIN objection o ON o.notice_id = n.id
     LEFT JOIN notice_line l ON l.notice_id = o.notice_id AND l.number = o.line_number
     WHERE n.first_id = ? AND o.state = 'upheld' AND o.answered_by IS NULL ORDER BY o.id`,
    [firstId],
  );
}

async function lockKnown(tx: Tx, noticeId: string): Promise<Notice> {
  const notice = await lockNotice(tx, noticeId);
  if (!notice) throw new Error(`there is no notice ${noticeId}`);
  return notice;
}

async function isHeldUp(tx: Tx, { firstId }: Notice): Promise<boolean> {
  const [objection] = await tx.query(
    `SELECT o.id FROM notice n JOIN objection o ON o.notice_id = n.id
     WHERE n.first_id = ? AND (o.state = 'waiting' OR (o.state = 'upheld' AND o.answered_by IS NULL)) LIMIT 1`,
    [firstId],
  );
  return objection !== undefined;
}

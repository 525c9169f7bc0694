import { beijingDay } from '../platform/clock.ts';
import { insertRows } from '../platform/db/sql.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { newId } from '../platform/ids.ts';
import { lockNotice } from './lock-notice.ts';
import { Notice, type NoticeKind } from './notice.entity.ts';
import type { NoticeLine } from './notice-line.entity.ts';
import { addWorkingDays, hasCalendar } from './working-days.ts';

/** A result to be shown; how long its words may be stands in limits.ts. */
export interface NewNotice {
  unionId: string;
  kind: NoticeKind;
  /** What it is the result of; of one subject one notice is open at a time. */
  subjectId: string;
  title: string;
  /** What it is about and by which rules it came to be; may be empty. */
  about: string;
  /** For how many working days after today objections are taken: 1 to 60. */
  workingDays: number;
  /** The version in whose place this one comes. */
  replaces?: string;
  /** In the order to show. The public reads label and detail as they are given: names in them are masked already. */
  lines: readonly Pick<NoticeLine, 'label' | 'detail' | 'memberId'>[];
  /** Who publishes it, as an actor. */
  publishedBy: string;
}

/**
 * Puts a provisional result in public view, in the transaction of the domain whose result it is, and resolves with the
 * notice's id. Objections are taken until the Beijing end of its last working day. One that replaces another is its next
 * version: it answers all objections that were upheld, and has a period of its own; the version before becomes
 * superseded, but for one that was final already, which stays so. Objections to earlier versions that still wait must
 * be decided before it can be final. Throws when what it replaces is another subject's, withdrawn or replaced already.
 */
export async function publishNotice(tx: Tx, notice: NewNotice, now: Date): Promise<string> {
  const { unionId, kind, subjectId, title, about, workingDays, publishedBy, lines } = notice;
  const id = newId();
  const { firstId, version } = await placeOf(tx, id, notice, now);
  const today = beijingDay(now);
  const lastDay = addWorkingDays(today, workingDays);
  await tx.insert(Notice, {
    ...{ id, firstId, version, unionId, kind, subjectId, title, about, workingDays, publishedBy, lastDay },
    lineCount: lines.length,
    publishedAt: now,
    calendarKnown: areCalendarsKnown(today, lastDay),
    state: 'open',
  });
  const columns = ['notice_id', 'number', 'label', 'detail', 'member_id'];
  const rows = lines.map(({ label, detail, memberId }, i) => [id, i + 1, label, detail, memberId]);
  await insertRows(tx, 'notice_line', columns, rows);
  if (version > 1)
    await tx.query(
      `UPDATE objection SET answered_by = ? WHERE state = 'upheld' AND answered_by IS NULL
         AND notice_id IN (SELECT id FROM notice WHERE first_id = ?)`,
      [id, firstId],
    );
  return id;
}

/** Makes room for a notice among the versions of the same. */
async function placeOf(
  tx: Tx,
  id: string,
  { replaces, kind, subjectId }: NewNotice,
  now: Date,
): Promise<{ firstId: string; version: number }> {
  if (replaces === undefined) return { firstId: id, version: 1 };
  const before = await lockNotice(tx, replaces);
  if (before?.kind !== kind || before.subjectId !== subjectId)
    throw new Error(`the notice ${replaces} is not of the ${kind} ${subjectId}`);
  const isNewest = !(await tx.existsBy(Notice, { firstId: before.firstId, version: before.version + 1 }));
  if (!isNewest || before.state === 'withdrawn') throw new Error(`the notice ${replaces} cannot be replaced any more`);
  if (before.state === 'open')
    await tx.query("UPDATE notice SET state = 'superseded', settled_at = ? WHERE id = ?", [now, before.id]);
  return { firstId: before.firstId, version: before.version + 1 };
}

function areCalendarsKnown(from: string, to: string): boolean {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  for (let year = first; year <= last; year++) if (!hasCalendar(year)) return false;
  return true;
}

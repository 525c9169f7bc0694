import type { EntityManager } from 'typeorm';
import { type AdminCaller, mayIn } from '../identity/caller.ts';
import { memberIdOf } from '../identity/own-member.ts';
import type { Tx } from '../platform/db/transaction.ts';
import { accept, type Result, refuse } from '../platform/result.ts';
import { unionPath } from '../unions/queries.ts';
import { memberStandings } from '../unions/standing.ts';
import { lockNotice } from './lock-notice.ts';
import { Notice } from './notice.entity.ts';
import { NoticeLine } from './notice-line.entity.ts';
import { Objection } from './objection.entity.ts';
import { noticeUnknown, objectionDecided, objectionUnknown, ownLine, ownObjection, personNeeded } from './refusals.ts';

/** The notice, when its union is the member's own or one above it. Refusal: NOTICE_UNKNOWN. */
export async function noticeOfMember(db: EntityManager, memberId: string, id: string): Promise<Result<Notice>> {
  const notice = await db.findOneBy(Notice, { id });
  const standing = (await memberStandings(db, [memberId])).get(memberId);
  const sees = notice && standing && standing.state !== 'left' && standing.unionPath.includes(`/${notice.unionId}/`);
  return sees ? accept(notice) : refuse(noticeUnknown);
}

/** The notice, when the admin holds the permission in its union. Refusal: NOTICE_UNKNOWN. */
export async function noticeInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<Notice>> {
  const notice = await db.findOneBy(Notice, { id });
  const path = notice ? await unionPath(db, notice.unionId) : undefined;
  return notice && path !== undefined && mayIn(caller, permission, path) ? accept(notice) : refuse(noticeUnknown);
}

/** An objection with the notice to which it was filed. */
export interface NoticesObjection {
  objection: Objection;
  notice: Notice;
}

/** The objection, when the admin holds the permission in the union of its notice. Refusal: OBJECTION_UNKNOWN. */
export async function objectionInScope(
  db: EntityManager,
  caller: AdminCaller,
  permission: string,
  id: string,
): Promise<Result<NoticesObjection>> {
  const objection = await db.findOneBy(Objection, { id });
  const notice = objection && (await noticeInScope(db, caller, permission, objection.noticeId));
  return objection && notice?.ok ? accept({ objection, notice: notice.value }) : refuse(objectionUnknown);
}

/** A member's own objection, its notice locked. Refusal: OBJECTION_UNKNOWN. */
export async function lockOwnObjection(tx: Tx, memberId: string, id: string): Promise<Result<Objection>> {
  const found = await tx.findOneBy(Objection, { id, memberId });
  if (!found) return refuse(objectionUnknown);
  await lockNotice(tx, found.noticeId);
  // Read again under the lock, which everybody takes who settles one.
  return accept(await tx.findOneByOrFail(Objection, { id }));
}

/**
 * An objection that waits and on which the admin may decide, its notice locked, so that it is decided once. Refusals:
 * PERSON_NEEDED, OBJECTION_UNKNOWN, OBJECTION_DECIDED, OWN_OBJECTION, OWN_LINE.
 */
export async function lockObjectionToDecide(
  tx: Tx,
  caller: AdminCaller,
  id: string,
): Promise<Result<NoticesObjection>> {
  if (caller.operatorId === null) return refuse(personNeeded);
  const seen = await objectionInScope(tx, caller, 'notices:decide', id);
  if (!seen.ok) return seen;
  await lockNotice(tx, seen.value.notice.id);
  const objection = await tx.findOneByOrFail(Objection, { id });
  if (objection.state !== 'waiting') return refuse(objectionDecided);
  const self = await memberIdOf(tx, caller);
  if (self === objection.memberId) return refuse(ownObjection);
  if (self !== null && (await concerns(tx, objection, self))) return refuse(ownLine);
  return accept({ ...seen.value, objection });
}

/** Whether an objection is to a line of this member; one to the notice as a whole is to each of its lines. */
async function concerns(tx: Tx, { noticeId, lineNumber }: Objection, memberId: string): Promise<boolean> {
  return tx.existsBy(NoticeLine, { noticeId, memberId, ...(lineNumber !== null && { number: lineNumber }) });
}

import type { AdminCaller } from '../../src/identity/caller.ts';
import { ADMIN_PERMISSIONS } from '../../src/identity/roles.ts';
import { type Decision, decideObjection } from '../../src/notices/decide-objection.ts';
import { fileObjection, type NewObjection } from '../../src/notices/file-objection.ts';
import { Notice } from '../../src/notices/notice.entity.ts';
import { Objection } from '../../src/notices/objection.entity.ts';
import { type NewNotice, publishNotice } from '../../src/notices/publish-notice.ts';
import { settleNotice, upheldObjections, withdrawNotice } from '../../src/notices/settle-notice.ts';
import { withdrawObjection } from '../../src/notices/withdraw-objection.ts';
import { inTransaction, type Tx } from '../../src/platform/db/transaction.ts';
import { newId } from '../../src/platform/ids.ts';
import { asMember } from '../cards/world.ts';
import type { TestDeps } from '../support/deps.ts';
import { accepted, aMember, anAdmin, aTree } from '../unions/tree.ts';

export const LINES = ['张*｜东厂工会', '李*｜东厂工会', '王*明｜东厂工会'];

/** An admin of a union who is in the database with her role, and perhaps one of the members. */
export async function aDecider(deps: TestDeps, unionId: string, memberId: string | null = null): Promise<AdminCaller> {
  const admin = await anAdmin(deps, [unionId], ADMIN_PERMISSIONS);
  const operatorId = admin.operatorId!;
  const operator = [operatorId, 'admin', operatorId, '管理员', 'none', deps.clock.now(), memberId];
  await deps.db.query('INSERT INTO operator (id, door, login, name, password_hash, created_at, member_id) VALUES (?)', [
    operator,
  ]);
  await deps.db.query('INSERT INTO admin_role (operator_id, union_id, role) VALUES (?)', [
    [operatorId, unionId, 'federation-admin'],
  ]);
  return admin;
}

/**
 * A province over two cities, where the city East publishes notices that its members and an admin see, and shorthands
 * for what they and the domain do. It is Monday 2026-08-03, 10:00 in Beijing, when not said otherwise.
 */
export async function aNoticeWorld({ at = '2026-08-03T02:00:00Z' } = {}) {
  const tree = await aTree();
  const { deps, east, eastWorks, westWorks } = tree;
  const { db, clock } = deps;
  clock.set(at);
  const [ann, bob] = [
    await aMember(deps, eastWorks, { name: '赵安' }),
    await aMember(deps, eastWorks, { name: '钱波' }),
  ];
  const winner = await aMember(deps, eastWorks, { name: '王小明' });
  const stranger = await aMember(deps, westWorks, { name: '孙远' });
  const admin = await aDecider(deps, east);
  const now = () => clock.now();
  const inTx = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, work);

  /** A notice of three lines, the last of which is the winner's, open for five working days unless fields say otherwise. */
  const publish = (fields: Partial<NewNotice> = {}): Promise<string> => {
    const lines = LINES.map((label, i) => ({ label, detail: '二等奖｜500 积分', memberId: i === 2 ? winner : null }));
    const usual = { unionId: east, kind: 'lottery' as const, subjectId: newId(), title: '八月抽奖结果', about: '' };
    const notice = { ...usual, workingDays: 5, lines, publishedBy: 'system:lotteries', ...fields };
    return inTx((tx) => publishNotice(tx, notice, now()));
  };
  const notice = (id: string): Promise<Notice> => db.manager.findOneByOrFail(Notice, { id });
  /** The next version of a notice, with the same lines. */
  const publishNext = async (id: string, fields: Partial<NewNotice> = {}): Promise<string> => {
    const { kind, subjectId } = await notice(id);
    return publish({ kind, subjectId, replaces: id, ...fields });
  };
  const settle = (id: string, at = now()) => inTx((tx) => settleNotice(tx, id, at));
  const callOff = (id: string, reason = '抽奖作废') => inTx((tx) => withdrawNotice(tx, id, reason, now()));
  const upheld = (id: string) => inTx((tx) => upheldObjections(tx, id));
  const tryFile = (memberId: string, noticeId: string, fields: Partial<NewObjection> = {}, key = newId()) => {
    const objection = { noticeId, lineNumber: 1, text: '此人已退会', evidenceIds: [], ...fields };
    return fileObjection(deps, asMember(memberId), key, objection);
  };
  const file = async (memberId: string, noticeId: string, fields: Partial<NewObjection> = {}): Promise<string> =>
    accepted(await tryFile(memberId, noticeId, fields));
  const takeBack = (memberId: string, objectionId: string) =>
    withdrawObjection(deps, asMember(memberId), newId(), { objectionId });
  const decide = (objectionId: string, decision: Decision, by: AdminCaller = admin, reason = '经核实情况属实') =>
    decideObjection(deps, by, newId(), { objectionId, decision, reason });
  const objection = (id: string): Promise<Objection> => db.manager.findOneByOrFail(Objection, { id });
  const states = async (ids: readonly string[]) =>
    Promise.all(ids.map(async (id) => (await db.manager.findOneByOrFail(Notice, { id })).state));

  const people = { ann, bob, winner, stranger, admin };
  const domain = { publish, publishNext, settle, callOff, upheld };
  return { ...tree, ...people, ...domain, tryFile, file, takeBack, decide, notice, objection, states, inTx };
}

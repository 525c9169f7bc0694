import { createHash } from 'node:crypto';
import type { AdminCaller, MemberCaller } from '../../../src/identity/caller.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accrue } from '../../../src/rules/accrue.ts';
import { approveClaim } from '../../../src/rules/claims/approve-claim.ts';
import { Claim } from '../../../src/rules/claims/claim.entity.ts';
import { stepsOf } from '../../../src/rules/claims/queries.ts';
import { resubmitClaim } from '../../../src/rules/claims/resubmit-claim.ts';
import { returnClaim } from '../../../src/rules/claims/return-claim.ts';
import { type NewClaim, submitClaim } from '../../../src/rules/claims/submit-claim.ts';
import { withdrawClaim } from '../../../src/rules/claims/withdraw-claim.ts';
import type { TestDeps } from '../../support/deps.ts';
import { members } from '../../support/ledger.ts';
import { accepted, adminOf, aWorld } from '../world.ts';

/** A union below another. */
export async function aBranch({ db, clock }: TestDeps, parentPath: string) {
  const id = newId();
  const parentId = parentPath.split('/').at(-2)!;
  const path = `${parentPath}${id}/`;
  await db.query('INSERT INTO union_node (id, parent_id, name, kind, path, created_at) VALUES (?)', [
    [id, parentId, `工会${id}`, 'enterprise', path, clock.now()],
  ]);
  return { id, path };
}

/**
 * The world of rules, where the union of the programme (the province) has a branch (the works) whose members claim, and
 * shorthands for what members and approvers do.
 */
export async function aClaimsWorld({ memberCount = 2 } = {}) {
  const world = await aWorld({ memberCount: 0 });
  const { deps, programmeId, unionId, outbox } = world;
  const { db, clock } = deps;
  const works = await aBranch(deps, `/${unionId}/`);
  const memberIds = await members(db, works.id, memberCount);
  const approver = adminOf(works.path);

  const as = (memberId: string): MemberCaller => ({
    door: 'member',
    actor: `member:${memberId}`,
    memberId,
    sessionId: newId(),
    permissions: new Set(['self']),
  });
  /** An approver who is in the database with her role, and perhaps one of the members. */
  const anApprover = async (
    { id, path }: { id: string; path: string },
    { memberId = null, role = 'claims-approver' }: { memberId?: string | null; role?: string } = {},
  ): Promise<AdminCaller & { operatorId: string }> => {
    const admin = adminOf(path);
    const operatorId = admin.operatorId!;
    const operator = [operatorId, 'admin', operatorId, '管理员', 'none', clock.now(), memberId];
    await db.query('INSERT INTO operator (id, door, login, name, password_hash, created_at, member_id) VALUES (?)', [
      operator,
    ]);
    await db.query('INSERT INTO admin_role (operator_id, union_id, role) VALUES (?)', [[operatorId, id, role]]);
    return { ...admin, operatorId };
  };
  /** A file that a member has uploaded and attached to nothing. */
  const upload = async (memberId: string): Promise<string> => {
    const id = newId();
    const hash = createHash('sha256').update(id).digest();
    const file = [id, `member:${memberId}`, '证书.jpg', 'image/jpeg', 1000, hash, `${id}`, clock.now(), clock.now()];
    await db.query(
      `INSERT INTO evidence_file (id, owner, file_name, media_type, size, sha256, storage_key, free_since, uploaded_at)
       VALUES (?)`,
      [file],
    );
    return id;
  };
  const attachedTo = async (fileId: string): Promise<string | null> => {
    const [row] = await db.query('SELECT attached_to FROM evidence_file WHERE id = ?', [fileId]);
    return row.attached_to;
  };
  /** A wedding, unless other fields say otherwise. */
  const wedding = (fields: Partial<NewClaim> = {}): NewClaim => ({
    programmeId,
    eventType: 'milestone.marriage',
    attributes: {},
    occurredOn: '2026-08-01',
    note: null,
    evidenceIds: [],
    ...fields,
  });
  const trySubmit = (memberId: string, fields: Partial<NewClaim> = {}, key = newId()) =>
    submitClaim(deps, as(memberId), key, wedding(fields));
  const submit = async (memberId: string, fields: Partial<NewClaim> = {}): Promise<string> =>
    accepted(await trySubmit(memberId, fields));
  const resubmit = (memberId: string, claimId: string, fields: Partial<NewClaim> = {}) => {
    const { programmeId: _programme, eventType: _type, ...content } = wedding(fields);
    return resubmitClaim(deps, as(memberId), newId(), { claimId, ...content });
  };
  const withdraw = (memberId: string, claimId: string) => withdrawClaim(deps, as(memberId), newId(), { claimId });
  const approve = (claimId: string, by: AdminCaller = approver, key = newId()) =>
    approveClaim(deps, by, key, { claimId });
  const giveBack = (claimId: string, reason = '请补充结婚证照片', by: AdminCaller = approver) =>
    returnClaim(deps, by, newId(), { claimId, reason });
  const claim = (id: string): Promise<Claim> => db.manager.findOneByOrFail(Claim, { id });
  /** What was done about a claim, as "action actor reason". */
  const history = async (id: string): Promise<string[]> =>
    (await stepsOf(db.manager, [id])).map(({ action, actor, reason }) =>
      [action, actor, reason ?? ''].join(' ').trim(),
    );
  /** Judges what is recorded and asked for. */
  const pay = async (): Promise<void> => {
    for (const { job, payload } of await outbox())
      if (job === 'accrue') await accrue(deps, payload.eventIds as string[]);
  };
  const doers = { as, anApprover, upload, trySubmit, submit, resubmit, withdraw, approve, giveBack };
  return { ...world, works, memberIds, approver, ...doers, attachedTo, claim, history, pay };
}

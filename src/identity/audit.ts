import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { Tx } from '../platform/db/transaction.ts';
import { newId } from '../platform/ids.ts';
import { maskIdNumber, maskName, maskPhone } from './personal-data.ts';

/** A change as its author describes it. `before` and `after` are plain data; personal data in them is masked here. */
export interface Change {
  /** "operator:<id>", "member:<id>", "api-token:<id>", or "system" for what a job does by itself. */
  actor: string;
  /** The operation's name, e.g. "grantRole". */
  action: string;
  /** What kind of thing was changed, e.g. "member"; its id. */
  targetKind: string;
  targetId: string;
  /** The union in whose branch it lies; leave out what concerns no branch. */
  unionId?: string | null;
  before?: unknown;
  after?: unknown;
}

const SECRET = '[masked]';

/** What may not stand in a record in clear, by the name of its field. */
const MASKS: Record<string, (text: string) => string> = {
  phone: maskPhone,
  idNumber: maskIdNumber,
  memberName: maskName,
  openid: () => SECRET,
  password: () => SECRET,
  token: () => SECRET,
};

/** Copies plain data with its personal data masked and its secrets left out. `isPerson` masks the field `name` as well. */
function masked(value: unknown, isPerson: boolean): unknown {
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map((one) => masked(one, isPerson));
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => {
      const mask = MASKS[field] ?? (isPerson && field === 'name' ? maskName : undefined);
      return [field, mask && typeof inner === 'string' ? mask(inner) : masked(inner, isPerson)];
    }),
  );
}

function asText(value: unknown, isPerson: boolean): string | null {
  return value === undefined || value === null ? null : JSON.stringify(masked(value, isPerson));
}

interface Row {
  number: number;
  id: string;
  actor: string;
  action: string;
  target_kind: string;
  target_id: string;
  union_id: string | null;
  value_before: string | null;
  value_after: string | null;
  recorded_at: Date;
  hash: Buffer;
}

/** SHA-256 over the hash of the record before and every field of this one, in a fixed order. */
function chain(previous: Buffer, row: Omit<Row, 'hash'>): Buffer {
  const fields = [
    row.number,
    row.id,
    row.actor,
    row.action,
    row.target_kind,
    row.target_id,
    row.union_id,
    row.value_before,
    row.value_after,
    row.recorded_at.toISOString(),
  ];
  return createHash('sha256').update(previous).update(JSON.stringify(fields)).digest();
}

/**
 * Writes who changed what into the audit trail, in the transaction of the change. Call it last: from here to the commit
 * every other change that is recorded waits. For a target of kind "member" the field `name` is masked too.
 */
export async function recordAudit(tx: Tx, change: Change, now: Date): Promise<void> {
  const isPerson = change.targetKind === 'member';
  const head = await headOf(tx, 'FOR UPDATE');
  const row = {
    number: head.number + 1,
    id: newId(),
    actor: change.actor,
    action: change.action,
    target_kind: change.targetKind,
    target_id: change.targetId,
    union_id: change.unionId ?? null,
    value_before: asText(change.before, isPerson),
    value_after: asText(change.after, isPerson),
    recorded_at: now,
  };
  const hash = chain(head.hash, row);
  await tx.query(
    `INSERT INTO audit_record (number, id, actor, action, target_kind, target_id, union_id, value_before, value_after,
       recorded_at, hash) VALUES (?)`,
    [[...Object.values(row), hash]],
  );
  await tx.query('UPDATE audit_head SET number = ?, hash = ? WHERE id = 1', [row.number, hash]);
}

/** What `verifyAudit` found: how many records hold, and the first that does not. */
export interface AuditCheck {
  sound: number;
  broken: { number: number; why: 'changed' | 'missing' | 'surplus' } | null;
}

/** The verification in one line, as `npm run audit:verify` ends. */
export function auditLine({ sound, broken }: AuditCheck): string {
  const found = broken ? `record ${broken.number} is ${broken.why}` : 'none is changed, missing or surplus';
  return `${sound} records of the audit trail hold; ${found}`;
}

const PAGE = 1000;

/**
 * Recomputes the chain of the audit trail and tells the first record that was changed, or is missing, or stands beyond
 * the head. Reads a thousand records at a time and locks nothing, so it may run beside the work.
 */
export async function verifyAudit(db: DataSource): Promise<AuditCheck> {
  const head = await headOf(db.manager);
  let number = 0;
  let hash: Buffer = Buffer.alloc(32);
  for (;;) {
    const rows = await db.query<Row[]>(
      'SELECT * FROM audit_record WHERE number > ? AND number <= ? ORDER BY number LIMIT ?',
      [number, head.number, PAGE],
    );
    for (const row of rows) {
      if (row.number !== number + 1) return { sound: number, broken: { number: number + 1, why: 'missing' } };
      if (!chain(hash, row).equals(row.hash)) return { sound: number, broken: { number: row.number, why: 'changed' } };
      number = row.number;
      hash = row.hash;
    }
    if (rows.length < PAGE) break;
  }
  if (number < head.number) return { sound: number, broken: { number: number + 1, why: 'missing' } };
  if (!hash.equals(head.hash)) return { sound: number - 1, broken: { number, why: 'changed' } };
  return { sound: number, broken: await surplus(db.manager, head.number) };
}

/** A record beyond the head is one that nobody recorded, unless it came while the rest was being read. */
async function surplus(db: EntityManager, after: number): Promise<AuditCheck['broken']> {
  const [row] = await db.query<{ number: number }[]>(
    'SELECT number FROM audit_record WHERE number > ? ORDER BY number DESC LIMIT 1',
    [after],
  );
  return row && row.number > (await headOf(db)).number ? { number: row.number, why: 'surplus' } : null;
}

async function headOf(db: EntityManager, lock: 'FOR UPDATE' | '' = ''): Promise<{ number: number; hash: Buffer }> {
  const [head] = await db.query<{ number: number; hash: Buffer }[]>(
    `SELECT number, hash FROM audit_head WHERE id = 1 ${lock}`,
  );
  if (!head) throw new Error('audit_head has lost its row');
  return head;
}

import { loadBook } from '../../ledger/load-book.ts';
import { writeBook } from '../../ledger/write-book.ts';
import { enqueue } from '../../platform/db/outbox.ts';
import { TryAgain, type Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { type Points, points, pointsFromSql } from '../../platform/points.ts';
import type { ActivityEvent, EventState } from '../activity-event.entity.ts';
import { accrueDefinition, EVENTS_AT_ONCE } from '../job-definitions.ts';
import { enqueueOverBudget } from '../pay-waiting.ts';
import { RuleBudgets } from '../rule-budgets.ts';
import { policyOf } from './policy.ts';

/** An event that stands, locked. */
export interface Standing {
  state: EventState;
  /** The member's events of the same type that earned nothing, perhaps because of this one; locked as well. */
  heldBack: string[];
}

/** What a revocation took back. */
export interface TakenBack {
  /** Points that had been paid. */
  reversed: Points;
  /** Points that were pending. */
  fallenAway: Points;
}

/** Locks an event and those that it may hold back, in id order; undefined when it was revoked already. */
export async function lockStanding(tx: Tx, event: ActivityEvent): Promise<Standing | undefined> {
  const ids = [event.id, ...(await heldBackBy(tx, event))];
  const rows: { id: string; state: EventState }[] = await tx.query(
    'SELECT id, state FROM activity_event FORCE INDEX (PRIMARY) WHERE id IN (?) ORDER BY id FOR UPDATE',
    [ids],
  );
  const state = rows.find((row) => row.id === event.id)?.state;
  if (state === undefined || state === 'revoked') return undefined;
  const heldBack = rows.filter((row) => row.id !== event.id && HELD_BACK.includes(row.state)).map((row) => row.id);
  return { state, heldBack };
}

const HELD_BACK: readonly EventState[] = ['repeated', 'capped'];

/** The oldest events that earned nothing because of others of the same member and type, 500 at the most. */
async function heldBackBy(tx: Tx, { id, programmeId, memberId, type }: ActivityEvent): Promise<string[]> {
  // Told which index, because the optimizer may prefer to read those of all members that are in these states.
  const rows: { id: string }[] = await tx.query(
    `SELECT id FROM activity_event FORCE INDEX (activity_event_member)
     WHERE programme_id = ? AND member_id = ? AND type = ? AND state IN (?) AND id <> ? ORDER BY id LIMIT ?`,
    [programmeId, memberId, type, HELD_BACK, id, EVENTS_AT_ONCE],
  );
  return rows.map((row) => row.id);
}

/** Who takes an event back, and why. */
export interface Revoker {
  reason: string;
  revokedBy: string;
}

/**
 * Takes back an event that `lockStanding` locked, with its accruals, and asks for what this frees: the events that it
 * held back are judged again, and those that wait for budget are tried. Locks as everybody does: events, rules,
 * accruals, the member's account, budgets.
 */
export async function takeBack(
  tx: Tx,
  { event, standing, revoker }: { event: ActivityEvent; standing: Standing; revoker: Revoker },
  now: Date,
): Promise<TakenBack> {
  const { programmeId, memberId } = event;
  const accruals = await lockAccruals(tx, event.id);
  if (accruals.length === 0) {
    await writeRevocation(tx, event, revoker, now);
    return sumsOf([]);
  }
  const paid = accruals.flatMap(({ transferId }) => transferId ?? []);
  const accounts = [{ programmeId, ref: { kind: 'member' as const, ownerId: memberId } }];
  const book = await loadBook(tx, { accounts, keys: [], reversals: paid }, now);
  // Named under the lock of the account, so that revocations and judgements of a member stand in the order of their ids.
  const revocationId = await writeRevocation(tx, event, revoker, now);
  await refuseLatecomers(tx, event, standing);
  const budgets = await RuleBudgets.read(tx, [...new Set(accruals.map((accrual) => accrual.ruleId))]);
  for (const { ruleId, points } of accruals) budgets.count(ruleId, event.facts, -points);
  const { overspent } = await policyOf(tx, programmeId);
  for (const transferId of paid) {
    const reversed = book.reverse(transferId, revocationId, overspent);
    if (!reversed.ok) throw new Error(`transfer ${transferId} was not reversed: ${reversed.refusal.message.en}`);
  }
  await tx.query('UPDATE accrual SET revocation_id = ? WHERE event_id = ?', [revocationId, event.id]);
  await tx.query('DELETE FROM pending_accrual WHERE event_id = ?', [event.id]);
  await judgeAgain(tx, standing.heldBack, now);
  await budgets.write(tx);
  await writeBook(tx, book);
  await enqueueOverBudget(tx, programmeId, now);
  return sumsOf(accruals);
}

async function writeRevocation(
  tx: Tx,
  { id, programmeId, memberId }: ActivityEvent,
  { reason, revokedBy }: Revoker,
  now: Date,
): Promise<string> {
  const revocationId = newId();
  await tx.query(
    `INSERT INTO revocation (id, event_id, programme_id, member_id, reason, revoked_by, revoked_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [revocationId, id, programmeId, memberId, reason, revokedBy, now],
  );
  await tx.query("UPDATE activity_event SET state = 'revoked', revocation_id = ? WHERE id = ?", [revocationId, id]);
  return revocationId;
}

interface LockedAccrual {
  ruleId: string;
  points: Points;
  transferId: string | null;
}

/** The accruals of an event, locked; and their rules, so that nobody publishes a budget that counts them meanwhile. */
async function lockAccruals(tx: Tx, eventId: string): Promise<LockedAccrual[]> {
  // Whoever writes accruals of an event holds the event, as this transaction does, so there will be no others.
  const rules: { rule_id: string }[] = await tx.query('SELECT rule_id FROM accrual WHERE event_id = ?', [eventId]);
  if (rules.length === 0) return [];
  await tx.query('SELECT id, retired_at FROM rule WHERE id IN (?) ORDER BY id LOCK IN SHARE MODE', [
    rules.map((row) => row.rule_id),
  ]);
  const rows: { rule_id: string; points: number; transfer_id: string | null }[] = await tx.query(
    'SELECT rule_id, points, transfer_id FROM accrual WHERE event_id = ? ORDER BY id FOR UPDATE',
    [eventId],
  );
  return rows.map((row) => ({
    ruleId: row.rule_id,
    points: pointsFromSql(row.points),
    transferId: row.transfer_id,
  }));
}

function sumsOf(accruals: readonly LockedAccrual[]): TakenBack {
  const sum = (some: readonly LockedAccrual[]) => points(some.reduce((all, accrual) => all + accrual.points, 0));
  return {
    reversed: sum(accruals.filter((accrual) => accrual.transferId !== null)),
    fallenAway: sum(accruals.filter((accrual) => accrual.transferId === null)),
  };
}

/**
 * Called once the member's account is locked, from when on nobody judges anything of hers: an event that was found to be
 * a repetition of this one after those that it holds back were locked is held back as well.
 */
async function refuseLatecomers(tx: Tx, event: ActivityEvent, { heldBack }: Standing): Promise<void> {
  if (heldBack.length === EVENTS_AT_ONCE) return;
  const known = new Set(heldBack);
  const late = (await heldBackBy(tx, event)).some((id) => !known.has(id));
  if (late) throw new TryAgain('another event was judged by what is being taken back');
}

async function judgeAgain(tx: Tx, eventIds: readonly string[], now: Date): Promise<void> {
  if (eventIds.length === 0) return;
  await tx.query("UPDATE activity_event SET state = 'recorded' WHERE id IN (?)", [eventIds]);
  await enqueue(tx, accrueDefinition, { eventIds: [...eventIds] }, now);
}

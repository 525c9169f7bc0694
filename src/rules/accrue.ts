import { post } from '../ledger/post.ts';
import type { Proposal } from '../ledger/transfer.ts';
import { addDays, beijingDay, endOfDay } from '../platform/clock.ts';
import { insertRows } from '../platform/db/sql.ts';
import { inTransaction, type Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { newId } from '../platform/ids.ts';
import type { Points } from '../platform/points.ts';
import { findProgrammes } from '../unions/queries.ts';
import type { EventState } from './activity-event.entity.ts';
import type { Attributes } from './attributes.ts';
import { evaluate } from './evaluate.ts';
import { EVENTS_AT_ONCE } from './job-definitions.ts';
import { rulesInForce, type VersionedRule } from './queries.ts';

/**
 * Pays what events earn by the rules in force, 500 events in one transaction. Only events that were not judged yet or
 * that wait for budget are touched, so doing it again, or on two machines at once, pays nothing twice. An event over
 * budget waits; see pay-waiting.ts.
 */
export async function accrue({ db, clock }: Deps, eventIds: readonly string[]): Promise<void> {
  const ids = [...new Set(eventIds)].sort();
  for (let from = 0; from < ids.length; from += EVENTS_AT_ONCE) {
    await inTransaction(db, (tx) => accrueBatch(tx, ids.slice(from, from + EVENTS_AT_ONCE), clock.now()));
  }
}

interface WaitingEvent {
  id: string;
  programmeId: string;
  memberId: string;
  type: string;
  attributes: Attributes;
}

/** An occurrence of a member that a rule pays, and the events that claim it; the first of them gets it. */
interface Claim {
  accrualId: string;
  rule: VersionedRule;
  event: WaitingEvent;
  points: Points;
  occurrence: string;
  /** The event that was paid for this occurrence; undefined while nobody was. */
  paidTo?: string;
}

async function accrueBatch(tx: Tx, eventIds: readonly string[], now: Date): Promise<void> {
  const events = await lockWaiting(tx, eventIds);
  if (events.length === 0) return;
  const programmeIds = [...new Set(events.map((event) => event.programmeId))];
  const rules = await rulesInForce(tx, programmeIds);
  const claims = new Map<string, Claim>();
  const claimed = new Map(events.map((event) => [event.id, claimsOf(event, rules, claims)]));
  await findPaid(tx, claims);
  const unpaid = [...claims.values()].filter((claim) => claim.paidTo === undefined);
  const expiries = await expiriesOf(tx, programmeIds, now);
  const accrued = await pay(tx, unpaid, expiries, now);
  await insertAccruals(tx, accrued);
  await writeStates(tx, claimed);
}

async function lockWaiting(tx: Tx, ids: readonly string[]): Promise<WaitingEvent[]> {
  // Over the primary key, in its order, whatever the optimizer thinks: two runs over the same events queue up at the
  // first one. Nothing else locks events, so locking members' accounts after them cannot deadlock with anybody.
  const rows: { id: string; programme_id: string; member_id: string; type: string; attributes: string }[] =
    await tx.query(
      `SELECT id, programme_id, member_id, type, attributes FROM activity_event FORCE INDEX (PRIMARY)
       WHERE id IN (?) AND state IN ('recorded', 'over_budget') ORDER BY id FOR UPDATE`,
      [ids],
    );
  return rows.map((row) => ({
    id: row.id,
    programmeId: row.programme_id,
    memberId: row.member_id,
    type: row.type,
    attributes: JSON.parse(row.attributes),
  }));
}

/** What the rules give for an event, as claims shared with the other events of the batch. */
function claimsOf(event: WaitingEvent, rules: readonly VersionedRule[], claims: Map<string, Claim>): Claim[] {
  const own: Claim[] = [];
  for (const rule of rules) {
    if (rule.programmeId !== event.programmeId || rule.eventType !== event.type) continue;
    const verdict = evaluate(rule.definition, event);
    if (!verdict.award) continue;
    const { points, occurrence } = verdict;
    const key = claimKey(rule.ruleId, event.memberId, occurrence);
    const claim = claims.get(key) ?? { accrualId: newId(), rule, event, points, occurrence };
    claims.set(key, claim);
    own.push(claim);
  }
  return own;
}

// By the rule and not by its version: a new version of a rule must not pay the same degree again.
const claimKey = (ruleId: string, memberId: string, occurrence: string) => `${ruleId}:${memberId}:${occurrence}`;

/** Notes on claims that were paid in an earlier batch which event was paid. */
async function findPaid(tx: Tx, claims: ReadonlyMap<string, Claim>): Promise<void> {
  if (claims.size === 0) return;
  const rows: { rule_id: string; member_id: string; occurrence: string; event_id: string }[] = await tx.query(
    `SELECT rule_id, member_id, occurrence, event_id FROM accrual WHERE (rule_id, member_id, occurrence) IN (?)`,
    [[...claims.values()].map(({ rule, event, occurrence }) => [rule.ruleId, event.memberId, occurrence])],
  );
  for (const row of rows) {
    const claim = claims.get(claimKey(row.rule_id, row.member_id, row.occurrence));
    if (claim) claim.paidTo = row.event_id;
  }
}

/** When points that are earned now expire, by programme: after so many Beijing days, today being the first. */
async function expiriesOf(tx: Tx, programmeIds: readonly string[], now: Date): Promise<Map<string, Date>> {
  const today = beijingDay(now);
  const programmes = await findProgrammes(tx, programmeIds);
  return new Map(programmes.map(({ id, pointsLiveDays }) => [id, endOfDay(addDays(today, pointsLiveDays - 1))]));
}

/** Posts claims. Resolves with those that are paid now, each with its transfer. */
async function pay(
  tx: Tx,
  claims: readonly Claim[],
  expiries: ReadonlyMap<string, Date>,
  now: Date,
): Promise<[Claim, string][]> {
  const posted = await post(
    tx,
    claims.map((claim) => proposalFor(claim, expiries)),
    now,
  );
  return claims.flatMap((claim, i) => {
    const outcome = posted[i]!;
    if (!outcome.ok && outcome.refusal.code === 'OVER_BUDGET') return [];
    if (!outcome.ok) throw new Error(`accrual ${claim.accrualId} was refused: ${outcome.refusal.message.en}`);
    // Repeated: another run paid this occurrence after we looked, for an event of its own.
    claim.paidTo = outcome.value.repeated ? 'another event' : claim.event.id;
    return outcome.value.repeated ? [] : [[claim, outcome.value.transferId] satisfies [Claim, string]];
  });
}

function proposalFor(claim: Claim, expiries: ReadonlyMap<string, Date>): Proposal {
  const { rule, event, points, occurrence } = claim;
  const expiresAt = expiries.get(rule.programmeId);
  if (!expiresAt) throw new Error(`programme ${rule.programmeId} is gone`);
  return {
    programmeId: rule.programmeId,
    kind: 'accrual',
    debit: { kind: 'issuance', ownerId: rule.programmeId },
    credit: { kind: 'member', ownerId: event.memberId },
    points,
    key: `accrual:${claimKey(rule.ruleId, event.memberId, occurrence)}`,
    causeId: claim.accrualId,
    ruleVersionId: rule.versionId,
    expiresAt,
  };
}

async function insertAccruals(tx: Tx, accrued: readonly [Claim, string][]): Promise<void> {
  await insertRows(
    tx,
    'accrual',
    ['id', 'event_id', 'rule_id', 'rule_version_id', 'member_id', 'occurrence', 'points', 'transfer_id'],
    accrued.map(([{ accrualId, event, rule, occurrence, points }, transferId]) => [
      accrualId,
      event.id,
      rule.ruleId,
      rule.versionId,
      event.memberId,
      occurrence,
      points,
      transferId,
    ]),
  );
}

async function writeStates(tx: Tx, claimed: ReadonlyMap<string, readonly Claim[]>): Promise<void> {
  const byState = new Map<EventState, string[]>();
  for (const [eventId, claims] of claimed) {
    const state = stateOf(eventId, claims);
    byState.set(state, [...(byState.get(state) ?? []), eventId]);
  }
  for (const [state, ids] of byState) {
    await tx.query('UPDATE activity_event SET state = ? WHERE id IN (?)', [state, ids]);
  }
}

function stateOf(eventId: string, claims: readonly Claim[]): EventState {
  if (claims.length === 0) return 'no_award';
  if (claims.some((claim) => claim.paidTo === undefined)) return 'over_budget';
  return claims.some((claim) => claim.paidTo === eventId) ? 'paid' : 'repeated';
}

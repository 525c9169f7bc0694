import type { Book } from '../ledger/book.ts';
import { loadBook } from '../ledger/load-book.ts';
import { writeBook } from '../ledger/write-book.ts';
import { addDays, beijingDay, startOfDay } from '../platform/clock.ts';
import { inTransaction, type Tx } from '../platform/db/transaction.ts';
import type { Deps } from '../platform/deps.ts';
import { groupBy } from '../platform/group-by.ts';
import { newId } from '../platform/ids.ts';
import { programmeTerms } from '../unions/standing.ts';
import { type Awarded, awardProposal } from './award-proposal.ts';
import { EVENTS_AT_ONCE } from './job-definitions.ts';
import { type Award, decide, type Look, look, type RuleOutcome, type Short } from './judge.ts';
import { loadTally } from './load-tally.ts';
import { lockEvents, type WaitingEvent } from './lock-events.ts';
import { expiryOf } from './points-life.ts';
import { lockRulesInForce, type VersionedRule } from './queries.ts';
import { RuleBudgets } from './rule-budgets.ts';
import { writeJudgements } from './write-judgements.ts';

/**
 * Judges events by the rules in force and pays what they earn, 500 events in one transaction. Only events that were not
 * judged yet or that wait for budget are touched, so doing it again, or on two machines at once, pays nothing twice. An
 * event over budget waits; see pay-waiting.ts. An award with a notice period is paid when that is over; see pay-due.ts.
 */
export async function accrue({ db, clock }: Deps, eventIds: readonly string[]): Promise<void> {
  const ids = [...new Set(eventIds)].sort();
  for (let from = 0; from < ids.length; from += EVENTS_AT_ONCE) {
    await inTransaction(db, (tx) => accrueBatch(tx, ids.slice(from, from + EVENTS_AT_ONCE), clock.now()));
  }
}

async function accrueBatch(tx: Tx, eventIds: readonly string[], now: Date): Promise<void> {
  const events = await lockEvents(tx, eventIds);
  if (events.length === 0) return;
  const programmeIds = [...new Set(events.map((event) => event.programmeId))];
  // The clock here may be behind that of the process which recorded them, for which a new rule was in force already.
  const at = new Date(Math.max(now.getTime(), ...events.map(({ recordedAt }) => recordedAt.getTime())));
  const rules = groupBy(await lockRulesInForce(tx, programmeIds, at), (rule) =>
    typeKey(rule.programmeId, rule.eventType),
  );
  const looked = events.map((event) => ({
    event,
    looks: look(event, rules.get(typeKey(event.programmeId, event.type)) ?? []),
  }));
  const awards = looked.flatMap(({ event, looks }) => possibleAwards(event, looks));
  // From here on nobody else judges or takes back anything of these members: their accounts are locked.
  const book = await loadBook(tx, { accounts: accountsOf(awards), keys: [] }, now);
  const tally = await loadTally(tx, awards);
  const budgets = await RuleBudgets.read(tx, budgetedRules(awards));
  const terms = await programmeTerms(tx, awards.length > 0 ? programmeIds : []);
  const cashier = new Cashier(book, budgets, (programmeId) => terms.get(programmeId)!.pointsLiveDays, now);
  const judged = looked.map(({ event, looks }) => ({
    event,
    outcomes: decide(event, looks, tally, (award) => cashier.spend(award)),
  }));
  await writeJudgements(tx, judged satisfies { event: WaitingEvent; outcomes: RuleOutcome[] }[], cashier.awarded, now);
  await budgets.write(tx);
  if (book.transfers.length > 0) await writeBook(tx, book);
}

const typeKey = (programmeId: string, eventType: string) => `${programmeId} ${eventType}`;

function possibleAwards(event: WaitingEvent, looks: readonly Look[]) {
  return looks.flatMap(({ rule, verdict }) =>
    verdict.award ? [{ rule, event, ...verdict, judgedBefore: event.judgedBefore }] : [],
  );
}

function accountsOf(awards: readonly Award[]) {
  return awards.flatMap(({ rule: { programmeId }, event }) => [
    { programmeId, ref: { kind: 'issuance' as const, ownerId: programmeId } },
    { programmeId, ref: { kind: 'member' as const, ownerId: event.memberId }, onlyCredited: true },
  ]);
}

function budgetedRules(awards: readonly Award[]): string[] {
  return [...new Set(awards.map(({ rule }) => rule.ruleId))];
}

/** Takes awards from the budgets, and pays in the book those that have no notice period. */
class Cashier {
  readonly awarded: Awarded[] = [];
  private readonly expiries = new Map<string, Date>();

  constructor(
    private readonly book: Book,
    private readonly budgets: RuleBudgets,
    private readonly liveDays: (programmeId: string) => number,
    private readonly now: Date,
  ) {}

  spend(award: Award): Short | undefined {
    const short = this.budgets.short(award);
    if (short) return short;
    const { noticeDays } = award.rule.definition;
    const accrualId = newId();
    const payableAt = noticeDays === 0 ? this.now : startOfDay(addDays(beijingDay(this.now), noticeDays));
    const awarded: Awarded = { ...award, accrualId, payableAt, transferId: null };
    if (noticeDays === 0) {
      const posted = this.book.post(awardProposal(awarded, this.expiryOf(award.rule)));
      if (!posted.ok && posted.refusal.code === 'OVER_BUDGET') return 'programme';
      if (!posted.ok) throw new Error(`accrual ${accrualId} was refused: ${posted.refusal.message.en}`);
      awarded.transferId = posted.value.transferId;
    }
    this.budgets.count(award.rule.ruleId, award.event.member, award.points);
    this.awarded.push(awarded);
    return undefined;
  }

  /** When points that a rule gives now expire; worked out once for all of its awards. */
  private expiryOf({ ruleId, programmeId, definition }: VersionedRule): Date {
    const expiry = this.expiries.get(ruleId) ?? expiryOf(definition.life, this.liveDays(programmeId), this.now);
    this.expiries.set(ruleId, expiry);
    return expiry;
  }
}

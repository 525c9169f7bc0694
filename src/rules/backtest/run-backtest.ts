import type { DataSource, EntityManager } from 'typeorm';
import { endOfDay, startOfDay } from '../../platform/clock.ts';
import type { Deps } from '../../platform/deps.ts';
import { groupBy } from '../../platform/group-by.ts';
import type { ReportProgress } from '../../platform/jobs.ts';
import { Backtest, type TriedRule } from './backtest.entity.ts';
import { BudgetNeeds } from './budget-needs.ts';
import { countPast, type MembersPast, membersOfPast, type Past, readPast } from './read-past.ts';
import { replayMember } from './replay-member.ts';
import { Report } from './report.ts';

/** How often a run tells how far it is, at the most. */
const TOLD_TIMES = 100;

/**
 * Replays a programme's past by the rules of a back-test, member by member, and keeps what it found on the back-test's
 * row; nothing else is written. All that decides an award but the budgets belongs to one member, so memory is bounded
 * by some thousand events, however many there are. Done again, it finds the same.
 */
export async function runBacktest({ db, clock }: Deps, backtestId: string, progress: ReportProgress): Promise<void> {
  const backtest = await db.manager.findOneBy(Backtest, { id: backtestId });
  if (!backtest || backtest.state === 'done') return;
  const { programmeId, fromDay, untilDay, rules } = backtest;
  const past: Past = { programmeId, from: startOfDay(fromDay), until: endOfDay(untilDay) };
  const of = await countPast(db.manager, past);
  await db.query("UPDATE backtest SET state = 'running', events_done = 0, events_of = ? WHERE id = ?", [
    of,
    backtestId,
  ]);
  const report = new Report(rules, await ruleNames(db.manager, programmeId));
  const needs = new BudgetNeeds(rules);
  let done = 0;
  let told = 0;
  for await (const read of ahead(readAll(db, past))) {
    replay(read, rules, report, needs);
    done += read.events.length;
    if (done - told < of / TOLD_TIMES) continue;
    told = done;
    await db.query('UPDATE backtest SET events_done = ? WHERE id = ?', [done, backtestId]);
    await progress({ done, of });
  }
  const result = JSON.stringify(report.result(needs.needs()));
  await db.query("UPDATE backtest SET state = 'done', events_done = ?, result = ?, finished_at = ? WHERE id = ?", [
    done,
    result,
    clock.now(),
    backtestId,
  ]);
}

/** The past, some members at a time; what belongs to a member is read of one moment, however busy the programme is. */
async function* readAll(db: DataSource, past: Past): AsyncGenerator<MembersPast> {
  for await (const memberIds of membersOfPast(db.manager, past)) {
    yield await db.transaction('REPEATABLE READ', (moment) => readPast(moment, past, memberIds));
  }
}

/** The same, with the next one being made while this one is used. */
async function* ahead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = source.next();
  for (;;) {
    const { done, value } = await next;
    if (done) return;
    next = source.next();
    yield value;
  }
}

async function ruleNames(db: EntityManager, programmeId: string): Promise<Map<string, string>> {
  const rows: { id: string; name: string }[] = await db.query('SELECT id, name FROM rule WHERE programme_id = ?', [
    programmeId,
  ]);
  return new Map(rows.map((row) => [row.id, row.name]));
}

function replay(read: MembersPast, rules: readonly TriedRule[], report: Report, needs: BudgetNeeds): void {
  const byType = groupBy(rules, (rule) => rule.eventType);
  const earlier = groupBy(read.earlier, (accrual) => accrual.memberId);
  const paid = groupBy(read.paid, (accrual) => accrual.memberId);
  for (const [memberId, events] of groupBy(read.events, (event) => event.memberId)) {
    const given = replayMember(events, earlier.get(memberId) ?? [], byType);
    const byId = new Map(events.map((event) => [event.id, event]));
    for (const { ruleId, eventId, points } of given) {
      const event = byId.get(eventId)!;
      needs.count(ruleId, event.member.unionPath, event.recordedAt, points);
    }
    const waiting = events.filter((event) => event.isWaiting).length;
    report.addMember({ memberId, events: events.length, waiting, given, paid: paid.get(memberId) ?? [] });
  }
}

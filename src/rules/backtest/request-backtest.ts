import { In } from 'typeorm';
import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { addDays, type BeijingDay, beijingDay, isDay } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { enqueue } from '../../platform/db/outbox.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { accept, type Result, refuse } from '../../platform/result.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { backtestDefinition } from '../job-definitions.ts';
import { rulesInForce } from '../queries.ts';
import { draftUnknown } from '../refusals.ts';
import { RuleDraftRow } from '../rule-draft.entity.ts';
import type { TriedRule } from './backtest.entity.ts';
import { backtestsTooMany, LONGEST_DAYS, MOST_DRAFTS, MOST_OPEN, periodMalformed } from './refusals.ts';

export interface BacktestAsked {
  programmeId: string;
  /** Beijing days of recording, both inclusive; two years at the most. */
  from: BeijingDay;
  until: BeijingDay;
  /** Drafts that are tried in the place of their rules, or beside them when their rule is new. */
  draftIds: readonly string[];
}

/**
 * Asks for a back-test in a programme of the admin's branch (rules:write): the rules in force, and these drafts in their
 * place, are replayed by a job over the events of a period. Resolves with its id; audited. Refusals: PROGRAMME_UNKNOWN,
 * PERIOD_MALFORMED, DRAFT_UNKNOWN, BACKTESTS_TOO_MANY.
 */
export async function requestBacktest(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: BacktestAsked,
): Promise<Outcome> {
  return act(deps, caller, { operation: 'requestBacktest', key, input }, async (tx, now) => {
    const { programmeId, from, until, draftIds } = input;
    const programme = await programmeInScope(tx, caller, 'rules:write', programmeId);
    if (!programme.ok) return refuse({ ...programme.refusal, at: 'programmeId' });
    if (!isPeriod(from, until, beijingDay(now))) return refuse(periodMalformed);
    const rules = await triedRules(tx, programmeId, draftIds, now);
    if (!rules.ok) return rules;
    if (await hasEnoughOpen(tx, programmeId)) return refuse(backtestsTooMany);
    const id = newId();
    await tx.query(
      `INSERT INTO backtest (id, programme_id, requested_by, from_day, until_day, rules, state, created_at) VALUES (?)`,
      [[id, programmeId, caller.actor, from, until, JSON.stringify(rules.value), 'waiting', now]],
    );
    await enqueue(tx, backtestDefinition, { backtestId: id }, now);
    const target = { targetKind: 'backtest', targetId: id, unionId: programme.value.unionId };
    await recordAudit(
      tx,
      { actor: caller.actor, action: 'requestBacktest', ...target, after: { from, until, draftIds } },
      now,
    );
    return accept(id);
  });
}

function isPeriod(from: string, until: string, today: BeijingDay): boolean {
  return isDay(from) && isDay(until) && from <= until && until <= today && until < addDays(from, LONGEST_DAYS);
}

/** The rules in force, with drafts in the place of their rules and those of new rules after them. */
async function triedRules(
  tx: Tx,
  programmeId: string,
  draftIds: readonly string[],
  now: Date,
): Promise<Result<TriedRule[]>> {
  const rules = new Map<string, TriedRule>();
  for (const rule of await rulesInForce(tx, [programmeId], now)) rules.set(rule.ruleId, { ...rule, isDraft: false });
  if (draftIds.length > MOST_DRAFTS) return refuse({ ...draftUnknown, at: `draftIds.${MOST_DRAFTS}` });
  const found = await tx.find(RuleDraftRow, { where: { id: In([...draftIds]), programmeId } });
  const byId = new Map(found.map((draft) => [draft.id, draft]));
  for (const [i, id] of draftIds.entries()) {
    const draft = byId.get(id);
    if (!draft) return refuse({ ...draftUnknown, at: `draftIds.${i}` });
    const { eventType, name, definition, updatedBy, updatedAt } = draft;
    const ruleId = draft.ruleId ?? draft.id;
    const number = (rules.get(ruleId)?.number ?? 0) + 1;
    const version = { versionId: draft.id, number, definition, publishedBy: updatedBy, publishedAt: updatedAt };
    rules.set(ruleId, { ruleId, programmeId, eventType, name, ...version, effectiveAt: now, isDraft: true });
  }
  return accept([...rules.values()]);
}

async function hasEnoughOpen(tx: Tx, programmeId: string): Promise<boolean> {
  const [row] = await tx.query<[{ n: string }]>(
    "SELECT COUNT(*) AS n FROM backtest WHERE programme_id = ? AND state <> 'done'",
    [programmeId],
  );
  return Number(row.n) >= MOST_OPEN;
}

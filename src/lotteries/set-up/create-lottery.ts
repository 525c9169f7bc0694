import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { textLength } from '../../marketplace/refusals.ts';
import { isText } from '../../marketplace/text.ts';
import { beijingMonth } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { timeOver } from '../refusals.ts';
import { checkTerms } from './check-terms.ts';
import { type LotteryTerms, type LotteryTimes, wrongTimes } from './terms.ts';
import { writeLottery } from './write-lottery.ts';

/** A lottery as an admin sets it up. */
export interface LotteryAsked extends LotteryTimes {
  name: string;
  terms: LotteryTerms;
}

/**
 * Makes the draft of a lottery in a programme in whose union the admin holds lotteries:write; resolves with its id;
 * audited. It opens by itself when its time has come. Refusals: PROGRAMME_UNKNOWN, those of wrongLottery.
 */
export async function createLottery(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: LotteryAsked & { programmeId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'createLottery', key, input }, async (tx, now) => {
    const programme = await programmeInScope(tx, caller, 'lotteries:write', input.programmeId);
    if (!programme.ok) return refuse({ ...programme.refusal, at: 'programmeId' });
    const wrong = await wrongLottery(tx, input.programmeId, input, now);
    if (wrong) return refuse(wrong);
    const id = await writeLottery(tx, { ...input, templateId: null, month: beijingMonth(input.drawsAt) }, now);
    const target = { targetKind: 'lottery', targetId: id, unionId: programme.value.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'createLottery', ...target, after: input }, now);
    return accept(id);
  });
}

/** What is wrong with a lottery, or undefined. Refusals: TEXT_LENGTH, TIME_OVER, those of wrongTimes and checkTerms. */
export async function wrongLottery(
  tx: Tx,
  programmeId: string,
  { name, terms, ...times }: LotteryAsked,
  now: Date,
): Promise<Refusal | undefined> {
  if (!isText(name, 100)) return textLength('name', 100);
  if (times.freezesAt <= now) return timeOver;
  return wrongTimes(times) ?? (await checkTerms(tx, programmeId, terms));
}

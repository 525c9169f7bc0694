import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { textLength } from '../../marketplace/refusals.ts';
import { isText } from '../../marketplace/text.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { programmeInScope } from '../../unions/scope.ts';
import { checkTerms } from '../set-up/check-terms.ts';
import { type TemplateTerms, wrongTimetable } from '../set-up/terms.ts';
import { LotteryTemplate } from './template.entity.ts';

/** A template as an admin sets it up. */
export interface TemplateAsked {
  name: string;
  terms: TemplateTerms;
}

/**
 * Makes a template in a programme in whose union the admin holds lotteries:write; resolves with its id; audited. Each
 * month's lottery is made from it, beginning with the next draw. Refusals: PROGRAMME_UNKNOWN, those of wrongTemplate.
 */
export async function createTemplate(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: TemplateAsked & { programmeId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'createLotteryTemplate', key, input }, async (tx, now) => {
    const { programmeId, name, terms } = input;
    const programme = await programmeInScope(tx, caller, 'lotteries:write', programmeId);
    if (!programme.ok) return refuse({ ...programme.refusal, at: 'programmeId' });
    const wrong = await wrongTemplate(tx, programmeId, input);
    if (wrong) return refuse(wrong);
    const id = newId();
    const begun = { state: 'active' as const, activeSince: now, createdAt: now };
    await tx.insert(LotteryTemplate, { id, programmeId, name, terms, ...begun });
    const target = { targetKind: 'lottery_template', targetId: id, unionId: programme.value.unionId };
    await recordAudit(tx, { actor: caller.actor, action: 'createLotteryTemplate', ...target, after: input }, now);
    return accept(id);
  });
}

/** What is wrong with a template, or undefined. Refusals: TEXT_LENGTH, those of wrongTimetable and checkTerms. */
export async function wrongTemplate(
  tx: Tx,
  programmeId: string,
  { name, terms }: TemplateAsked,
): Promise<Refusal | undefined> {
  if (!isText(name, 90)) return textLength('name', 90);
  return wrongTimetable(terms.timetable) ?? (await checkTerms(tx, programmeId, terms.lottery));
}

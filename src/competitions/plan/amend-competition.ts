import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { Competition } from './competition.entity.ts';
import { wrongText } from './form.ts';
import { LONGEST_ABOUT } from './limits.ts';
import { readPlan } from './read-plan.ts';
import {
  competitionDraft,
  competitionOver,
  competitionRunning,
  deadlineEarlier,
  nothingToChange,
  timesOutOfOrder,
} from './refusals.ts';
import { lockCompetitionInScope } from './scope.ts';
import { troublesWithTimetable } from './timetable-troubles.ts';

/** What can be changed of a published competition; what is left out stays. */
export interface Amendment {
  about?: string;
  /** Later than before, as is `changeUntil`. */
  entryUntil?: Date;
  changeUntil?: Date;
}

/**
 * Changes what is harmless of a competition that was published (competitions:write in its union): its description, and
 * until its first stage begins its deadlines, to later ones. Resolves with its id; audited. Refusals:
 * COMPETITION_UNKNOWN, COMPETITION_DRAFT, COMPETITION_OVER, COMPETITION_RUNNING, NOTHING_TO_CHANGE, TEXT_LENGTH,
 * DEADLINE_EARLIER, TIMES_OUT_OF_ORDER, TIMETABLE_OUT_OF_ORDER.
 */
export async function amendCompetition(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: Amendment & { competitionId: string },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'amendCompetition', key, input }, async (tx, now) => {
    const { competitionId: id, ...after } = input;
    const found = await lockCompetitionInScope(tx, caller, 'competitions:write', id);
    if (!found.ok) return found;
    const { competition, union } = found.value;
    const wrong = wrongAmendment(competition, after) ?? (await wrongDeadlines(tx, competition, after));
    if (wrong) return refuse(wrong);
    const fields = Object.keys(after) as (keyof Amendment)[];
    const before = Object.fromEntries(fields.map((field) => [field, competition[field]]));
    await tx.update(Competition, { id }, after);
    const target = { targetKind: 'competition', targetId: id, unionId: union.id };
    await recordAudit(tx, { actor: caller.actor, action: 'amendCompetition', ...target, before, after }, now);
    return accept(id);
  });
}

function wrongAmendment(competition: Competition, { about, entryUntil, changeUntil }: Amendment): Refusal | undefined {
  const { state } = competition;
  if (state === 'draft') return competitionDraft;
  if (state === 'finished' || state === 'cancelled') return competitionOver;
  const deadlines = entryUntil !== undefined || changeUntil !== undefined;
  if (about === undefined && !deadlines) return nothingToChange;
  if (deadlines && state === 'running') return competitionRunning;
  if (entryUntil && entryUntil < competition.entryUntil) return deadlineEarlier('entryUntil');
  if (changeUntil && changeUntil < competition.changeUntil) return deadlineEarlier('changeUntil');
  return about === undefined ? undefined : wrongText('about', about, LONGEST_ABOUT);
}

async function wrongDeadlines(
  tx: Tx,
  competition: Competition,
  { entryUntil, changeUntil }: Amendment,
): Promise<Refusal | undefined> {
  const plan = await readPlan(tx, competition);
  const times = { entryUntil: entryUntil ?? plan.entryUntil, changeUntil: changeUntil ?? plan.changeUntil };
  if (times.entryUntil > times.changeUntil) return timesOutOfOrder('changeUntil');
  const [trouble] = troublesWithTimetable({ ...plan, ...times });
  return trouble && { ...trouble, at: trouble.at === 'plan.changeUntil' ? 'changeUntil' : 'entryUntil' };
}

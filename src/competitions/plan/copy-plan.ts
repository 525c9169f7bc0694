import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { sameDayLater, sameHourLater } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { checkPlan } from './check-plan.ts';
import { prefixIsTaken } from './create-competition.ts';
import type { CompetitionPlan } from './plan.ts';
import { readPlan } from './read-plan.ts';
import { prefixTaken, yearOfCopy } from './refusals.ts';
import { competitionInScope } from './scope.ts';
import { writeCompetition } from './write-plan.ts';

export interface CopyAsked {
  competitionId: string;
  /** Later than that of the competition, by 10 at the most. */
  year: number;
  /** Left out, the competition's own with the year in it replaced. */
  certificatePrefix?: string;
}

const FARTHEST_YEARS = 10;

/**
 * Makes a draft of a later year from the plan of a competition in whose union the admin holds competitions:write: every
 * day and deadline lies as many years later, and the year in name and prefix is replaced. Resolves with the draft's id;
 * audited. Refusals: COMPETITION_UNKNOWN, YEAR_OF_COPY, PREFIX_TAKEN, those of `checkPlan`.
 */
export async function copyPlan(deps: Deps, caller: AdminCaller, key: string, input: CopyAsked): Promise<Outcome> {
  return act(deps, caller, { operation: 'copyPlan', key, input }, async (tx, now) => {
    const { competitionId, year } = input;
    const found = await competitionInScope(tx, caller, 'competitions:write', competitionId);
    if (!found.ok) return found;
    const { competition, union } = found.value;
    const later = year - competition.year;
    if (!Number.isInteger(later) || later < 1 || later > FARTHEST_YEARS) return refuse(yearOfCopy);
    const copied = inYear(await readPlan(tx, competition), year);
    const certificatePrefix = input.certificatePrefix ?? copied.certificatePrefix;
    const plan = await checkPlan(tx, union, { ...copied, certificatePrefix });
    if (!plan.ok) return plan;
    if (await prefixIsTaken(tx, certificatePrefix, '')) return refuse(prefixTaken('certificatePrefix'));
    const id = await writeCompetition(tx, { unionId: union.id, copiedFrom: competitionId }, plan.value, now);
    const target = { targetKind: 'competition', targetId: id, unionId: union.id };
    const after = { copiedFrom: competitionId, year, certificatePrefix };
    await recordAudit(tx, { actor: caller.actor, action: 'copyPlan', ...target, after }, now);
    return accept(id);
  });
}

/** A plan in a later year: the same days and hours of it. */
export function inYear(plan: CompetitionPlan, year: number): CompetitionPlan {
  const years = year - plan.year;
  const replaced = (text: string) => text.replaceAll(String(plan.year), String(year));
  return {
    ...plan,
    year,
    name: replaced(plan.name),
    certificatePrefix: replaced(plan.certificatePrefix),
    entryFrom: sameHourLater(plan.entryFrom, years),
    entryUntil: sameHourLater(plan.entryUntil, years),
    changeUntil: sameHourLater(plan.changeUntil, years),
    stages: plan.stages.map((stage) => ({
      ...stage,
      startsOn: sameDayLater(stage.startsOn, years),
      endsOn: sameDayLater(stage.endsOn, years),
    })),
  };
}

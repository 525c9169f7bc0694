import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import { sameHourLater } from '../../platform/clock.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, refuse } from '../../platform/result.ts';
import { checkPlan, freePrefix } from './check-plan.ts';
import type { SeasonPlan } from './plan.ts';
import { readPlan } from './read-plan.ts';
import { yearOfCopy } from './refusals.ts';
import { seasonInScope } from './scope.ts';
import { writeSeason } from './write-season.ts';

export interface CopyAsked {
  seasonId: string;
  /** Later than that of the season, by 10 at the most. */
  year: number;
  /** Left out, the season's own with the year in it replaced. */
  certificatePrefix?: string;
}

const FARTHEST_YEARS = 10;

/**
 * Makes a draft of a later year from the plan of a season in whose union the admin holds achievements:check: its time for
 * declarations lies as many years later, and the year in names and prefix is replaced. The two are compared in figures.
 * Resolves with the draft's id; audited. Refusals: SEASON_UNKNOWN, YEAR_OF_COPY, PREFIX_TAKEN, those of `checkPlan`.
 */
export async function copySeason(deps: Deps, caller: AdminCaller, key: string, input: CopyAsked): Promise<Outcome> {
  return act(deps, caller, { operation: 'copySeason', key, input }, async (tx, now) => {
    const { seasonId, year } = input;
    const found = await seasonInScope(tx, caller, 'achievements:check', seasonId);
    if (!found.ok) return found;
    const { season, union } = found.value;
    const later = year - season.year;
    if (!Number.isInteger(later) || later < 1 || later > FARTHEST_YEARS) return refuse(yearOfCopy);
    const copied = inYear(await readPlan(tx, season), year);
    const certificatePrefix = input.certificatePrefix ?? copied.certificatePrefix;
    const plan = await checkPlan(tx, union, { ...copied, certificatePrefix });
    if (!plan.ok) return plan;
    const free = await freePrefix(tx, certificatePrefix, 'certificatePrefix');
    if (!free.ok) return free;
    const id = await writeSeason(tx, { unionId: union.id, copiedFrom: seasonId }, plan.value, now);
    const target = { targetKind: 'season', targetId: id, unionId: union.id };
    const after = { copiedFrom: seasonId, year, certificatePrefix };
    await recordAudit(tx, { actor: caller.actor, action: 'copySeason', ...target, after }, now);
    return accept(id);
  });
}

/** A plan in a later year: the same days and hours of it. */
export function inYear(plan: SeasonPlan, year: number): SeasonPlan {
  const years = year - plan.year;
  const replaced = (text: string) => text.replaceAll(String(plan.year), String(year));
  return {
    ...plan,
    year,
    name: replaced(plan.name),
    certificatePrefix: replaced(plan.certificatePrefix),
    declareFrom: sameHourLater(plan.declareFrom, years),
    declareUntil: sameHourLater(plan.declareUntil, years),
    categories: plan.categories.map((category) => ({
      ...category,
      grades: category.grades.map((grade) => ({ ...grade, honourName: replaced(grade.honourName) })),
    })),
  };
}

import { act } from '../../identity/act.ts';
import { recordAudit } from '../../identity/audit.ts';
import type { AdminCaller } from '../../identity/caller.ts';
import type { Outcome } from '../../platform/db/idempotency.ts';
import { insertRows, type SqlValue } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { accept, type Refusal, refuse } from '../../platform/result.ts';
import { Category } from '../seasons/category.entity.ts';
import { wrongText } from '../seasons/form.ts';
import type { Grade } from '../seasons/grade.entity.ts';
import { LONGEST_REASON } from '../seasons/limits.ts';
import { categoriesOf, gradesOf } from '../seasons/queries.ts';
import { reasonNeeded, seasonOver } from '../seasons/refusals.ts';
import { lockSeasonInScope } from '../seasons/scope.ts';
import type { Season } from '../seasons/season.entity.ts';
import { chooseHonours, type Ranked } from './choose-honours.ts';
import { troubleWithScores } from './outdated.ts';
import { newestList } from './queries.ts';
import { categoriesNotRanked, notReviewing } from './refusals.ts';
import { SeasonList } from './season-list.entity.ts';

/**
 * Makes the next version of the list of honours of a season (achievements:check in its union) from the rankings of all
 * its categories; it is to be published then. From the second version on it takes a reason. A version that is in public
 * view stays there, and cannot be final any more. Resolves with the season's id; audited. Refusals: SEASON_UNKNOWN,
 * SEASON_NOT_REVIEWING, SEASON_OVER, CATEGORIES_NOT_RANKED, RANKING_OUTDATED, REASON_NEEDED.
 */
export async function listHonours(
  deps: Deps,
  caller: AdminCaller,
  key: string,
  input: { seasonId: string; reason: string | null },
): Promise<Outcome> {
  return act(deps, caller, { operation: 'listHonours', key, input }, async (tx, now) => {
    const { seasonId } = input;
    const found = await lockSeasonInScope(tx, caller, seasonId);
    if (!found.ok) return found;
    const categories = ((await categoriesOf(tx, [seasonId])).get(seasonId) ?? []).filter(
      ({ panelId }) => panelId !== null,
    );
    const trouble = troubleWith(found.value.season, categories) ?? (await troubleWithScores(tx, seasonId));
    if (trouble) return refuse(trouble);
    const before = await newestList(tx, seasonId);
    const reason = before === null ? null : (input.reason ?? '');
    if (reason !== null && wrongText('reason', reason, LONGEST_REASON)) return refuse(reasonNeeded);
    const version = (before?.version ?? 0) + 1;
    await tx.query(
      "UPDATE season_list SET state = 'superseded', settled_at = ? WHERE season_id = ? AND is_open = TRUE",
      [now, seasonId],
    );
    await tx.insert(SeasonList, { seasonId, version, state: 'provisional', reason, madeAt: now, madeBy: caller.actor });
    const honoured = await writeLines(tx, { seasonId, version }, categories);
    await tx.update(Category, { seasonId, state: 'ranked' }, { state: 'listed' });
    const target = { targetKind: 'season', targetId: seasonId, unionId: found.value.union.id };
    const after = { version, honoured, reason };
    await recordAudit(tx, { actor: caller.actor, action: 'listHonours', ...target, after }, now);
    return accept(seasonId);
  });
}

function troubleWith({ state }: Season, categories: readonly Category[]): Refusal | undefined {
  if (state === 'final' || state === 'cancelled') return seasonOver;
  if (state !== 'reviewing' && state !== 'in_notice') return notReviewing;
  const unranked = categories.filter((one) => one.state !== 'ranked' && one.state !== 'listed');
  return unranked.length > 0 ? categoriesNotRanked(unranked.map(({ name }) => name)) : undefined;
}

/** Writes who is honoured in each category; resolves with how many in all. */
async function writeLines(
  tx: Tx,
  { seasonId, version }: Pick<SeasonList, 'seasonId' | 'version'>,
  categories: readonly Category[],
): Promise<number> {
  const grades = (await gradesOf(tx, [seasonId])).get(seasonId) ?? [];
  const rows: SqlValue[][] = [];
  for (const category of categories) {
    const ofIt = grades.filter(({ categoryNumber }) => categoryNumber === category.number);
    for (const { id, place, total, grade, keptFor } of await chosenIn(tx, category, ofIt))
      rows.push([seasonId, version, category.number, place, id, grade, keptFor, total, category.rankingId]);
  }
  const columns = ['season_id', 'version', 'category_number', 'place', 'achievement_id', 'grade_number'];
  await insertRows(tx, 'season_list_line', [...columns, 'kept_for', 'total', 'ranking_id'], rows);
  return rows.length;
}

async function chosenIn(tx: Tx, category: Category, grades: readonly Grade[]) {
  const { rankingId, honoursAtMost: atMost, leastTotal, reserves } = category;
  const rows: (Omit<Ranked, 'total'> & { total: string | number })[] = await tx.query(
    `SELECT p.candidate_id AS id, p.place, p.total, c.reserve_number AS reserve
     FROM ranking_place p JOIN season_candidate c ON c.achievement_id = p.candidate_id WHERE p.ranking_id = ?`,
    [rankingId],
  );
  const candidates = rows.map((row) => ({ ...row, total: Number(row.total) }));
  return chooseHonours(candidates, { atMost, leastTotal, reserves, grades });
}

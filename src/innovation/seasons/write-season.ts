import { insertRows, type SqlValue } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import type { CategoryPlan, SeasonPlan } from './plan.ts';
import { Season } from './season.entity.ts';

/** Whose a new season is, and what its plan was copied from; null for one planned anew. */
export interface NewSeason {
  unionId: string;
  copiedFrom: string | null;
}

/** Writes a plan that was checked as the draft of a season. Resolves with its id. */
export async function writeSeason(
  tx: Tx,
  { unionId, copiedFrom }: NewSeason,
  { categories, ...own }: SeasonPlan,
  now: Date,
): Promise<string> {
  const id = newId();
  await tx.insert(Season, { id, unionId, copiedFrom, ...own, state: 'draft', createdAt: now });
  await writeCategories(tx, id, categories);
  return id;
}

/** Writes another plan that was checked over that of a draft. */
export async function rewriteSeason(tx: Tx, id: string, { categories, ...own }: SeasonPlan): Promise<void> {
  await tx.update(Season, { id, state: 'draft' }, own);
  await tx.query('DELETE FROM season_grade WHERE season_id = ?', [id]);
  await tx.query('DELETE FROM season_category WHERE season_id = ?', [id]);
  await writeCategories(tx, id, categories);
}

async function writeCategories(tx: Tx, seasonId: string, categories: readonly CategoryPlan[]): Promise<void> {
  const columns = ['season_id', 'number', 'id', 'name', 'kind', 'for_group', 'fields', 'criteria', 'judging'];
  await insertRows(
    tx,
    'season_category',
    [...columns, 'honours_at_most', 'least_total', 'reserves', 'state'],
    categories.map((one, i): SqlValue[] => [
      ...[seasonId, i + 1, newId(), one.name, one.kind, one.group, one.fields && JSON.stringify(one.fields)],
      ...[JSON.stringify(one.criteria), JSON.stringify(one.judging), one.honoursAtMost, one.leastTotal],
      ...[JSON.stringify(one.reserves), 'planned'],
    ]),
  );
  await insertRows(
    tx,
    'season_grade',
    ['season_id', 'category_number', 'number', 'name', 'places', 'honour_name', 'gives_points'],
    categories.flatMap(({ grades }, i) =>
      grades.map((one, j): SqlValue[] => [
        ...[seasonId, i + 1, j + 1, one.name, one.places, one.honourName, one.givesPoints],
      ]),
    ),
  );
}

import { certificateNumber } from '../../platform/certificate/number.ts';
import { beijingDay } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { setAchievementState } from '../achievements/set-state.ts';
import type { Season } from '../seasons/season.entity.ts';
import type { ListLine } from './list-line.entity.ts';
import { linesOf } from './queries.ts';
import { rewardAuthors } from './reward-authors.ts';
import type { SeasonList } from './season-list.entity.ts';

/** An honour that is about to be written. */
export interface NewHonour extends ListLine {
  id: string;
}

/**
 * Gives the honours of a list that has just become final, in that transaction: each gets the number of its certificate,
 * and its authors earn points by activity events where the grade gives any. Whatever else was reviewed is not honoured.
 */
export async function giveHonours(tx: Tx, config: Config, season: Season, list: SeasonList, now: Date): Promise<void> {
  const honours = (await linesOf(tx, list)).map((line): NewHonour => ({ ...line, id: newId() }));
  const columns = ['id', 'season_id', 'category_number', 'achievement_id', 'list_version', 'grade_number', 'place'];
  await insertRows(
    tx,
    'season_honour',
    [...columns, 'ranking_id', 'honour_number', 'honoured_on', 'honoured_at'],
    honours.map(({ id, categoryNumber, achievementId, version, gradeNumber, place, rankingId }) => [
      ...[id, season.id, categoryNumber, achievementId, version, gradeNumber, place, rankingId],
      ...[certificateNumber(config, season.certificatePrefix, id), beijingDay(now), now],
    ]),
  );
  const ids = honours.map(({ achievementId }) => achievementId);
  await setAchievementState(tx, ids, 'listed', 'honoured', now);
  await setAchievementState(tx, await othersOf(tx, season.id), 'eligible', 'not_honoured', now);
  await rewardAuthors(tx, season, honours, now);
}

/** The achievements of a season that were reviewed and are not on its list. */
async function othersOf(tx: Tx, seasonId: string): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    "SELECT id FROM achievement WHERE season_id = ? AND state = 'eligible' ORDER BY id",
    [seasonId],
  );
  return rows.map(({ id }) => id);
}

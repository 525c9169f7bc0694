import { settleRanking } from '../../judging/ranking/settle-ranking.ts';
import { settleNotice, withdrawNotice } from '../../notices/settle-notice.ts';
import { inTransaction, type Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { setAchievementState } from '../achievements/set-state.ts';
import type { Category } from '../seasons/category.entity.ts';
import { categoriesOf } from '../seasons/queries.ts';
import { Season } from '../seasons/season.entity.ts';
import { giveHonours } from './give-honours.ts';
import { troubleWithScores } from './outdated.ts';
import { linesOf, newestList, newestPublished } from './queries.ts';
import { SeasonList } from './season-list.entity.ts';

/**
 * Makes the list of honours of a season final once its notice may be, as long as nothing has changed since: honours are
 * given, and the season is final. The notice of a season that was called off is withdrawn, and nothing is listed any
 * more. Once, however often and on however many machines this runs. Whether anything changed.
 */
export function settleSeason(deps: Deps, seasonId: string): Promise<boolean> {
  const now = deps.clock.now();
  return inTransaction(deps.db, async (tx) => {
    await tx.query('SELECT id FROM innovation_season WHERE id = ? FOR UPDATE', [seasonId]);
    const season = await tx.findOneByOrFail(Season, { id: seasonId });
    if (season.state === 'cancelled') return withdraw(tx, season, now);
    const list = await newestList(tx, seasonId);
    if (season.state !== 'in_notice' || list?.state !== 'in_notice') return false;
    const categories = ((await categoriesOf(tx, [seasonId])).get(seasonId) ?? []).filter((one) => one.panelId !== null);
    // One that is scored or ranked anew waits for a new list.
    if (categories.some(({ state }) => state !== 'listed') || (await troubleWithScores(tx, seasonId))) return false;
    if ((await settleNotice(tx, list.noticeId!, now)) !== 'final') return false;
    await settle(tx, deps, { season, list, categories }, now);
    return true;
  });
}

async function settle(
  tx: Tx,
  { config }: Deps,
  { season, list, categories }: { season: Season; list: SeasonList; categories: readonly Category[] },
  now: Date,
): Promise<void> {
  for (const { panelId, rankingId } of categories) await settleRanking(tx, panelId!, rankingId!, now);
  await giveHonours(tx, config, season, list, now);
  const { seasonId, version } = list;
  await tx.update(SeasonList, { seasonId, version }, { state: 'final', settledAt: now });
  await tx.update(Season, { id: season.id, state: 'in_notice' }, { state: 'final', finalAt: now });
}

/** Of a season that was called off: no list stands any more, and what is in public view says so. */
async function withdraw(tx: Tx, { id, cancelReason }: Season, now: Date): Promise<boolean> {
  const list = await newestPublished(tx, id);
  const { affectedRows } = await tx.query<{ affectedRows: number }>(
    "UPDATE season_list SET state = 'superseded', settled_at = ? WHERE season_id = ? AND is_open = TRUE",
    [now, id],
  );
  if (affectedRows === 0 || list === null) return affectedRows > 0;
  await withdrawNotice(tx, list.noticeId!, cancelReason!, now);
  const listed = (await linesOf(tx, list)).map(({ achievementId }) => achievementId);
  await setAchievementState(tx, listed, 'listed', 'eligible', now);
  return true;
}

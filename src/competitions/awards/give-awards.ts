import { certificateNumber } from '../../platform/certificate/number.ts';
import { beijingDay } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import { insertRows } from '../../platform/db/sql.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/ids.ts';
import { Award } from '../plan/award.entity.ts';
import type { Competition } from '../plan/competition.entity.ts';
import { Division } from '../plan/division.entity.ts';
import type { Stage } from '../plan/stage.entity.ts';
import { rewardMembers } from './reward-members.ts';

/** A stage whose ranking has become final. */
export interface FinalStage {
  stage: Stage;
  competition: Competition;
  rankingId: string;
}

/** A win that is about to be written, with its award. */
export interface NewWin {
  id: string;
  award: Award;
  entryId: string;
  place: number;
}

/**
 * Gives the awards of a stage whose ranking has just become final, in that transaction: an honour gets the number of its
 * certificate; points are earned by activity events, which rules judge soon after; skill levels are raised. Subsidies
 * are paid by a list, see make-subsidy-list.ts. A place that nobody has wins nothing.
 */
export async function giveAwards(tx: Tx, config: Config, of: FinalStage, now: Date): Promise<void> {
  const { stage, competition, rankingId } = of;
  const awards = await tx.find(Award, { where: { stageId: stage.id }, order: { fromPlace: 'ASC' } });
  const wins: NewWin[] = [];
  for (const award of awards) {
    const places: { entryId: string; place: number }[] = await tx.query(
      `SELECT candidate_id AS entryId, place FROM ranking_place
       WHERE ranking_id = ? AND place BETWEEN ? AND ? ORDER BY place`,
      [rankingId, award.fromPlace, award.toPlace],
    );
    for (const place of places) wins.push({ id: newId(), award, ...place });
  }
  const numberOf = ({ id, award }: NewWin) =>
    award.honourName === null ? null : certificateNumber(config, competition.certificatePrefix, id);
  await insertRows(
    tx,
    'competition_win',
    ['id', 'competition_id', 'award_number', 'stage_id', 'entry_id', 'place', 'honour_number', 'won_on', 'won_at'],
    wins.map((win) => [
      ...[win.id, competition.id, win.award.number, stage.id, win.entryId, win.place, numberOf(win)],
      ...[beijingDay(now), now],
    ]),
  );
  const division = stage.divisionId === null ? null : await tx.findOneByOrFail(Division, { id: stage.divisionId });
  await rewardMembers(tx, { competition, stage, division }, wins, now);
}

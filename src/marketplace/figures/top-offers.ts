import type { EntityManager } from 'typeorm';
import { type Points, pointsFromSql } from '../../platform/points.ts';
import type { FigureScope } from './figure-scope.ts';
import type { Period } from './period.ts';

export interface OfferFigures {
  offerId: string;
  redemptions: number;
  points: Points;
}

/** The offers that the members of a scope bought most in a period, most pieces first; of as many the one for more points. */
export async function topOffers(
  db: EntityManager,
  { programme, top, branches }: FigureScope,
  { from, until }: Period,
  count: number,
): Promise<OfferFigures[]> {
  const rows: { offer_id: string; redemptions: string; points: string }[] = await db.query(
    `SELECT figure_offer_month.offer_id, SUM(figure_offer_month.redemptions) AS redemptions,
            SUM(figure_offer_month.points) AS points
     FROM figure_offer_month JOIN union_node ON union_node.id = figure_offer_month.union_id
     WHERE figure_offer_month.programme_id = ? AND figure_offer_month.month BETWEEN ? AND ?
       AND union_node.path LIKE ? AND (${branches.map(() => 'union_node.path LIKE ?').join(' OR ')})
     GROUP BY figure_offer_month.offer_id HAVING SUM(figure_offer_month.redemptions) > 0
     ORDER BY SUM(figure_offer_month.redemptions) DESC, SUM(figure_offer_month.points) DESC, offer_id LIMIT ?`,
    [programme.id, from, until, `${top}%`, ...branches.map((branch) => `${branch}%`), count],
  );
  return rows.map(({ offer_id, redemptions, points }) => ({
    offerId: offer_id,
    redemptions: Number(redemptions),
    points: pointsFromSql(points),
  }));
}

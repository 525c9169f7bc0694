import { programmeOf, type Stage } from './stage.ts';

/** Sums of one month, of everything or of one merchant; what belongs to no merchant is null there. */
export interface MonthFigures {
  issued: number | null;
  redeemed: number;
  verified: number;
  charged: number;
  expired: number | null;
  held: number | null;
  inVouchers: number;
  outstandingFen: number;
  scans: number;
  discounts: number;
  discountedFen: number;
  discountGivenFen: number;
}

const ROW =
  'issued redeemed verified charged expired held inVouchers outstandingFen scans discounts discountedFen discountGivenFen';

export interface FiguresSeen {
  total: MonthFigures;
  merchants: (MonthFigures & { merchant: { name: string } })[];
  offers: { offer: { title: string; merchant: { name: string } }; redemptions: number; points: number }[];
}

/** The figures of the programme for one month, by merchant, with the offers that were bought most. */
export async function figuresOfMonth(stage: Stage, month: string): Promise<FiguresSeen> {
  const { figures, topOffers } = await stage.admin.ask<{
    figures: { total: MonthFigures; rows: { nodes: FiguresSeen['merchants'] } };
    topOffers: { offers: FiguresSeen['offers'] };
  }>(
    `query ($programmeId: Id!, $month: String!) {
      figures(programmeId: $programmeId, from: $month, until: $month, by: MERCHANT) {
        total { ${ROW} } rows(first: 100) { nodes { merchant { name } ${ROW} } }
      }
      topOffers(programmeId: $programmeId, from: $month, until: $month, first: 5) {
        offers { offer { title merchant { name } } redemptions points }
      }
    }`,
    { programmeId: programmeOf(stage), month },
  );
  return { total: figures.total, merchants: figures.rows.nodes, offers: topOffers.offers };
}

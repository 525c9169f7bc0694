import { createTreatPlan } from '../../../src/marketplace/treats/create-treat-plan.ts';
import type { TreatTerms } from '../../../src/marketplace/treats/plan-terms.ts';
import { newId } from '../../../src/platform/ids.ts';
import { accepted, aMarket } from '../../support/market.ts';
import { adminOf } from '../support.ts';

/** 3 August 2026, a Monday, ten in the morning in Beijing; the 15th of that month is a Saturday. */
export const AT_START = '2026-08-03T02:00:00.000Z';
/** The 15th at ten in Beijing, to the millisecond. */
export const OPENS = '2026-08-15T02:00:00.000Z';

/** A market whose programme gives tea and coffee at two outlets on each 15th, from ten o'clock on. */
export async function aTreat({ memberCount = 3, ...terms }: { memberCount?: number } & Partial<TreatTerms> = {}) {
  const market = await aMarket({ memberCount, earned: 0 });
  const { deps, outletId, otherOutletId, programmeId } = market;
  const admin = adminOf(`/${market.unionId}/`);
  const plan: TreatTerms = {
    name: '八月礼',
    dayOfMonth: 15,
    whenRest: 'on_the_day',
    opens: '10:00',
    daysAhead: 5,
    lines: [
      { outletId, what: '奶茶一杯', quantity: 3 },
      { outletId: otherOutletId, what: '咖啡一杯', quantity: 2 },
    ],
    ...terms,
  };
  const planId = accepted(await createTreatPlan(deps, admin, newId(), { programmeId, plan }));

  /** The rounds with what became of each line, the earliest first. */
  async function rounds(): Promise<Round[]> {
    const rows: (Line & { id: string; month: string; day: string })[] = await deps.db.query(
      `SELECT r.id, r.month, r.day, l.what, l.offer_id AS offerId, l.left_out AS leftOut FROM treat_round r
       JOIN treat_round_line l ON l.round_id = r.id ORDER BY r.day, r.id, l.number`,
    );
    const found = new Map<string, Round>();
    for (const { id, month, day, ...line } of rows) {
      const round = found.get(id) ?? { id, month, day, lines: [] };
      found.set(id, round);
      round.lines.push(line);
    }
    return [...found.values()];
  }

  /** The offers of the only round, in the order of the lines. */
  const offers = async (): Promise<string[]> => {
    const [round, ...others] = await rounds();
    if (!round || others.length > 0) throw new Error(`${others.length + (round ? 1 : 0)} rounds`);
    return round.lines.map((line) => line.offerId!);
  };
  return { ...market, admin, plan, planId, rounds, offers };
}

interface Line {
  what: string;
  offerId: string | null;
  leftOut: string | null;
}

interface Round {
  id: string;
  month: string;
  day: string;
  lines: Line[];
}

import { createTemplate } from '../../src/lotteries/templates/create-template.ts';
import { createTreatPlan } from '../../src/marketplace/treats/create-treat-plan.ts';
import { newId } from '../../src/platform/ids.ts';
import { points } from '../../src/platform/points.ts';
import { accepted } from '../support/market.ts';
import type { World } from './world.ts';

/** In how many pieces each line of a treat is given. */
export const TREAT_PIECES = [40, 15];
export const TICKETS = { price: 15, bought: 4, inAll: 6 };
export const PRIZES = [{ points: 200, quantity: 2 }, { quantity: 3 }, { quantity: 1 }] as const;

/** A lottery on each 1st and a treat on each 15th, in every programme. */
export async function planTheYear(world: World, prizeOfferIds: readonly string[]): Promise<void> {
  const { deps, admins, parties, programmeIds, merchants, rules } = world;
  for (const [i, programmeId] of programmeIds.entries()) {
    const volunteering = [...rules].find(([, rule]) => rule.programmeId === programmeId && rule.givesTickets)!;
    const prize = { tier: 1, points: null, offerId: null };
    const lottery = {
      prizes: [
        {
          ...prize,
          name: '积分',
          kind: 'points' as const,
          points: points(PRIZES[0].points),
          quantity: PRIZES[0].quantity,
        },
        { ...prize, name: '礼券', kind: 'voucher' as const, offerId: prizeOfferIds[i]!, quantity: PRIZES[1].quantity },
        { ...prize, name: '奖品', kind: 'goods' as const, quantity: PRIZES[2].quantity },
      ],
      freeTickets: 1,
      ticketRules: [{ ruleId: volunteering[0], tickets: 1 }],
      ticketPrice: points(TICKETS.price),
      boughtAtMost: TICKETS.bought,
      ticketsAtMost: TICKETS.inAll,
      leavesOutMonths: 1,
      noticeWorkingDays: 3,
      collectDays: 5,
      entropy: 'reveals' as const,
      revealHours: 24,
      parties: parties.map(({ operatorId }, number) => ({ name: `第${number + 1}方`, operatorId: operatorId! })),
    };
    const timetable = {
      ...{ drawDay: 1, drawTime: '10:00', freezesDaysBefore: 0, freezeTime: '09:00' },
      ...{ opensDaysBefore: 10, openTime: '09:00', madeDaysBefore: 3 },
    };
    const template = { programmeId, name: '每月抽奖', terms: { timetable, lottery } };
    accepted(await createTemplate(deps, admins[0]!, newId(), template));
    const lines = TREAT_PIECES.map((quantity, line) => ({
      outletId: merchants[(i + line) % merchants.length]!.outletIds[0]!,
      what: `奶茶${line + 1}`,
      quantity,
    }));
    const when = { dayOfMonth: 15, whenRest: 'on_the_day' as const, opens: '10:00', daysAhead: 5 };
    accepted(
      await createTreatPlan(deps, admins[0]!, newId(), { programmeId, plan: { name: '每月礼', ...when, lines } }),
    );
  }
}

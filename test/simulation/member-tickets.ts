import { buyTickets } from '../../src/lotteries/tickets/buy-tickets.ts';
import { monthNumber } from './calendar.ts';
import { type Command, fixed, NOTHING, programmeOf, reads, type Sim, writes } from './command.ts';
import { asMember, memberAccount, ownAccount } from './world.ts';
import { TICKETS } from './year.ts';

/** Tickets of the lottery of a month, in the programme of the member. */
export function tickets(sim: Sim, member: number, month: number): Command {
  const { model, world, random } = sim;
  const count = random.between(1, 3);
  const programme = fixed(() => programmeOf(sim, member));
  const lottery = fixed(() => model.lotteries.find((one) => one.month === `${programme()} ${monthNumber(month)}`));
  const lotteryId = fixed(() => lottery()?.id ?? NOTHING);
  return {
    kind: 'tickets',
    says: `member ${member} buys ${count} tickets of the lottery of ${monthNumber(month)}`,
    touches: () => [writes(`member ${member}`), reads('lotteries')],
    verdict: () => {
      const one = lottery();
      if (!one?.isOpened) return 'LOTTERY_UNKNOWN';
      if (one.state !== 'open' || model.now >= one.freezesAt) return 'TICKETS_CLOSED';
      if (model.members[member]!.state !== 'active') return 'MEMBER_NOT_ACTIVE';
      // Who won lately, and how many tickets rules have given her, the model does not know.
      const bought = (model.bought.get(`${member} ${one.id}`) ?? 0) + count;
      if (bought > TICKETS.bought) return ['WON_LATELY', 'TICKET_LIMIT_REACHED'];
      return ['ok', 'WON_LATELY', 'TICKET_LIMIT_REACHED', 'NOT_ENOUGH_POINTS'];
    },
    send: (process, key) => buyTickets(process, asMember(world, member), key, { lotteryId: lotteryId(), count }),
    accepted: (id) => {
      const one = lottery()!;
      const cost = count * TICKETS.price;
      const key = `${member} ${one.id}`;
      model.tickets.set(id, one);
      model.bought.set(key, (model.bought.get(key) ?? 0) + count);
      const [from, to] = [memberAccount(world, member, programme()), ownAccount(world, 'prizes', programme())];
      model.owe(`ticket ${id}`, { points: cost, from, to });
      model.spend(member, programme(), cost);
    },
  };
}

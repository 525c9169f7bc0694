import { createHash } from 'node:crypto';
import { drawAgain } from '../../src/lotteries/draw/draw-again.ts';
import { commitEntropy } from '../../src/lotteries/entropy/commit-entropy.ts';
import { revealEntropy } from '../../src/lotteries/entropy/reveal-entropy.ts';
import { disqualifyWinner } from '../../src/lotteries/prizes/disqualify-winner.ts';
import { handOutPrize } from '../../src/lotteries/prizes/hand-out-prize.ts';
import { revealCommitment } from '../../src/lotteries/proof/reveals.ts';
import { voidLottery } from '../../src/lotteries/set-up/void-lottery.ts';
import { monthNumber, numberOfMonth } from './calendar.ts';
import { type Command, fixed, NOTHING, type Sim, writes } from './command.ts';
import { PROGRAMMES } from './world.ts';

/** The lottery of a month that the model knows of, with what every command about it has. */
function about({ model }: Sim, programme: number, month: number) {
  const name = `${programme} ${monthNumber(month)}`;
  const find = fixed(() => model.lotteries.find((one) => one.month === name));
  return { name, find, lotteryId: fixed(() => find()?.id ?? NOTHING), touches: () => [writes('lotteries')] };
}

/** Who wins nobody knows before; so the model says of these commands only what they must leave behind. */
const open = { verdict: () => undefined, accepted: () => {} };

/** A party commits herself, or reveals, for the draw at which a lottery is. */
function party(sim: Sim, programme: number, month: number, number: number, reveals: boolean): Command {
  const { world } = sim;
  const { name, find, lotteryId, touches } = about(sim, programme, month);
  const secret = fixed(() => createHash('sha256').update(`${name} ${find()?.drawNumber} ${number}`).digest());
  return {
    ...open,
    kind: reveals ? 'reveal' : 'commit',
    says: `party ${number} ${reveals ? 'reveals' : 'commits herself'} for the lottery of ${name}`,
    touches,
    send: (process, key) => {
      const caller = world.parties[number]!;
      if (reveals)
        return revealEntropy(process, caller, key, { lotteryId: lotteryId(), reveal: secret().toString('hex') });
      const commitment = revealCommitment(secret()).toString('hex');
      return commitEntropy(process, caller, key, { lotteryId: lotteryId(), commitment });
    },
  };
}

/** What the parties of the lotteries of this month and the next do between two batches, mostly. */
export function partyTurns(sim: Sim, now: Date): Command[][] {
  const { random, world } = sim;
  const month = numberOfMonth(now);
  return Array.from({ length: PROGRAMMES }, (_, programme) =>
    world.parties.map((_, number) => {
      const which = month + (random.chance(0.5) ? 1 : 0);
      return [false, true]
        .filter(() => random.chance(0.45))
        .map((reveals) => party(sim, programme, which, number, reveals));
    }),
  )
    .flat()
    .filter((turn) => turn.length > 0);
}

/** An admin takes a win away, hands a prize out, has places drawn again or calls the whole off. */
export function lotteryTurn(sim: Sim, by: number, now: Date): Command[] {
  const { world, random } = sim;
  const admin = world.admins[by]!;
  const programme = random.below(PROGRAMMES);
  const month = numberOfMonth(now) - (random.chance(0.2) ? 1 : 0);
  const { name, find, lotteryId, touches } = about(sim, programme, month);
  const choice = random.below(100);
  const winId = fixed(() => {
    const wins = find()?.wins ?? [];
    return wins[choice % Math.max(wins.length, 1)]?.id ?? NOTHING;
  });
  const reason = '经查不符合参加条件';
  const { what } = random.weighted([
    { what: 'disqualify', weight: 3 },
    { what: 'draw again', weight: 3 },
    { what: 'hand out', weight: 3 },
    { what: 'void', weight: 0.1 },
  ] as const);
  const send: Command['send'] = (process, key) => {
    if (what === 'disqualify') return disqualifyWinner(process, admin, key, { winId: winId(), reason });
    if (what === 'draw again') return drawAgain(process, admin, key, { lotteryId: lotteryId(), reason });
    if (what === 'hand out') return handOutPrize(process, admin, key, { winId: winId() });
    return voidLottery(process, admin, key, { lotteryId: lotteryId(), reason });
  };
  return [{ ...open, kind: what, says: `admin ${by}: ${what}, lottery of ${name}`, touches, send }];
}

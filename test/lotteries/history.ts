import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { AdminCaller } from '../../src/identity/caller.ts';
import { announceDraw } from '../../src/lotteries/draw/announce-draw.ts';
import { drawAgain } from '../../src/lotteries/draw/draw-again.ts';
import { drawLottery } from '../../src/lotteries/draw/draw-lottery.ts';
import { commitEntropy } from '../../src/lotteries/entropy/commit-entropy.ts';
import { completeList } from '../../src/lotteries/freeze/complete-list.ts';
import { freezeLottery } from '../../src/lotteries/freeze/freeze-lottery.ts';
import type { Lottery, LotteryState } from '../../src/lotteries/lottery.entity.ts';
import { disqualifyWinner } from '../../src/lotteries/prizes/disqualify-winner.ts';
import { finishNotice } from '../../src/lotteries/prizes/finish-notice.ts';
import { handOutPrize } from '../../src/lotteries/prizes/hand-out-prize.ts';
import { lapsePrizes } from '../../src/lotteries/prizes/lapse-prizes.ts';
import { noticeWinners } from '../../src/lotteries/prizes/notice-winners.ts';
import { payPrizes } from '../../src/lotteries/prizes/pay-prizes.ts';
import { renewWinnersNotice } from '../../src/lotteries/prizes/renew-winners-notice.ts';
import { settleLottery, settleWhenDone } from '../../src/lotteries/prizes/settle-lottery.ts';
import { revealCommitment } from '../../src/lotteries/proof/reveals.ts';
import { voidLottery } from '../../src/lotteries/set-up/void-lottery.ts';
import { giveTickets } from '../../src/lotteries/tickets/give-tickets.ts';
import { refundTickets } from '../../src/lotteries/tickets/refund-tickets.ts';
import { decideObjection } from '../../src/notices/decide-objection.ts';
import { fileObjection } from '../../src/notices/file-objection.ts';
import { newId } from '../../src/platform/ids.ts';
import { points } from '../../src/platform/points.ts';
import { asMember } from '../cards/world.ts';
import { aDecider } from '../notices/world.ts';
import type { DrawWorld } from './draw-world.ts';
import { aPrize, NOW, TIMES } from './world.ts';

const any = fc.nat(1000);
const hours = (min: number, max: number) => fc.integer({ min, max });
const said = <T extends string>(word: T) => fc.constant(word);

/** What happens around a lottery: the clock jumps, jobs run or die between two steps, members and admins act. */
export const command = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: said('go on'), hours: hours(1, 40) }) },
  { weight: 4, arbitrary: fc.record({ do: said('wait'), hours: hours(1, 80) }) },
  { weight: 2, arbitrary: fc.record({ do: said('set back'), hours: hours(1, 100) }) },
  { weight: 6, arbitrary: fc.record({ do: said('advance'), machines: hours(1, 2) }) },
  { weight: 6, arbitrary: fc.record({ do: said('step'), any }) },
  { weight: 3, arbitrary: fc.record({ do: said('buy'), any, count: hours(1, 4) }) },
  { weight: 2, arbitrary: fc.record({ do: said('commit'), any }) },
  { weight: 2, arbitrary: fc.record({ do: said('reveal'), any }) },
  { weight: 2, arbitrary: fc.record({ do: said('member'), any }) },
  { weight: 4, arbitrary: fc.record({ do: said('object'), any }) },
  { weight: 3, arbitrary: fc.record({ do: said('decide'), any }) },
  { weight: 4, arbitrary: fc.record({ do: said('disqualify'), any }) },
  { weight: 6, arbitrary: fc.record({ do: said('draw again') }) },
  { weight: 2, arbitrary: fc.record({ do: said('renew') }) },
  { weight: 2, arbitrary: fc.record({ do: said('hand out'), any }) },
  { weight: 2, arbitrary: fc.record({ do: said('settle') }) },
  { weight: 1, arbitrary: fc.record({ do: said('void'), any }) },
);
export type Command = typeof command extends fc.Arbitrary<infer One> ? One : never;

/** Each step of the jobs by itself: whoever dies between two of them leaves what one of these leaves. */
const STEPS = [
  giveTickets,
  freezeLottery,
  completeList,
  announceDraw,
  drawLottery,
  noticeWinners,
  finishNotice,
  payPrizes,
  lapsePrizes,
  refundTickets,
  settleWhenDone,
];

const ORDER: LotteryState[] = ['draft', 'open', 'frozen', 'drawn', 'in_notice', 'final', 'void'];
const STATES = ['active', 'active', 'frozen', 'left'];
const reason = '经查不符合参加条件';

/** A lottery of which anything may happen, in a world that may have had others before. */
export class History {
  private constructor(
    private readonly world: DrawWorld,
    readonly lotteryId: string,
    readonly offerId: string,
    private readonly decider: AdminCaller,
    /** The secrets of the parties, draw by draw. */
    private readonly secrets = new Map<number, Buffer[]>(),
  ) {}

  /** Opened, and two hours before its freeze. */
  static async begin(world: DrawWorld): Promise<History> {
    world.at(NOW);
    await world.deps.db.query("UPDATE member SET state = 'active'");
    const offerId = await world.offer({ price: 20, stock: 3 });
    const lotteryId = await world.openedFor({
      prizes: [
        aPrize({ points: points(30), quantity: 2 }),
        aPrize({ tier: 2, kind: 'voucher', points: null, offerId, quantity: 2 }),
        aPrize({ tier: 3, kind: 'goods', points: null }),
      ],
      collectDays: 3,
      noticeWorkingDays: 2,
    });
    world.at(new Date(TIMES.freezesAt.getTime() - 2 * 3_600_000).toISOString());
    return new History(world, lotteryId, offerId, await aDecider(world.deps, world.unionId));
  }

  get lottery(): Promise<Lottery> {
    return this.world.lottery(this.lotteryId);
  }

  /** Plays one command; what it meets is a success or a refusal, and the lottery never goes back but to draw again. */
  async play(one: Command): Promise<void> {
    const before = await this.lottery;
    await this.act(one);
    const after = await this.lottery;
    const goesOn = ORDER.indexOf(after.state) >= ORDER.indexOf(before.state);
    expect(goesOn || after.drawNumber === before.drawNumber + 1).toBe(true);
    expect(before.settledAt === null || after.state === before.state).toBe(true);
  }

  private async act(one: Command): Promise<unknown> {
    const { world, lotteryId } = this;
    const { deps, admin, memberIds } = world;
    const member = (index: number) => memberIds[index % memberIds.length]!;
    if (one.do === 'go on') return this.goOn(one.hours);
    if (one.do === 'wait') return deps.clock.advance({ hours: one.hours });
    if (one.do === 'set back') return deps.clock.advance({ hours: -one.hours });
    if (one.do === 'advance') return Promise.all(Array.from({ length: one.machines }, () => world.advance()));
    if (one.do === 'step') return STEPS[one.any % STEPS.length]!(deps, lotteryId);
    if (one.do === 'buy') return world.buyTickets(member(one.any), lotteryId, one.count);
    if (one.do === 'commit') return this.commit(one.any % 3);
    if (one.do === 'reveal') return this.reveal(one.any % 3);
    if (one.do === 'member') return this.setState(member(one.any), STATES[one.any % STATES.length]!);
    if (one.do === 'object') return this.object(member(one.any), one.any % 4);
    if (one.do === 'decide') return this.decide(one.any % 2 === 0);
    if (one.do === 'draw again') return drawAgain(deps, admin, newId(), { lotteryId, reason });
    if (one.do === 'renew') return renewWinnersNotice(deps, admin, newId(), { lotteryId, reason });
    if (one.do === 'settle') return settleLottery(deps, admin, newId(), { lotteryId });
    // Most are not called off.
    if (one.do === 'void') return one.any % 4 === 0 && voidLottery(deps, admin, newId(), { lotteryId, reason });
    const wins = await world.wins(lotteryId);
    if (wins.length === 0) return undefined;
    const { id: winId } = wins[one.any % wins.length]!;
    if (one.do === 'hand out') return handOutPrize(deps, admin, newId(), { winId });
    return disqualifyWinner(deps, admin, newId(), { winId, reason });
  }

  /** Some hours later every party has done what is hers and the jobs have run. */
  private async goOn(later: number): Promise<void> {
    this.world.deps.clock.advance({ hours: later });
    for (const party of [0, 1, 2]) await this.commit(party);
    await this.world.advance();
    for (const party of [0, 1, 2]) await this.reveal(party);
    await this.world.advance();
  }

  private async secretOf(party: number): Promise<Buffer> {
    const { drawNumber } = await this.lottery;
    const secrets = this.secrets.get(drawNumber) ?? [0, 1, 2].map(() => randomBytes(32));
    this.secrets.set(drawNumber, secrets);
    return secrets[party]!;
  }

  private async commit(party: number): Promise<void> {
    const commitment = revealCommitment(await this.secretOf(party)).toString('hex');
    const { caller } = this.world.parties[party]!;
    await commitEntropy(this.world.deps, caller, newId(), { lotteryId: this.lotteryId, commitment });
  }

  private async reveal(party: number): Promise<void> {
    const { caller } = this.world.parties[party]!;
    await this.world.reveal(this.lotteryId, { caller, secret: await this.secretOf(party) });
  }

  private setState(memberId: string, state: string): Promise<unknown> {
    return this.world.deps.db.query('UPDATE member SET state = ? WHERE id = ?', [state, memberId]);
  }

  private async object(memberId: string, line: number): Promise<void> {
    const { noticeId } = await this.lottery;
    if (noticeId === null) return;
    const objection = { noticeId, lineNumber: line === 0 ? null : line, text: '此人已退会', evidenceIds: [] };
    await fileObjection(this.world.deps, asMember(memberId), newId(), objection);
  }

  private async decide(upheld: boolean): Promise<void> {
    const [waiting] = await this.world.deps.db.query("SELECT id FROM objection WHERE state = 'waiting' LIMIT 1");
    const decision = upheld ? ('upheld' as const) : ('rejected' as const);
    if (waiting)
      await decideObjection(this.world.deps, this.decider, newId(), { objectionId: waiting.id, decision, reason });
  }

  /** Everybody does what is theirs and time goes by, until the lottery is settled. */
  async end(): Promise<void> {
    this.world.at(TIMES.drawsAt.toISOString());
    for (let round = 0; (await this.lottery).settledAt === null; round++) {
      expect(round).toBeLessThan(20);
      for (const id of this.world.memberIds) await this.setState(id, 'active');
      await this.goOn(8 * 24);
      await this.decide(false);
      if ((await this.lottery).trouble === 'objection_upheld') await this.act({ do: 'renew' });
    }
  }
}

import { verifyTranscript } from '../../src/lotteries/verifier/verify-draw.mjs';
import { broken } from './broken.ts';
import type { Sim } from './command.ts';
import { OFFERS_EACH } from './offers.ts';
import type { Lottery, Voucher } from './things.ts';
import { PROGRAMMES } from './world.ts';
import { PRIZES, TICKETS } from './year.ts';

interface Row {
  id: string;
  programmeId: string;
  month: string;
  state: string;
  drawNumber: number;
  freezesAt: Date;
  openedAt: Date | null;
  settledAt: Date | null;
}

interface WinRow {
  id: string;
  lotteryId: string;
  state: string;
  prize: number;
  memberId: string;
  redemptionId: string | null;
  validUntil: Date | null;
}

const PIECES = PRIZES[1].quantity;
const VOUCHER = 2;

/** What the jobs made of the lotteries: nobody has more than was promised, and what is left goes back. */
export class LotteryLaws {
  private readonly vouchers = new Set<string>();

  constructor(private readonly sim: Sim) {}

  private get db() {
    return this.sim.world.deps.db;
  }

  /** Enters in the model how the lotteries stand that are not settled yet, who has won, and the vouchers that were won. */
  async read(): Promise<void> {
    const { model, world } = this.sim;
    const rows: Row[] = await this.db.query(
      `SELECT id, programme_id AS programmeId, month, state, draw_number AS drawNumber, freezes_at AS freezesAt,
              opened_at AS openedAt, settled_at AS settledAt FROM lottery`,
    );
    for (const row of rows) {
      const name = `${world.programmeIds.indexOf(row.programmeId)} ${row.month}`;
      const known = model.lotteries.find(({ id }) => id === row.id) ?? this.meet(row, name);
      if (known.isSettled) continue;
      const wins: WinRow[] = await this.db.query(
        `SELECT w.id, w.lottery_id AS lotteryId, w.state, w.prize_number AS prize, w.member_id AS memberId,
                w.redemption_id AS redemptionId, v.valid_until AS validUntil
         FROM lottery_win w LEFT JOIN voucher v ON v.id = w.redemption_id WHERE w.lottery_id = ? ORDER BY w.draw_number, w.place`,
        [row.id],
      );
      for (const win of wins) this.takeVoucher(win, Number(name.split(' ')[0]));
      this.follow(known, row, wins);
    }
  }

  private meet({ id, drawNumber, freezesAt }: Row, month: string): Lottery {
    const fresh = { state: 'draft', isOpened: false, isSettled: false, pot: 0, wins: [], aside: 0 };
    const lottery: Lottery = { id, month, drawNumber, freezesAt, ...fresh };
    if (this.sim.model.lotteries.some((one) => one.month === month)) broken('a month has one lottery', month);
    this.sim.model.lotteries.push(lottery);
    return lottery;
  }

  private follow(known: Lottery, row: Row, wins: readonly WinRow[]): void {
    const prizes = this.sim.model.offers[PROGRAMMES * OFFERS_EACH + Number(known.month.split(' ')[0])]!;
    if (row.openedAt !== null && !known.isOpened) {
      known.isOpened = true;
      prizes.supplied -= PIECES;
    }
    const { state, drawNumber, freezesAt } = row;
    Object.assign(known, {
      state,
      drawNumber,
      freezesAt,
      wins: wins.map(({ id, state, prize }) => ({ id, state, prize })),
    });
    if (row.settledAt === null) return;
    known.isSettled = true;
    const given = wins.filter((win) => win.prize === VOUCHER && win.state === 'paid').length;
    if (known.isOpened) prizes.supplied += PIECES - given;
  }

  /** A voucher that was won joins those that were bought. */
  private takeVoucher({ redemptionId, memberId, validUntil }: WinRow, programme: number): void {
    if (redemptionId === null || this.vouchers.has(redemptionId)) return;
    const { model, world } = this.sim;
    const offer = PROGRAMMES * OFFERS_EACH + programme;
    const voucher: Voucher = {
      ...{ number: -1 - model.prizes.length, id: redemptionId, member: world.memberIds.indexOf(memberId), offer },
      ...{ state: 'unused', validUntil: validUntil!, slot: null, points: model.offers[offer]!.price, isPrize: true },
    };
    this.vouchers.add(redemptionId);
    model.prizes.push(voucher);
    model.watch(voucher);
  }

  async check(): Promise<void> {
    const { model } = this.sim;
    for (const { month, isSettled, pot, wins } of model.lotteries) {
      const given = wins.filter(({ state }) => state === 'paid' || state === 'collected');
      for (const [i, { quantity }] of PRIZES.entries()) {
        const count = given.filter(({ prize }) => prize === i + 1).length;
        if (count > quantity)
          broken('no prize is given more often than promised', `${month}: ${count} of prize ${i + 1}`);
      }
      if (isSettled && pot !== 0) broken('a settled lottery keeps nothing', `${month} has ${pot} points`);
    }
    for (const [who, count] of model.bought) {
      if (count > TICKETS.bought) broken('nobody buys more tickets than allowed', `${who}: ${count}`);
    }
    await this.checkTickets();
  }

  private async checkTickets(): Promise<void> {
    const open = this.sim.model.lotteries.filter(({ state }) => state === 'open' || state === 'frozen');
    if (open.length === 0) return;
    const [greedy] = await this.db.query(
      `SELECT member_id AS id, SUM(tickets) AS tickets FROM lottery_grant
       WHERE lottery_id IN (?) AND left_out IS NULL AND refunded_at IS NULL
       GROUP BY lottery_id, member_id HAVING SUM(tickets) > ? LIMIT 1`,
      [open.map(({ id }) => id), TICKETS.inAll],
    );
    if (greedy) broken('nobody has more tickets than allowed', `member ${greedy.id} has ${greedy.tickets}`);
  }

  /** Anybody can verify every draw that was made. */
  async checkAll(): Promise<void> {
    const draws: { id: string; transcript: string }[] = await this.db.query(
      'SELECT lottery_id AS id, transcript FROM lottery_draw WHERE transcript IS NOT NULL',
    );
    for (const { id, transcript } of draws) {
      if (!verifyTranscript(JSON.parse(transcript)).ok) broken('a draw can be verified', `lottery ${id}`);
    }
  }
}

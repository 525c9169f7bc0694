import { decrypt } from '../../identity/personal-data.ts';
import { insertRows } from '../../platform/db/sql.ts';
import { inTransaction, type Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { newId } from '../../platform/ids.ts';
import { entropyAtHand } from '../entropy/entropy-at-hand.ts';
import { type ListedTicket, openTicketList, ticketsAt } from '../freeze/ticket-list.ts';
import type { Lottery } from '../lottery.entity.ts';
import { lockLottery } from '../lottery.ts';
import { prizeLines } from '../prizes/prize-lines.ts';
import type { Announcement } from '../proof/announcement.ts';
import { sha256 } from '../proof/bytes.ts';
import { type Drawing, draw as drawFrom } from '../proof/draw.ts';
import type { Entropy } from '../proof/entropy.ts';
import { transcriptOf } from '../proof/transcript.ts';
import { setTrouble } from '../set-trouble.ts';
import { seedPurpose } from './commit-seed.ts';
import { readDraw } from './draw-queries.ts';
import type { LotteryDraw } from './lottery-draw.entity.ts';

/**
 * Draws a frozen lottery whose instant has come and whose entropy is at hand, once: writes the transcript and the wins
 * and sets the state to drawn, all in one transaction that has the lottery locked. `missing` when the parties' time is
 * over and too few revealed; `waits` when it is not time yet, or was drawn before.
 */
export function drawLottery({ db, clock, config }: Deps, lotteryId: string): Promise<'drawn' | 'waits' | 'missing'> {
  const now = clock.now();
  return inTransaction(db, async (tx) => {
    const lottery = await lockLottery(tx, lotteryId);
    if (lottery?.state !== 'frozen' || now < lottery.drawsAt) return 'waits';
    const draw = await readDraw(tx, lotteryId, lottery.drawNumber);
    if (draw.announcement === null || draw.drawnAt !== null) return 'waits';
    const entropy = await entropyAtHand(tx, lottery, draw, now);
    if (entropy === 'awaited') return 'waits';
    if (entropy === 'missing') {
      await setTrouble(tx, lotteryId, 'entropy_awaited');
      return 'missing';
    }
    const seed = decrypt(config.personalData, seedPurpose(lotteryId, draw.number), draw.seedCipher);
    const made = await make(tx, lottery, JSON.parse(draw.announcement), Buffer.from(seed, 'hex'), entropy);
    await insertWins(tx, lottery, draw, made);
    await tx.query(
      'UPDATE lottery_draw SET transcript = ?, transcript_hash = ?, drawn_at = ? WHERE lottery_id = ? AND number = ?',
      [made.transcript, sha256(made.transcript), now, lotteryId, draw.number],
    );
    await tx.query("UPDATE lottery SET state = 'drawn', trouble = NULL WHERE id = ?", [lotteryId]);
    return 'drawn';
  });
}

interface Made {
  drawing: Drawing;
  /** Every ticket that was drawn, by its index. */
  tickets: ReadonlyMap<number, ListedTicket>;
  /** As it is published. */
  transcript: string;
}

async function make(
  tx: Tx,
  lottery: Lottery,
  announcement: Announcement,
  seed: Buffer,
  entropy: Entropy,
): Promise<Made> {
  const list = await openTicketList(tx, lottery);
  const tickets = new Map<number, ListedTicket>();
  const drawing = await drawFrom(announcement, seed, entropy, async (indices) => {
    const found = await ticketsAt(tx, list, indices);
    for (const ticket of found) tickets.set(ticket.index, ticket);
    return found;
  });
  const proofs = new Map([...tickets].map(([index, { proof }]) => [index, proof]));
  return { drawing, tickets, transcript: JSON.stringify(transcriptOf(announcement, seed, entropy, drawing, proofs)) };
}

async function insertWins(tx: Tx, { id }: Lottery, draw: LotteryDraw, { drawing, tickets }: Made): Promise<void> {
  const lines = await prizeLines(tx, id, draw.prizes);
  await insertRows(
    tx,
    'lottery_win',
    [
      'id',
      'lottery_id',
      'draw_number',
      'place',
      'prize_number',
      'ticket_index',
      'grant_id',
      'ticket',
      'member_id',
      'state',
    ],
    drawing.winners.map(({ place, prize, index }) => {
      const { grantId, number, memberId } = tickets.get(index)!;
      return [
        newId(),
        id,
        draw.number,
        place,
        lines[prize - 1]!.number,
        index,
        grantId,
        number,
        memberId,
        'provisional',
      ];
    }),
  );
}

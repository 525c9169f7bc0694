import { inTransaction, type Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { haveAllCommitted } from '../freeze/freeze-lottery.ts';
import type { Lottery } from '../lottery.entity.ts';
import { lockLottery } from '../lottery.ts';
import { prizeLines, tierName } from '../prizes/prize-lines.ts';
import { ALGORITHM, ANNOUNCEMENT_FORMAT, type Announcement, type ExcludedHolder } from '../proof/announcement.ts';
import { type Canonical, canonicalJson } from '../proof/canonical.ts';
import { QUICKNET, roundAt, timeOfRound } from '../proof/drand.ts';
import type { EntropySource } from '../proof/entropy.ts';
import { holderOf } from '../proof/ticket.ts';
import { setTrouble } from '../set-trouble.ts';
import { partiesOfDraw, readDraw } from './draw-queries.ts';
import type { LotteryDraw } from './lottery-draw.entity.ts';

/** A round of drand that is named must lie so many minutes ahead: nobody may know it by then. */
const AHEAD_MS = 10 * 60_000;

/**
 * Announces the draw that a frozen and counted lottery is at: writes down once and for all what decides it but for the
 * seed and the entropy, while there is no entropy yet. A round of drand that has been made meanwhile, because nothing
 * ran, is replaced by one to come. A draw with reveals waits until every party has committed itself (parties_missing).
 * Whether it is new.
 */
export function announceDraw({ db, clock }: Deps, lotteryId: string): Promise<boolean> {
  const now = clock.now();
  return inTransaction(db, async (tx) => {
    const lottery = await lockLottery(tx, lotteryId);
    if (lottery?.state !== 'frozen' || lottery.root === null) return false;
    const draw = await readDraw(tx, lottery.id, lottery.drawNumber);
    if (draw.announcement !== null) return false;
    if (lottery.entropy === 'reveals' && !(await haveAllCommitted(tx, lotteryId, draw.number))) {
      await setTrouble(tx, lotteryId, 'parties_missing');
      return false;
    }
    const announcedAt = latest(now, draw.committedAt, lottery.frozenAt!);
    const round = lottery.entropy === 'drand' ? roundToCome(draw, announcedAt) : null;
    const announcement: Announcement = {
      ...(await whatIsDrawn(tx, lottery, draw)),
      announcedAt: announcedAt.toISOString(),
      source: await sourceOf(tx, draw, round),
    };
    await tx.query(
      `UPDATE lottery_draw SET announcement = ?, announced_at = ?, drand_round = ?, reveal_until = ?
       WHERE lottery_id = ? AND number = ?`,
      [
        canonicalJson(announcement as unknown as Canonical),
        announcedAt,
        round,
        lottery.entropy === 'reveals' ? revealUntil(lottery, announcedAt) : null,
        lottery.id,
        draw.number,
      ],
    );
    await setTrouble(tx, lotteryId, null);
    return true;
  });
}

/** A clock that was set back must not tell that the draw was announced before its list was frozen. */
function latest(...instants: Date[]): Date {
  return new Date(Math.max(...instants.map((instant) => instant.getTime())));
}

/** The round that was named, or where it is made already, another one to come. */
function roundToCome({ drandRound }: LotteryDraw, now: Date): number {
  return drandRound !== null && timeOfRound(drandRound) > now
    ? drandRound
    : roundAt(new Date(now.getTime() + AHEAD_MS));
}

/** The parties have so many hours from the instant of the draw, or from now where that is over. */
function revealUntil({ drawsAt, revealHours }: Lottery, now: Date): Date {
  return new Date(Math.max(drawsAt.getTime(), now.getTime()) + revealHours * 3_600_000);
}

async function whatIsDrawn(
  tx: Tx,
  lottery: Lottery,
  draw: LotteryDraw,
): Promise<Omit<Announcement, 'announcedAt' | 'source'>> {
  const [programme]: { name: string }[] = await tx.query('SELECT name FROM programme WHERE id = ?', [
    lottery.programmeId,
  ]);
  const prizes = await prizeLines(tx, lottery.id, draw.prizes);
  return {
    format: ANNOUNCEMENT_FORMAT,
    algorithm: ALGORITHM,
    lottery: { id: lottery.id, name: lottery.name, programme: programme!.name, period: lottery.month },
    drawNumber: draw.number,
    commitment: { hash: draw.seedCommitment.toString('hex'), publishedAt: draw.committedAt.toISOString() },
    frozen: { root: lottery.root!.toString('hex'), count: lottery.ticketCount!, at: lottery.frozenAt!.toISOString() },
    prizes: prizes.map(({ tier, name, quantity }) => ({ tier: tierName(tier), what: name, quantity })),
    excluded: await earlierWinners(tx, lottery.id, draw.number),
  };
}

/** Who won in an earlier draw of the lottery, whatever became of it, wins in no later one. */
async function earlierWinners(tx: Tx, lotteryId: string, before: number): Promise<ExcludedHolder[]> {
  const rows: { drawNumber: number; place: number; memberId: string }[] = await tx.query(
    `SELECT draw_number AS drawNumber, place, member_id AS memberId FROM lottery_win
     WHERE lottery_id = ? AND draw_number < ? ORDER BY draw_number, place`,
    [lotteryId, before],
  );
  return rows.map(({ memberId, ...won }) => ({ holder: holderOf(lotteryId, memberId).toString('hex'), ...won }));
}

async function sourceOf(tx: Tx, draw: LotteryDraw, round: number | null): Promise<EntropySource> {
  if (round !== null) return { kind: 'drand', chain: QUICKNET.chain, round };
  const parties = await partiesOfDraw(tx, draw);
  return {
    kind: 'reveals',
    parties: parties.map(({ name, commitment }) => ({ name, commitment: commitment!.toString('hex') })),
  };
}

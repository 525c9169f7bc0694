import { post } from '../../ledger/post.ts';
import { canBeGiven, giveVouchers } from '../../marketplace/give-vouchers.ts';
import { findSoldOffers } from '../../marketplace/offers/find-sold-offers.ts';
import { updateRows } from '../../platform/db/sql.ts';
import { inTransaction, type Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { type Points, pointsFromSql } from '../../platform/points.ts';
import { expiryOf } from '../../rules/points-life.ts';
import { programmeTerms } from '../../unions/standing.ts';
import { lockLottery } from '../lottery.ts';

const WINS_AT_ONCE = 500;

/** A win that is to be paid, with all columns that its row must have. */
interface DueWin {
  id: string;
  lotteryId: string;
  drawNumber: number;
  place: number;
  prizeNumber: number;
  ticketIndex: number;
  grantId: string;
  ticket: number;
  memberId: string;
  memberState: 'active' | 'left';
  points: Points;
  offerId: string | null;
}

/** What became of a win. */
type Ending =
  | { state: 'paid'; transferId: string | null; redemptionId: string | null }
  | { state: 'lapsed'; reason: string };

const HAS_LEFT: Ending = { state: 'lapsed', reason: '中奖会员已离会' };
const OFFER_OVER: Ending = { state: 'lapsed', reason: '奖品券的使用期已过' };

/**
 * Pays the points and vouchers of a lottery that are due, in batches. The prize of a member who has left lapses, and so
 * does a voucher that could not be used any more; that of a frozen member waits. Each win is paid once, however often
 * and on however many machines this runs. Resolves with how many wins came to their end.
 */
export async function payPrizes(deps: Deps, lotteryId: string): Promise<number> {
  let paid = 0;
  for (const kind of ['points', 'voucher'] as const) {
    for (;;) {
      const count = await inTransaction(deps.db, (tx) => payBatch(tx, deps, lotteryId, kind));
      if (count === 0) break;
      paid += count;
    }
  }
  return paid;
}

async function payBatch(tx: Tx, deps: Deps, lotteryId: string, kind: 'points' | 'voucher'): Promise<number> {
  const now = deps.clock.now();
  const lottery = await lockLottery(tx, lotteryId);
  if (!lottery || lottery.state === 'void') return 0;
  const wins = await dueWins(tx, lotteryId, kind);
  if (wins.length === 0) return 0;
  const here = wins.filter(({ memberState }) => memberState === 'active');
  const endings =
    kind === 'points' ? await payPoints(tx, lottery.programmeId, here, now) : await payVouchers(tx, deps, here, now);
  await endWins(tx, wins, endings, now);
  return wins.length;
}

async function dueWins(tx: Tx, lotteryId: string, kind: 'points' | 'voucher'): Promise<DueWin[]> {
  const rows: DueWin[] = await tx.query(
    `SELECT w.id, w.lottery_id AS lotteryId, w.draw_number AS drawNumber, w.place, w.prize_number AS prizeNumber,
            w.ticket_index AS ticketIndex, w.grant_id AS grantId, w.ticket, w.member_id AS memberId,
            m.state AS memberState, p.points, p.offer_id AS offerId
     FROM lottery_win w JOIN lottery_prize p ON p.lottery_id = w.lottery_id AND p.number = w.prize_number
     JOIN member m ON m.id = w.member_id
     WHERE w.lottery_id = ? AND w.state = 'due' AND p.kind = ? AND m.state <> 'frozen' ORDER BY w.id LIMIT ?`,
    [lotteryId, kind, WINS_AT_ONCE],
  );
  return rows.map((row) => ({ ...row, points: pointsFromSql(row.points) }));
}

async function payPoints(
  tx: Tx,
  programmeId: string,
  wins: readonly DueWin[],
  now: Date,
): Promise<Map<string, Ending>> {
  const { pointsLiveDays } = (await programmeTerms(tx, [programmeId])).get(programmeId)!;
  const expiresAt = expiryOf({ kind: 'programme' }, pointsLiveDays, now);
  const posted = await post(
    tx,
    wins.map(({ id, memberId, points }) => ({
      programmeId,
      kind: 'prize',
      debit: { kind: 'prizes', ownerId: programmeId },
      credit: { kind: 'member', ownerId: memberId },
      points,
      key: `prize:${id}`,
      causeId: id,
      expiresAt,
    })),
    now,
  );
  return new Map(
    wins.map(({ id }, i) => {
      const outcome = posted[i]!;
      if (!outcome.ok) throw new Error(`the prizes account cannot refuse, and did: ${outcome.refusal.code}`);
      return [id, { state: 'paid', transferId: outcome.value.transferId, redemptionId: null }];
    }),
  );
}

async function payVouchers(tx: Tx, { config }: Deps, wins: readonly DueWin[], now: Date): Promise<Map<string, Ending>> {
  if (wins.length === 0) return new Map();
  const offers = await findSoldOffers(
    tx,
    wins.map(({ offerId }) => offerId!),
    now,
  );
  const givable = wins.filter(({ offerId }) => canBeGiven(offers.get(offerId!)!, now));
  const given = await giveVouchers(
    tx,
    config,
    givable.map(({ id, memberId, offerId, points }) => ({ winId: id, memberId, offerId: offerId!, points })),
    now,
  );
  return new Map(
    wins.map(({ id }) => {
      const voucher = given.get(id);
      return [id, voucher ? { state: 'paid', ...voucher } : OFFER_OVER];
    }),
  );
}

async function endWins(
  tx: Tx,
  wins: readonly DueWin[],
  endings: ReadonlyMap<string, Ending>,
  now: Date,
): Promise<void> {
  const rows = wins.map((win) => {
    const ending = endings.get(win.id) ?? HAS_LEFT;
    const row = [win.id, win.lotteryId, win.drawNumber, win.place, win.prizeNumber, win.ticketIndex, win.grantId];
    const paid = ending.state === 'paid' ? ending : { transferId: null, redemptionId: null };
    const reason = ending.state === 'lapsed' ? ending.reason : null;
    return [
      ...row,
      ...[win.ticket, win.memberId, ending.state, reason, paid.transferId, paid.redemptionId, now, 'system'],
    ];
  });
  const changed = ['state', 'reason', 'transfer_id', 'redemption_id', 'settled_at', 'settled_by'];
  await updateRows(
    tx,
    'lottery_win',
    [
      ...['id', 'lottery_id', 'draw_number', 'place', 'prize_number', 'ticket_index', 'grant_id'],
      ...['ticket', 'member_id', ...changed],
    ],
    rows,
    changed,
  );
}

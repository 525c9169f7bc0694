import { maskName } from '../../identity/personal-data.ts';
import { LONGEST_LABEL, LONGEST_TITLE } from '../../notices/limits.ts';
import { publishNotice } from '../../notices/publish-notice.ts';
import { upheldObjections } from '../../notices/settle-notice.ts';
import { inTransaction, type Tx } from '../../platform/db/transaction.ts';
import type { Deps } from '../../platform/deps.ts';
import { Programme } from '../../unions/programme.entity.ts';
import { LotteryDraw } from '../draw/lottery-draw.entity.ts';
import { transcriptPath } from '../draw/transcript-path.ts';
import type { Lottery } from '../lottery.entity.ts';
import { lockLottery } from '../lottery.ts';
import { setTrouble } from '../set-trouble.ts';
import { STANDING } from './lottery-win.entity.ts';
import { tierName } from './prize-lines.ts';

/** Puts the winners of a lottery that was drawn in notice, as `publishAnswered` does. Whether that is new. */
export function noticeWinners({ db, clock }: Deps, lotteryId: string): Promise<boolean> {
  const now = clock.now();
  return inTransaction(db, async (tx) => {
    const lottery = await lockLottery(tx, lotteryId);
    if (lottery?.state !== 'drawn') return false;
    return publishAnswered(tx, lottery, 'system:lotteries', now);
  });
}

/**
 * `publishWinners`, unless an objection was upheld that the new version would mark as answered although nobody has done
 * anything about it: then the lottery has the trouble objection_upheld. A win that was taken away answers the objections
 * to it. Whether it was published.
 */
export async function publishAnswered(tx: Tx, lottery: Lottery, publishedBy: string, now: Date): Promise<boolean> {
  if (await isAnswerOwed(tx, lottery)) {
    await setTrouble(tx, lottery.id, 'objection_upheld');
    return false;
  }
  await publishWinners(tx, lottery, publishedBy, now);
  return true;
}

async function isAnswerOwed(tx: Tx, { id, noticeId }: Lottery): Promise<boolean> {
  const upheld = noticeId === null ? [] : await upheldObjections(tx, noticeId);
  if (upheld.length === 0) return false;
  const standing: { memberId: string }[] = await tx.query(
    'SELECT member_id AS memberId FROM lottery_win WHERE lottery_id = ? AND state IN (?)',
    [id, STANDING],
  );
  const winners = new Set(standing.map(({ memberId }) => memberId));
  return upheld.some(({ memberId }) => memberId === null || winners.has(memberId));
}

/**
 * Publishes all wins that stand, with masked names, as the first notice of a locked lottery or as the next version of
 * the one that it has, and sets the state to in_notice.
 */
export async function publishWinners(tx: Tx, lottery: Lottery, publishedBy: string, now: Date): Promise<void> {
  const { unionId } = await tx.findOneByOrFail(Programme, { id: lottery.programmeId });
  const noticeId = await publishNotice(
    tx,
    {
      unionId,
      kind: 'lottery',
      subjectId: lottery.id,
      title: `${lottery.name}中奖名单`.slice(0, LONGEST_TITLE),
      about: await aboutDraws(tx, lottery),
      workingDays: lottery.noticeWorkingDays,
      ...(lottery.noticeId !== null && { replaces: lottery.noticeId }),
      lines: await winnerLines(tx, lottery.id),
      publishedBy,
    },
    now,
  );
  await tx.query("UPDATE lottery SET state = 'in_notice', notice_id = ?, trouble = NULL WHERE id = ?", [
    noticeId,
    lottery.id,
  ]);
}

/** How the list came about, so that anyone can check it. */
async function aboutDraws(tx: Tx, { id, ticketCount }: Lottery): Promise<string> {
  const draws = await tx.find(LotteryDraw, { where: { lotteryId: id }, order: { number: 'DESC' }, take: 5 });
  const lines = draws
    .filter(({ transcriptHash }) => transcriptHash !== null)
    .map(
      ({ number, transcriptHash }) =>
        `第 ${number} 次抽取记录：${transcriptPath(id, number)}，SHA-256：${transcriptHash!.toString('hex')}`,
    );
  return [`本次抽奖共 ${ticketCount} 张奖券参加。抽取过程公开，任何人都可以下载抽取记录自行验证。`, ...lines].join(
    '\n',
  );
}

async function winnerLines(tx: Tx, lotteryId: string) {
  const rows: { memberId: string; name: string; union: string; tier: number; prize: string }[] = await tx.query(
    `SELECT w.member_id AS memberId, m.name, u.name AS \`union\`, p.tier, p.name AS prize
     FROM lottery_win w
     JOIN lottery_prize p ON p.lottery_id = w.lottery_id AND p.number = w.prize_number
     JOIN member m ON m.id = w.member_id JOIN union_node u ON u.id = m.union_id
     WHERE w.lottery_id = ? AND w.state IN (?) ORDER BY w.prize_number, w.draw_number, w.place`,
    [lotteryId, STANDING],
  );
  return rows.map(({ memberId, name, union, tier, prize }) => ({
    label: `${maskName(name)}｜${union}`.slice(0, LONGEST_LABEL),
    detail: `${tierName(tier)}：${prize}`,
    memberId,
  }));
}

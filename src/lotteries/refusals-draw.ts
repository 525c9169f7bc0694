import type { Refusal } from '../platform/result.ts';

const refusal = (code: string, zh: string, en: string, at?: string): Refusal => ({
  code,
  message: { zh, en },
  ...(at !== undefined && { at }),
});

export const roundForged = refusal(
  'ROUND_FORGED',
  '签名不是 drand 网络（quicknet）对该轮次的签名。请从公共中继重新复制轮次和签名。',
  'This is not the signature that drand (quicknet) gave that round. Copy round and signature from a public relay again.',
  'signature',
);
export const roundNotAwaited = refusal(
  'ROUND_NOT_AWAITED',
  '本次抽奖现在不等待这一轮随机数。请核对公告中的轮次；已有随机数的无需再交。',
  'The draw does not wait for this round now. Compare with the announced round; one that it has need not be given again.',
  'round',
);
export const revealsNotOpen = refusal(
  'REVEALS_NOT_OPEN',
  '奖券名单和各方承诺值尚未全部公布，现在公开会影响公正。请在公布后再提交。',
  'The list of tickets and all commitments are not public yet. Reveal once they are.',
  'lotteryId',
);
export const revealsClosed = refusal(
  'REVEALS_CLOSED',
  '本次抽取已完成，不再接受随机数。',
  'The draw has been made: no more reveals are taken.',
  'lotteryId',
);
export const revealMade = refusal(
  'REVEAL_MADE',
  '您已公开过随机数，无需再次提交。',
  'You have revealed already; nothing more is needed.',
  'reveal',
);
export const revealNotCommitted = refusal(
  'REVEAL_NOT_COMMITTED',
  '这不是您承诺的随机数：须为 64 位小写十六进制数，且与此前提交的承诺值相符。请核对保存的内容。',
  'These are not the bytes that you committed to: 64 lower-case hexadecimal digits that match your commitment.',
  'reveal',
);
export const winUnknown = refusal(
  'WIN_UNKNOWN',
  '没有这条中奖记录，或它不属于您负责的积分方案。请从名单中重新选择。',
  'There is no such win in the programmes entrusted to you. Choose one from the list.',
  'winId',
);
export const winSettled = refusal(
  'WIN_SETTLED',
  '该奖品已发放、失效或取消，不能再取消资格。',
  'This prize has been given, has lapsed or was taken away already: its winner cannot be disqualified any more.',
  'winId',
);
export const prizeNotToCollect = refusal(
  'PRIZE_NOT_TO_COLLECT',
  '该奖品不在待领取状态：只有公示期满、尚未领取的实物奖可以发放。',
  'This prize does not wait to be collected: only goods of a final result that nobody has had yet can be handed out.',
  'winId',
);
export const prizeLapsed = refusal(
  'PRIZE_LAPSED',
  '领奖期限已过，奖品不能再发放。可重新抽取该奖品。',
  'The time to collect this prize is over. It can be drawn again.',
  'winId',
);
export const notDrawnYet = refusal(
  'NOT_DRAWN_YET',
  '抽奖结果尚未公示，现在不能进行此操作。请在结果公示后再试。',
  'The result is not in notice yet: this can be done once it is.',
  'lotteryId',
);
export const nothingToDraw = refusal(
  'NOTHING_TO_DRAW',
  '没有需要重新抽取的奖品：须有被取消资格或失效、且尚未重抽的中奖名额。',
  'There is no place to draw again: none is disqualified or lapsed that was not drawn again already.',
  'lotteryId',
);
export const lotterySettled = refusal(
  'LOTTERY_SETTLED',
  '本次抽奖已结清，剩余积分已退回，不能再重抽。',
  'This lottery is settled and what was left has been given back: nothing can be drawn again.',
  'lotteryId',
);
export const winsWaiting = refusal(
  'WINS_WAITING',
  '结果尚未最终生效，或还有奖品待发放、待领取、奖券待退款，现在不能结清。',
  'The result is not final, or prizes still wait to be given or collected, or tickets to be refunded.',
  'lotteryId',
);
export const notInNotice = refusal(
  'NOT_IN_NOTICE',
  '结果不在公示期，不能发布新版公示。',
  'The result is not in notice, so there is no version to replace.',
  'lotteryId',
);

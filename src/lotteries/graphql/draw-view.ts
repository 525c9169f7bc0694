import type { LotteryDraw } from '../draw/lottery-draw.entity.ts';
import { transcriptPath } from '../draw/transcript-path.ts';

/** How the fields of a draw are described at both doors. */
export const DRAW_FIELDS = {
  number: '1, and one more each time places are drawn again.',
  commitment: 'SHA-256 of the secret seed in hexadecimal, public since `committedAt`.',
  drandRound: 'The round of drand (quicknet) whose randomness is mixed in; null where parties reveal.',
  revealUntil: 'Where parties reveal: from then on it is drawn without those who have not. Null until it is announced.',
  announcement:
    'The canonical JSON of all that decides the draw but for seed and entropy, public before there was any entropy; null until then.',
  drawnAt: 'Null until it is drawn.',
  transcript: 'Where the whole record of the draw can be had, without signing in; null until it is drawn.',
  transcriptHash: 'SHA-256 of that file in hexadecimal; null until it is drawn.',
};

/** What is shown of a draw, at both doors alike: all of it is public. */
export function drawFields(draw: LotteryDraw) {
  const { lotteryId, number, seedCommitment, committedAt, drandRound, revealUntil, announcement, drawnAt } = draw;
  return {
    ...{ number, committedAt, revealUntil, announcement, drawnAt },
    commitment: seedCommitment.toString('hex'),
    drandRound: drandRound === null ? null : String(drandRound),
    transcript: drawnAt === null ? null : transcriptPath(lotteryId, number),
    transcriptHash: draw.transcriptHash?.toString('hex') ?? null,
  };
}

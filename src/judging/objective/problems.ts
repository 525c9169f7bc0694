import type { Message } from '../../platform/result.ts';
import { quoted } from '../../unions/roster/unreadable.ts';
import { scoreInWords } from '../score.ts';

/** Something wrong with one row of a file of objective scores. */
export interface Problem {
  /** As Excel shows it. */
  row: number;
  code: string;
  message: Message;
}

export type Words = Omit<Problem, 'row'>;

export const candidateUnknown = (text: string): Words => ({
  code: 'CANDIDATE_UNKNOWN',
  message: {
    zh: `评审组里没有编号“${quoted(text)}”，或该对象已退出。请核对编号。`,
    en: `The panel has no candidate of number "${quoted(text)}", or that has withdrawn. Check the number.`,
  },
});

export const rowRepeated = (number: number, first: number): Words => ({
  code: 'ROW_REPEATED',
  message: {
    zh: `编号 ${number} 在第 ${first} 行已经出现，请只保留一行。`,
    en: `Number ${number} stands in row ${first} already. Keep one of the two.`,
  },
});

export const scoreForm = (name: string, text: string): Words => ({
  code: 'SCORE_FORM',
  message: {
    zh: `“${name}”的分数“${quoted(text)}”不是数字，或小数超过三位。`,
    en: `The score "${quoted(text)}" for "${name}" is no number with up to three decimals.`,
  },
});

/** The scale in thousandths. */
export const scoreOffScale = (name: string, scaleMin: number, scaleMax: number): Words => ({
  code: 'SCORE_OFF_SCALE',
  message: {
    zh: `“${name}”的分数须在 ${scoreInWords(scaleMin)} 至 ${scoreInWords(scaleMax)} 之间。`,
    en: `The score for "${name}" must lie between ${scoreInWords(scaleMin)} and ${scoreInWords(scaleMax)}.`,
  },
});

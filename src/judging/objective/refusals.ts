import type { Refusal } from '../../platform/result.ts';
import { LARGEST_FILE } from '../limits.ts';
import type { Problem } from './problems.ts';

export const importTooEarly: Refusal = {
  code: 'PANEL_NOT_SCORING',
  message: {
    zh: '评分还没有开始，指标和编号还会变，请在开始评分后再导入客观分。',
    en: 'Scoring has not begun, and criteria and numbers may change yet. Import objective scores once it has.',
  },
  at: 'panelId',
};

/** A file of which no row was taken; the trial run lists every problem. */
export const rowsWrong = (count: number, { row, message }: Problem): Refusal => ({
  code: 'ROWS_WRONG',
  message: {
    zh: `文件有 ${count} 处问题，整份未导入。第 ${row} 行：${message.zh} 请先试导入查看全部问题，改正后再导入。`,
    en: `The file has ${count} problems, so none of it was imported. Row ${row}: ${message.en} A trial run lists them all.`,
  },
});

export const noScores: Refusal = {
  code: 'NO_SCORES',
  message: {
    zh: '文件里没有任何分数，请填写后再导入。',
    en: 'There is no score in this file. Fill it in, then import it.',
  },
};

export const fileNameMalformed: Refusal = {
  code: 'FILE_NAME_MALFORMED',
  message: { zh: '文件名须为 1 至 200 个字，请改名后重新上传。', en: 'The file name must have 1 to 200 characters.' },
  at: 'fileName',
};

export const fileTooLarge: Refusal = {
  code: 'FILE_TOO_LARGE',
  message: {
    zh: `文件超过 ${LARGEST_FILE / 1_000_000} MB，请拆成几个文件分别导入。`,
    en: `The file is larger than ${LARGEST_FILE / 1_000_000} MB. Split it into several.`,
  },
};

export const fileEmpty: Refusal = {
  code: 'FILE_EMPTY',
  message: { zh: '没有收到文件内容，请重新上传。', en: 'The file is empty. Upload it again.' },
};

export const uploadMalformed: Refusal = {
  code: 'UPLOAD_MALFORMED',
  message: {
    zh: '上传地址须带 panelId（评审组编号）、fileName（文件名）、dryRun（true 或 false），正式导入还须带 key。',
    en: 'The address must carry panelId, fileName, dryRun (true or false) and, to import in earnest, key.',
  },
};

import type { Refusal } from '../../../platform/result.ts';

const refusal = (code: string, zh: string, en: string, at?: string): Refusal => ({
  code,
  message: { zh, en },
  ...(at !== undefined && { at }),
});

/** Also what an import of a union outside the caller's branch answers. */
export const importUnknown = refusal(
  'IMPORT_UNKNOWN',
  '没有这次报名导入，或它不在您的管理范围内，请重新选择。',
  'There is no such import of entries in your branch. Choose one from the list.',
  'id',
);

export const importNotChecked = refusal(
  'IMPORT_NOT_CHECKED',
  '报名表还在检查，请等检查完成后再导入。',
  'The file is still being checked. Import it once the check is done.',
  'id',
);

export const importFailed = refusal(
  'IMPORT_FAILED',
  '这份报名表不能导入，请按提示的原因处理后重新上传。',
  'This file cannot be imported. See to its failure and upload it again.',
  'id',
);

export const importStarted = refusal(
  'IMPORT_STARTED',
  '这份报名表已经开始导入或已导入完成，无需再次操作。',
  'This file is being imported or was imported already; there is nothing left to do.',
  'id',
);

export const uploadMalformed = refusal(
  'UPLOAD_MALFORMED',
  '上传地址须带 competitionId（竞赛编号）、unionId（工会编号）和 fileName（文件名）。',
  'The address must carry competitionId, unionId and fileName.',
);

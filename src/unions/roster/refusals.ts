import type { Refusal } from '../../platform/result.ts';

export const LARGEST_FILE = 50_000_000;

/** Also what an import of a union outside the caller's branch answers. */
export const importUnknown: Refusal = {
  code: 'IMPORT_UNKNOWN',
  message: {
    zh: '没有这次名册导入，或它不在您的管理范围内，请重新选择。',
    en: 'There is no such roster import in your branch. Choose one from the list.',
  },
  at: 'id',
};

export const importNotChecked: Refusal = {
  code: 'IMPORT_NOT_CHECKED',
  message: {
    zh: '名册还在检查，请等检查完成后再导入。',
    en: 'The roster is still being checked. Import it once the check is done.',
  },
  at: 'id',
};

export const importFailed: Refusal = {
  code: 'IMPORT_FAILED',
  message: {
    zh: '这份名册无法读取，不能导入。请按提示的原因修改文件后重新上传。',
    en: 'This roster could not be read. Mend the file as its failure says and upload it again.',
  },
  at: 'id',
};

export const importStarted: Refusal = {
  code: 'IMPORT_STARTED',
  message: {
    zh: '这份名册已经开始导入或已导入完成，无需再次操作。',
    en: 'This roster is being imported or was imported already; there is nothing left to do.',
  },
  at: 'id',
};

export const fileNameMalformed: Refusal = {
  code: 'FILE_NAME_MALFORMED',
  message: {
    zh: '文件名须为 1 至 200 个字，请改名后重新上传。',
    en: 'The file name must have 1 to 200 characters. Rename the file and upload it again.',
  },
  at: 'fileName',
};

export const fileTooLarge: Refusal = {
  code: 'FILE_TOO_LARGE',
  message: {
    zh: `文件超过 ${LARGEST_FILE / 1_000_000} MB。请只保留名册所在的工作表，或按单位拆成几个文件上传。`,
    en: `The file is larger than ${LARGEST_FILE / 1_000_000} MB. Keep only the roster’s sheet, or split it by union.`,
  },
};

export const fileEmpty: Refusal = {
  code: 'FILE_EMPTY',
  message: {
    zh: '没有收到文件内容，请选择文件后重新上传。',
    en: 'The file is empty. Choose the roster and upload it again.',
  },
};

export const uploadMalformed: Refusal = {
  code: 'UPLOAD_MALFORMED',
  message: {
    zh: '上传地址须带 unionId（工会编号）、fileName（文件名）和 full（true 或 false）。',
    en: 'The address must carry unionId, fileName, and full (true or false).',
  },
};

import type { Refusal } from '../../platform/result.ts';

/** Thrown while a file is read: nothing of it can be used, for a reason that is told to the person who uploaded it. */
export class UnreadableRoster extends Error {
  constructor(readonly failure: Refusal) {
    super(failure.code);
  }
}

function unreadable(code: string, zh: string, en: string): UnreadableRoster {
  return new UnreadableRoster({ code, message: { zh, en } });
}

/** Shortens what comes from the file before it goes into a message. */
export function quoted(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

export const passwordProtected = () =>
  unreadable(
    'PASSWORD_PROTECTED',
    '文件设有打开密码。请在 Excel 中取消密码（文件 → 信息 → 保护工作簿），保存后重新上传。',
    'The file is protected by a password. Take the password off in Excel, save, and upload it again.',
  );

export const oldExcel = () =>
  unreadable(
    'OLD_EXCEL',
    '这是旧版 Excel（.xls）格式。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后重新上传。',
    'This is the old Excel format (.xls). Open it, save it as an Excel workbook (.xlsx), and upload that.',
  );

export const notARoster = () =>
  unreadable(
    'NOT_A_ROSTER',
    '这不是 Excel 工作簿（.xlsx）或 CSV 文件。请用 Excel 或 WPS 把名册另存为 .xlsx 后重新上传。',
    'This is neither an Excel workbook (.xlsx) nor a CSV file. Save the roster as .xlsx and upload that.',
  );

export const brokenFile = () =>
  unreadable(
    'BROKEN_FILE',
    '文件已损坏或没有传完整。请用 Excel 或 WPS 打开确认内容无误，重新保存后再上传。',
    'The file is damaged or was cut off. Open it to see that it is whole, save it again, and upload it again.',
  );

export const brokenCsv = (row: number) =>
  unreadable(
    'BROKEN_CSV',
    `CSV 文件第 ${row} 行起引号不配对，无法分辨各列。请检查该行的双引号，或另存为 .xlsx 后重新上传。`,
    `From row ${row} on the quotes of the CSV file do not pair up. Mend that row or save the roster as .xlsx.`,
  );

export const wrongEncoding = () =>
  unreadable(
    'WRONG_ENCODING',
    '文件是 UTF-16 编码的文本。请另存为“CSV UTF-8（逗号分隔）”或 .xlsx 后重新上传。',
    'The file is UTF-16 text. Save it as "CSV UTF-8" or as .xlsx and upload that.',
  );

export const tooMuchInside = () =>
  unreadable(
    'TOO_MUCH_INSIDE',
    '文件解压后的内容过大，无法处理。请只保留名册所在的工作表和需要的列，或拆成几个文件上传。',
    'What the file unpacks to is too large. Keep only the sheet and columns of the roster, or split it into several files.',
  );

export const tooManyRows = (most: number) =>
  unreadable(
    'TOO_MANY_ROWS',
    `名册超过 ${most} 行。请按单位拆成几个文件分别上传。`,
    `The roster has more than ${most} rows. Split it by union into several files.`,
  );

export const noHeadings = () =>
  unreadable(
    'NO_HEADINGS',
    '在第一个工作表的前 20 行里没有找到标题行。标题行须有“姓名”，以及“身份证号”或“工号”，请补上后重新上传。',
    'No row of headings was found in the first 20 rows of the first sheet. It must have 姓名, and 身份证号 or 工号.',
  );

export const headingsMissing = (row: number, zh: string, en: string) =>
  unreadable(
    'HEADINGS_MISSING',
    `第 ${row} 行的标题缺少${zh}。请补上这一列后重新上传。`,
    `The headings in row ${row} lack ${en}. Add that column and upload the file again.`,
  );

export const noRows = () =>
  unreadable('NO_ROWS', '标题行下面没有任何人员。请填写后重新上传。', 'There is nobody below the row of headings.');

export const fileLost = () =>
  unreadable(
    'FILE_LOST',
    '服务器上保存的名册文件已丢失或被改动，导入已停止。请重新上传名册。',
    'The stored roster file is gone or was changed, so the import stopped. Upload the roster again.',
  );

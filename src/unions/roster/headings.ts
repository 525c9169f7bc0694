import type { Cell } from './cell.ts';

/** What a roster can say of a member. */
export type Field =
  | 'name'
  | 'idNumber'
  | 'phone'
  | 'staffNumber'
  | 'union'
  | 'joinedOn'
  | 'unionJoinedOn'
  | 'birthDate'
  | 'sex';

// In order of preference: of two columns for one field, the one whose heading stands first here is read.
export const HEADINGS: Record<Field, readonly string[]> = {
  name: ['姓名', '名字', '会员姓名', '职工姓名', '员工姓名'],
  idNumber: ['身份证号', '身份证号码', '公民身份号码', '身份证', '证件号码', '证件号'],
  phone: ['手机号', '手机号码', '手机', '移动电话', '联系电话', '联系方式', '电话'],
  staffNumber: ['工号', '员工号', '员工编号', '职工编号', '职工号'],
  union: ['工会', '所属工会', '工会名称', '单位', '所属单位', '单位名称', '工作单位', '部门', '所属部门'],
  joinedOn: ['入职日期', '入职时间', '参加工作时间', '参加工作日期'],
  unionJoinedOn: ['入会日期', '入会时间', '加入工会日期', '加入工会时间'],
  birthDate: ['出生日期', '出生年月日', '生日'],
  sex: ['性别'],
};

/** A heading as it is compared: narrow signs, without spaces, stars, colons and what stands in brackets. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\([^)]*\)|\[[^\]]*\]|【[^】]*】/g, '')
    .replace(/[\s\p{Cf}*:_、]/gu, '');
}

/** Which column holds which field, when this row were the row of headings; the fields of a roster when not said. */
export function columnsOf<F extends string = Field>(
  cells: readonly (Cell | undefined)[],
  headings: Record<F, readonly string[]> = HEADINGS as Record<string, readonly string[]>,
): Partial<Record<F, number>> {
  const texts = cells.map((cell) => (cell === undefined ? '' : plain(cell.text)));
  const columns: Partial<Record<F, number>> = {};
  for (const field of Object.keys(headings) as F[]) {
    const heading = headings[field].find((one) => texts.includes(one));
    if (heading !== undefined) columns[field] = texts.indexOf(heading);
  }
  return columns;
}

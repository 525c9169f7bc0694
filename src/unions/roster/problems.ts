import { maskIdNumber, maskPhone } from '../../identity/personal-data.ts';
import type { Message } from '../../platform/result.ts';
import { quoted } from './unreadable.ts';

/** Something wrong with one row: under which heading, and what to do about it. Personal values are masked. */
export interface Problem {
  /** The heading as the file spells it; empty when it concerns the whole row. */
  heading: string;
  code: string;
  message: Message;
}

type Words = Omit<Problem, 'heading'>;

function words(code: string, zh: string, en: string): Words {
  return { code, message: { zh, en } };
}

/** Row numbers as a list, five at the most. */
function rowList(rows: readonly number[]): string {
  return rows.length > 5 ? `${rows.slice(0, 5).join(', ')} …` : rows.join(', ');
}

export const nameMissing = words('NAME_MISSING', '姓名为空，请填写姓名。', 'The name is missing. Fill it in.');

export const nameTooLong = (most: number) =>
  words(
    'NAME_TOO_LONG',
    `姓名超过 ${most} 个字，请检查是否填错了列。`,
    `The name is longer than ${most} characters. Check whether it is in the right column.`,
  );

export const cellBroken = words(
  'CELL_BROKEN',
  '单元格里是公式错误（如 #N/A）或乱码，请改为正确的内容。',
  'The cell holds an error of a formula (such as #N/A) or characters that cannot be read. Put the right value in.',
);

export const identityMissing = words(
  'IDENTITY_MISSING',
  '身份证号和工号都没有填，无法确定是哪一位会员。请至少填一项。',
  'Neither ID number nor staff number is given, so nobody can tell which member this is. Give one of them at least.',
);

export const idNumberByExcel = words(
  'ID_NUMBER_BY_EXCEL',
  'Excel 把身份证号当成了数字，末几位已经丢失。请先把这一列设为“文本”格式，再重新填写完整的身份证号。',
  'Excel took the ID number for a number and lost its last digits. Format the column as text, then type it in again.',
);

export const idNumberForm = (text: string) =>
  words(
    'ID_NUMBER_FORM',
    `身份证号应为 18 位（前 17 位是数字，末位是数字或 X），这里是 ${text.length} 位：${maskIdNumber(text.slice(0, 40))}。请核对。`,
    `An ID number has 18 characters (17 digits, then a digit or X); here are ${text.length}: ${maskIdNumber(text.slice(0, 40))}.`,
  );

export const idNumberCheckDigit = (text: string) =>
  words(
    'ID_NUMBER_CHECK_DIGIT',
    `身份证号 ${maskIdNumber(text)} 的校验位不对，至少有一位填错了。请对照证件核对。`,
    `The check digit of ID number ${maskIdNumber(text)} is wrong: some digit was mistyped. Compare it with the card.`,
  );

export const idNumberBirthDate = (text: string) =>
  words(
    'ID_NUMBER_BIRTH_DATE',
    `身份证号 ${maskIdNumber(text)} 第 7 至 14 位不是可能的出生日期。请对照证件核对。`,
    `Digits 7 to 14 of ID number ${maskIdNumber(text)} are no possible birth date. Compare it with the card.`,
  );

export const birthDateDiffers = words(
  'BIRTH_DATE_DIFFERS',
  '出生日期与身份证号中的不一致。请核对两处，改正填错的一处，或把出生日期留空。',
  'The birth date is not the one in the ID number. Mend the one that is wrong, or leave the birth date empty.',
);

export const sexDiffers = words(
  'SEX_DIFFERS',
  '性别与身份证号中的不一致。请核对两处，改正填错的一处，或把性别留空。',
  'The sex is not the one in the ID number. Mend the one that is wrong, or leave the sex empty.',
);

export const sexUnknown = words('SEX_UNKNOWN', '性别请填“男”或“女”。', 'Write 男 or 女 for the sex.');

export const phoneForm = (text: string) =>
  words(
    'PHONE_FORM',
    `手机号应为 1 开头的 11 位数字，这里是：${maskPhone(text.slice(0, 30))}。请核对，没有手机号可留空。`,
    `A mobile number has 11 digits and begins with 1; here is ${maskPhone(text.slice(0, 30))}. Mend it or leave it empty.`,
  );

export const staffNumberForm = words(
  'STAFF_NUMBER_FORM',
  '工号须为 1 至 40 个字母、数字、汉字或 . _ / # ( ) -，且不能是 Excel 的科学计数。请核对。',
  'A staff number has 1 to 40 letters, digits, Chinese characters or . _ / # ( ) - and is not in the form 1.2E+17.',
);

export const dayForm = words(
  'DAY_FORM',
  '无法认出这个日期。请写成 2019-03-05、2019/3/5、2019年3月5日 或 20190305。',
  'This is no date that can be read. Write it as 2019-03-05, 2019/3/5, 2019年3月5日 or 20190305.',
);

export const dayImpossible = words(
  'DAY_IMPOSSIBLE',
  '日期不合理：早于 1900 年或晚于今天。请核对。',
  'The date cannot be right: it is before 1900 or after today.',
);

export const joinedBeforeBirth = words(
  'JOINED_BEFORE_BIRTH',
  '入职日期早于出生日期。请核对两处。',
  'The person joined before being born. Check both dates.',
);

export const unionJoinedBeforeBirth = words(
  'UNION_JOINED_BEFORE_BIRTH',
  '入会日期早于出生日期。请核对两处。',
  'The person joined the union before being born. Check both dates.',
);

export const unionUnknown = (name: string) =>
  words(
    'UNION_UNKNOWN',
    `在您的工会及其下级中没有“${quoted(name)}”。请核对名称，或先在系统中建立这个工会，再重新上传。`,
    `Your union's branch has no "${quoted(name)}". Check the name, or make that union first and upload the file again.`,
  );

export const unionAmbiguous = (name: string) =>
  words(
    'UNION_AMBIGUOUS',
    `有多个工会叫“${quoted(name)}”。请连同上级一起写，例如：甲公司/${quoted(name)}。`,
    `Several unions are called "${quoted(name)}". Write it with the union above it, such as 甲公司/${quoted(name)}.`,
  );

export const duplicateIdNumber = (rows: readonly number[]) =>
  words(
    'DUPLICATE_ID_NUMBER',
    `同一个身份证号出现在第 ${rowList(rows)} 行。请只保留正确的一行。`,
    `The same ID number stands in rows ${rowList(rows)}. Keep only the row that is right.`,
  );

export const duplicatePhone = (rows: readonly number[]) =>
  words(
    'DUPLICATE_PHONE',
    `同一个手机号出现在第 ${rowList(rows)} 行。一个手机号只能属于一名会员，请核对，不确定的可留空。`,
    `The same phone number stands in rows ${rowList(rows)}. It can belong to one member only; leave it empty if in doubt.`,
  );

export const duplicateStaffNumber = (rows: readonly number[]) =>
  words(
    'DUPLICATE_STAFF_NUMBER',
    `同一工会的同一个工号出现在第 ${rowList(rows)} 行。请核对工号。`,
    `The same staff number of the same union stands in rows ${rowList(rows)}. Check the staff numbers.`,
  );

export const sameMember = (rows: readonly number[]) =>
  words(
    'SAME_MEMBER',
    `按已登记的身份证号和工号，第 ${rowList(rows)} 行是同一名会员。请合并成一行；如果工号已换人使用，请在只写工号的那一行补上身份证号。`,
    `By the ID numbers and staff numbers on record, rows ${rowList(rows)} are the same member. Make them one row, or give the ID number of whoever has the staff number now.`,
  );

export const outsideBranch = words(
  'OUTSIDE_BRANCH',
  '这个身份证号已登记在您管理范围以外的工会。请先请上级工会办理转会，再导入。',
  'This ID number is on the roll of a union outside your branch. Have the member moved to your union first.',
);

export const conflict = words(
  'CONFLICT',
  '身份证号与工号对应的不是同一名会员。请核对这两项；如需更正已登记的信息，请先在会员资料中修改。如果这份名册给原来用这个工号的会员换了工号，导入后再上传一次即可。',
  'The ID number and the staff number are not of the same member. Check both, or mend the member’s record first. When this roster gives the former holder another staff number, import it, then upload it once more.',
);

export const phoneTaken = words(
  'PHONE_TAKEN',
  '这个手机号已登记在另一名会员名下。请核对，不确定的可留空。',
  'This phone number is on record for another member. Check it, or leave it empty.',
);

export const memberLeft = words(
  'MEMBER_LEFT',
  '这名会员已登记为离会。请先在会员资料中恢复其会籍，再导入。',
  'This member is on record as having left. Take the member back first, then import the row.',
);

import type { EntityManager } from 'typeorm';
import { insertRows } from '../../../platform/db/sql.ts';
import type { Problem } from '../../../unions/roster/problems.ts';
import { quoted } from '../../../unions/roster/unreadable.ts';

type Words = Omit<Problem, 'heading'>;

function words(code: string, zh: string, en: string): Words {
  return { code, message: { zh, en } };
}

export const notOnRoll = words(
  'NOT_ON_ROLL',
  '在会员名册中没有找到这个人。请核对身份证号或工号，或先导入会员名册。',
  'This person is not on the roll. Check the ID number or staff number, or import the roster first.',
);

/** The name is compared because a mistyped staff number is somebody else's. */
export const nameDiffers = words(
  'NAME_DIFFERS',
  '姓名与会员名册中此身份证号或工号的姓名不一致。请核对是否填错了人。',
  'The name is not the one on record for this ID number or staff number. Check whether the right person is meant.',
);

export const sameMemberAbove = (row: number): Words =>
  words(
    'SAME_MEMBER',
    `与第 ${row} 行是同一人，同一人只能报名一次、只能在一支队伍中。请删去一处。`,
    `This is the same person as in row ${row}: everybody takes part once, and in one team. Take one of them away.`,
  );

export const teamNotWhole = words(
  'TEAM_NOT_WHOLE',
  '这支队伍中有的行有问题，改正之前整支队伍都不报名。',
  'Some row of this team has a problem; until that is mended the whole team is not entered.',
);

export const teamMissing = words('TEAM_MISSING', '请填写队名。', 'Write the name of the team.');

export const teamTooLong = (most: number): Words =>
  words('TEAM_TOO_LONG', `队名超过 ${most} 个字，请缩短。`, `The name of the team is longer than ${most} characters.`);

export const roleUnknown = (text: string): Words =>
  words(
    'ROLE_UNKNOWN',
    `角色“${quoted(text)}”无法识别，请填写“队长”“队员”或“替补”。`,
    `"${quoted(text)}" is no role. Write 队长, 队员 or 替补.`,
  );

export const divisionMissing = (names: readonly string[]): Words =>
  words('DIVISION_UNKNOWN', `请填写参赛组别：${names.join('、')}。`, `Write the division: ${names.join(', ')}.`);

export const divisionDiffers = words(
  'DIVISION_DIFFERS',
  '同一支队伍的组别不一致，请改为同一个组别。',
  'The rows of one team name different divisions. Write the same one.',
);

/** A row's problems, numbered from 1 when they are written. */
export interface RowProblems {
  row: number;
  problems: readonly Problem[];
}

// What the columns take.
const LONGEST_HEADING = 60;
const LONGEST_MESSAGE = 1000;

/** Writes down the problems of rows. */
export async function writeProblems(tx: EntityManager, importId: string, rows: readonly RowProblems[]): Promise<void> {
  await insertRows(
    tx,
    'entry_import_problem',
    ['import_id', 'row_no', 'number', 'heading', 'code', 'message_zh', 'message_en'],
    rows.flatMap(({ row, problems }) =>
      problems.map(({ heading, code, message: { zh, en } }, i) => [
        ...[importId, row, i + 1, heading.slice(0, LONGEST_HEADING), code],
        ...[zh.slice(0, LONGEST_MESSAGE), en.slice(0, LONGEST_MESSAGE)],
      ]),
    ),
  );
}

import { expect, test } from 'vitest';
import { aMember, anAdmin, aTree, aUnion } from '../tree.ts';
import { csv, gb18030, inventedId, inventedPhone, xlsx } from './files.ts';
import { check, figures, problemRows } from './people.ts';

const HEADINGS = ['姓名', '身份证号', '手机号', '工号', '单位', '入职日期', '出生日期', '性别'];

async function scene() {
  const tree = await aTree();
  const { deps, east } = tree;
  const caller = await anAdmin(deps, [east]);
  /** Checks rows below the usual headings; the first is row 2. */
  const problemsOf = async (...rows: string[][]) => (await check(deps, caller, east, [HEADINGS, ...rows])).problems;
  return { ...tree, caller, problemsOf };
}

test('a roster without fault is checked, counted and touches nobody', async () => {
  const { deps, east, caller } = await scene();
  const rows = [
    ['测试甲', inventedId(1), inventedPhone(1), 'A1', '东厂工会', '2019-03-05', '1990-03-07', '男'],
    ['测试乙', inventedId(2), '', '', '', '', '', ''],
    ['测试丙', '', '', 'A1', '东市总工会', '', '', '女'],
  ];
  for (const content of [[HEADINGS, ...rows], gb18030(csv([HEADINGS, ...rows])), await xlsx([HEADINGS, ...rows])]) {
    const { one, problems } = await check(deps, caller, east, content);
    expect(problems).toEqual([]);
    expect(one).toMatchObject({ state: 'checked', rowsRead: 3, rowsBad: 0, rowsDone: 0, finishedAt: null });
  }
  expect(await deps.db.query('SELECT COUNT(*) AS n FROM member')).toEqual([{ n: 0 }]);
});

// Each row's value stands under the heading; the rest of the row is right.
test.for<[what: string, heading: string, value: string, code: string]>([
  ['no name', '姓名', '', 'NAME_MISSING'],
  ['a name longer than any', '姓名', '长'.repeat(81), 'NAME_TOO_LONG'],
  ['an error of a formula', '姓名', '#N/A', 'CELL_BROKEN'],
  ['characters that were lost', '姓名', '测试\uFFFD', 'CELL_BROKEN'],
  ['an ID number in scientific notation', '身份证号', '1.10101E+17', 'ID_NUMBER_BY_EXCEL'],
  ['an ID number of fifteen digits', '身份证号', '110101900307001', 'ID_NUMBER_FORM'],
  ['an ID number of nineteen digits', '身份证号', `${inventedId(1)}1`, 'ID_NUMBER_FORM'],
  [
    'an ID number whose check digit is wrong',
    '身份证号',
    '11010519491231002X'.replace('2X', '3X'),
    'ID_NUMBER_CHECK_DIGIT',
  ],
  ['an ID number with a birth date that never was', '身份证号', inventedId(1, '1990-02-30'), 'ID_NUMBER_BIRTH_DATE'],
  ['an ID number with a birth date to come', '身份证号', inventedId(1, '2026-08-04'), 'ID_NUMBER_BIRTH_DATE'],
  ['a birth date other than the ID number’s', '出生日期', '1990-03-08', 'BIRTH_DATE_DIFFERS'],
  ['a sex other than the ID number’s', '性别', '女', 'SEX_DIFFERS'],
  ['a sex that is none', '性别', '不详', 'SEX_UNKNOWN'],
  ['a phone number that is short', '手机号', '1390000000', 'PHONE_FORM'],
  ['a phone number in scientific notation', '手机号', '1.39E+10', 'PHONE_FORM'],
  ['a landline', '手机号', '010-12345678', 'PHONE_FORM'],
  ['a staff number in scientific notation', '工号', '2.02E+15', 'STAFF_NUMBER_FORM'],
  ['a staff number with strange signs', '工号', 'A1😀', 'STAFF_NUMBER_FORM'],
  ['a date that is none', '入职日期', '2019-02-30', 'DAY_FORM'],
  ['a date to come', '入职日期', '2026-08-04', 'DAY_IMPOSSIBLE'],
  ['a date before anyone’s time', '入职日期', '1899-12-31', 'DAY_IMPOSSIBLE'],
  ['a first day at work before birth', '入职日期', '1990-03-06', 'JOINED_BEFORE_BIRTH'],
  ['a union that is not there', '单位', '北厂工会', 'UNION_UNKNOWN'],
  ['a union of another branch', '单位', '西厂工会', 'UNION_UNKNOWN'],
])('%s is a problem under its heading', async ([, heading, value, code]) => {
  const { problemsOf } = await scene();
  const right = ['测试甲', inventedId(1), inventedPhone(1), 'A1', '东厂工会', '2019-03-05', '1990-03-07', '男'];
  const row = right.map((text, i) => (HEADINGS[i] === heading ? value : text));
  // What an ID number says of birth and sex cannot be compared when the ID number itself is wrong.
  expect(await problemsOf(row)).toEqual([`2 ${heading} ${code}`]);
});

test.for<[what: string, value: string, code: string]>([
  ['a date that is none', '2019-02-30', 'DAY_FORM'],
  ['a date to come', '2026-08-04', 'DAY_IMPOSSIBLE'],
  ['a date before birth', '1990-03-06', 'UNION_JOINED_BEFORE_BIRTH'],
])(
  'a day of joining the union with %s is a problem under its heading, whatever the file calls it',
  async ([, value, code]) => {
    const { deps, east, caller } = await scene();
    for (const heading of ['入会日期', '入会时间', '加入工会日期', '加入工会时间']) {
      const rows = [
        ['姓名', '身份证号', heading],
        ['测试甲', inventedId(1), value],
        ['测试乙', inventedId(2), '2019年3月5日'],
      ];
      expect((await check(deps, caller, east, rows)).problems).toEqual([`2 ${heading} ${code}`]);
    }
  },
);

test('a row without ID number and staff number names nobody', async () => {
  const { problemsOf } = await scene();
  expect(await problemsOf(['测试甲', '', inventedPhone(1), '', '', '', '', ''])).toEqual([
    '2 身份证号 IDENTITY_MISSING',
  ]);
});

test('numbers that a workbook keeps as numbers: an ID number is a problem, phone, staff number and date are read', async () => {
  const { deps, east, caller } = await scene();
  const rows = [
    ['姓名', '身份证号', '手机号', '工号', '入职日期'],
    ['测试甲', 110101199003070000, null, 7, null],
    ['测试乙', null, 13900000001, 20260001, new Date('2019-03-05T00:00:00Z')],
  ];
  const { problems } = await check(deps, caller, east, await xlsx(rows));
  expect(problems).toEqual(['2 身份证号 ID_NUMBER_BY_EXCEL']);
});

test('values are found however they are dressed: full-width, spaced, with marks that are not seen or keep Excel off', async () => {
  const { problemsOf } = await scene();
  const id = inventedId(1);
  const wide = id.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
  expect(
    await problemsOf(
      [
        '测　试',
        `'${wide}`,
        '\u202D+86 139-0000-0001\u202C',
        '\tA1',
        ' 东厂 工会 ',
        '２０１９年３月５日',
        '1990/3/7',
        ' 男',
      ],
      ['测试乙', `="${inventedId(2)}"`, '', 'A２', '东市总工会/东厂工会', '43529', '', ''],
      ['测试丙', inventedId(3).toLowerCase(), '', 'a3', '省总工会／东市总工会／东厂工会', '20190305', '', ''],
    ),
  ).toEqual([]);
});

test('a name that two unions of the branch have is asked to be written with the one above', async () => {
  const { deps, east, eastWorks, problemsOf } = await scene();
  const other = await aUnion(deps, east, '东新厂工会');
  await aUnion(deps, eastWorks, '一车间');
  await aUnion(deps, other, '一车间');
  const person = (i: number, union: string) => [`测试${i}`, inventedId(i), '', '', union, '', '', ''];
  expect(
    await problemsOf(
      person(1, '一车间'),
      person(2, '东厂工会/一车间'),
      person(3, '东新厂工会/一车间'),
      person(4, '西厂工会/一车间'),
    ),
  ).toEqual(['2 单位 UNION_AMBIGUOUS', '5 单位 UNION_UNKNOWN']);
});

test('one value in several rows is a problem of each of them, and each tells all the rows', async () => {
  const { deps, east, caller } = await scene();
  const { id, problems } = await check(deps, caller, east, [
    HEADINGS,
    ['测试甲', inventedId(1), inventedPhone(1), 'A1', '东厂工会', '', '', ''],
    ['测试乙', inventedId(1), '', 'a1', '东市总工会', '', '', ''],
    ['测试丙', inventedId(3), inventedPhone(1), 'a1', '', '', '', ''],
    ['测试丁', inventedId(4), inventedPhone(4), 'A1', '北厂工会', '', '', ''],
  ]);
  expect(problems).toEqual([
    '2 身份证号 DUPLICATE_ID_NUMBER',
    '2 手机号 DUPLICATE_PHONE',
    '3 身份证号 DUPLICATE_ID_NUMBER',
    '3 工号 DUPLICATE_STAFF_NUMBER',
    '4 手机号 DUPLICATE_PHONE',
    '4 工号 DUPLICATE_STAFF_NUMBER',
    '5 单位 UNION_UNKNOWN',
  ]);
  const rows = (await problemRows({ ...deps }, id)).map(({ message }) => /\d, \d/.exec(message.zh)?.[0]);
  expect(rows).toEqual(['2, 3', '2, 4', '2, 3', '3, 4', '2, 4', '3, 4', undefined]);
});

test('who is on record elsewhere, has left, or holds the phone or the staff number, stands in the way', async () => {
  const { deps, east, eastWorks, westWorks, problemsOf } = await scene();
  await aMember(deps, westWorks, { idNumber: inventedId(1), phone: inventedPhone(1) });
  await aMember(deps, eastWorks, { idNumber: inventedId(2), staffNumber: 'A2', state: 'left' });
  await aMember(deps, eastWorks, { idNumber: inventedId(3), staffNumber: 'A3' });
  await aMember(deps, eastWorks, { idNumber: inventedId(4), staffNumber: 'A4', phone: inventedPhone(4) });
  await aMember(deps, east, { staffNumber: 'A5' });
  const row = (id: string, phone: string, staff: string, union = '东厂工会') => [
    '测试',
    id,
    phone,
    staff,
    union,
    '',
    '',
    '',
  ];
  expect(
    await problemsOf(
      row(inventedId(1), '', 'A1'),
      row(inventedId(2), '', ''),
      row(inventedId(3), '', 'a4'),
      row(inventedId(5), inventedPhone(1), ''),
      row(inventedId(6), inventedPhone(4), 'A6'),
      row(inventedId(7), '', 'A3'),
      row(inventedId(8), '', 'A5', ''),
    ),
  ).toEqual([
    '2 身份证号 OUTSIDE_BRANCH',
    '3 姓名 MEMBER_LEFT',
    '4 工号 CONFLICT',
    '5 手机号 PHONE_TAKEN',
    '6 手机号 PHONE_TAKEN',
    '7 工号 CONFLICT',
  ]);
});

test('two rows that are one member by what is on record are problems both, whichever stands first', async () => {
  const { deps, eastWorks, problemsOf } = await scene();
  await aMember(deps, eastWorks, { idNumber: inventedId(1), staffNumber: 'A1' });
  await aMember(deps, eastWorks, { idNumber: inventedId(2) });
  const rows = [
    ['测试甲', inventedId(1), '', '', '', '', '', ''],
    ['测试甲', '', '', 'A1', '东厂工会', '', '', ''],
    // Stays in 东厂工会, where the staff number is then taken.
    ['测试乙', inventedId(2), '', 'A2', '', '', '', ''],
    ['测试丙', inventedId(3), '', 'A2', '东厂工会', '', '', ''],
  ];
  const [same, taken] = ['姓名 SAME_MEMBER', '工号 DUPLICATE_STAFF_NUMBER'];
  expect(await problemsOf(...rows)).toEqual([`2 ${same}`, `3 ${same}`, `4 ${taken}`, `5 ${taken}`]);
  expect(await problemsOf(...rows.reverse())).toEqual([`2 ${taken}`, `3 ${taken}`, `4 ${same}`, `5 ${same}`]);
});

test('rows that are one member tell one another, far apart in the file and with other problems too', async () => {
  const { deps, east, eastWorks, caller } = await scene();
  await aMember(deps, eastWorks, { idNumber: inventedId(1), staffNumber: 'A1' });
  const others = Array.from({ length: 1200 }, (_, i) => [`测试${i}`, '', '', `B${i}`, '', '', '', '']);
  const { id, problems } = await check(deps, caller, east, [
    HEADINGS,
    ['测试甲', '', '', 'A1', '东厂工会', '', '', ''],
    ...others,
    ['测试甲', inventedId(1), '', 'A9', '', '昨天', '', ''],
  ]);
  expect(problems).toEqual(['2 姓名 SAME_MEMBER', '1203 入职日期 DAY_FORM', '1203 姓名 SAME_MEMBER']);
  for (const { code, message } of await problemRows(deps, id))
    if (code === 'SAME_MEMBER') expect(message.zh).toContain('第 2, 1203 行');
});

test('a staff number of somebody known by another ID number is a conflict, and leaves that member’s own row alone', async () => {
  const { deps, eastWorks, problemsOf } = await scene();
  await aMember(deps, eastWorks, { idNumber: inventedId(1), staffNumber: 'A1', phone: inventedPhone(1) });
  await aMember(deps, eastWorks, { idNumber: inventedId(2), staffNumber: 'A2', state: 'left' });
  expect(
    await problemsOf(
      ['测试丙', inventedId(3), inventedPhone(1), 'A1', '东厂工会', '', '', ''],
      ['测试甲', inventedId(1), '', '', '', '', '', ''],
      ['测试丁', inventedId(4), '', 'A2', '东厂工会', '', '', ''],
    ),
  ).toEqual(['2 工号 CONFLICT', '2 手机号 PHONE_TAKEN', '4 工号 CONFLICT']);
});

test('no message shows a personal value in clear', async () => {
  const { deps, east, westWorks, caller } = await scene();
  await aMember(deps, westWorks, { idNumber: inventedId(1), phone: inventedPhone(1) });
  const { id } = await check(deps, caller, east, [
    HEADINGS,
    ['测试甲', inventedId(1), inventedPhone(1), 'A1', '', '', '1991-01-01', '女'],
    ['测试乙', `${inventedId(2)}9`, `${inventedPhone(2)}9`, 'A2', '', '', '1991年', '他'],
    ['测试丙', '11010519491231003X', inventedPhone(3), 'A3', '', '', '', ''],
    ['测试丁', inventedId(4, '1990-02-30'), inventedPhone(3), 'A4', '', '', '', ''],
  ]);
  const said = JSON.stringify(await problemRows(deps, id));
  for (const secret of ['19900307', '19900230', '19491231', '00000001', '00000002', '00000003', '1991', '测试'])
    expect(said).not.toContain(secret);
  expect(said).toContain('110*************3X');
});

test('a file that cannot be used fails with its reason, is deleted, and is not read again', async () => {
  const { deps, east, caller } = await scene();
  for (const [content, code] of [
    [await xlsx([HEADINGS], 'geheim'), 'PASSWORD_PROTECTED'],
    [[HEADINGS, ['', '', '', '', '', '', '', '']], 'NO_ROWS'],
  ] as const) {
    const { one } = await check(deps, caller, east, content);
    expect(one).toMatchObject({ state: 'failed', failure: { code }, finishedAt: deps.clock.now(), rowsRead: 0 });
  }
});

test('every problem of every row is kept, however many', async () => {
  const { deps, east, caller } = await scene();
  const rows = Array.from({ length: 2500 }, (_, i) => [`测试${i}`, '1', '1', `A${i}`, '北厂工会', '昨天', '', '']);
  const { one } = await check(deps, caller, east, [HEADINGS, ...rows]);
  expect(figures(one)).toMatchObject({ rowsRead: 2500, rowsBad: 2500 });
  expect(await deps.db.query('SELECT COUNT(*) AS n FROM roster_problem')).toEqual([{ n: 10_000 }]);
});

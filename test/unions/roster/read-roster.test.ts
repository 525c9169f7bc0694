import fc from 'fast-check';
import { expect, test } from 'vitest';
import { claimingSize, csv, failureOf, gb18030, inventedId, readAll, xlsx } from './files.ts';

const HEADINGS = ['姓名', '身份证号', '工号'];
const PEOPLE = [HEADINGS, ['测试甲', inventedId(1), 'A1'], ['测试乙', inventedId(2), 'A2']];
const READ = [
  { row: 2, name: '测试甲', idNumber: inventedId(1), staffNumber: 'A1' },
  { row: 3, name: '测试乙', idNumber: inventedId(2), staffNumber: 'A2' },
];

const SHEET = 'xl/worksheets/sheet1.xml';
const EMPTY_ZIP = '504b0506000000000000000000000000000000000000';

test('csv is read in UTF-8 with and without BOM and in GB18030, xlsx as it is, whatever the name', async () => {
  const text = csv(PEOPLE);
  for (const content of [text, `\uFEFF${text}`, gb18030(text), await xlsx(PEOPLE)])
    expect(await readAll(content)).toEqual(READ);
});

test('a character of GB18030 that GBK has not, in the last bytes of the file, is read', async () => {
  const rows = [...PEOPLE, ['测试𠮷', inventedId(3), 'A3']];
  expect((await readAll(gb18030(csv(rows)))).at(-1)).toMatchObject({ name: '测试𠮷' });
});

test('titles, blank rows, other columns and any order are passed over, and rows keep the numbers that Excel shows', async () => {
  const rows = [
    ['某公司 2026 年职工名册', '', '', ''],
    ['', '', '', ''],
    ['序号', '工 号', '备注', '姓名*'],
    ['1', 'A1', '', '测试甲'],
    ['', '', '', ''],
    ['', '', '只有备注', ''],
    ['2', 'A2', '', '测试乙'],
    ['', ' ', '', '　'],
  ];
  const read = [
    { row: 4, name: '测试甲', staffNumber: 'A1' },
    { row: 7, name: '测试乙', staffNumber: 'A2' },
  ];
  expect(await readAll(csv(rows))).toEqual(read);
  expect(await readAll(await xlsx(rows))).toEqual(read);
});

test('a field of several lines in csv is one row, as in Excel', async () => {
  const rows = [HEADINGS, ['测试\n甲', inventedId(1), 'A1'], ['测试乙', inventedId(2), 'A2']];
  expect((await readAll(csv(rows))).map((row) => row.row)).toEqual([2, 3]);
});

test('whatever is written to csv is read back as it was', async () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !/[\uFFFD\0\uFEFF]/.test(text));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 }), async (people) => {
      const read = await readAll(csv([HEADINGS, ...people]));
      const expected = people
        .map(([name, idNumber, staffNumber], i) => ({ row: i + 2, name, idNumber, staffNumber }))
        .map((row) => Object.fromEntries(Object.entries(row).filter(([, text]) => String(text).trim() !== '')))
        .filter((row) => Object.keys(row).length > 1);
      expect(read).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

test('numbers of xlsx come as the file has them: padded by their format, dates as days, long ones not rounded in silence', async () => {
  const rows = [
    ['姓名', '身份证号', '工号', '手机', '入职日期'],
    ['测试甲', 110101199003070000, 123, 13900000001, new Date('2019-03-05T00:00:00Z')],
  ];
  const [row] = await readAll(await xlsx(rows));
  expect(row).toMatchObject({ staffNumber: '123', phone: '13900000001', joinedOn: '43529' });
  expect(row!.idNumber).toMatch(/^110101199003070\d{3}$|E/);
});

test.for<[what: string, content: () => Promise<string | Uint8Array>, code: string]>([
  ['a password', () => xlsx(PEOPLE, 'geheim'), 'PASSWORD_PROTECTED'],
  [
    'the format of old Excel',
    async () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000, 7)]),
    'OLD_EXCEL',
  ],
  ['a zip that was cut off', async () => (await xlsx(PEOPLE)).subarray(0, 900), 'BROKEN_FILE'],
  ['a zip with changed bytes', async () => withNoise(await xlsx(manyPeople())), 'BROKEN_FILE'],
  [
    'a part that unpacks to less than it says',
    async () => claimingSize(await xlsx(PEOPLE), SHEET, 90_000),
    'BROKEN_FILE',
  ],
  ['a part that unpacks to more than it says', async () => claimingSize(await xlsx(PEOPLE), SHEET, 90), 'BROKEN_FILE'],
  [
    'a part that unpacks to too much',
    async () => claimingSize(await xlsx(PEOPLE), SHEET, 600_000_000),
    'TOO_MUCH_INSIDE',
  ],
  [
    'texts that unpack to too much',
    async () => claimingSize(await xlsx(PEOPLE), 'xl/sharedStrings.xml', 200_000_000),
    'TOO_MUCH_INSIDE',
  ],
  ['a cell of endless text', () => xlsx([...PEOPLE, ['长'.repeat(1_100_000), '', '']]), 'TOO_MUCH_INSIDE'],
  ['a zip that is no workbook', async () => Buffer.from(EMPTY_ZIP, 'hex'), 'NOT_A_ROSTER'],
  ['a picture', async () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'NOT_A_ROSTER'],
  ['a PDF', async () => Buffer.from('%PDF-1.7 …'), 'NOT_A_ROSTER'],
  ['UTF-16', async () => Buffer.from(`\uFEFF${csv(PEOPLE)}`, 'utf16le'), 'WRONG_ENCODING'],
  ['a quote that never ends', async () => `姓名,工号\n"测试甲,A1\n${'测试乙,A2\n'.repeat(10)}`, 'BROKEN_CSV'],
  ['nothing', async () => '', 'NO_HEADINGS'],
  ['no headings', async () => csv([['测试甲', inventedId(1), 'A1']]), 'NO_HEADINGS'],
  ['headings too far down', async () => csv([...Array(20).fill(['说明']), ...PEOPLE]), 'NO_HEADINGS'],
  [
    'no name',
    async () =>
      csv([
        ['身份证号', '手机号'],
        [inventedId(1), ''],
      ]),
    'HEADINGS_MISSING',
  ],
  [
    'neither ID number nor staff number',
    async () =>
      csv([
        ['姓名', '手机号'],
        ['测试甲', ''],
      ]),
    'HEADINGS_MISSING',
  ],
])('a file with %s is turned down with its reason', async ([, content, code]) => {
  expect(await failureOf(await content())).toBe(code);
});

test('more rows than a file may have are turned down', async () => {
  expect(await failureOf(`姓名,工号\n${'甲,1\n'.repeat(200_001)}`)).toBe('TOO_MANY_ROWS');
});

function manyPeople(): string[][] {
  return [HEADINGS, ...Array.from({ length: 200 }, (_, i) => [`测试${i}`, inventedId(i), `A${i}`])];
}

/** Turns over the bytes in the middle of a sheet's packed rows. */
function withNoise(zip: Buffer): Buffer {
  const changed = Buffer.from(zip);
  const at = changed.indexOf(SHEET) + 500;
  for (let i = at; i < at + 200; i++) changed[i] = 255 - changed[i]!;
  return changed;
}
